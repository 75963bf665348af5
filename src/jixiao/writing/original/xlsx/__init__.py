"""The original as a workbook: comments at its cells, numbers put right, a summary on a sheet of its own."""

from jixiao.writing.original.xlsx.marking import mark_xlsx

__all__ = ["mark_xlsx"]
