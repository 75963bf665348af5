"""Which files make a book on a day: inheritance, dated values, generated rule texts, order, fingerprint."""

import ast
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from jixiao.rulebook.book import Book
from jixiao.rulebook.domains import admitted
from jixiao.rulebook.entries import Let, Steps, Value
from jixiao.rulebook.errors import RulebookError
from jixiao.rulebook.fingerprint import fingerprint
from jixiao.rulebook.loader import Part
from jixiao.rulebook.tables import band_lets, cap_lets, grade_lets, profile_lets, step_lets

_T = TypeVar("_T")
_S = TypeVar("_S", bound=Sequence[object])


def resolve(chain: Sequence[Part], day: date) -> Book:
    """The book of a day from a chain of files, the place's own first, what it inherits after it.

    A keyed table (values, rule texts, readings) is joined key by key, the nearer file winning; profiles, bands, grades,
    caps and steps are taken whole from the nearest file that has any; labels add up.
    """
    nearest_last = list(reversed(chain))
    values = _values(nearest_last, day)
    bands, grades = _first(chain, lambda part: part.bands), _first(chain, lambda part: part.grades)
    caps, profiles = _first(chain, lambda part: part.caps), _first(chain, lambda part: part.profiles)
    steps = _first(chain, lambda part: part.execution_steps)
    lets = {let.name: let for part in nearest_last for let in part.lets}
    tables = (band_lets(bands), grade_lets(grades), cap_lets(caps), step_lets(steps), profile_lets(profiles))
    for let in (let for made in tables for let in made):
        lets[let.name] = let
    own = chain[0]
    book = Book(
        id=own.id, on=day.isoformat(), since=own.since.isoformat(), zh=own.zh, en=own.en,
        files=tuple(part.file for part in chain), values=values, profiles=profiles, bands=bands,
        labels=tuple(labels for part in chain for labels in part.labels), grades=grades, caps=caps,
        execution_steps=steps,
        lets=ordered(own.file, lets.values()),
        readings={reading.code: reading for part in nearest_last for reading in part.readings},
        steps=next((part.steps for part in chain if part.steps), Steps((), (), ())),
        words=(*own.words.anywhere, *own.words.starts), golden=own.golden,
        begins=max(part.since for part in chain).isoformat(),
    )  # fmt: skip
    return msgspec.structs.replace(book, fingerprint=fingerprint(book.id, values, book.lets, book.labels))


def _values(nearest_last: Iterable[Part], day: date) -> dict[str, Value]:
    """The value of each parameter in force on the day; a domain holds for the files above the one that sets it."""
    values: dict[str, Value] = {}
    for part in nearest_last:
        in_force = (value for value in part.values if value.since <= day.isoformat())
        for value in sorted(in_force, key=lambda value: value.since):
            values[value.name] = _in_domain(part.file, value, values.get(value.name, value))
        for value in part.values:
            values.setdefault(value.name, value)
    return values


def _in_domain(file: str, value: Value, below: Value) -> Value:
    """A value under the domain it declares, else under that of the value it replaces."""
    declares = value.one_of or value.low is not None or value.high is not None
    domain = value if declares else below
    known = msgspec.structs.replace(value, one_of=domain.one_of, low=domain.low, high=domain.high)
    admitted(file, msgspec.structs.replace(known, value=below.value), value.value)
    return known


def check_labels(chain: Sequence[Part]) -> None:
    """Refuse labels of a band that the book does not have.

    Raises:
        RulebookError: the error names file and label.
    """
    codes = [band.code for band in _first(chain, lambda part: part.bands)]
    for part in chain:
        for at, labels in enumerate(part.labels):
            if labels.band not in codes:
                known = " ".join(codes) or "—"
                key = f"labels.{at}.band"
                raise RulebookError(
                    part.file,
                    key,
                    zh=f"没有 {labels.band} 这一档；现有：{known}",
                    en=f"no such band; there are: {known}",
                )


def _first(chain: Iterable[Part], section: Callable[[Part], tuple[_T, ...]]) -> tuple[_T, ...]:
    return next((found for part in chain if (found := section(part))), ())


def ordered(file: str, lets: Iterable[Let]) -> tuple[Let, ...]:
    """Named values so that each comes after those it uses.

    Raises:
        RulebookError: two named values need each other.
    """
    by_name = {let.name: let for let in lets}
    done: dict[str, Let] = {}
    under_way: list[str] = []

    def visit(let: Let) -> None:
        if let.name in done:
            return
        if let.name in under_way:
            circle = " → ".join([*under_way, let.name])
            raise RulebookError(file, f"lets.{let.name}", zh=f"循环引用：{circle}", en=f"a circle: {circle}")
        under_way.append(let.name)
        for name in _names(let.text):
            if name in by_name:
                visit(by_name[name])
        under_way.pop()
        done[let.name] = let

    for let in by_name.values():
        visit(let)
    return tuple(done.values())


def _names(text: str) -> list[str]:
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except SyntaxError:
        return []  # the compiler says what is wrong with it
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
