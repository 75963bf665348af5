"""A corpus of a million forms for the benches: some thousand generated forms, repeated with their numbers varied.

The variation is exact and by column: amounts, targets, results and points of each copy are moved by whole units that
follow from the number of the copy, nulls stay null, texts and features stay. Written once into a folder.
"""

from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl
from msgspec.structs import replace

from corpus.made import kept
from jixiao.corpus.building.parts import encoded
from jixiao.corpus.manifest import MANIFEST, Corpus, Manifest, Part, encode_manifest, open_corpus
from jixiao.corpus.parts import tables_of
from jixiao.corpus.storage import FolderStorage
from jixiao.form import Form, Indicator
from oracle.right_forms import right_form

DIFFERENT: Final = 5_000
LINES: Final = 12
_LEVELS: Final = (
    *(("产出指标", f"{name}指标") for name in ("数量", "数量", "数量", "质量", "质量", "时效", "成本")),
    *(("效益指标", f"{name}指标") for name in ("经济效益", "社会效益", "生态效益", "可持续影响")),
    ("满意度指标", "服务对象满意度指标"),
)
PART: Final = 50_000
PARTS: Final = 20
WRITTEN: Final = ("forms", "features_of_forms", "indicators", "features_of_indicators")
"""The tables that scoring reads; `as_read` would double the disk and is read for forms beyond the columns only."""
_MOVED: Final = {
    "forms": {"executed": 1_234_500, "adjusted": 777_700, "initial": 777_700, "current_year_executed": 1_234_500},
    "indicators": {"actual": 31_700, "target": 10_000, "score": 10, "weight": 100},
}
"""Column → the unit by which copies differ, at the column's scale."""


def forms() -> list[Form]:
    """Different forms of 12 indicators."""
    made = [right_form(number) for number in range(DIFFERENT)]
    return [
        replace(form, indicators=_levelled(form.indicators + other.indicators * 3), fiscal_year=2024)
        for form, other in zip(made, reversed(made), strict=True)
    ]


def _levelled(lines: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The first lines below the headings that most forms have."""
    return tuple(
        replace(line, level1=level1, level2=level2) for line, (level1, level2) in zip(lines, _LEVELS, strict=False)
    )


def corpus_in(folder: Path, parts: int = PARTS) -> Corpus:
    """The corpus in a folder; written there, if it is not."""
    if not (folder / MANIFEST).exists():
        tables = tables_of(kept(islice(forms(), DIFFERENT)), 0)
        for part in range(parts):
            for name in WRITTEN:
                place = folder / name
                place.mkdir(parents=True, exist_ok=True)
                frame = _copies(name, tables[name], part)
                (place / f"part-{part:06}.parquet").write_bytes(encoded(name, frame))
        written = tuple(Part(part, part * PART, PART, {}) for part in range(parts))
        FolderStorage(folder).put(MANIFEST, encode_manifest(Manifest("bench", "bench", parts=written)))
    return open_corpus(str(folder))


def _copies(name: str, frame: pl.DataFrame, part: int) -> pl.DataFrame:
    copies = PART // DIFFERENT
    return pl.concat([_moved(name, frame, part * copies + copy) for copy in range(copies)], rechunk=True)


def _moved(name: str, frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    """One copy: the first is the forms themselves."""
    spread = (pl.int_range(pl.len()) * 7 + copy * 13) % 11 - 5
    moved = [
        pl.when(pl.col(column) > 0)
        .then(pl.max_horizontal(pl.lit(0), pl.col(column) + (spread * unit if copy else 0)))
        .otherwise(pl.col(column))
        .cast(pl.Int64)
        .alias(column)
        for column, unit in _MOVED.get(name, {}).items()
    ]
    return frame.with_columns(*moved, pl.col("form") + copy * DIFFERENT)
