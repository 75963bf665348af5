"""Indicator rows: cells by column, headings by spans, rows put together again where a page cuts them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from jixiao.form import canonical_level, is_nothing, parse_rate, split_points
from jixiao.layout.lexicon import Lexicon, label_key, label_points
from jixiao.reading.interpret.columns import Column, Header, is_word_of, under
from jixiao.reading.interpret.draft import UNPLACED, Draft
from jixiao.reading.interpret.levels import LEVELS, Levels, Run, parted
from jixiao.reading.interpret.outline import Part
from jixiao.reading.interpret.rows import Item, Row

_PREFIX: Final = re.compile(r"^\s*指标\s*\d+\s*(?:[:：、.．]\s*|$)")
_FILLER: Final = re.compile(r"[\s….。·*＊]*")
_NO_NAMES: Final = ("不适用", "无")
_COUNTED: Final = ("initial", "adjusted", "executed", "weight", "rate", "score")
_NUMBERS: Final = ("weight", "score")
_TEXTS: Final = ("name", "sign", "target", "unit", "actual", "deviation")
_TARGETS: Final = ("adjusted_target", "target", "other_target", "initial_target")


@dataclass(slots=True)
class Entry:
    """One indicator while it is read: its cells by column, what stands under no column, and its headings."""

    row: Row
    cells: dict[str, list[Item]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    rest: list[Item] = field(default_factory=list)
    levels: dict[str, Run] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What is printed in a column."""
        return "".join(item.text for item in self.cells.get(name, ()))

    def has(self, name: str) -> bool:
        """Whether a column holds anything."""
        return not is_nothing(self.text(name))

    def take(self, other: "Entry") -> None:
        """Append the cells of the rest of this row."""
        for name, items in other.cells.items():
            self.cells.setdefault(name, []).extend(item for item in items if item not in self.cells.get(name, ()))
        self.labels |= other.labels
        self.rest.extend(other.rest)


