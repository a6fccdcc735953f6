"""The parts of the screen of rounds, units, members and inspections."""
