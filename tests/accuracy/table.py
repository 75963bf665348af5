"""The table of `./dev accuracy`: what was read, by format, producer, layout, look, wear; tuned and held-out apart."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accuracy.judge import Field
from accuracy.running import Result

_BINS = (Decimal("0.5"), Decimal("0.8"), Decimal("0.9"), Decimal("0.95"), Decimal("0.99"))
_HEAD = ("", "docs", "forms", "fields %", "folded %", "exact %", "amounts %", "silent %", "silent", "lost", "refused")


@dataclass(slots=True)
class Sums:
    """Counts over some documents."""

    documents: int = 0
    refused: int = 0
    forms: int = 0
    exact: int = 0
    surplus: int = 0
    fields: int = 0
    right: int = 0
    folded: int = 0
    amounts: int = 0
    amounts_right: int = 0
    silent: int = 0
    lost: int = 0
    bins: Counter[str] = field(default_factory=Counter)
    bins_wrong: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one document."""
        verdict = result.verdict
        self.documents += 1
        self.refused += bool(verdict.error)
        self.forms += verdict.forms
        self.exact += verdict.exact
        self.surplus += verdict.surplus
        for each in verdict.fields:
            self._add(each)

    def _add(self, each: Field) -> None:
        self.fields += 1
        self.right += each.right
        self.folded += each.folded
        self.amounts += each.is_amount
        self.amounts_right += each.is_amount and each.right
        self.silent += each.silent
        self.lost += each.lost
        if each.got not in (None, ""):
            name = bin_of(each.confidence)
            self.bins[name] += 1
            self.bins_wrong[name] += not each.right

    def row(self, name: str) -> tuple[str, ...]:
        """The figures as the cells of a row."""
        return (
            name, str(self.documents), str(self.forms), share(self.right, self.fields),
            share(self.folded, self.fields), share(self.exact, self.forms), share(self.amounts_right, self.amounts),
            share(self.silent, self.amounts), str(self.silent), str(self.lost), str(self.refused or ""),
        )  # fmt: skip

    def figures(self) -> dict[str, Any]:
        """The figures for a machine."""
        plain = {name: getattr(self, name) for name in self.__slots__ if not name.startswith("bins")}
        return plain | {"calibration": {name: [self.bins[name], self.bins_wrong[name]] for name in sorted(self.bins)}}


def bin_of(confidence: Decimal) -> str:
    """The name of the bin a confidence lies in."""
    low = [bound for bound in _BINS if confidence > bound]
    return f"> {low[-1]}" if low else f"≤ {_BINS[0]}"


def share(part: int, whole: int) -> str:
    """A share in per cent with two decimals, cut and not rounded up: 100.00 is said of nothing but all."""
    if not whole:
        return "–"
    return f"{part * 10_000 // whole / 100:.2f}"


_BREAKDOWNS: tuple[tuple[str, Callable[[Result], str]], ...] = (
    ("format", lambda result: result.specimen.format),
    ("producer", lambda result: f"{result.specimen.format}: {result.specimen.producer[1]}"),
    ("layout", lambda result: "layouts nobody has seen" if result.specimen.variant else result.specimen.family),
    ("look of a page", lambda result: result.specimen.look if result.specimen.producer[0] == "PDF" else ""),
    ("wear", lambda result: result.specimen.wear),
)


def report(results: Sequence[Result]) -> str:
    """The whole table as text."""
    lines: list[str] = []
    for side, held in (("TUNED", False), ("HELD OUT", True)):
        here = [result for result in results if bool(result.specimen.held_out) == held]
        if not here:
            continue
        for name, key in _BREAKDOWNS:
            groups = grouped(here, key)
            if groups:
                lines += [f"\n== {side}: by {name}", *_columns([_HEAD, *(each.row(k) for k, each in groups.items())])]
        lines += [f"\n== {side}: confidence", *_calibration(grouped(here, lambda _: "all"))]
    return "\n".join(lines)


def grouped(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, Sums]:
    """Sums by a key; results without one are left out; `all` is the last."""
    groups: dict[str, Sums] = defaultdict(Sums)
    whole = Sums()
    for result in results:
        if name := key(result):
            groups[name].add(result)
            whole.add(result)
    return dict(sorted(groups.items())) | ({"all": whole} if groups else {})


def _calibration(groups: dict[str, Sums]) -> list[str]:
    sums = groups["all"]
    rows = [("confidence", "fields", "wrong", "wrong %")]
    for name in sorted(sums.bins, reverse=True):
        count, wrong = sums.bins[name], sums.bins_wrong[name]
        rows.append((name, str(count), str(wrong), share(wrong, count)))
    return _columns(rows)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(_width(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        row[0]
        + " " * (widths[0] - _width(row[0]))
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
