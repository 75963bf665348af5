"""How a form of an unseen layout was read: every field right, silently wrong, wrong but said, missing or too many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Literal

from forms.strangers import fields
from jixiao.form import Form, FundRow, Indicator, fold

Kind = Literal["right", "silent", "said", "missing", "text"]
SURE = Decimal("0.9")
_AMOUNTS = ("initial", "adjusted", "executed")
_BLANK = re.compile(r"\s+")
_SPLIT = re.compile(r"(?P<text>.*?)\s*\{(?P<operator>\S+) (?P<value>\S+) ?(?P<unit>\S*)\}$")
_USUAL = ("total", "current_year", "carryover", "other")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one field.

    Attributes:
        pointer: the field of the form.
        kind: `silent` is a wrong number or grade with confidence and without a problem, `said` one that is doubted,
            `missing` a value that was not read, `text` a wrong text.
        want, got: what is printed and what was read.
    """

    pointer: str
    kind: Kind
    want: str
    got: str


def judge(truth: dict[str, Any], form: Form) -> list[Verdict]:
    """The verdict on every field a truth names, and on every number a form adds to it."""
    return [*_Judge(truth, form).all()]


def squeezed(text: str) -> str:
    """Text without white space, half-width: how lines are broken is no matter here."""
    return fold(_BLANK.sub("", text))


