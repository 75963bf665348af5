"""Features: what the rule language cannot say (wording, similarity, other rows), computed once a form as columns.

Every feature is declared with its kind and its name for people; conditions read them as `f.name` and `i.name`. They are
deterministic, and what words they look for is data (the lexicons). `whole` is about the form, `lines` about its lines.
"""

from typing import Final

from jixiao.form import Form
from jixiao.language import Cell, Column
from jixiao.review.context import NOTHING, Context
from jixiao.review.features import lines, whole
from jixiao.review.features.whole import demanded
from jixiao.review.lexicon import Lexicons

FORM_FEATURES: Final[tuple[Column, ...]] = whole.COLUMNS
"""Features of a form, read as `f.name`."""

INDICATOR_FEATURES: Final[tuple[Column, ...]] = lines.COLUMNS
"""Features of an indicator, read as `i.name`."""

__all__ = ["FORM_FEATURES", "INDICATOR_FEATURES", "demanded", "form_features", "indicator_features"]


def form_features(form: Form, lexicons: Lexicons, context: Context = NOTHING) -> dict[str, Cell]:
    """All features of a form, by name of column.

    Args:
        form: the form under review.
        lexicons: the words to look for.
        context: what is known beside the form.
    """
    return whole.whole(form, lexicons, context)


def indicator_features(form: Form, lexicons: Lexicons) -> list[dict[str, Cell]]:
    """All features of every indicator, by name of column, in the form's order."""
    return lines.lines(form, lexicons)
