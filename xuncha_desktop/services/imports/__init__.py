"""Bringing in what exists: lists from Excel, pasted tables, old Word papers; read, mapped, shown, then written."""
