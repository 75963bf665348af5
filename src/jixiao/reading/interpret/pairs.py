"""Rows of labels with a value beside (or below) each: the head, the tail, and whatever a form prints in that way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from jixiao.form import is_nothing, parse_number
from jixiao.layout.lexicon import Lexicon, label_key, label_points, label_unit, money_unit
from jixiao.reading.interpret.columns import under
from jixiao.reading.interpret.draft import UNPLACED, Draft
from jixiao.reading.interpret.fundpairs import FundPairs
from jixiao.reading.interpret.lines import labelled, money_unit_in, read_line, year_in
from jixiao.reading.interpret.outline import Part
from jixiao.reading.interpret.rows import Item, Row

_HEAD_POINTERS: Final = {
    "project_name": "/project/name",
    "project_code": "/project/code",
    "department": "/department",
    "unit": "/unit",
}
_GOALS: Final = ("expected", "adjusted", "initial", "actual")
_GRADES: Final = ("优", "良", "中", "差", "低")
_COLUMNS: Final = ("fund_columns", "indicator_columns")
_LONGEST_LABEL: Final = 16
_MOST_POINTS: Final = 1000
"""No form gives more points in all; a greater number is an amount of money."""
_LONGEST_GRADE: Final = 40


@dataclass(slots=True, eq=False)
class Group:
    """A label and the cells that stand beside it.

    Attributes:
        block: the block of the lexicon the label is of; empty for a label the lexicon does not know.
        name: its field there.
        label: the cell of the label; `None` where cells stand under no label.
        values: the cells with its value.
    """

    block: str
    name: str
    label: Item | None
    values: list[Item] = field(default_factory=list)

    @property
    def label_text(self) -> str:
        """The label as printed; empty where there is none."""
        return self.label.text if self.label else ""


@dataclass(slots=True)
class PairReader:
    """Reads label rows of one form; remembers the row before, which a page break may have cut.

    Attributes:
        draft: takes what is read.
        lexicon: the words.
        before: the groups of the row before.
        ended: whether the writer of the row before says that it ends where its page does.
        amounts: reads the fund rows of forms without a fund table.
    """

    draft: Draft
    lexicon: Lexicon
    before: list[Group] = field(default_factory=list)
    ended: bool = False
    amounts: FundPairs = field(init=False)

    def __post_init__(self) -> None:
        """Rows of amounts go to a reader of their own."""
        self.amounts = FundPairs(self.draft, self.lexicon)

    def read(self, part: Part) -> None:
        """Read one row of labels and values."""
        if part.kind == "pair" and self.amounts.read(part.row):
            return
        groups = _without_lone_actual(_sums_told_apart(self.grouped(part)))
        unlabelled = not any(group.label for group in groups)
        if part.fresh and not self.ended and unlabelled and self._continue(groups):
            return
        for group in groups:
            self.place(group, part)
        self.before, self.ended = groups, part.row.ended

    def read_free(self, item: Item, part: Part) -> None:
        """Read a line outside the tables, or a row of a single cell."""
        for label, value in read_line(self.draft, item, self.lexicon):
            made = replace(item, text=label, key=label_key(label))
            self.place(self._group(made, part, [replace(item, text=value, key=label_key(value))]), part)

    def read_management(self, part: Part) -> None:
        """Read a row of 资金管理情况: a label, and what is said about it, column by column."""
        columns = part.header.columns if part.header else ()
        label = next((item for item in part.row.filled if under(item, columns) is None), None)
        for item in part.row.filled:
            column = under(item, columns)
            if item is label:
                continue
            named = _bare(label.text) if label else ""
            measure = f"{named}：{column.label}" if column and column.field != "text" else named
            self.draft.keep(measure, item)

    def grouped(self, part: Part) -> list[Group]:
        """The groups of a row, left to right."""
        if part.below is not None:
            return [self._group(label, part, _under(label, part.below)) for label in part.row.items]
        groups: list[Group] = []
        for item, after in pairwise([*part.row.filled, None]):
            inside = self._amount_inside(item, part) if item else None
            if inside:
                groups.append(inside)
            elif item and after and self._is_lone(item, after, part):
                groups.append(Group("funds", "lone", item))
            elif item:
                groups.extend(self._with(groups[-1] if groups else None, item, part))
        return groups or [Group("", "", None)]

    def _amount_inside(self, item: Item, part: Part) -> Group | None:
        """预算金额：260万元 in one cell: the label, and the amount of the project that stands behind it."""
        text, colon, amount = item.text.replace(":", "：").partition("：")
        if not colon:
            return None
        label, value = replace(item, text=text, key=label_key(text)), replace(item, text=amount.strip(), key="")
        return Group("funds", "lone", label, [value]) if self._is_lone(label, value, part) else None

    def _is_lone(self, label: Item, value: Item, part: Part) -> bool:
        """Whether an amount of the project, or its rate, stands beside a label that is nothing else."""
        lone = part.kind == "pair" and self.amounts.is_lone(label.text, value)
        return lone and not self._known(label.text, part)[0]

    def _with(self, group: Group | None, item: Item, part: Part) -> list[Group]:
        """The groups an item opens; none where it is a value of the group before it."""
        if self._known(item.text, part)[0]:
            return [self._group(item, part, [])]
        inline = labelled(item.raw, self.lexicon) or labelled(item.text, self.lexicon)
        if inline:
            return [
                self._group(replace(item, text=label, key=""), part, [replace(item, text=value)] if value else [])
                for label, value in inline
            ]
        if group is None:
            cover = next(
                (each for each in part.row.covers if self._known(each.text, part)[0] in ("head", "tail")), None
            )
            own = len(part.row.filled) > 1 and _like_a_label(item)
            return [self._group(cover, part, [item])] if cover and not own else [Group("", "", None, [item])]
        group.values.append(item)
        return []

    def _known(self, text: str, part: Part) -> tuple[str, str]:
        blocks = ("tail", "head") if part.ended or part.kind == "total" else ("head", "tail")
        for block in (*blocks, "goal", "section"):
            name = self.lexicon.find(block, text)
            if name:
                return block, name
        return "", ""

    def _group(self, label: Item, part: Part, values: Sequence[Item]) -> Group:
        return Group(*self._known(label.text, part), label, list(values))

    def _continue(self, groups: Sequence[Group]) -> bool:
        """Append the rest of cells that the page before has cut; whether there was a cell for every one."""
        rest = [item for group in groups for item in group.values]
        cut = [(group, value) for group in self.before for value in group.values]
        pairs = [
            (item, group)
            for item in rest
            for group, value in cut
            if 2 * item.overlap(value.left, value.right) > item.right - item.left
        ]
        if not rest or len(pairs) != len(rest):
            return False
        for item, group in pairs:
            self._append(group, item)
        return True

    def _append(self, group: Group, item: Item) -> None:
        pointer = _pointer(group)
        if pointer:
            self.draft.put(pointer, [item])
            return
        last = group.values[-1]
        for index, (extra, places) in enumerate(self.draft.extras):
            if places == last.places and extra.text == last.text:
                joined = replace(last, text=last.text + item.text, places=last.places + item.places)
                self.draft.extras[index] = (type(extra)(extra.label, joined.text, extra.pointer), joined.places)
                return
        self.draft.lay_aside([item])

    def place(self, group: Group, part: Part) -> None:
        """Put a group where it belongs in the form."""
        pointer = _pointer(group)
        if group.label is None:
            self._unlabelled(group.values)
        elif group.block == "head":
            self._head(group, pointer)
        elif group.block == "goal":
            self._goal(group)
        elif group.block == "tail":
            self._tail(group, part)
        elif group.block == "funds":
            self.amounts.keep(group.label, group.values[0])
            self._spare(group.label, group.values[1:])
        else:
            self._extra(group)

    def _head(self, group: Group, pointer: str | None) -> None:
        label, values = group.label, group.values
        if label is None:
            return
        if group.name == "fiscal_year" and (year := _year(values)):
            self.draft.put_text("/fiscal_year", str(year), values[0].places)
            self.draft.labels["/fiscal_year"] = label.text
        elif group.name == "currency_unit" and values and (unit := money_unit_in(values[0].text)):
            self.draft.put_unit(unit, values[0].places)
            self._spare(label, values[money_unit(values[0].text) is not None :])
        elif pointer == "/project/name" and values and self.lexicon.is_label(values[0].text, _COLUMNS):
            self._list_of_projects(values)
        elif pointer:
            self._field(pointer, label, values)
        else:
            self._extra(group)

    def _list_of_projects(self, values: Sequence[Item]) -> None:
        """项目名称 beside 年初预算 heads a list: it names no form; above the form, the title above it is its own."""
        self.draft.lay_aside(values)
        title = None if self.draft.text("/project/name") else self.draft.fields.pop("/title", None)
        if title:
            self.draft.keep_text(UNPLACED, title.text, title.places)

    def _field(self, pointer: str, label: Item, values: Sequence[Item], block: str = "head") -> None:
        """The first value is the field's, unless a preferred label has it already; the others are extras."""
        held = self.draft.fields.get(pointer)
        if held and held.text:
            if values and self._prefers(block, label.text, self.draft.labels.get(pointer, "")):
                self.draft.keep_text(self.draft.labels.get(pointer, ""), held.text, held.places)
                del self.draft.fields[pointer], self.draft.labels[pointer]
            else:
                self._spare(label, [value for value in values if value.text != held.text])
                return
        self.draft.put(pointer, values[:1], label.text)
        self._spare(label, values[1:])

    def _prefers(self, block: str, label: str, other: str) -> bool:
        return self.lexicon.rank(block, label) < self.lexicon.rank(block, other)

    def _goal(self, group: Group) -> None:
        if group.label is None or group.name == "extra":
            self._extra(group)
            return
        self._points(group.label)
        self.draft.put(f"/goal/{group.name}", group.values, group.label.text)

    def _points(self, label: Item) -> None:
        points = label_points(label.text)
        if points is not None:
            self.draft.keep_text(_bare(label.text), f"{points}分", label.places)

    def _tail(self, group: Group, part: Part) -> None:
        if group.name in ("total", "total_weight", "total_score") and group.label:
            self._total(group, part)
        elif group.name == "grade" and group.label:
            taken = [value for value in group.values[:1] if not self.draft.text("/grade") and is_grade(value.text)]
            self.draft.put("/grade", taken, group.label.text)
            self._spare(group.label, [value for value in group.values if value not in taken])
        else:
            self._extra(group)

    def _total(self, group: Group, part: Part) -> None:
        """Weight and score of the total row: by their columns, else weight before score, a single number the score."""
        label = group.label
        if label is None:
            return
        numbers = [value for value in group.values if _is_points(value.text)]
        for value in group.values:
            if value not in numbers:
                self._beside_total(label, value)
        fields = self._total_fields(group, numbers, part)
        guessed = not self._standing(numbers, part)
        if _is_of_amounts(group, part) or (guessed and _are_exchanged(fields)) or self._is_of_a_part(fields):
            fields = {}
        for name, value in fields.items():
            self._field(f"/total/{name}", label, [value], block="tail")
            numbers.remove(value)
        self._spare(label, numbers)
        if part.kind == "total":
            self.draft.put("/total/score", (), label.text)

    def _is_of_a_part(self, fields: Mapping[str, Item]) -> bool:
        """Whether another sum has more points (合计 90 of the indicators, 总计 100): the greater is the form's.

        Where the other has fewer points, it goes to the extras and the fields are free.
        """
        points = [parse_number(text) for text in (self.draft.text("/total/weight"), _text(fields.get("weight")))]
        held, new = points
        if held is None or new is None or held == new:
            return False
        if held < new:
            for pointer in ("/total/weight", "/total/score"):
                reading = self.draft.fields.pop(pointer, None)
                label = _bare(self.draft.labels.pop(pointer, ""))
                self.draft.keep_text(label, reading.text if reading else "", reading.places if reading else ())
        return held > new

    def _beside_total(self, label: Item, value: Item) -> None:
        if value.text in _GRADES and not self.draft.text("/grade"):
            self.draft.put("/grade", [value], label.text)
        else:
            self.draft.keep(label.text, value)

    def _total_fields(self, group: Group, numbers: Sequence[Item], part: Part) -> dict[str, Item]:
        if group.name != "total":
            return {group.name.removeprefix("total_"): numbers[0]} if numbers else {}
        standing = self._standing(numbers, part)
        if standing:
            return {} if any(_is_shifted(value, part) for value in numbers) else standing
        names = ("weight", "score") if len(numbers) >= 2 else ("score",)
        return dict(zip(names, numbers, strict=False))

    def _standing(self, numbers: Sequence[Item], part: Part) -> dict[str, Item]:
        """The numbers of a total row that stand under the columns of points and score; none where two claim one."""
        if part.kind != "total" or not part.header:
            return {}
        columns = [(name, column) for name in ("weight", "score") if (column := part.header.column(name))]
        standing = {
            name: value
            for name, column in columns
            for value in numbers
            if 2 * value.overlap(column.left, column.right) > column.right - column.left
        }
        return standing if len(set(map(id, standing.values()))) == len(standing) else {}

    def _extra(self, group: Group) -> None:
        """A label without a field: its value is an extra; a label that names a part of the form has none."""
        label = group.label
        if label is None:
            return
        if group.block == "section":
            self._points(label)
            unit = label_unit(label.text) if group.name == "funds" else None
            if unit:
                self.draft.put_unit(unit, label.places)
        for value in group.values:
            self.draft.keep(_bare(label.text), value)

    def _spare(self, label: Item, values: Sequence[Item]) -> None:
        """Values beyond the first: labels nobody knows with their values, else more of the label's own."""
        if _are_pairs(values):
            self._unlabelled(values)
            return
        for value in values:
            self.draft.keep(_bare(label.text), value)

    def _unlabelled(self, values: Sequence[Item]) -> None:
        """Cells under no known label: in pairs, where the first of each pair reads like a label; else unplaced."""
        if _are_pairs(values):
            for label, value in zip(values[::2], values[1::2], strict=True):
                self.draft.keep(_bare(label.text), value)
                if is_nothing(value.text):
                    self.draft.lay_aside([label])
        else:
            self.draft.lay_aside(values)


