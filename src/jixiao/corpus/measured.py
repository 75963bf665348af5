"""What measures leave beside a corpus, and whether it is of the corpus as it is now; what is not, a build takes away.

Scores, copied texts and the indicator library are tables of their own. Left there after the corpus has changed, whoever
reads them by their folder would count forms that have left, and miss those that came.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.corpus.faults import Missing
from jixiao.corpus.manifest import file_of
from jixiao.scoring.sheet import Text

if TYPE_CHECKING:
    from jixiao.corpus.manifest import Manifest
    from jixiao.corpus.storage import Storage

State = Literal["now", "before", "other law", "unfinished"]
"""Of the corpus as it is; of one before; by other rules or another program; begun and not finished."""


class Measure(Struct, frozen=True):
    """A measure: what it is called, the command, its tables, the file that says what it was made of."""

    name: Text
    command: str
    tables: tuple[str, ...]
    record: str


MEASURES: Final = (
    Measure(
        Text("计分", "scores"), "jixiao corpus score", ("scores_of_forms", "scores_of_indicators"), "scores.json"
    ),
    Measure(
        Text("雷同文字", "copied texts"), "jixiao corpus similar", ("similar_texts", "similar_groups"),
        "similar_texts/all.parquet",
    ),
    Measure(
        Text("指标库", "indicator library"), "jixiao corpus indicators", ("indicator_library", "indicator_sources"),
        "indicator_library/all.parquet",
    ),
)  # fmt: skip


class _Record(Struct, frozen=True):
    """What a record tells: the digest of the corpus; the law, where the measure depends on one."""

    corpus: str = ""
    law: str | None = None


def measures(storage: "Storage", manifest: "Manifest", law: str) -> Iterator[tuple[Measure, State]]:
    """The measures that were taken, each with its state.

    Args:
        storage: where the corpus lies.
        manifest: the corpus as it is.
        law: digest of the program and the rules as they are.
    """
    for one in MEASURES:
        record = _record(storage, one)
        if record is not None:
            stands: State = "now" if record.law in (None, law) else "other law"
            yield one, stands if record.corpus == manifest.digest else "before"
        elif any(storage.names(table) for table in one.tables):
            yield one, "unfinished"


def take_away_old(storage: "Storage", manifest: "Manifest | None") -> None:
    """Take away measures of a corpus before, and files of parts that are no more; one that is under way stays."""
    digest = "" if manifest is None else manifest.digest
    for one in MEASURES:
        record = _record(storage, one)
        if record is not None and record.corpus != digest:
            storage.remove([one.record])
            storage.remove(name for table in one.tables for name in storage.names(table))
    scores = MEASURES[0].tables
    parts = {file_of(table, part.number) for table in scores for part in (manifest.parts if manifest else ())}
    storage.remove(name for table in scores for name in storage.names(table) if name not in parts)


def _record(storage: "Storage", measure: Measure) -> _Record | None:
    """What a measure was made of; nothing told where its record is damaged, `None` where there is none."""
    try:
        data = storage.get(measure.record)
    except Missing:
        return None
    if measure.record.endswith(".json"):
        return _decoded(data)
    import polars as pl

    try:
        return _Record(pl.read_parquet_metadata(BytesIO(data)).get("corpus", ""))
    except pl.exceptions.PolarsError:
        return _Record()


def _decoded(data: bytes) -> _Record:
    try:
        found = msgspec.json.decode(data, type=_Record)
    except msgspec.MsgspecError:
        return _Record()
    return found if found.law is not None else msgspec.structs.replace(found, law="")
