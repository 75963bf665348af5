"""Back end for databases and clusters: one SQL statement made from the nodes, the same digits as the closure.

    statement = program.sql(SPARK, ["rate", "JX001"])       # named values and conditions of the forms; one row a form
    statement = program.sql(SPARK, names, level="indicator")    # those of the indicators; one row an indicator

The statement reads the published tables of a corpus (see `Tables`) and nothing else: whole numbers of 64 bits only, no
engine's DECIMAL, no binary fraction, no function of ours, no division by zero. It is staged: each level of values is a
common table expression over the one before, and a value that is read twice is a column, so that nothing is written out
twice. A form outside the declared domains is told (`outside` is true, its values are null; it has no row among the
indicators) and is computed by the closure elsewhere.

    form    outside    rate     rate/den    JX001
"""

from jixiao.language.sql.dialects import DIALECTS, DUCKDB, SPARK, Dialect
from jixiao.language.sql.statement import FORM, OUTSIDE, ROW, Level, Tables, generate

__all__ = ["DIALECTS", "DUCKDB", "FORM", "OUTSIDE", "ROW", "SPARK", "Dialect", "Level", "Tables", "generate"]
