"""Reading files into tables of text."""
