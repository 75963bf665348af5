"""A form made whole for a layout: a blank labelled cell for each place that the layout has and the form has not yet."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from jixiao.form import Extra, Form, LabelledFundRow
from jixiao.layout.families import Family, Label
from jixiao.layout.lexicon import label_key, load_lexicon

_HEAD: Final = {"project_name", "project_code", "grade", "department", "unit", "total"}
_GOAL: Final = {"expected", "adjusted", "actual"}
_FUNDS: Final = {"initial", "adjusted", "executed"}
_OF_TOTAL: Final = {"weight", "rate", "score"}
_ROW: Final = {
    "level1", "level2", "name", "target", "adjusted_target", "initial_target", "sign", "unit", "actual", "weight",
    "score", "deviation",
}  # fmt: skip


def whole(form: Form, family: Family) -> Form:
    """The form with empty cells for what the layout prints and the form has no text for."""
    more = replace(form.funds, more=(*form.funds.more, *_missing_rows(form, family)))
    made = replace(form, funds=more)
    return replace(made, extras=(*made.extras, *_missing_extras(made, family)))


def _missing_rows(form: Form, family: Family) -> Iterator[LabelledFundRow]:
    held = {label_key(row.label) for row in form.funds.more}
    for label in family.funds.rows if family.funds else ():
        if label.field == "more" and label_key(label.label) not in held:
            yield LabelledFundRow(label.label)


def _missing_extras(form: Form, family: Family) -> Iterator[Extra]:
    held = {(extra.pointer, key) for extra in form.extras for key in _keys(extra)}
    for pointer, label in _places(form, family):
        if not held & {(pointer, label_key(label.label)), (pointer, f"={label.field}")}:
            yield Extra(label.label, "", pointer)


def _keys(extra: Extra) -> tuple[str, str]:
    """What a label is called, and the column that it names whatever this layout calls it."""
    column = load_lexicon().find("fund_columns", extra.label) if extra.pointer else None
    return label_key(extra.label), f"={column}"


def _places(form: Form, family: Family) -> Iterator[tuple[str | None, Label]]:
    """The labels of a layout that have no field, with the row they stand in."""
    for block in (family.head, family.tail):
        yield from ((None, label) for row in block.rows for label in row if label.field not in _HEAD)
    if family.goal:
        yield from ((None, label) for label in family.goal.columns if label.field not in _GOAL)
    for pointer in _fund_rows(form, family):
        for label in family.funds.columns if family.funds else ():
            own = _FUNDS | (_OF_TOTAL if pointer == "/funds/total" else {"weight", "score"})
            if label.field not in own:
                yield pointer, label
    for number in range(len(form.indicators)):
        yield from ((f"/indicators/{number}", each) for each in family.indicators.columns if each.field not in _ROW)


def _fund_rows(form: Form, family: Family) -> Iterator[str]:
    for label in family.funds.rows if family.funds else ():
        if label.field != "more":
            yield f"/funds/{label.field}"
    yield from (f"/funds/more/{number}" for number in range(len(form.funds.more)))
