"""What a changed cell may change is known: a page never shows the answer to a text that is no longer there."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from msgspec.structs import replace

from jixiao.form import Form
from jixiao.office.filing.live.book import OWN_OF_FORM, OWN_OF_ROWS
from jixiao.office.filing.live.depends import OF_FORM, OF_ROWS
from jixiao.review import Context
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES, form_features, indicator_features
from oracle.adversary import form_number
from review.bench_of_books import checks, lexicons

CHANGES: Final = 700
_OF_FORM: Final[dict[str, Callable[[Form, Form], Form]]] = {
    "title.": lambda form, other: replace(form, title=other.title),
    "fiscal_year.": lambda form, other: replace(form, fiscal_year=other.fiscal_year),
    "project.name": lambda form, other: replace(form, project=replace(form.project, name=other.project.name)),
    "department.": lambda form, other: replace(form, department=other.department),
    "unit.": lambda form, other: replace(form, unit=other.unit),
    "currency_unit.": lambda form, other: replace(form, currency_unit=other.currency_unit),
    "funds.": lambda form, other: replace(form, funds=other.funds),
    "execution.": lambda form, other: replace(form, execution=other.execution),
    "goal.expected": lambda form, other: replace(form, goal=replace(form.goal, expected=other.goal.expected)),
    "goal.actual": lambda form, other: replace(form, goal=replace(form.goal, actual=other.goal.actual)),
    "total.": lambda form, other: replace(form, total=other.total),
    "grade.": lambda form, other: replace(form, grade=other.grade),
}
_OF_ROWS: Final = ("level1", "level2", "name", "target", "actual", "weight", "score", "deviation")
Cells = tuple[dict[str, object], list[dict[str, object]]]


def computed(form: Form, context: Context) -> Cells:
    """All features of a form."""
    of_rows: list[dict[str, object]] = [dict(row) for row in indicator_features(form, lexicons(), context)]
    return dict(form_features(form, lexicons(), context)), of_rows


def changed(dice: Random, form: Form, other: Form) -> tuple[str, int | None, Form]:
    """One cell of a form replaced by that of another: the cell, its row, the form then."""
    if not form.indicators or not other.indicators or dice.random() < 0.4:
        cell = dice.choice(list(_OF_FORM))
        return cell, None, _OF_FORM[cell](form, other)
    cell, row, lines = dice.choice(_OF_ROWS), dice.randrange(len(form.indicators)), list(form.indicators)
    lines[row] = replace(lines[row], **{cell: getattr(dice.choice(other.indicators), cell)})
    return cell, row, replace(form, indicators=tuple(lines))


def unforeseen(cell: str, row: int | None, before: Cells, after: Cells) -> Iterator[tuple[str, str]]:
    """The features that changed though the table does not say that they could."""
    starred = cell if row is None else f"*{cell}"
    for name, value in before[0].items():
        if name not in OWN_OF_FORM and after[0][name] != value and starred not in OF_FORM.get(name, ()):
            yield name, starred
    for number, (was, now) in enumerate(zip(before[1], after[1], strict=True)):
        told = cell if row in (None, number) else starred
        for name, value in was.items():
            if name not in OWN_OF_ROWS and now[name] != value and told not in OF_ROWS.get(name, ()):
                yield name, told


def test_no_feature_changes_that_is_not_said_to() -> None:
    """Cells changed at random change no feature of words beyond those the table names, and they change many."""
    dice = Random(5)  # noqa: S311 -- chance that can be repeated
    forms = [example.forms(check.file) for check in checks().values() for example in check.examples[:2]]
    forms += [(form_number(number, 77), Context()) for number in range(60)]
    moved: set[str] = set()
    for _ in range(CHANGES):
        (form, context), (other, _) = dice.choice(forms), dice.choice(forms)
        cell, row, then = changed(dice, form, other)
        before, after = computed(form, context), computed(then, context)
        assert list(unforeseen(cell, row, before, after)) == []
        moved |= {name for name, value in before[0].items() if after[0][name] != value}
    assert len(moved) > 10


def test_the_table_names_features() -> None:
    """Every name in the table is a feature, and none of those the page computes by itself."""
    assert set(OF_FORM) <= {column.name for column in FORM_FEATURES} - OWN_OF_FORM
    assert set(OF_ROWS) <= {column.name for column in INDICATOR_FEATURES} - OWN_OF_ROWS
