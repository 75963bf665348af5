"""How texts become numbers, targets and rows, as data for a page: one definition, that of the rooms it comes from."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec

from jixiao.desk.library import lexicons
from jixiao.form import as_data as form
from jixiao.language.javascript import SPACES
from jixiao.office.filing.live.patterns import classes, in_page, zeros
from jixiao.review import as_data as review
from jixiao.scoring import as_data as scoring

_LEXICONS: Final = ("no_reason", "reason_label")


@cache
def page_words() -> bytes:
    """Everything but a rulebook that scoring in a page needs, as JSON; the same for every form."""
    return msgspec.json.encode(_words())


def _words() -> Mapping[str, Any]:
    patterns = {**form.PATTERNS, "noise": scoring.NOISE, "told_year": review.TOLD_YEAR, "points_at": review.POINTS}
    fields = {"form_fields": scoring.FORM_FIELDS, "indicator_fields": scoring.INDICATOR_FIELDS}
    return {
        **form.words(),
        "spaces": list(SPACES),
        "zeros": zeros(),
        "classes": classes(),
        "patterns": {name: in_page(pattern) for name, pattern in patterns.items()},
        "ranges": [in_page(pattern) for pattern in form.RANGES],
        "declared": scoring.DECLARED,
        "needed": review.NEEDED,
        "lexicons": {name: _lexicon(name) for name in _LEXICONS},
        "lookup": {**review.lookup(), **fields},
    }


def _lexicon(name: str) -> Mapping[str, Any]:
    lexicon = lexicons()[name]
    return {"pattern": in_page(lexicon.pattern.pattern), "whole": lexicon.whole}
