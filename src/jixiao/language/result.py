"""What a run gives: every named value of the form and of each indicator, every condition, and why one is unknown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import Literal

from jixiao.language.closure import FormRow, Raw
from jixiao.language.digits import decode, of_places, shown
from jixiao.language.evaluate import Evaluator
from jixiao.language.ir import Node
from jixiao.language.rational import Number
from jixiao.language.values import Truth, Value, nodes_of

Named = Decimal | Fraction | bool | str | None
Verdict = bool | None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands in a run's raw output: a position (in the form's or the row's exports)."""

    num: tuple[bool, int]
    den: tuple[bool, int] | None
    scale: int
    rounded: bool
    per_row: bool

    def read(self, form: Sequence[Raw], row: Sequence[Raw]) -> Named:
        """The exact value."""
        in_row, at = self.num
        num = row[at] if in_row else form[at]
        if num is None or isinstance(num, str):
            return num
        if self.den is None:
            return bool(num)
        if self.rounded and isinstance(num, int):
            return of_places(num, self.scale)
        in_row, at = self.den
        den = row[at] if in_row else form[at]
        return None if den is None or isinstance(den, str) else decode(num, den, self.scale, rounded=self.rounded)

    def shown(self, form: Sequence[Raw], row: Sequence[Raw]) -> str:
        """The value as explanations print it."""
        in_row, at = self.num
        num = row[at] if in_row else form[at]
        if num is None or isinstance(num, str):
            return num or "—"
        if self.den is None:
            return "✓" if num else "✗"
        in_row, at = self.den
        den = row[at] if in_row else form[at]
        return "—" if den is None or isinstance(den, str) else shown(num, den, self.scale)

    def raw(self, form: Sequence[Raw], row: Sequence[Raw]) -> tuple[int | Fraction, int | Fraction] | bool | str | None:
        """Numerator and denominator of a number; the value itself of a truth or text."""
        in_row, at = self.num
        num = row[at] if in_row else form[at]
        if num is None or isinstance(num, str):
            return num
        if self.den is None:
            return bool(num)
        in_row, at = self.den
        den = row[at] if in_row else form[at]
        return None if den is None or isinstance(den, str) else (num, den)


def slot_of(value: Value, form: Mapping[int, int], rows: Mapping[int, int]) -> Slot:
    """The slot of a value whose nodes are exported."""
    nodes = nodes_of(value)
    places = [(node.per_row, (rows if node.per_row else form)[node.index]) for node in nodes]
    per_row = any(node.per_row for node in nodes)
    if isinstance(value, Number):
        return Slot(places[0], places[1], value.scale, value.rounded, per_row)
    return Slot(places[0], None, 0, rounded=False, per_row=per_row)


