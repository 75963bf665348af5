"""Small corpora for tests: honest forms, adversarial forms, forms with planted faults, in several parts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl
from msgspec.structs import replace

from fairness.generated import planted_form
from fairness.planting import PLANTERS
from jixiao.corpus.parts import Kept, tables_of
from jixiao.corpus.schema import TABLES
from jixiao.desk.corpus.building import review_for_corpus
from jixiao.form import Form
from oracle.adversary import form_number
from oracle.right_forms import right_form


def some_forms(count: int, seed: int = 1) -> Iterator[Form]:
    """Forms of all three kinds in turn; of units and years that repeat, so that there is something to group."""
    codes = sorted(PLANTERS)
    for at in range(count):
        number = seed * 1_000_000 + at
        kinds = (right_form, form_number, lambda one: planted_form(codes[one % len(codes)]))
        form = kinds[at % 3](number)
        unit = form.unit or f"第{at % 7 + 1}事务中心"
        year = form.fiscal_year or 2022 + at % 3
        yield replace(form, unit=unit, department=form.department or f"{unit[:2]}局", fiscal_year=year)


def kept(forms: Iterable[Form], file: str = "made.jsonl") -> Iterator[Kept]:
    """Forms as building keeps them: under the book in force, with features and findings."""
    for number, form in enumerate(forms, 1):
        told = review_for_corpus(form, None)
        yield Kept(form, file, "0" * 64, number, told.rulebook, told.in_force, told.rows, told.review)


def write_part(folder: Path, number: int, tables: dict[str, pl.DataFrame]) -> None:
    """One file in the folder of each table."""
    for name, frame in tables.items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(place / f"part-{number:06}.parquet", metadata=TABLES[name].metadata)


def corpus_of(count: int, folder: Path, seed: int = 1, part: int = 100) -> Sequence[Form]:
    """Write a corpus of generated forms in parts of so many; the forms, in order.

    It has the tables, and no `corpus.json`: where the manifest matters, a test builds with `jixiao corpus build`.
    """
    forms = list(some_forms(count, seed))
    rows = kept(forms)
    for at, first in enumerate(range(0, count, part)):
        write_part(folder, at, tables_of(islice(rows, part), first))
    return forms
