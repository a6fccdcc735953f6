"""A 问题台账 that was given out and comes back edited: what was changed in it, and which of it can be taken."""
