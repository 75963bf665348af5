"""One hash of everything in a book that computes."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from jixiao.rulebook.entries import Labels, Let, Scalar, Value


def fingerprint(book_id: str, values: Mapping[str, Value], lets: Iterable[Let], labels: Iterable[Labels]) -> str:
    """SHA-256 of everything that computes, first 16 hex digits; clauses and words do not change it."""
    parts = {
        "id": book_id,
        "values": sorted((value.name, _canonical(value.value)) for value in values.values()),
        "lets": sorted((let.name, " ".join(let.text.split())) for let in lets),
        "labels": sorted((label.band, *sorted(label.whole), "|", *sorted(label.within)) for label in labels),
    }
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def _canonical(value: Scalar) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else repr(value)
