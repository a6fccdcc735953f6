"""What users do and ask, one noun a file; one user action is one function is one write."""
