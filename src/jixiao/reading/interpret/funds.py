"""Fund rows: 年度资金总额, 当年财政拨款 …; the execution's points, rate and score stand in the total row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from jixiao.form import is_nothing, parse_rate
from jixiao.layout.lexicon import Lexicon, label_key, label_points, label_unit
from jixiao.reading.interpret.columns import MONEY, Column, Header, under
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.outline import Part
from jixiao.reading.interpret.rows import Item, Row, is_amount, unsure

_EXECUTION: Final = ("weight", "rate", "score")
_ROWS: Final = ("total", "current_year", "carryover", "other")


@dataclass(slots=True)
class FundReader:
    """Reads the fund rows of one form.

    Attributes:
        draft: takes what is read.
        lexicon: the words.
        taken: the rows of the four that are there already.
        label: the label cell of the row before, which a page break may have cut.
        pointer: where that row was put.
    """

    draft: Draft
    lexicon: Lexicon
    taken: set[str] = field(default_factory=set)
    label: Item | None = None
    pointer: str = ""

    def settle_unit(self, parts: Iterable[Part]) -> None:
        """Where nothing has told the unit of money, the one that is noted in every label that notes one; unsurely."""
        if self.draft.units or self.draft.text("/currency_unit"):
            return
        items = [item for part in parts if part.kind != "indicators" and not part.row.free for item in part.row.filled]
        noted = [(unit, item) for item in items if (unit := label_unit(item.text))]
        if len({unit for unit, _ in noted}) == 1:
            unit, item = noted[0]
            self.draft.put_unit(unit, unsure(item).places)

    def header(self, part: Part) -> None:
        """Points and unit of money printed in the header's labels."""
        self._notes((*part.row.filled, *part.row.covers))

    def _notes(self, labels: Iterable[Item]) -> None:
        for item in labels:
            unit = label_unit(item.text)
            if unit:
                self.draft.put_unit(unit, item.places)
            points = label_points(item.text)
            if points is not None:
                self._declare(item, f"{points}")

    def _declare(self, item: Item, points: str) -> None:
        if not self.draft.text("/execution/weight"):
            self.draft.put_text("/execution/weight", points, item.places)
            self.draft.labels["/execution/weight"] = "declared"

    def read(self, part: Part) -> None:
        """Read one fund row."""
        header = part.header
        if header is None:
            return
        label, values, rest = self._split(part.row, header)
        self._notes(item for item in part.row.filled if self._is_side(item, header))
        if part.fresh and self._continues(label, values):
            return
        pointer = self._pointer(label)
        self.label, self.pointer = label, pointer
        self._unit_of(label)
        guessed = label is not None and self.lexicon.find("fund_rows", label.text) is None and self._named(label)
        if label and guessed:
            self.draft.lay_aside([label], pointer)
        for item, column in values:
            self._value(unsure(item) if guessed else item, column, pointer)
        self.draft.lay_aside([item for item in rest if not self._ends_side(item, header)], pointer)

    def _unit_of(self, label: Item | None) -> None:
        """A unit of money noted at a row's own label: another one than the table's leaves the unit open."""
        unit = label_unit(label.text) if label else None
        if label and unit:
            self.draft.put_unit(unit, label.places)

    def _named(self, label: Item) -> str | None:
        """The row a label names; where its letters were recognised, one of them may be wrong."""
        name = self.lexicon.find("fund_rows", label.text)
        recognised = any(place.confidence < 1 for place in label.places)
        return name or (self.lexicon.near("fund_rows", label.text) if recognised else None)

    def _ends_side(self, item: Item, header: Header) -> bool:
        """Whether an item is the rest of the label beside the table (项目资金（万 | 元）), which a page has cut."""
        for side in header.sides:
            whole = side.text + item.text
            noted = label_unit(whole) != label_unit(side.text) or label_points(whole) != label_points(side.text)
            worded = noted or self.lexicon.holds("section", "funds", item.text)
            stands = item.overlap(side.left, side.right) > 0
            if stands and worded and self.lexicon.find("section", whole) == "funds":
                unit = label_unit(whole)
                if unit:
                    self.draft.put_unit(unit, side.places + item.places)
                return True
        return False

    def _split(self, row: Row, header: Header) -> tuple[Item | None, list[tuple[Item, Column]], list[Item]]:
        """The label of a row, its values with their columns, and what stands under neither."""
        known = [item for item in row.filled if self._named(item)]
        beside = [item for item in row.filled if item not in known and self._is_beside(item, header)]
        covers = [item for item in row.covers if self.lexicon.find("fund_rows", item.text)]
        labels = known[:1] or [item for item in beside if not self._is_side(item, header)][-1:] or covers[:1]
        values = [
            (item, column)
            for item in row.filled
            if item not in labels and (column := under(item, header.columns)) is not None
        ]
        placed = [item for item, _ in values]
        rest = [
            item for item in row.filled if item not in placed and item not in labels and not self._is_side(item, header)
        ]
        return (labels[0] if labels else None), values, rest

    def _is_beside(self, item: Item, header: Header) -> bool:
        """Whether an item stands left of the amounts: under no column, or under one that heads labels (资金来源)."""
        column = under(item, header.columns)
        heads_labels = column is header.columns[0] and column.field is None and not is_amount(item)
        return column is None or heads_labels

    def _is_side(self, item: Item, header: Header) -> bool:
        named = self.lexicon.find("section", item.text) == "funds" or header.is_beside(item, self.lexicon)
        return item.key == "其中" or named

    def _continues(self, label: Item | None, values: Sequence[tuple[Item, Column]]) -> bool:
        """Whether the row is the rest of a label that the page before has cut; if so it is taken."""
        if label is None or self.label is None or values:
            return False
        known = self.lexicon.find("fund_rows", self.label.text + label.text)
        if self.lexicon.find("fund_rows", label.text) and not known:
            return False
        if self.pointer.startswith("/funds/more/"):
            self._rename(label, known)
        self.label = None
        return True

    def _rename(self, rest: Item, known: str | None) -> None:
        if known in _ROWS and known not in self.taken:
            for name in MONEY:
                reading = self.draft.fields.pop(f"{self.pointer}/{name}", None)
                if reading:
                    self.draft.fields[f"/funds/{known}/{name}"] = reading
            del self.draft.fields[f"{self.pointer}/label"]
            self.draft.more_funds -= 1
            self.taken.add(known)
        else:
            self.draft.put(f"{self.pointer}/label", [rest])

    def _pointer(self, label: Item | None) -> str:
        name = self._named(label) if label else None
        if label is None and "total" not in self.taken:
            name = "total"
        if name in _ROWS and name not in self.taken:
            self.taken.add(name)
            return f"/funds/{name}"
        pointer = f"/funds/more/{self.draft.more_funds}"
        self.draft.more_funds += 1
        self.draft.put(f"{pointer}/label", [label] if label else [])
        return pointer

    def _value(self, item: Item, column: Column, pointer: str) -> None:
        if column.field in MONEY:
            self.draft.put(f"{pointer}/{column.field}", [item], column.label)
        elif column.field in _EXECUTION and pointer == "/funds/total":
            self._execution(item, column)
        else:
            self.draft.keep(label_key(column.label) or column.label, item, pointer)

    def _execution(self, item: Item, column: Column) -> None:
        target = f"/execution/{column.field}"
        declared = self.draft.labels.get(target) == "declared"
        if declared and not is_nothing(item.text) and parse_rate(item.text.removesuffix("分")) is not None:
            del self.draft.fields[target], self.draft.labels[target]
        if not declared or target not in self.draft.fields:
            self.draft.put(target, [item], column.label)
