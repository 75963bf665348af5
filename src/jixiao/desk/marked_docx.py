"""The craft of documents: their reader tells where the cells are, their marker puts the notes there."""

from msgspec import json

from jixiao.layout.crafts import Refused
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.docx import spots_of
from jixiao.writing.original.docx import mark_docx
from jixiao.writing.original.job import Job

_LABEL = "original"


def craft(data: bytes, job: bytes) -> bytes:
    """Mark a document.

    Args:
        data: the document.
        job: what goes into it, a `Job` as JSON.

    Raises:
        Refused: it is broken, unsafe or too large, or cannot be changed.
    """
    try:
        spots = spots_of(data, _LABEL)
    except Unreadable as error:
        message = error.zh.removeprefix(f"{_LABEL}："), error.en.removeprefix(f"{_LABEL}: ")
        raise Refused(error.code, message, (error.advice_zh, error.advice_en)) from error
    return mark_docx(data, json.decode(job, type=Job), spots)
