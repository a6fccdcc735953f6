"""The page that brings lists, pasted tables and old papers into the case."""
