"""Numbers put right in their cells: the cell keeps its format, its old value stands in a comment.

A formula stays where it gives the right number once the others are put right; a formula that does not is replaced by
the number, and the comment says which formula stood there. A shared string is never changed: the cell gets its own.
"""

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lxml import etree

from jixiao.writing.original.job import Change, Job
from jixiao.writing.original.office.markup import child, local, prefix
from jixiao.writing.original.office.rewording import rewording
from jixiao.writing.original.office.text import xml_text
from jixiao.writing.original.xlsx.book import Book, Spot, reference
from jixiao.writing.original.xlsx.cells import At, Cells, decimal_of, stored_number
from jixiao.writing.original.xlsx.decimals import Formats
from jixiao.writing.original.xlsx.formula import value_of

_SAID: Final = {
    "zh": {
        "missing": "未能在文件中改动：找不到这个单元格，请手工修改。",
        "other": "未能在文件中改动：单元格里的内容与所读不一致，请手工修改。",
        "shared": "未能在文件中改动：此格的公式与其他单元格共用，请手工修改。",
        "formula": "此格原为公式 ={}，已改为数值。",
        "kept": "此格是公式 ={}，公式未改，结果随相关单元格的更正而变。",
    },
    "en": {
        "missing": "Not changed in the file: there is no such cell; please change it by hand.",
        "other": "Not changed in the file: the cell holds something else than was read; please change it by hand.",
        "shared": "Not changed in the file: other cells share its formula; please change it by hand.",
        "formula": "The cell held the formula ={}; the number now stands in its place.",
        "kept": "The cell is a formula, ={}; it is kept, and its result follows the cells put right.",
    },
}
_AFTER_CALCULATION: Final = frozenset({
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
})  # fmt: skip
_LONGEST_FORMULA: Final = 500


class Changing:
    """The changes of a job, made in a workbook one after another."""

    def __init__(self, book: Book, job: Job) -> None:
        """Take the workbook and the job."""
        self._book = book
        self._words = _SAID[job.language]
        self._cells: dict[int, Cells] = {}
        self._formats = Formats(book)
        self._made = 0
        self._formulas = 0

    def make(self, changes: tuple[Change, ...]) -> dict[int, str]:
        """Make the changes; what there is to say of them, by their index.

        Raises:
            Refused: a part is broken.
        """
        said: dict[int, str] = {}
        each_place = [(index, change, place) for index, change in enumerate(changes) for place in change.places]
        todo = [(index, change, self._book.spot(place)) for index, change, place in each_place]
        said.update({index: self._words["missing"] for index, change in enumerate(changes) if not change.places})
        later = []
        for index, change, spot in todo:
            formula = spot and self._formula(spot)
            if formula is not None and spot is not None:
                later.append((index, change, spot))
            else:
                said[index] = self._words["missing"] if spot is None else self._value(spot, change)
        said.update(self._with_formulas(later))
        self._formats.put()
        if self._made:
            self._calculate_anew()
        return {index: each for index, each in said.items() if each}

    def _sheet(self, spot: Spot) -> Cells:
        if spot.sheet not in self._cells:
            self._cells[spot.sheet] = Cells(self._book, self._book.sheets[spot.sheet])
        return self._cells[spot.sheet]

    def _formula(self, spot: Spot) -> etree._Element | None:
        cell = self._sheet(spot).there.get(spot[1:])
        return child(cell, "f")

    def _with_formulas(self, later: list[tuple[int, Change, Spot]]) -> dict[int, str]:
        """Formulas, those first that rest on no formula still to be put right."""
        said: dict[int, str] = {}
        left = later
        while left:
            done = [each for each in left if self._keeps(each[2], each[1])]
            for index, _, spot in done:
                said[index] = self._words["kept"].format(self._formula_text(spot))
            if not done:
                index, change, spot = left[0]
                said[index] = self._replaced(spot, change)
                done = left[:1]
            left = [each for each in left if each not in done]
        return said

    def _formula_text(self, spot: Spot) -> str:
        formula = self._formula(spot)
        return ((formula.text if formula is not None else "") or "")[:_LONGEST_FORMULA]

    def _keeps(self, spot: Spot, change: Change) -> bool:
        """Whether a formula gives the new number; its stored result is brought up to date."""
        cells, at = self._sheet(spot), spot[1:]
        new = _scaled(stored_number(cells.there[at]), change)
        value = value_of(self._formula_text(spot), cells.number)
        stored = child(cells.there[at], "v")
        if new is None or value is None or stored is None or not _rounds_to(value, new):
            return False
        name = f"{prefix(stored)}v"
        cells.markup.put("instead", stored, f"<{name}>{new:f}</{name}>")
        look = cells.there[at].get("s", "")
        if look and (shown := self._formats.showing(look, _places(change.written))) != look:
            cells.markup.set(cells.there[at], "s", shown)
        self._took(cells, at, new)
        return True

    def _replaced(self, spot: Spot, change: Change) -> str:
        """Put the number in the place of a formula."""
        formula, at = self._formula(spot), spot[1:]
        if formula is None or formula.get("t") == "dataTable" or formula.get("ref", reference(*at)) != reference(*at):
            return self._words["shared"]
        text = self._formula_text(spot)
        said = self._value(spot, change)
        if said:
            return said
        self._formulas += 1
        return self._words["formula"].format(text) if text else ""

    def _value(self, spot: Spot, change: Change) -> str:
        """Put the new value into a cell; what there is to say where it cannot be done."""
        cells, at = self._sheet(spot), spot[1:]
        cell = cells.there.get(at)
        if cell is None:
            return self._words["missing"]
        number = stored_number(cell)
        if number is not None:
            new = _scaled(number, change)
            if new is None:
                return self._words["other"]
            self._write(cells, at, f"<{prefix(cell)}v>{new:f}</{prefix(cell)}v>", "", places=_places(change.written))
            self._took(cells, at, new)
            return ""
        words = _reworded(cells, cell, change)
        if not words:
            return self._words["other"]
        self._write(cells, at, f"<{prefix(cell)}is>{words}</{prefix(cell)}is>", ' t="inlineStr"')
        self._made += 1
        return ""

    def _took(self, cells: Cells, at: At, new: Decimal) -> None:
        cells.new[at] = new
        self._made += 1

    def _write(self, cells: Cells, at: At, content: str, kind: str, *, places: int = 0) -> None:
        """Write a cell anew, with its place and its format; one that would round the number gets more decimals."""
        cell = cells.there[at]
        given = {name: cell.get(name) for name in ("r", "s")}
        if places and given["s"] is not None:
            given["s"] = self._formats.showing(given["s"], places)
        kept = "".join(f' {name}="{xml_text(value)}"' for name, value in given.items() if value is not None)
        cells.markup.put("instead", cell, f"<{prefix(cell)}c{kept}{kind}>{content}</{prefix(cell)}c>")

    def _calculate_anew(self) -> None:
        """Let programs calculate all anew, and leave out the order of calculation where a formula is gone."""
        package, workbook = self._book.package, self._book.workbook
        chain = package.related(self._book.main, "calcChain")
        if chain and self._formulas:
            package.drop(chain, self._book.main)
        settings = child(workbook.root, "calcPr")
        if settings is not None:
            workbook.set(settings, "fullCalcOnLoad", "1")
            return
        piece = f'<{prefix(workbook.root)}calcPr fullCalcOnLoad="1"/>'
        after = [each for each in workbook.root.iterchildren(etree.Element) if local(each) in _AFTER_CALCULATION]
        workbook.put("before" if after else "last", after[0] if after else workbook.root, piece)


