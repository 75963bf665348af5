"""Features: what the rule language cannot say (wording, similarity, other rows), computed once a form as columns.

Every feature is declared with its kind and its name for people; conditions read them as `f.name` and `i.name`. They are
deterministic, and what words they look for is data (the lexicons). Of the form: `whole`, `goals` (goal and result),
`heading`; of its lines: `lines` (wording), `meaning`, `reasons`; of both: `structure`, and `beside` other documents.
"""

from fractions import Fraction
from typing import Final

from jixiao.form import Form
from jixiao.language import Cell, Column
from jixiao.review.context import NOTHING, Context
from jixiao.review.features import beside, goals, heading, lines, meaning, reasons, structure, whole
from jixiao.review.features.whole import demanded
from jixiao.review.lexicon import Lexicons

FORM_FEATURES: Final[tuple[Column, ...]] = (
    *whole.COLUMNS, *goals.COLUMNS, *heading.COLUMNS, *structure.FORM_COLUMNS, *beside.FORM_COLUMNS,
)  # fmt: skip
"""Features of a form, read as `f.name`."""

INDICATOR_FEATURES: Final[tuple[Column, ...]] = (
    *lines.COLUMNS, *meaning.COLUMNS, *reasons.COLUMNS, *structure.LINE_COLUMNS, *beside.LINE_COLUMNS,
)  # fmt: skip
"""Features of an indicator, read as `i.name`."""

__all__ = ["FORM_FEATURES", "INDICATOR_FEATURES", "demanded", "form_features", "indicator_features", "unscaled"]

_SCALES: Final = {
    (namespace, column.name): column.scale
    for namespace, columns in (("f", FORM_FEATURES), ("i", INDICATOR_FEATURES))
    for column in columns
    if column.scale
}


def form_features(form: Form, lexicons: Lexicons, context: Context = NOTHING) -> dict[str, Cell]:
    """All features of a form, by name of column.

    Args:
        form: the form under review.
        lexicons: the words to look for.
        context: what is known beside the form.
    """
    cells = whole.whole(form, lexicons) | goals.goals(form, lexicons) | heading.heading(form, lexicons)
    return cells | structure.whole_structure(form) | beside.whole_beside(form, context)


def indicator_features(form: Form, lexicons: Lexicons, context: Context = NOTHING) -> list[dict[str, Cell]]:
    """All features of every indicator, by name of column, in the form's order."""
    rows = lines.lines(form, lexicons)
    more = (meaning.meanings(form, lexicons), reasons.reasons(form, lexicons), beside.lines_beside(form, context))
    for row, line, *others in zip(rows, form.indicators, *more, strict=True):
        row.update(structure.line_structure(line, lexicons))
        for other in others:
            row.update(other)
    return rows


def unscaled(namespace: str, name: str, cell: Cell) -> object:
    """What a feature's cell says: an amount or points as the number they are, anything else as it stands."""
    scale = _SCALES.get((namespace, name))
    return cell if scale is None or cell is None else Fraction(cell) / 10**scale
