"""Record forms made from field descriptions, and the editors of each kind of field."""
