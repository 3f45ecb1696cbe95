"""Getting scores in from a file: read, understood, checked row by row, shown, and only then kept."""
