"""Lists and old papers from outside: taken apart in the helper process, sent back as plain values."""
