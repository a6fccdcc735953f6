"""Word templates a user may edit, and the scripts that made them."""
