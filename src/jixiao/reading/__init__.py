"""reading: bytes → forms with places, in a confined child process. See docs/why/reading.md."""

from jixiao.reading.cell import (
    Reading,
    label_of,
    load,
    protection,
    read_all,
    read_bytes,
    read_file,
    read_many,
    show_file,
    unpack_file,
)
from jixiao.reading.errors import Unreadable
from jixiao.reading.handover import Member
from jixiao.reading.limits import DEFAULT_LIMITS, LIMIT_NAMES, Limits, changed_limits
from jixiao.reading.rework import rework_file
from jixiao.reading.worker import Protection

__all__ = [
    "DEFAULT_LIMITS",
    "LIMIT_NAMES",
    "Limits",
    "Member",
    "Protection",
    "Reading",
    "Unreadable",
    "changed_limits",
    "label_of",
    "load",
    "protection",
    "read_all",
    "read_bytes",
    "read_file",
    "read_many",
    "rework_file",
    "show_file",
    "unpack_file",
]
