"""Plain typed objects: what is kept, and the words and measures it is kept in."""
