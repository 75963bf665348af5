"""What a rulebook says, entry by entry: each with the id that `jixiao explain` takes, in words, with its clause."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from jixiao.rulebook import Band, Book, Cap, ExecutionStep, Grade, Labels, Let, Profile, Provenance, Reading, Value
from jixiao.scoring.sheet import Text

Kind = Literal["p", "profile", "band", "label", "grade", "cap", "step", "let", "reading"]

KINDS: Final[dict[Kind, Text]] = {
    "p": Text(zh="取值", en="Parameter"),
    "profile": Text(zh="分值分配", en="Split of points"),
    "band": Text(zh="定性档次", en="Band of qualitative results"),
    "label": Text(zh="结果用语", en="Words of a result"),
    "grade": Text(zh="等级", en="Grade"),
    "cap": Text(zh="总分封顶", en="Cap of the total"),
    "step": Text(zh="执行分档", en="Step of execution"),
    "let": Text(zh="算式", en="Formula"),
    "reading": Text(zh="计分方法", en="Way of scoring"),
}
"""Name of a kind of entry, in the order in which they are told."""

COMPUTED_BY: Final[dict[Kind, tuple[str, ...]]] = {
    "profile": ("weights_profile",),
    "band": ("band_low", "band_high", "band_high_in"),
    "label": ("qualitative",),
    "grade": ("grade_computed", "grade_claimed"),
    "cap": ("total_cap",),
    "step": ("execution_share_exact",),
    "reading": ("reading", "execution_reading"),
}
"""The named values in which the tables of a book compute."""


class Entry(Struct, frozen=True):
    """One thing a rulebook says.

    Attributes:
        id: `p.places`, `profile.standard`, `band.achieved`, `label.achieved`, `grade.优`, `cap.60-70`,
            `step.0-60`, `reading.met`, or the bare name of a named value (`score`).
        title: its name for people; the bare id where it has none.
        said: what it says.
        clause: where that comes from.
        since: the ISO day since which it holds; "" where only the book's own day is known.
        text: the rule text of a named value; "" otherwise.
    """

    id: str
    kind: Kind
    title: Text
    said: Text
    clause: Provenance
    since: str = ""
    text: str = ""


def entries(book: Book) -> Iterator[Entry]:
    """Every entry of a book."""
    yield from map(_value, book.values.values())
    yield from map(_profile, book.profiles)
    yield from map(_band, book.bands)
    yield from map(_labels, book.labels)
    yield from map(_grade, book.grades)
    yield from map(_cap, book.caps)
    yield from map(_step, book.execution_steps)
    yield from map(_let, book.lets)
    yield from map(_reading, book.readings.values())


def found(book: Book, name: str) -> tuple[Entry, ...]:
    """The entries a person may mean by a name: an id, a kind (`grade`), "kind name", "clause" and words of it.

    Or the whole line of a clause, as reports print it.
    """
    words = name.split()
    known = tuple(entries(book))
    if len(words) > 1 and words[0] in ("clause", "条款"):
        wanted = " ".join(words[1:])
        return tuple(entry for entry in known if wanted in f"{entry.clause.document} {entry.clause.article}")
    asked = ".".join(words)
    first, _, rest = asked.partition(".")
    asked = f"{_PLURAL.get(first, first)}.{rest}" if rest else asked
    asked = asked.removeprefix("let.")
    kind = _PLURAL.get(first, first)
    named = tuple(entry for entry in known if entry.id == asked or (not rest and entry.kind == kind))
    line = " ".join(words)
    return named or tuple(entry for entry in known if line == f"{entry.clause.document} {entry.clause.article}")


def uses(text: str, entry: Entry) -> bool:
    """Whether a rule text (or a message) uses an entry: by its own name, or by the named values a table computes in."""
    return not named_in(text).isdisjoint(COMPUTED_BY.get(entry.kind, (entry.id,)))


@lru_cache(maxsize=8192)
def named_in(text: str) -> frozenset[str]:
    """The parameters (p.places) and bare names that stand in a rule text or a message, outside of quotes."""
    return frozenset(_NAME.findall(_QUOTED.sub('""', text)))


def in_words(value: object) -> Text:
    """A value of a parameter for people: a number in digits, a truth as yes or no, a text as it is."""
    if isinstance(value, bool):
        return Text(zh="是" if value else "否", en="yes" if value else "no")
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return Text(zh=text, en=text)


def shown(values: Iterable[str]) -> Text:
    """Words one after another."""
    listed = list(values)
    return Text(zh="、".join(listed), en=", ".join(listed))


def _value(value: Value) -> Entry:
    title = Text(zh=value.zh, en=value.en)
    return Entry(f"p.{value.name}", "p", title, in_words(value.value), value.clause, value.since)


def _profile(profile: Profile) -> Entry:
    zh = [f"{section.zh} {_plain(section.points)}" for section in profile.sections]
    en = [f"{section.en} {_plain(section.points)}" for section in profile.sections]
    if profile.execution:
        zh, en = [f"预算执行 {_plain(profile.execution)}", *zh], [f"execution {_plain(profile.execution)}", *en]
    said = Text(zh="、".join(zh), en=", ".join(en))
    return Entry(f"profile.{profile.name}", "profile", Text(zh=profile.zh, en=profile.en), said, profile.clause)


def _band(band: Band) -> Entry:
    said = f"[{_plain(band.low)} %, {_plain(band.high)} %{']' if band.high_in else ')'}"
    words = (
        Text(f"{said}，规则未定其分值", f"{said}, of which the rule sets no points")
        if band.silent
        else Text(said, said)
    )
    return Entry(f"band.{band.code}", "band", Text(zh=band.zh, en=band.en), words, band.clause)


def _labels(labels: Labels) -> Entry:
    words = shown([*labels.whole, *(f"…{word}…" for word in labels.within)])
    title = Text(zh=f"结果用语（{labels.band}）", en=f"words of a result ({labels.band})")
    return Entry(f"label.{labels.band}", "label", title, words, labels.clause)


def _grade(grade: Grade) -> Entry:
    said = f"[{_plain(grade.low)}, {_plain(grade.high)}{']' if grade.high_in else ')'}"
    return Entry(f"grade.{grade.name}", "grade", Text(zh=grade.name, en=grade.en), Text(said, said), grade.clause)


def _cap(cap: Cap) -> Entry:
    low, high, most = _plain(cap.rate_from), _plain(cap.rate_to), _plain(cap.at_most)
    said = Text(zh=f"执行率 {low} %–{high} %：总分至多 {most}", en=f"rate {low} %–{high} %: total at most {most}")
    return Entry(f"cap.{low}-{high}", "cap", Text(zh="总分封顶", en="cap of the total"), said, cap.clause)


def _step(step: ExecutionStep) -> Entry:
    low, high, share = _plain(step.rate_from), _plain(step.rate_to), _plain(step.share)
    zh, en = f"执行率 {low} %–{high} %：得分值的 {share} %", f"rate {low} %–{high} %: {share} % of the points"
    title = Text(zh="执行分档", en="step of execution")
    return Entry(f"step.{low}-{high}", "step", title, Text(zh, en), step.clause)


def _let(let: Let) -> Entry:
    text = " ".join(let.text.split())
    title = Text(zh=let.zh or let.name, en=let.en or let.name)
    return Entry(let.name, "let", title, Text(text, text), let.clause, text=text)


def _reading(reading: Reading) -> Entry:
    title = Text(zh=f"计分方法 {reading.code}", en=f"way of scoring {reading.code}")
    return Entry(f"reading.{reading.code}", "reading", title, Text(reading.zh, reading.en), reading.clause)


def _plain(value: Decimal) -> str:
    return format(value, "f")


_NAME: Final = re.compile(r"(?<![\w.])(?:p\.)?[^\W\d]\w*(?![\w.])")
_QUOTED: Final = re.compile(r'"[^"]*"')
_PLURAL: Final[dict[str, str]] = {
    "values": "p", "value": "p", "parameter": "p", "parameters": "p", "profiles": "profile", "bands": "band",
    "labels": "label", "grades": "grade", "caps": "cap", "lets": "let", "formula": "let", "formulas": "let",
    "readings": "reading", "取值": "p", "分值": "profile", "档次": "band", "用语": "label", "等级": "grade",
    "封顶": "cap", "算式": "let", "计分方法": "reading",
}  # fmt: skip
