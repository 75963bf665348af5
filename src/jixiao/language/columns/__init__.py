"""Back end by column: the same integer nodes over many forms at once, with Polars; cell for cell the closure.

Made for a corpus; one form is quicker with the closure. Needs the extra `columns` (Polars); nothing else imports it.

    columns = program.by_column(["rate", "JX001"])        # named values and conditions; by default all
    frames = columns.frames([(form_row, indicator_rows), …])   # rows as the closure takes them
    results = columns.run(frames)
    results.forms["JX001"]        # Boolean: true, false, null where it cannot be decided
    results.forms["rate"]         # Int64, scaled; where it was not rounded, the denominator is in "rate/den"
    results.indicators            # the same for each indicator, with the columns form.id and row.at

A form outside the declared domains, or with more decimals than a column's scale, is computed by the closure and merged:
`results.forms["form.outside"]` says which. Nothing wraps.
"""

from jixiao.language.columns.frames import Frames
from jixiao.language.columns.results import Results
from jixiao.language.columns.run import Columns
from jixiao.language.columns.vocabulary import Vocabulary

__all__ = ["Columns", "Frames", "Results", "Vocabulary"]
