"""Jixiao: form by form, as the desk does it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmark.entrants.lines import raw_forms, write
from jixiao.desk.library import reviewer, shelf
from jixiao.form import Form, decode_form, plain
from jixiao.form.wire import encode, to_wire
from jixiao.reading import Unreadable, read_many
from jixiao.rulebook import Book
from jixiao.scoring import Scorer


def scores(benchmark: Path, out: Path) -> None:
    """Every line's score, by the compiled rules of the book in force."""
    write(out, "scores", (
        {"form": number, "line": line.pointer, "score": plain(line.computed)}
        for number, form, book in _forms(benchmark)
        for line in _scorer(book).score(form).lines if line.computed is not None
    ))  # fmt: skip


def questions(benchmark: Path, out: Path) -> None:
    """Every question of every check that asks by default."""
    write(out, "questions", (
        {"form": number, "code": finding.code, "cell": finding.pointer}
        for number, form, book in _forms(benchmark)
        for finding in reviewer(book).review(form)[1].findings
    ))  # fmt: skip


def reading(benchmark: Path, out: Path) -> None:
    """Every document, through the door that users take."""
    write(out, "reading", _read(benchmark))


def _forms(benchmark: Path) -> Iterator[tuple[int, Form, Book]]:
    for number, data in raw_forms(benchmark):
        form = decode_form(data)
        choice = shelf().choose(
            title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year
        )
        yield number, form, choice.book


_scorers: dict[str, Scorer] = {}


def _scorer(book: Book) -> Scorer:
    """Made once for a book."""
    if book.fingerprint not in _scorers:
        _scorers[book.fingerprint] = Scorer(book)
    return _scorers[book.fingerprint]


def _read(benchmark: Path) -> Iterator[dict[str, Any]]:
    import json

    for path, read in read_many(sorted((benchmark / "documents").iterdir())):
        if not isinstance(read, Unreadable) and read:
            wire = to_wire(read[0])
            wire.pop("places", None)
            yield {"document": Path(path).name, "data": json.loads(encode(wire))}
