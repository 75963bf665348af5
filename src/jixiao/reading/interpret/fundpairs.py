"""项目资金 without a header: 预算数：60.00 执行数：58.50 side by side, and the parts of each in the rows below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Final

from jixiao.form import is_nothing, parse_rate
from jixiao.layout.lexicon import Lexicon, label_unit
from jixiao.reading.interpret.columns import MONEY
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.rows import Item, Row

_ROWS: Final = ("current_year", "carryover", "other")
_EXECUTION: Final = ("weight", "rate", "score")


@dataclass(slots=True)
class FundPairs:
    """Reads fund rows in which every amount has a label of its own.

    Attributes:
        draft: takes what is read.
        lexicon: the words.
        fields: what the amounts of a row are, left to right, once the row of the totals has said it.
    """

    draft: Draft
    lexicon: Lexicon
    fields: list[str] = field(default_factory=list)

    def read(self, row: Row) -> bool:
        """Take a row, where it is one of these; whether it was."""
        sides = [item for item in row.items if self.lexicon.find("section", item.text) == "funds"]
        items = list(dropwhile(lambda item: not item.text, (item for item in row.items if item not in sides)))
        pairs = list(zip(items[::2], items[1::2], strict=False))
        if not pairs or len(items) % 2 or not all(_is_amount(value) for _, value in pairs):
            return False
        if not (self._totals(pairs) or self._parts(pairs)):
            return False
        for side in sides:
            unit = label_unit(side.text)
            if unit:
                self.draft.put_unit(unit, side.places)
        return True

    def _totals(self, pairs: Sequence[tuple[Item, Item]]) -> bool:
        fields = [self.lexicon.find("fund_columns", label.text) or "" for label, _ in pairs]
        known = len(set(fields)) == len(fields) and set(fields) <= {*MONEY, *_EXECUTION}
        if not known or "executed" not in fields or len(MONEY & set(fields)) < 2:
            return False
        self.fields = fields
        self._put("total", pairs)
        return True

    def _parts(self, pairs: Sequence[tuple[Item, Item]]) -> bool:
        names = {self.lexicon.find("fund_rows", label.text) for label, _ in pairs}
        amounts = [name for name in self.fields if name in MONEY]
        name = names.pop()
        if names or name not in _ROWS or len(pairs) != len(amounts):
            return False
        if any(f"/funds/{name}/{amount}" in self.draft.fields for amount in amounts):
            return False
        self._put(name, pairs)
        return True

    def _put(self, name: str, pairs: Sequence[tuple[Item, Item]]) -> None:
        fields = self.fields if name == "total" else [each for each in self.fields if each in MONEY]
        for (label, value), each in zip(pairs, fields, strict=True):
            pointer = f"/funds/{name}/{each}" if each in MONEY else f"/execution/{each}"
            self.draft.put(pointer, [value], label.text)


def _is_amount(item: Item) -> bool:
    return is_nothing(item.text) or parse_rate(item.text.removesuffix("元").removesuffix("万")) is not None
