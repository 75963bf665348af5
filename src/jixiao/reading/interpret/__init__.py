"""Grid → form: what the layout interpreter is made of. Labels and column positions decide, never a template's name."""
