"""Forms that nobody published, laid out as text the way extractors of PDF text print them: for tests only.

A form is invented from word lists; its cells are wrapped at column widths drawn by lot under Chinese line breaking;
then the cells are printed in content order with the habits of one extractor: where headings stand, what separates
lines, where a page ends, whether a blank is set between 中文 and Latin.
"""

from dataclasses import dataclass

from reading.invented_forms import FAMILIES, Dice, Invented, invent

CLOSING = "”’），。、；：！？》〕】,.;:!?)]%％"
OPENING = "“‘（《〔【(["


@dataclass(frozen=True)
class Habits:
    """How a document is set and how its text was pulled out."""

    widths: dict[str, int]
    headings: str
    lines: str
    blanks: str
    page: str
    cut: int
    spaced: bool
    numbered_pages: bool
    repeat_header: bool


def habits(dice: Dice, *, spaced: bool = False) -> Habits:
    """The habits of one document, drawn by lot. Widths are in quarter ems."""
    widths = {
        "level1": dice.pick((8, 12, 16, 24)), "level2": dice.pick((8, 12, 16, 40)),
        "name": 4 * (7 + dice.roll(12)) + dice.roll(3),
        "target": 4 * (5 + dice.roll(8)) + dice.roll(3), "actual": 4 * (5 + dice.roll(8)),
        "value": 4 * (5 + dice.roll(6)),
        "deviation": 4 * (6 + dice.roll(10)), "goal": 4 * (16 + dice.roll(16)), "label": 4 * (6 + dice.roll(5)),
        "head": 4 * (10 + dice.roll(12)), "sign": 16, "unit": 16, "number": 28,
    }  # fmt: skip
    return Habits(
        widths=widths,
        headings=dice.pick(("leading", "leading", "middle", "last")),
        lines=dice.pick(("visual", "visual", "each")),
        blanks=dice.pick(("none", "none", "every", "cells")),
        page=dice.pick(("\f", "\n\n\n", "\n\n\n")),
        cut=dice.pick((0, 1, 2, 2)),
        spaced=spaced,
        numbered_pages=dice.chance(20),
        repeat_header=dice.chance(15),
    )


def units(text: str) -> list[str]:
    """What Chinese line breaking keeps together: Latin runs, and signs with what they close or open."""
    found: list[str] = []
    for char in text:
        latin = char.isascii() and (char.isalnum() or char in ".,%")
        if found and (
            char in CLOSING
            or found[-1][-1] in OPENING
            or (latin and found[-1][-1].isascii() and found[-1][-1] not in ")]")
        ):
            found[-1] += char
        else:
            found.append(char)
    return found


def span(text: str) -> int:
    """Width in quarter ems."""
    total = 0
    for index, char in enumerate(text):
        total += 4 if ord(char) > 0x2000 else 2
        before = text[index - 1] if index else ""
        if before and ((is_han(before) and latin(char)) or (latin(before) and is_han(char))):
            total += 1
    return total


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return char > "\u2e80"


def latin(char: str) -> bool:
    """Whether a character is a Latin letter or a digit."""
    return char.isascii() and char.isalnum()


def wrap(text: str, width: int) -> list[str]:
    """A text broken into lines no wider than `width` quarter ems, where a unit allows it."""
    lines: list[str] = []
    for unit in units(text):
        if lines and span(lines[-1] + unit) <= width:
            lines[-1] += unit
        else:
            lines.append(unit)
    return lines