def _scaled(stored: Decimal | None, change: Change) -> Decimal | None:
    """The new number as the cell stores it: a cell may store 0.98 and show 98.00%.

    `None` where the cell does not store what was read.
    """
    read, written = decimal_of(change.read), decimal_of(change.written)
    if stored is None or read is None or written is None:
        return None
    for shift in (0, 2):
        if _rounds_to(Fraction(stored) * 10**shift, read):
            return written.scaleb(-shift)
    return None


def _places(written: str) -> int:
    """How many decimals a number is written with."""
    number = decimal_of(written)
    exponent = None if number is None else number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounds_to(value: Fraction, shown: Decimal) -> bool:
    """Whether a number rounds to the one that is shown, at its last place."""
    exponent = shown.as_tuple().exponent
    last = Fraction(Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else Fraction(0)
    return 2 * abs(value - Fraction(shown)) <= last


def _reworded(cells: Cells, cell: etree._Element, change: Change) -> str:
    """The words of a cell, runs and all, with the new text for the old; empty where that is not there once."""
    value = child(cell, "v")
    if cell.get("t") == "str" and value is not None:
        text = _put_in(value.text or "", change)
        return f'<{prefix(cell)}t xml:space="preserve">{xml_text(text)}</{prefix(cell)}t>' if text else ""
    there = cells.text(cell)
    if there is None:
        return ""
    words = deepcopy(there)
    texts = [each for each in words.iter(etree.Element) if local(each) == "t" and not _is_reading_aid(each)]
    holding = [each for each in texts if _put_in(each.text or "", change)]
    if len(holding) != 1:
        return ""
    holding[0].text = _put_in(holding[0].text or "", change)
    return "".join(etree.tostring(each, encoding="unicode", with_tail=False) for each in words)


def _is_reading_aid(text: etree._Element) -> bool:
    above = text.getparent()
    return above is not None and local(above) == "rPh"


def _put_in(text: str, change: Change) -> str:
    """A text with the new words in the place of the old; empty where they do not stand there exactly once."""
    found = rewording(text, change.read, change.written)
    return text[: found.start] + found.written + text[found.end :] if found else ""