@dataclass(slots=True)
class IndicatorReader:
    """Reads the indicator rows of one form.

    Attributes:
        draft: takes what is read.
        lexicon: the words.
        entries: the indicators so far.
        header: the header the last row stood under.
    """

    draft: Draft
    lexicon: Lexicon
    entries: list[Entry] = field(default_factory=list)

    def read(self, parts: Sequence[Part]) -> None:
        """Read all indicator rows of a form, in order, into the draft."""
        levels = Levels(self.lexicon, blanks=_leaves_blanks(parts))
        for part in parts:
            if part.header is not None:
                self._row(part, part.header, levels)
        self._write(levels)

    def _row(self, part: Part, header: Header, levels: Levels) -> None:
        entry = _entry(part.row, header, self.lexicon)
        columns = [column for column in header.columns if column.field in LEVELS]
        before = self.entries[-1] if self.entries else None
        same = bool(
            part.fresh
            and before is not None
            and before.row.table != part.row.table
            and self._goes_on(before, entry, header, levels=levels)
        )
        entry.levels = levels.follow(part.row, columns, same=same)
        if same and before is not None:
            before.take(entry)
            before.row = part.row
        else:
            self.entries.append(entry)

    def _goes_on(self, before: Entry, entry: Entry, header: Header, *, levels: Levels) -> bool:
        """Whether a row after a page break is the rest of the row before it."""
        columns = [column for column in header.columns if column.field in LEVELS]
        if not any(items for items in entry.cells.values()):
            return levels.fits(entry.row, columns) or not any(
                levels.known(column.field or "", item.text)
                for column in columns
                for item in entry.row.filled
                if under(item, columns) is column
            )
        if not levels.fits(entry.row, columns) or _parted_by_filler(before, entry) or before.row.ended:
            return False
        numbers = [name for name in _NUMBERS if header.has(name)]
        if any(before.cells.get(name) and entry.cells.get(name) for name in numbers):
            return False
        if numbers and any(before.cells.get(name) or entry.cells.get(name) for name in numbers):
            return not (_whole(before) and _whole(entry) and self._has_unscored(numbers))
        return not (_whole(before) and _whole(entry))

    def _has_unscored(self, numbers: Sequence[str]) -> bool:
        return any(_whole(entry) and not any(entry.cells.get(name) for name in numbers) for entry in self.entries[:-1])

    def _write(self, levels: Levels) -> None:
        above_words: list[Run] = []
        for entry in self.entries:
            if _is_filler(entry):
                items = [item for items in entry.cells.values() for item in items] + entry.rest
                above_words += entry.levels.values() if items else ()
                self.draft.lay_aside(items)
                continue
            if self._is_execution(entry):
                write_execution(self.draft, entry.cells, entry.labels)
                self.draft.lay_aside(entry.rest, "/execution")
                _use(entry.levels.values())
                continue
            pointer = f"/indicators/{self.draft.indicators}"
            self.draft.indicators += 1
            self._write_levels(entry, pointer)
            self._write_cells(entry, pointer)
        above: dict[str, str] = {}
        for name, run in levels.runs:
            foreign = parted(run.printed)[1]
            if not run.used:
                blank = not any(run is other for other in above_words)
                self.draft.lay_aside([] if blank and _is_label(name, run, levels) else run.items)
            elif above.get(name) != run.text:
                self._declare(name, run)
                self.draft.keep_text(canonical_level(run.text, int(name[-1])), foreign, run.places)
            above[name] = run.text

    def _is_execution(self, entry: Entry) -> bool:
        """Whether a row is the execution of the budget among the indicators: then its points count once, there.

        It is not where the fund rows print points and score of their own and others.
        """
        run = entry.levels.get("level1")
        heading = split_points(run.text)[0] if run else ""
        if not run or self.lexicon.find("execution", canonical_level(heading, 1)) is None:
            return False
        points = split_points(run.text)[1]
        if points is not None and not entry.has("weight"):
            entry.labels["weight"], entry.cells["weight"] = run.text, [replace(run.items[0], text=str(points))]
        return all(
            self.draft.labels.get(f"/execution/{name}") == "declared"
            or self.draft.text(f"/execution/{name}") in ("", entry.text(name))
            for name in _NUMBERS
        )

    def _write_levels(self, entry: Entry, pointer: str) -> None:
        _use(entry.levels.values())
        for name, run in entry.levels.items():
            if run.text:
                self.draft.put_text(f"{pointer}/{name}", canonical_level(run.text, int(name[-1])), run.places)

    def _declare(self, name: str, run: Run) -> None:
        """Points printed in a heading: of the first level they are declared weights, below it extras."""
        heading, points = split_points(run.text) if run.items else ("", None)
        if points is None or self.lexicon.find("execution", heading):
            return
        canonical = canonical_level(run.text, int(name[-1]))
        pointer = "/declared_weights/" + canonical.replace("~", "~0").replace("/", "~1")
        if name == "level1":
            held = self.draft.text(pointer)
            total = points + Decimal(held) if held else points
            places = self.draft.fields[pointer].places if held else ()
            self.draft.put_text(pointer, str(total), places + run.places)
        else:
            self.draft.keep_text(canonical or heading, f"{points}分", run.places)

    def _write_cells(self, entry: Entry, pointer: str) -> None:
        target = next((name for name in _TARGETS if entry.has(name)), "target")
        for name, items in entry.cells.items():
            if name == target:
                self.draft.put(f"{pointer}/target", items, entry.labels[name])
            elif name in _TARGETS or name.startswith("label:"):
                for item in items:
                    self.draft.keep(label_key(entry.labels[name]) or UNPLACED, item, pointer)
            elif name == "name":
                self._write_name(items, pointer, entry.labels[name])
            else:
                self.draft.put(f"{pointer}/{name}", items, entry.labels[name])
        self.draft.lay_aside(entry.rest, pointer)

    def _write_name(self, items: Iterable[Item], pointer: str, label: str) -> None:
        self.draft.put(f"{pointer}/name", items, label)
        reading = self.draft.fields[f"{pointer}/name"]
        reading.text = _PREFIX.sub("", reading.text)


def write_execution(draft: Draft, cells: Mapping[str, Sequence[Item]], labels: Mapping[str, str]) -> None:
    """The cells of an indicator row that is the execution of the budget; a rate printed before stays."""
    for name, items in cells.items():
        field = "rate" if name == "actual" and not draft.text("/execution/rate") else name
        reads = field in _NUMBERS or (field == "rate" and all(parse_rate(item.text) is not None for item in items))
        held = draft.labels.get(f"/execution/{field}")
        if reads and (held in (None, "declared") or not draft.text(f"/execution/{field}")):
            draft.fields.pop(f"/execution/{field}", None)
            draft.labels.pop(f"/execution/{field}", None)
            draft.put(f"/execution/{field}", items, labels[name])
        elif not reads:
            for item in items:
                draft.keep(label_key(labels[name]) or UNPLACED, item, "/execution")


def _use(runs: Iterable[Run]) -> None:
    """An indicator stands under these headings."""
    for run in runs:
        run.used = True
        shown = run
        while not shown.items and shown.fallback:
            shown = shown.fallback
            shown.used = True


