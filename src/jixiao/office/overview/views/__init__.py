"""The pages of the overview, a module each."""
