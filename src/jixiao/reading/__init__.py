"""reading: bytes → forms with places, in a confined child process. See docs/why/reading.md."""

from jixiao.reading.cell import DEFAULT_LIMITS, Limits, Protection, protection, read_file, read_many
from jixiao.reading.errors import Unreadable

__all__ = ["DEFAULT_LIMITS", "Limits", "Protection", "Unreadable", "protection", "read_file", "read_many"]