def _without_lone_actual(groups: list[Group]) -> list[Group]:
    """完成情况 behind something that is no goal says what became of that: it is no goal's either."""
    goals = [group for group in groups if group.block == "goal"]
    lone = len(goals) == 1 and goals[0].name == "actual" and goals[0] is not groups[0]
    if not lone or (groups[0].block, groups[0].name) == ("section", "goal"):
        return groups
    return [replace(group, block="", name="") if group is goals[0] else group for group in groups]


def _sums_told_apart(groups: list[Group]) -> list[Group]:
    """Of two sums in one row, that of the scores says so: 总分 100 beside 总得分 95, 合计 95 beside 总分值 100.

    Two that say nothing of the kind stand as extras, for either could be the score.
    """
    sums = [group for group in groups if group.name.startswith("total") and group.block == "tail" and group.values]
    if len(sums) != 2 or any(len(group.values) > 1 for group in sums):
        return groups
    scores = [group for group in sums if group.name == "total_score" or "得分" in group.label_text]
    points = [group for group in sums if group.name == "total_weight" and group not in scores]
    if len(scores) != 1:
        scores = [group for group in sums if group not in points] if len(points) == 1 else []
    values = {name: group.values[0] for group in sums for name in [("weight", "score")[group in scores]]}
    names = {id(group): "total_score" if group in scores else "total_weight" if scores else "extra" for group in sums}
    if _are_exchanged(values):
        names = dict.fromkeys(names, "extra")
    return [replace(group, name=names.get(id(group), group.name)) for group in groups]


