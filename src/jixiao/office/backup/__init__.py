"""backup: one file with all of the office, the same for both databases, and a new office made from it."""
