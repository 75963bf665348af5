"""Where a form gives reasons: in the column beside a line, in a cell beside the funds, in one cell for all lines."""

from typing import Final

from jixiao.form import Extra, Form, fold, is_nothing
from jixiao.review.lexicon import Lexicon, Lexicons
from jixiao.review.wording import squeeze

STOPS: Final = "。.;；,，、"
"""What may end a cell without saying anything."""


def is_reason(text: str, lexicons: Lexicons) -> bool:
    """Whether a cell for reasons holds one: a dash, 无 and the like are none."""
    return not is_nothing(text) and not lexicons["no_reason"].matches(squeeze(text).rstrip(STOPS))


def notes(form: Form, label: Lexicon) -> str:
    """All that the form says to explain itself: reasons beside lines, cells for notes, the result."""
    deviations = [line.deviation for line in form.indicators if line.deviation]
    cells = [extra.text for extra in form.extras if label.matches(squeeze(extra.label)) and not is_nothing(extra.text)]
    return fold(" ".join([*deviations, *cells, form.goal.actual]))


def explained_rows(form: Form, lexicons: Lexicons) -> set[str]:
    """Rows of the form beside which a cell for reasons holds one."""
    return {
        "/execution" if extra.pointer and extra.pointer.startswith("/funds") else extra.pointer or ""
        for extra in form.extras
        if _holds_reason(extra, lexicons)
    }


def reason_below(form: Form, lexicons: Lexicons) -> bool:
    """Whether the reasons stand in one cell of their own, as in layouts without a column for them."""
    if any(line.deviation for line in form.indicators):
        return False
    return any(extra.pointer is None and _holds_reason(extra, lexicons) for extra in form.extras)


def _holds_reason(extra: Extra, lexicons: Lexicons) -> bool:
    return lexicons["reason_label"].matches(squeeze(extra.label)) and is_reason(extra.text, lexicons)