class Printer:
    """Prints an invented form as an extractor would."""

    def __init__(self, form: Invented, habit: Habits, dice: Dice) -> None:
        """Take the form and the habits of its document."""
        self._form = form
        self._habit = habit
        self._dice = dice
        self._out: list[str] = []

    def print(self) -> str:
        """The text of the form."""
        says, family = self._form.says, self._form.family
        self._row([[says["title"]]])
        self._row([[f"（{says['fiscal_year']}年度）"]])
        self._row([["项目名称"], wrap(says["project"], 160)])
        self._row([["主管部门"], wrap(says["department"], self._habit.widths["head"]), ["实施单位"],
                   wrap(says["unit"], self._habit.widths["head"])])  # fmt: skip
        self._funds()
        self._row([["年度", "总体", "目标"]])
        self._row([[label] for label in family.goal])
        goal = [wrap(says[f"goal/{half}"], self._habit.widths["goal"]) for half in ("expected", "actual")]
        self._row(goal)
        self._indicators()
        totals = [[says[f"total/{column}"]] for column in ("weight", "score") if f"total/{column}" in says]
        self._row([[family.total], *totals])
        self._row([[family.grade], [says["grade"]]])
        return "".join(self._out)

    def _funds(self) -> None:
        family, widths = self._form.family, self._habit.widths
        self._row([["项目资金", f"（{self._form.says['currency_unit']}）"]])
        self._row([wrap(label, widths["number"]) for _, label in family.fund_columns])
        for cells in self._form.funds:
            self._row([wrap(cells[0], widths["label"]), *([cell] if cell else [] for cell in cells[1:])])

    def _header(self) -> None:
        self._row([wrap(label, max(16, self._width(column))) for column, label in self._form.family.columns])

    def _width(self, column: str) -> int:
        return self._habit.widths.get(column, self._habit.widths["number"])

    def _indicators(self) -> None:
        rows = self._form.rows
        self._header()
        cut = 1 + self._dice.roll(max(1, len(rows) - 1)) if self._habit.cut else -1
        for index, row in enumerate(rows):
            for level in ("level1", "level2"):
                if self._heads(index, level):
                    self._row([wrap(row[level], self._habit.widths[level])])
            cells = self._cells(row)
            if index == cut and self._habit.cut == 2 and max(map(len, cells)) > 1:
                self._cut_row(cells)
                continue
            if index == cut:
                self._page()
            self._row(cells)

    def _cells(self, row: dict[str, str]) -> list[list[str]]:
        columns = [column for column, _ in self._form.family.columns if not column.startswith("level")]
        return [wrap(row.get(column, ""), self._width(column)) for column in columns]

    def _heads(self, index: int, level: str) -> bool:
        """Whether the heading of a row's group is printed just before this row."""
        rows = self._form.rows
        group = [i for i, row in enumerate(rows) if row[level] == rows[index][level]]
        where = {"leading": group[0], "middle": group[len(group) // 2], "last": group[-1]}
        return where[self._habit.headings] == index

    def _cut_row(self, cells: list[list[str]]) -> None:
        height = max(map(len, cells))
        at = 1 + self._dice.roll(height - 1)
        self._row([cell[:at] for cell in cells])
        self._page()
        self._row([cell[at:] for cell in cells if cell[at:]])

    def _page(self) -> None:
        if self._habit.numbered_pages:
            self._out.append("\n— 3 —")
        self._out.append("\n" + self._habit.page)
        if self._habit.repeat_header:
            self._header()

    def _row(self, cells: list[list[str]]) -> None:
        """One table row: a blank between lines at one height, a line break elsewhere."""
        height = max(map(len, cells), default=0)
        last: tuple[int, int] | None = None
        for column, cell in enumerate(cells):
            for number_, line in enumerate(cell):
                at = height - len(cell) + 2 * number_
                self._out.append(self._between(last, (column, at)) + self._line(line))
                last = (column, at)

    def _between(self, last: tuple[int, int] | None, now: tuple[int, int]) -> str:
        if last is None:
            return "\n" if self._habit.blanks == "none" else "\n\n"
        if last[1] == now[1] and self._habit.lines == "visual":
            return " "
        if self._habit.blanks == "none" or (self._habit.blanks == "cells" and last[0] != now[0]):
            return "\n"
        return "\n\n"

    def _line(self, line: str) -> str:
        if not self._habit.spaced:
            return line
        spaced = ""
        for char in line:
            before = spaced[-1:]
            if before and ((is_han(before) and latin(char)) or (latin(before) and is_han(char))):
                spaced += " "
            spaced += char
        return spaced


def document(seed: int, family: int | None = None, *, spaced: bool = False) -> tuple[str, list[Invented]]:
    """A text of one to four forms that share layout and habits, and what they say."""
    dice = Dice(seed)
    layout = FAMILIES[dice.roll(len(FAMILIES)) if family is None else family]
    style = {
        "places": dice.pick((0, 2)), "wan": dice.roll(2), "brackets": dice.roll(2), "reasons": dice.roll(2),
        "prose": dice.pick((0, 30, 60)),
        "commas": dice.roll(2), "percent": dice.roll(2), "dashes": dice.roll(2),
    }  # fmt: skip
    habit = habits(dice, spaced=spaced)
    forms = [invent(dice, layout, style) for _ in range(1 + dice.roll(4))]
    return (("\n" + habit.page).join(Printer(form, habit, dice).print() for form in forms), forms)
