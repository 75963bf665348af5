"""An original changed by a craft, in a confined child process of its own: marked, or corrected."""

import os

from jixiao.reading.cell import label_of, load
from jixiao.reading.limits import DEFAULT_LIMITS, Limits
from jixiao.reading.worker import Worker


def rework_file(
    source: str | os.PathLike[str] | bytes, craft: str, job: bytes, *, limits: Limits = DEFAULT_LIMITS, label: str = ""
) -> bytes:
    """Have an original changed.

    The child is as confined as for reading: it can open no file and no connection, its memory, time and answer are
    limited. The craft is imported before it is locked. What it gives is not trusted: it is bytes, and no more is known.

    Args:
        source: the original, as a path or as its bytes.
        craft: "module:function", a `jixiao.layout.crafts.Craft`.
        job: what the craft is to do.
        limits: what it may cost.
        label: the original's name in sentences; the path as given if empty.

    Raises:
        Unreadable: the original cannot be had, the craft refuses it, or the child died of it.
    """
    if not isinstance(source, bytes):
        label = label or label_of(source)
        source = load(source, label, limits)
    with Worker(limits, craft=craft) as worker:
        return worker.rework(source, job, label)
