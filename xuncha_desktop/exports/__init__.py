"""Documents that leave the program, one a file, and what writes Word and Excel."""
