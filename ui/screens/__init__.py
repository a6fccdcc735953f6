"""The screens, one a file, listed in catalog.py."""
