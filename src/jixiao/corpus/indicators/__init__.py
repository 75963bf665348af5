"""The indicator library: what indicators forms set, with their targets and results, and how measurable each is."""
