"""A form in a layout: what each cell of the layout holds, and what has found a cell."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jixiao.form import Extra, Form, FundRow, Indicator, LabelledFundRow, plain
from jixiao.layout.families import Family, FundTable, Label, Printing
from jixiao.layout.lexicon import label_key, load_lexicon
from jixiao.writing.official.values import (
    GRADES,
    Value,
    held_in_labels,
    label_of_points,
    number_value,
    rate_text,
    split_target,
    text_value,
)

UNPLACED: Final = "unplaced"
_AMOUNTS: Final = ("initial", "adjusted", "executed")
_SIGNS: Final = ("≥", ">", "=", "<", "≤", "定性")
_TARGETS: Final = ("target", "adjusted_target", "initial_target")


@dataclass(frozen=True, slots=True)
class PrintedFundRow:
    """A row of the fund table: its label, where it stands in the form, its amounts."""

    label: str
    pointer: str
    amounts: FundRow | LabelledFundRow


@dataclass(slots=True)
class Filling:
    """What a form puts into the cells of a layout.

    Attributes:
        form: the form.
        family: the layout.
        printing: how it is set.
        indicators: the rows of the indicator table.
        printed: the pointers that have found a cell; extras by their number.
    """

    form: Form
    family: Family
    printing: Printing
    indicators: tuple[Indicator, ...]
    printed: set[str] = field(default_factory=set)

    def labelled(self, label: Label) -> Value:
        """What stands beside a label of head or tail."""
        form = self.form
        if label.field == "project_name":
            return self._project()
        if label.field == "project_code":
            return self._text(form.project.code or "", "/project/code")
        if label.field == "grade":
            grade = self._text(form.grade or "", "/grade")
            return Value(grade.text, grade.pointer, choices=GRADES)
        if label.field in ("department", "unit"):
            return self._text(getattr(form, label.field), f"/{label.field}")
        return self._extra(label)

    def _project(self) -> Value:
        project = self.form.project
        name = self._text(project.name, "/project/name")
        if not self.printing.project or not project.code:
            return name
        self.printed.add("/project/code")
        return Value(self.printing.project.format(code=project.code, name=project.name), name.pointer)

    def _extra(self, label: Label) -> Value:
        """The first extra of this label that has found no cell yet."""
        wanted = label_key(label.label)
        for number, extra in enumerate(self.form.extras):
            if extra.pointer is None and f"/extras/{number}" not in self.printed and label_key(extra.label) == wanted:
                return self._text(extra.text, f"/extras/{number}", long=True)
        return Value(align="left")

    def fund_rows(self, table: FundTable) -> list[PrintedFundRow]:
        """The rows of the fund table: those of the layout, then those of the form that it has no row for."""
        funds, rows = self.form.funds, []
        waiting = dict(enumerate(funds.more))
        for label in table.rows:
            if label.field != "more":
                rows.append(PrintedFundRow(label.label, f"/funds/{label.field}", getattr(funds, label.field)))
                continue
            wanted = label_key(label.label)
            number = next((number for number, row in waiting.items() if label_key(row.label) == wanted), None)
            rows.append(PrintedFundRow(label.label, "", FundRow()) if number is None else self._more(number))
            waiting.pop(-1 if number is None else number, None)
        return rows + [self._more(number) for number in waiting]

    def _more(self, number: int) -> PrintedFundRow:
        row = self.form.funds.more[number]
        self.printed.add(f"/funds/more/{number}/label")
        return PrintedFundRow(row.label, f"/funds/more/{number}", row)

    def fund(self, row: PrintedFundRow, label: Label) -> Value:
        """A cell of the fund table."""
        if label.field in _AMOUNTS:
            amount = getattr(row.amounts, label.field)
            return self._number(amount, f"{row.pointer}/{label.field}") if row.pointer else Value()
        if row.pointer == "/funds/total" and label.field in ("weight", "rate", "score"):
            sign = self.printing.rate_sign if label.field == "rate" else ""
            return self._number(getattr(self.form.execution, label.field), f"/execution/{label.field}", sign)
        return self._beside(row.pointer, label)

    def _beside(self, pointer: str, label: Label) -> Value:
        """What stands in a column that is not of the row's own fields: an extra that names the row."""
        for number, extra in enumerate(self.form.extras):
            if extra.pointer != pointer or not pointer or f"/extras/{number}" in self.printed:
                continue
            if label_key(extra.label) == label_key(label.label) or _column(extra) == label.field:
                text = rate_text(extra.text, self.printing.rate_sign) if label.field == "rate" else extra.text
                return self._text(text, f"/extras/{number}")
        unscored = label.field in ("weight", "score") and pointer.startswith("/funds/")
        return Value(self.printing.unscored if unscored else "")

    def goal(self, label: Label) -> Value:
        """A cell of the goal table."""
        if label.field in ("expected", "adjusted"):
            return self._text(self.form.goal.expected, "/goal/expected", long=True)
        if label.field == "actual":
            return self._text(self.form.goal.actual, "/goal/actual", long=True)
        return self._extra(label)

    def level(self, rows: tuple[int, int], label: Label) -> Value:
        """A heading over some rows (first, end), with the points declared for it where the layout prints them."""
        heading = getattr(self.indicators[rows[0]], label.field)
        points = self.form.declared_weights.get(heading)
        text = heading
        if label.field == "level1" and self.family.indicators.declares_points and points is not None:
            text = f"{heading}（{plain(points)}分）"
            self.printed.add(f"/declared_weights/{heading}")
        self.printed |= {f"/indicators/{number}/{label.field}" for number in range(*rows)}
        return Value(text, f"/indicators/{rows[0]}/{label.field}")

    def indicator(self, number: int, label: Label) -> Value:
        """A cell of the indicator table below the levels."""
        row, pointer = self.indicators[number], f"/indicators/{number}"
        if label.field == "name":
            prefix = self.family.indicators.name_prefix.format(n=self._place(number)) if row.name else ""
            return Value(prefix + self._text(row.name, f"{pointer}/name").text, f"{pointer}/name", align="left")
        if label.field in ("weight", "score"):
            return self._number(getattr(row, label.field), f"{pointer}/{label.field}")
        if label.field == "deviation":
            return self._text(row.deviation, f"{pointer}/deviation", long=True)
        if label.field == "actual":
            return self._text(row.actual.text, f"{pointer}/actual")
        if label.field in (*_TARGETS, "sign", "unit"):
            return self._target(row, pointer, label.field)
        return self._beside(pointer, label)

    def _target(self, row: Indicator, pointer: str, name: str) -> Value:
        fields = {label.field for label in self.family.indicators.columns}
        if name in _TARGETS and name != next(each for each in _TARGETS if each in fields):
            return self._beside(pointer, Label("", name))
        self.printed.add(f"{pointer}/target")
        if "sign" not in fields:
            return text_value(row.target.text, f"{pointer}/target")
        sign, value, unit = split_target(row.target)
        if name == "sign":
            return Value(sign, choices=_SIGNS)
        return Value(unit) if name == "unit" else text_value(value, f"{pointer}/target")

    def _place(self, number: int) -> int:
        """The number of an indicator among those of its second level, from 1."""
        row = self.indicators[number]
        here = 1
        while here <= number and _together(self.indicators[number - here], row):
            here += 1
        return here

    def total(self, name: str) -> Value:
        """Points or score of the row of the total."""
        return self._number(getattr(self.form.total, name), f"/total/{name}")

    def further(self) -> list[tuple[str, Value]]:
        """Labelled texts that the layout has no cell for: they follow its last row, so that nothing is lost."""
        found = []
        for number, extra in enumerate(self.form.extras):
            alone = extra.pointer is None and extra.label != UNPLACED
            if alone and f"/extras/{number}" not in self.printed:
                found.append((extra.label, self._text(extra.text, f"/extras/{number}", long=True)))
        return found

    def notes(self) -> list[tuple[str, str]]:
        """Texts that stood outside every cell, with their pointers: they follow the table."""
        found = []
        for number, extra in enumerate(self.form.extras):
            if extra.label == UNPLACED:
                self.printed.add(f"/extras/{number}")
                found.append((extra.text, f"/extras/{number}"))
        return found

    def held(self) -> dict[str, str]:
        """What may stand in the braces of labels; what a label of this layout prints has found its cell."""
        held = held_in_labels(self.form, self.family)
        names = {"{money}": "/currency_unit", "{execution}": "/execution/weight"}
        names["{points}"] = f"/declared_weights/{label_of_points(self.family.indicators.side)}"
        for template in self.printing.relabel.values():
            self.printed |= {pointer for brace, pointer in names.items() if brace in template}
        return held

    def _text(self, text: str, pointer: str, *, long: bool = False) -> Value:
        self.printed.add(pointer)
        return text_value(text, pointer, "left" if long else "center")

    def _number(self, number: Decimal | None, pointer: str, suffix: str = "") -> Value:
        self.printed.add(pointer)
        return number_value(number, pointer, suffix)


def _column(extra: Extra) -> str | None:
    """The column of the fund table that an extra's label names, whatever this layout calls it."""
    return load_lexicon().find("fund_columns", extra.label)


def _together(one: Indicator, other: Indicator) -> bool:
    return (one.level1, one.level2) == (other.level1, other.level2)
