"""查找 (Ctrl+K): the panel over the window, its filters and results, and what keeps the index up to date."""
