"""Settling: the form's own arithmetic finds doubtful readings and ranks others. See docs/why/reading.md."""

from jixiao.reading.settle.missing import with_missing_told
from jixiao.reading.settle.settler import Readings, settle

__all__ = ["Readings", "settle", "with_missing_told"]
