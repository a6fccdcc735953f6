"""The parts of the checklist screen."""
