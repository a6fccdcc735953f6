"""The parts of the 证据 screen: what a file looks like, and in which papers it is cited."""
