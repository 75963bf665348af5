"""The HTML report: one file without any network, made of a template, a style sheet and a small script kept here."""
