"""Calm charts drawn by hand."""
