"""Excel ledgers from templates: rows streamed in, everything else kept, read back."""