def read_header(draft: Draft, part: Part) -> None:
    """Points printed in the labels of an indicator header (绩效指标（90分）) are kept as an extra."""
    for item in (*part.row.filled, *part.row.covers):
        points = label_points(item.text)
        if points is not None and part.header and item in part.header.sides and item.row >= part.row.number:
            draft.keep_text(label_key(item.text), f"{points}分", item.places)


def tell_twins(draft: Draft, parts: Iterable[Part]) -> None:
    """Say where a table has two columns of amounts or points under one label: the first was taken."""
    told: set[str] = set()
    for part in parts:
        columns = part.header.columns if part.kind == "header" and part.header else ()
        named = {label_key(column.label): column for column in columns if column.field in _COUNTED}
        twins = [column for column in columns if column.field is None and label_key(column.label) in named]
        pointer = f"/{part.header.kind}" if part.header else ""
        if twins and pointer not in told:
            told.add(pointer)
            label = twins[0].label
            message = f"表中有两栏都叫“{label}”，取了第一栏，第二栏的内容照录；请对照原件。"
            message += (
                f"Two columns are called “{label}”: the first was taken, the second kept as printed. Compare them."
            )
            draft.report(pointer, "ambiguous", message)


def keep_strange_labels(draft: Draft, parts: Iterable[Part], lexicon: Lexicon) -> None:
    """Keep what a header row prints that is no known label, unless some extra has it for its label."""
    labels = {extra.label for extra, _ in draft.extras}
    for part in parts:
        if part.kind != "header" or part.header is None:
            continue
        for item in part.row.filled:
            if not labels & {item.text, item.key} and not is_word_of(part.header, item, lexicon):
                draft.lay_aside([item])


def _entry(row: Row, header: Header, lexicon: Lexicon) -> Entry:
    entry = Entry(row)
    entry.labels = {column.name: column.label for column in header.columns}
    for item in row.filled:
        column = under(item, header.columns)
        if column is None:
            entry.rest.extend([] if header.is_beside(item, lexicon) else [item])
        elif column.field not in LEVELS:
            entry.cells.setdefault(column.name, []).append(item)
    for column, item in _shared(row, header):
        entry.cells.setdefault(column.name, []).append(item)
    return entry


def _shared(row: Row, header: Header) -> Iterator[tuple[Column, Item]]:
    """Texts merged over several rows stand for each of them; points and scores count once, in their first row."""
    for item in row.covers:
        column = under(item, header.columns)
        if column is None or not item.text or column.field not in (*_TEXTS, *_TARGETS):
            continue
        if not any(own.overlap(column.left, column.right) > 0 for own in row.items):
            yield column, item


def _whole(entry: Entry) -> bool:
    """Whether a row looks complete by itself: a name, and a target or an actual value."""
    valued = any(entry.cells.get(name) for name in (*_TARGETS, "actual"))
    return bool(entry.cells.get("name")) and valued


def _is_filler(entry: Entry) -> bool:
    """Whether a row is the template's, never filled: no name but 指标2： or ……, no points, score or actual value."""
    name = _PREFIX.sub("", entry.text("name"))
    if name in _NO_NAMES:
        return not any(entry.has(key) for key in (*_NUMBERS, "actual", *_TARGETS))
    if not _FILLER.fullmatch(name) and not is_nothing(name):
        return False
    filled = [key for key in (*_NUMBERS, "actual", "target") if entry.has(key)]
    return not filled or all(_FILLER.fullmatch(entry.text(key)) for key in filled) or filled == ["target"]


def _is_label(name: str, run: Run, levels: Levels) -> bool:
    """Whether a heading is one of the template's own: over rows left blank it is a label like any other, no data."""
    whole, foreign = parted(run.printed)
    return levels.known(name, whole) and not foreign and split_points(whole)[1] is None


def _parted_by_filler(before: Entry, entry: Entry) -> bool:
    """Whether one of two rows is the template's filler: it is a row by itself, though little stands in it."""
    return any(row.has("name") and _is_filler(row) for row in (before, entry))


def _leaves_blanks(parts: Sequence[Part]) -> bool:
    """Whether cells below a heading are left blank in this form, rather than merged with it."""
    return any(
        not item.text and item.row_span == 1 and not part.row.ends_with(item) and not part.fresh
        for part in parts
        if part.header is not None
        for item in part.row.items
        if (column := under(item, part.header.columns)) is not None and column.field in LEVELS
    )
