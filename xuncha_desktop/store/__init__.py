"""The open case: keys, database, journal, evidence files, drafts, backups."""
