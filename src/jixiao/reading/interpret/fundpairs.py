"""项目资金 without a header: 预算数：60.00 执行数：58.50 side by side, and the parts of each in the rows below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from jixiao.form import is_nothing, parse_rate
from jixiao.layout.lexicon import Lexicon, label_unit
from jixiao.reading.interpret.columns import MONEY
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.rows import Item, Row, unsure

_ROWS: Final = ("current_year", "carryover", "other")
_EXECUTION: Final = ("weight", "rate", "score")
_ALONE: Final = (*MONEY, "rate")
_SHORTEST: Final = 3
"""A label of fewer letters (预算, 支出) says by itself too little."""

Pair = tuple[Item, Item]


@dataclass(slots=True)
class FundPairs:
    """Reads fund rows in which every amount has a label of its own.

    Attributes:
        draft: takes what is read.
        lexicon: the words.
        fields: what the amounts of a row are, left to right, once the row of the totals has said it.
        lone: amounts and rates beside a label of their own in a row of other things; they count where no row of funds
            says more.
    """

    draft: Draft
    lexicon: Lexicon
    fields: list[str] = field(default_factory=list)
    lone: list[Pair] = field(default_factory=list)

    def read(self, row: Row) -> bool:
        """Take a row, where it is one of these; whether it was."""
        sides = [item for item in row.items if self.lexicon.find("section", item.text) == "funds"]
        items = _trimmed([item for item in row.items if item not in sides])
        if len(items) % 2 and self._is_side(items):
            sides, items = [*sides, items[0]], items[1:]
        pairs = list(zip(items[::2], items[1::2], strict=False))
        if not pairs or len(items) % 2 or not all(is_amount_alone(value) for _, value in pairs):
            return False
        if not (self._totals(pairs) or self._parts(pairs) or self._execution(pairs)):
            return False
        for item in (*sides, *(label for label, _ in pairs)):
            unit = label_unit(item.text)
            if unit:
                self.draft.put_unit(unit, item.places)
        return True

    def is_lone(self, label: str, value: Item) -> bool:
        """Whether a label names by itself an amount or the rate of the whole project, and the cell after it is one."""
        key = self.lexicon.key_in("fund_columns", label)
        named = key is not None and len(key) >= _SHORTEST and self.lexicon.find("fund_columns", label) in _ALONE
        return named and not is_nothing(value.text) and is_amount_alone(value)

    def keep(self, label: Item, value: Item) -> None:
        """Keep an amount that stands beside a label of its own, until the whole form is read."""
        self.lone.append((label, value))

    def settle(self) -> None:
        """Amounts in rows of other things become those of the total row, where nothing has said them; else extras."""
        values: dict[str, list[Pair]] = {}
        for label, value in self.lone:
            values.setdefault(self.lexicon.find("fund_columns", label.text) or "", []).append((label, value))
        for name, pairs in values.items():
            pointer = f"/funds/total/{name}" if name in MONEY else f"/execution/{name}"
            single = len({value.text for _, value in pairs}) == 1
            free = single and pointer not in self.draft.fields
            if free:
                self.draft.put(pointer, [unsure(pairs[0][1])], pairs[0][0].text)
            for label, value in pairs:
                if free and (unit := label_unit(label.text)):
                    self.draft.put_unit(unit, label.places)
                elif not free:
                    self.draft.keep(label.text.rstrip("：: "), value)

    def _is_side(self, items: Sequence[Item]) -> bool:
        """Whether the first of some cells is the name of the part, for a label and its amount follow it."""
        return len(items) > 2 and self._field(items[1]) is not None and not is_nothing(items[2].text)

    def _field(self, item: Item) -> str | None:
        return self.lexicon.find("fund_columns", item.text)

    def _totals(self, pairs: Sequence[Pair]) -> bool:
        fields = [self._field(label) or "" for label, _ in pairs]
        known = len(set(fields)) == len(fields) and set(fields) <= {*MONEY, *_EXECUTION}
        if not known or "executed" not in fields or len(MONEY & set(fields)) < 2:
            return False
        self.fields = fields
        self._put("total", pairs)
        return True

    def _parts(self, pairs: Sequence[Pair]) -> bool:
        names = {self.lexicon.find("fund_rows", label.text) for label, _ in pairs}
        amounts = [name for name in self.fields if name in MONEY]
        name = names.pop()
        if names or name not in _ROWS or len(pairs) != len(amounts):
            return False
        if any(f"/funds/{name}/{amount}" in self.draft.fields for amount in amounts):
            return False
        self._put(name, pairs)
        return True

    def _execution(self, pairs: Sequence[Pair]) -> bool:
        """执行率 99% 分值 10 得分 9.9 in a row of their own."""
        fields = [self._field(label) or "" for label, _ in pairs]
        own = len(set(fields)) == len(fields) >= 2 and set(fields) <= set(_EXECUTION) and "rate" in fields
        if not own or any(f"/execution/{name}" in self.draft.fields for name in fields):
            return False
        for (label, value), name in zip(pairs, fields, strict=True):
            self.draft.put(f"/execution/{name}", [value], label.text)
        return True

    def _put(self, name: str, pairs: Sequence[Pair]) -> None:
        fields = self.fields if name == "total" else [each for each in self.fields if each in MONEY]
        for (label, value), each in zip(pairs, fields, strict=True):
            pointer = f"/funds/{name}/{each}" if each in MONEY else f"/execution/{each}"
            self.draft.put(pointer, [value], label.text)


def is_amount_alone(item: Item) -> bool:
    """Whether a cell holds an amount or a rate and nothing else, or what people print for nothing."""
    return is_nothing(item.text) or parse_rate(item.text.removesuffix("元").removesuffix("万")) is not None


def _trimmed(items: Sequence[Item]) -> list[Item]:
    """Cells without the empty ones before the first text, nor those after the last that have no label before them."""
    first = next((index for index, item in enumerate(items) if item.text), len(items))
    kept = list(items[first:])
    while len(kept) > 2 and not kept[-1].text and (is_nothing(kept[-2].text) or is_amount_alone(kept[-2])):
        kept.pop()
    return kept
