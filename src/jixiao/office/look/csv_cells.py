"""Text cells of CSV files, as in everything that we write: none that a spreadsheet would run as a formula."""

from jixiao.writing.csv_cells import guarded, unguarded

__all__ = ["guarded", "unguarded"]
