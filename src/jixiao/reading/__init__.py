"""reading: bytes → forms with places, in a confined child process. See docs/why/reading.md."""

from jixiao.reading.cell import protection, read_file, read_many, show_file
from jixiao.reading.errors import Unreadable
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.worker import Protection

__all__ = ["DEFAULT_LIMITS", "Limits", "Protection", "Unreadable", "protection", "read_file", "read_many", "show_file"]
