"""What is kept, told on paper: one list of blocks, read as a page, printed, or taken along as a file."""
