"""The few dialogs that must interrupt."""
