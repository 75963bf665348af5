"""Many forms as columns: a folder of Parquet tables, scored, questioned, compared and published by column.

`schema` says what the tables hold, `parts` turns forms into them and gives the rule language its columns back.
"""
