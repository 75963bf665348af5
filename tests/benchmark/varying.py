"""Many forms of one: every amount and every count multiplied by a whole number, the place called by another name.

Ratios stay what they were to the last digit, so rates, scores and labels stay true: the same exact arithmetic that
would score the form scores its variant. A line is multiplied only where its numbers stand in the form as they were
generated, and a form only where no text speaks of its money; all others keep their numbers. `proof` re-scores.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, Final

from benchmark.bases import Base
from fairness.sound import PLACES
from jixiao.form import plain
from jixiao.form.wire import encode, to_wire

FACTORS: Final = (1, 2, 3, 7)
"""What amounts and counts are multiplied by."""
_FIRST: Final = "临青沙望云锦白松棠塘梧柳枫桐槐檀"
_SECOND: Final = "峪屏坪岚汀浔湄渚洼滘岙埭"
NAMES: Final = tuple(map("".join, product(_FIRST, _SECOND)))
"""Places that do not exist; none is the place of a rulebook. What kind of place it is (市, 县, 区, 州) stays."""
_PLACE: Final = "\ue000"
_COUNTS: Final = frozenset((
    "人", "名", "个", "次", "公里", "块", "亩", "吨", "户", "件", "台", "座", "份", "场", "家", "册", "盏", "辆",
    "株", "套", "处", "人次", "台次", "万件", "万吨", "期", "例", "条", "篇", "张", "间", "项", "批", "支",
))  # fmt: skip
"""Units that count things; a share, a day or a price is not multiplied."""
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Mould:
    """A base form made ready to be varied."""

    base: Base

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What its numbers can be multiplied by."""
        return FACTORS if _speaks_of_no_money(self._wire) else FACTORS[:1]

    @cached_property
    def place(self) -> str:
        """The place its texts name; empty where they name none of ours."""
        named = [name for name in PLACES if name in self._text]
        return named[0] if len(named) == 1 else ""

    @cached_property
    def _wire(self) -> dict[str, Any]:
        return to_wire(self.base.form)

    @cached_property
    def _text(self) -> str:
        return encode(self._wire).decode()

    @cached_property
    def _pieces(self) -> dict[int, tuple[str, ...]]:
        made = {}
        for factor in self.factors:
            text = encode(multiplied(self._wire, factor)).decode()
            made[factor] = tuple(text.replace(self.place, _PLACE).split(_PLACE)) if self.place else (text,)
        return made

    def variant(self, number: int) -> str:
        """The variant of a number as JSON, contract jixiao/form/1; number 0 is the form itself."""
        return named(number, self.place).join(self._pieces[self.factor(number)])

    def factor(self, number: int) -> int:
        """What the numbers of a variant are multiplied by."""
        return self.factors[number % len(self.factors)]


def named(number: int, place: str) -> str:
    """What the place is called in a variant."""
    return place if number == 0 or not place else NAMES[(number * 149) % len(NAMES)] + place[-1]


def _speaks_of_no_money(wire: dict[str, Any]) -> bool:
    """Whether no text of a form names one of its amounts."""
    amounts = {_digits(cell) for row in _rows(wire) for cell in row.values() if isinstance(cell, str)}
    texts = [*wire["goal"].values(), *(cell["text"] for cell in wire["extras"])]
    texts += [line["deviation"] for line in wire["indicators"]] + [line["name"] for line in wire["indicators"]]
    spoken = {_digits(number) for text in texts for number in _NUMBER.findall(text)}
    money_spoken = any("元" in text for text in (*texts[2:], wire["goal"]["expected"].split("：")[0]))
    return amounts.isdisjoint(spoken - {"0"}) and not money_spoken


def _digits(cell: str) -> str:
    return plain(Decimal(cell).normalize()) if _NUMBER.fullmatch(cell) else cell


def _rows(wire: dict[str, Any]) -> Iterator[dict[str, Any]]:
    funds = wire["funds"]
    yield from (funds[name] for name in ("total", "current_year", "carryover", "other"))
    yield from funds.get("more", ())


def multiplied(wire: dict[str, Any], factor: int) -> dict[str, Any]:
    """A form on the wire with its amounts and counts multiplied by a whole number."""
    if factor == 1:
        return wire
    goal = dict(wire["goal"])
    lines = [_line(dict(line), goal, factor) for line in wire["indicators"]]
    funds = {
        name: [_row(row, factor) for row in held] if isinstance(held, list) else _row(held, factor)
        for name, held in wire["funds"].items()
    }
    return {**wire, "funds": funds, "goal": goal, "indicators": lines}


def _row(row: dict[str, Any], factor: int) -> dict[str, Any]:
    return {
        name: cell if cell is None or name == "label" else _times(cell, factor) for name, cell in row.items()
    }  # fmt: skip


def _times(digits: str, factor: int) -> str:
    """A number with as many decimals as it had, multiplied."""
    return plain(Decimal(digits) * factor)


def _line(line: dict[str, Any], goal: dict[str, str], factor: int) -> dict[str, Any]:
    """A line multiplied, and with it what the goal promises and tells of it; or as it was."""
    target, actual = line["target"], line["actual"]
    if not _counts(line):
        return line
    made, done = (_cell(cell, factor) for cell in (target, actual))
    promised = re.compile(
        rf"({re.escape(line['name'])}\D{{0,3}}){re.escape(target['value'] + target['unit'])}(?=[，。])"
    )
    told = f"{line['name']}实际为{actual['text']}"
    if len(promised.findall(goal["expected"])) != 1 or goal["actual"].count(told) != 1:
        return line
    goal["expected"] = promised.sub(rf"\g<1>{made['value']}{made['unit']}", goal["expected"])
    goal["actual"] = goal["actual"].replace(told, f"{line['name']}实际为{done['text']}")
    return {**line, "target": made, "actual": done}


def _counts(line: dict[str, Any]) -> bool:
    """Whether a line counts things, and prints its numbers as they were generated."""
    target, actual = line["target"], line["actual"]
    return (
        isinstance(target["value"], str)
        and target["operator"] in ("≥", "≤", "=")
        and target["unit"] in _COUNTS
        and actual["value"] is not None
        and target["text"].endswith(target["value"] + target["unit"])
        and actual["text"] == actual["value"] + actual["unit"]
        and actual["unit"] == target["unit"]
    )


def _cell(cell: dict[str, Any], factor: int) -> dict[str, Any]:
    value = _times(cell["value"], factor)
    text = cell["text"].removesuffix(cell["value"] + cell["unit"]) + value + cell["unit"]
    return {**cell, "value": value, "text": text}
