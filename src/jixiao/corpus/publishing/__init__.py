"""publishing 公开: a corpus as open data — a data package, a site of plain files with search, a database for SQL.

`columns` says what may be read by everybody, `opening` makes the public copy of a form, `run` puts it all together:
in steps, beside the place where it goes, and moved there whole.
"""
