"""The template doctor: every fault of a template in one pass, each with its place, its cause and what to do."""