class _Judge:
    def __init__(self, truth: dict[str, Any], form: Form) -> None:
        self.truth, self.form = truth, form

    def all(self) -> Iterator[Verdict]:
        form = self.form
        yield self.number("/fiscal_year", self.one("year"), form.fiscal_year)
        for pointer, key, got in (
            ("/title", "title", form.title),
            ("/project/name", "name", form.project.name),
            ("/project/code", "code", form.project.code or ""),
            ("/department", "department", form.department),
            ("/unit", "unit", form.unit),
        ):
            yield self.text(pointer, self.one(key), got)
        yield self.number("/currency_unit", self.one("money"), form.currency_unit)
        yield from self.funds()
        yield from self.sums()
        for name, want in zip(("expected", "actual"), self.truth.get("goal", ["", ""]), strict=True):
            yield self.text(f"/goal/{name}", _list(want), getattr(form.goal, name))
        yield self.number("/grade", self.one("grade"), form.grade)
        yield from self.declared()
        yield from self.indicators()
        yield from self.extras()

    def one(self, key: str) -> list[str]:
        return _list(self.truth.get(key, ""))

    def text(self, pointer: str, want: list[str], got: str) -> Verdict:
        right = squeezed(got) in [squeezed(each) for each in want]
        kind: Kind = "right" if right else "missing" if not got else "text"
        return Verdict(pointer, kind, " or ".join(want), got)

    def number(self, pointer: str, want: list[str], value: object) -> Verdict:
        got = "" if value is None else str(value)
        if got in want:
            return Verdict(pointer, "right", got, got)
        kind: Kind = "missing" if not got else "said" if self.doubted(pointer) else "silent"
        return Verdict(pointer, kind, " or ".join(want), got)

    def doubted(self, pointer: str) -> bool:
        places = self.form.places.get(pointer, ())
        said = any(each.pointer and (pointer + "/").startswith(each.pointer + "/") for each in self.form.problems)
        return said or any(each.confidence <= SURE for each in places)

    def sums(self) -> Iterator[Verdict]:
        wanted = [fields(each, 3) for each in _list(self.truth.get("execution", ""))]
        got = self.form.execution
        for index, name in enumerate(("weight", "rate", "score")):
            yield self.number(
                f"/execution/{name}", [each for want in wanted for each in want[index]], getattr(got, name)
            )
        total = fields(self.truth.get("total", ""), 2)
        yield self.number("/total/weight", total[0], self.form.total.weight)
        yield self.number("/total/score", total[1], self.form.total.score)

    def funds(self) -> Iterator[Verdict]:
        form, free = self.form.funds, self.truth.get("funds_free", False)
        rows: dict[str, tuple[str, FundRow]] = {name: (f"/funds/{name}", getattr(form, name)) for name in _USUAL}
        for index, more in enumerate(form.more):
            rows[_name(more.label)] = (
                f"/funds/more/{index}",
                FundRow(more.initial, more.adjusted, more.executed),
            )
        wanted = {
            _name(row[0][0]): row[1:]
            for row in (fields(each, 4) for each in self.truth.get("funds", "").strip("\n").split("\n"))
            if row[0][0]
        }
        for label, want in wanted.items():
            pointer, got = rows.pop(self.alike(label, want, rows), (f"/funds/{label}", FundRow()))
            for amount, each in zip(_AMOUNTS, want, strict=True):
                yield self.number(f"{pointer}/{amount}", each, getattr(got, amount))
        for pointer, got in rows.values() if not free else ():
            for amount in _AMOUNTS:
                yield self.number(f"{pointer}/{amount}", [""], getattr(got, amount))

    def alike(self, label: str, want: list[list[str]], rows: dict[str, tuple[str, FundRow]]) -> str:
        if label in rows or not self.truth.get("fund_row_free"):
            return label
        wanted = [each[0] for each in want]
        same = [key for key, (_, row) in rows.items() if [str(getattr(row, each)) for each in _AMOUNTS] == wanted]
        return same[0] if same else label

    def declared(self) -> Iterator[Verdict]:
        for heading, points in self.truth.get("declared", {}).items():
            yield self.number(f"/declared_weights/{heading}", [points], self.form.declared_weights.get(heading))

    def indicators(self) -> Iterator[Verdict]:
        skip = squeezed(self.truth.get("optional_row", "-"))
        lines = [fields(each, 8) for each in self.truth.get("indicators", "").strip("\n").split("\n") if each]
        want = [line for line in lines if not _is_optional(line, skip)]
        got = [
            (index, each)
            for index, each in enumerate(self.form.indicators)
            if skip not in (squeezed(each.name), squeezed(each.level1)) and not squeezed(each.level1).startswith(skip)
        ]
        pairs = _pair(want, got)
        for line, row in pairs:
            if row is None:
                yield from (Verdict(f"/indicators/{line[2][0]}", "missing", each[0], "") for each in line if each[0])
            else:
                yield from self.indicator(line, *row)
        taken = {row[0] for _, row in pairs if row}
        for index, each in got:
            if index not in taken:
                yield Verdict(f"/indicators/{index}", "silent" if each.weight or each.score else "text", "", each.name)

    def indicator(self, line: list[list[str]], index: int, got: Indicator) -> Iterator[Verdict]:
        pointer = f"/indicators/{index}"
        for place, name in ((0, "level1"), (1, "level2"), (2, "name"), (7, "deviation")):
            yield self.text(f"{pointer}/{name}", line[place], getattr(got, name))
        target = _SPLIT.match(line[3][0])
        yield self.text(f"{pointer}/target", [target["text"]] if target else line[3], got.target.text)
        if target:
            read = [got.target.operator or "", str(got.target.value or "-"), got.target.unit]
            want = [target["operator"], target["value"], target["unit"]]
            yield self.text(f"{pointer}/target/value", [" ".join(want)], " ".join(read))
        yield self.text(f"{pointer}/actual", line[4], got.actual.text)
        yield self.number(f"{pointer}/weight", line[5], got.weight)
        yield self.number(f"{pointer}/score", line[6], got.score)

    def extras(self) -> Iterator[Verdict]:
        for label, text in self.truth.get("extras", []):
            held = [each for each in self.form.extras if squeezed(each.text) == squeezed(text)]
            labelled = [each for each in held if _is_named(squeezed(each.label), squeezed(label))]
            elsewhere = held[0].label if held else ""
            kind: Kind = "right" if labelled else "text" if held else "missing"
            yield Verdict(f"/extras/{label}", kind, text, text if labelled else elsewhere)


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _is_named(label: str, name: str) -> bool:
    """Whether an extra's label is the printed one; the header over it, or a note after it, may stand with it."""
    return label.startswith(name) or label.endswith(name)


def _name(label: str) -> str:
    """The name of a fund row; a leading 其中 is no matter here."""
    return squeezed(label).removeprefix("其中:").rstrip(":")


def _is_optional(line: list[list[str]], skip: str) -> bool:
    return skip in (squeezed(line[2][0]), squeezed(line[0][0]))


def _pair(
    want: list[list[list[str]]], got: list[tuple[int, Indicator]]
) -> list[tuple[list[list[str]], tuple[int, Indicator] | None]]:
    wanted, read = [squeezed(line[2][0]) for line in want], [squeezed(each.name) for _, each in got]
    partner: dict[int, int] = {}
    for tag, first, last, start, end in SequenceMatcher(None, wanted, read, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            partner |= dict(zip(range(first, last), range(start, end), strict=False))
    return [(line, got[partner[index]] if index in partner else None) for index, line in enumerate(want)]
