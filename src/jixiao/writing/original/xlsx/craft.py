"""The craft of workbooks, as the limited child process runs it."""

from msgspec import json

from jixiao.writing.original.job import Job
from jixiao.writing.original.xlsx.marking import mark_xlsx


def craft(data: bytes, job: bytes) -> bytes:
    """Mark a workbook.

    Args:
        data: the workbook.
        job: what goes into it, a `Job` as JSON.

    Raises:
        Refused: it is broken, unsafe, protected by a password or digitally signed.
    """
    return mark_xlsx(data, json.decode(job, type=Job))
