"""Charts from views."""