def _is_of_amounts(group: Group, part: Part) -> bool:
    """Whether a sum stands above the indicators and does not speak of points (合计 under 到位数): it is of amounts."""
    below = part.ended or (part.header is not None and part.header.kind == "indicators")
    return not below and "分" not in group.label_text


def _are_exchanged(fields: Mapping[str, Item]) -> bool:
    """Whether the score would be greater than the points: which is which cannot be told."""
    weight, score = (parse_number(_text(fields.get(name))) for name in ("weight", "score"))
    return weight is not None and score is not None and score > weight


def _is_points(text: str) -> bool:
    number = parse_number(text.removesuffix("分"))
    return number is not None and abs(number) <= _MOST_POINTS


def _text(item: Item | None) -> str:
    return item.text.removesuffix("分") if item else ""


def _is_shifted(value: Item, part: Part) -> bool:
    """Whether a number of the total row stands under a column of words: then no column of the row can be trusted."""
    column = under(value, part.header.columns) if part.header else None
    return column is not None and column.field in ("name", "target", "actual")


def _pointer(group: Group) -> str | None:
    if group.block == "head":
        return _HEAD_POINTERS.get(group.name)
    if group.block == "goal":
        return f"/goal/{group.name}"
    return "/grade" if (group.block, group.name) == ("tail", "grade") else None


def is_grade(text: str) -> bool:
    """Whether a text can be a grade: a tick among several, or a short word that is no sentence and no other label."""
    return len(text) <= _LONGEST_GRADE and not re.search(r"[。；;]|划分|\d\s*[-~—－]\s*\d", text)


def _year(values: Sequence[Item]) -> int | None:
    if not values:
        return None
    bare = re.fullmatch(r"\s*((?:19|20)\d\d)\s*", values[0].text)
    return int(bare[1]) if bare else year_in(values[0].text)


def _under(label: Item, row: Row) -> list[Item]:
    middle = (label.left + label.right) // 2
    return [item for item in row.filled if item.left <= middle <= item.right]


def _are_pairs(values: Sequence[Item]) -> bool:
    return len(values) % 2 == 0 and all(_like_a_label(label) for label in values[::2])


def _like_a_label(item: Item) -> bool:
    return len(item.text) <= _LONGEST_LABEL and not re.search(r"\d", item.key) and not re.search(r"[。；]", item.text)


def _bare(label: str) -> str:
    return label.rstrip("：: ")