class Values(Mapping[str, Named]):
    """Named values by name, decoded when they are read."""

    __slots__ = ("_form", "_row", "_slots")

    def __init__(self, slots: Mapping[str, Slot], form: Sequence[Raw], row: Sequence[Raw] = ()) -> None:
        """Take where values stand, and the raw values."""
        self._slots = slots
        self._form = form
        self._row = row

    def __getitem__(self, name: str) -> Named:
        """The exact value; numbers are Decimal where they were rounded, Fraction where they were not."""
        return self._slots[name].read(self._form, self._row)

    def __iter__(self) -> Iterator[str]:
        """Names in the order of definition."""
        return iter(self._slots)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._slots)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the named values and conditions of a program stand, and the nodes they are.

    Attributes:
        form: named values of the form.
        rows: named values of an indicator, those of the form included.
        conditions: condition code → slot.
        nodes: name or code → nodes.
    """

    form: Mapping[str, Slot]
    rows: Mapping[str, Slot]
    conditions: Mapping[str, Slot]
    nodes: Mapping[str, tuple[Node, ...]]

    def level(self, code: str) -> Literal["form", "indicator"]:
        """Whether a condition or named value is answered once, or for each indicator."""
        slot = self.conditions.get(code) or self.rows[code]
        return "indicator" if slot.per_row else "form"


class Result:
    """The outcome of one form.

    Attributes:
        form_row: the row of the form that was read.
        rows_read: the rows of its indicators.
        raw_form: raw values of the form's exports.
        raw_rows: raw values of each indicator's exports.
    """

    __slots__ = ("_evaluator", "_layout", "_named", "form_row", "raw_form", "raw_rows", "rows_read")

    def __init__(
        self,
        layout: Layout,
        inputs: tuple[FormRow, Sequence[FormRow]],
        raw: tuple[Sequence[Raw], Sequence[Sequence[Raw]]],
    ) -> None:
        """Take the layout, the input rows and the raw output."""
        self._layout = layout
        self.form_row, self.rows_read = inputs
        self.raw_form, self.raw_rows = raw
        self._evaluator: Evaluator | None = None
        self._named: list[Values] | None = None

    @property
    def form(self) -> Values:
        """Named values of the form."""
        return Values(self._layout.form, self.raw_form)

    @property
    def rows(self) -> list[Values]:
        """Named values of each indicator (those of the form included), in order."""
        if self._named is None:
            self._named = [Values(self._layout.rows, self.raw_form, row) for row in self.raw_rows]
        return self._named

    @property
    def conditions(self) -> dict[str, Verdict | list[Verdict]]:
        """Condition code → true, false or None; a list of them, one an indicator, for a condition on indicators."""
        return {code: self.verdict(code) for code in self._layout.conditions}

    def verdict(self, code: str) -> Verdict | list[Verdict]:
        """One condition's answer."""
        slot = self._layout.conditions[code]
        at = slot.num[1]
        if not slot.per_row:
            return _verdict(self.raw_form[at])
        return [_verdict(row[at]) for row in self.raw_rows]

    def needs(self, name: str, row: int = 0) -> tuple[str, ...]:
        """The empty columns ("f.adjusted", "i.actual") that make a condition or a named value unknown."""
        if self._evaluator is None:
            self._evaluator = Evaluator(self.form_row, self.rows_read)
        found = [self._evaluator.reasons(node, row) for node in self._layout.nodes[name]]
        return tuple(dict.fromkeys(reason for reasons in found for reason in reasons))


class Panel:
    """Several conditions of a program, looked through at once."""

    __slots__ = ("_form", "_form_at", "_rows", "_rows_at")

    def __init__(self, layout: Layout, codes: Iterable[str]) -> None:
        """Take the layout and the codes of the conditions."""
        slots = [layout.conditions[code] for code in codes]
        self._form_at = [at for at, slot in enumerate(slots) if not slot.per_row]
        self._rows_at = [at for at, slot in enumerate(slots) if slot.per_row]
        self._form = picker([slots[at].num[1] for at in self._form_at])
        self._rows = picker([slots[at].num[1] for at in self._rows_at])

    def open(self, result: Result) -> list[int]:
        """Positions of the codes whose condition is not false throughout: most are, on most forms."""
        of_form = self._form(result.raw_form)
        found = [at for at, raw in zip(self._form_at, of_form, strict=True) if raw or raw is None]
        columns = zip(*map(self._rows, result.raw_rows), strict=True)
        found += [at for at, column in zip(self._rows_at, columns, strict=False) if any(column) or None in column]
        return sorted(found)


def picker(positions: Sequence[int]) -> Callable[[Sequence[Raw]], tuple[Raw, ...]]:
    """What takes the values at some positions, all at once."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda values: tuple([values[at] for at in positions])


def layout_of(
    lets: Mapping[str, Value], conditions: Mapping[str, Truth], form: Mapping[int, int], rows: Mapping[int, int]
) -> Layout:
    """The layout of named values and conditions over the exports of a run."""
    slots = {name: slot_of(value, form, rows) for name, value in lets.items() if nodes_of(value)}
    return Layout(
        form={name: slot for name, slot in slots.items() if not slot.per_row},
        rows=slots,
        conditions={code: slot_of(truth, form, rows) for code, truth in conditions.items()},
        nodes={name: nodes_of(value) for name, value in lets.items()}
        | {code: nodes_of(truth) for code, truth in conditions.items()},
    )


def _verdict(raw: Raw) -> Verdict:
    return None if raw is None else bool(raw)
