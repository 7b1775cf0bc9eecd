"""File bytes to a raw table of text cells, and the layout it follows."""
