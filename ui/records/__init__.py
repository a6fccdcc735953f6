"""The parts of the nine register screens: list and form of a field record, its evidence, where it is used."""
