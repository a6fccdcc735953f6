"""Word files from templates: filled in a sandbox, made sound, read back."""
