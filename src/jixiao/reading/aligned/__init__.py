"""Tables without rules, or with some: what no wall parts is parted by the labels of its header and by white space."""
