"""A rulebook's checks and labels as data for a page, beside its compiled rules."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from jixiao.form import Form, Indicator
from jixiao.language.javascript import row_json
from jixiao.office.filing.live.depends import OF_FORM, OF_ROWS
from jixiao.office.filing.live.patterns import in_page
from jixiao.review import Check, Reviewer
from jixiao.review.as_data import FIELDS, parameters
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES
from jixiao.review.message import names_in
from jixiao.review.naming import INDICATOR_COLUMNS
from jixiao.writing.words import EVIDENCE, FAMILY, FAMILY_MARK, FAMILY_MEANS, SEVERITY, clause_source

OWN_OF_FORM: Final = frozenset({
    "row_rates_wrong", "declared_wrong", "negatives", "amounts_below_zero", "blanks", "rows_overspent", "grade_blank",
    "latest_year_told", "points_unread", "funds_unread", "goal_unread",
})  # fmt: skip
"""Features of a form that the page computes by itself."""
OWN_OF_ROWS: Final = frozenset({"due_year", "sign_in_actual", "reason_given", "line_unread"})
"""Features of an indicator that the page computes by itself."""

_FEATURES: Final = {"f": {c.name: c.scale for c in FORM_FEATURES}, "i": {c.name: c.scale for c in INDICATOR_FEATURES}}
_NAMES: Final = re.compile(r"(?<![\w.])([fi])\.(\w+)")


@lru_cache(maxsize=32)
def page_book(reviewer: Reviewer) -> bytes:
    """The checks that ask, their words, and how the book reads labels, as JSON."""
    return msgspec.json.encode({
        "id": reviewer.scorer.book.id,
        "fingerprint": reviewer.scorer.book.fingerprint,
        "checks": [_check(reviewer, check) for check in reviewer.asked],
        "features": _FEATURES,
        "parameters": parameters(reviewer),
        "labels": _labels(reviewer),
        "depends": {"f": OF_FORM, "i": OF_ROWS},
        "blank": row_json(reviewer.features(Form(indicators=(Indicator(),))).indicators[0]),
        "words": {
            "family": FAMILY, "means": FAMILY_MEANS, "mark": FAMILY_MARK, "severity": SEVERITY, "evidence": EVIDENCE,
            "columns": INDICATOR_COLUMNS, "fields": FIELDS,
        },
    })  # fmt: skip


def _check(reviewer: Reviewer, check: Check) -> Mapping[str, Any]:
    clause = reviewer.clauses[check.code]
    return {
        "code": check.code,
        "family": reviewer.family(check),
        "severity": check.severity,
        "title": check.title,
        "pointer": check.pointer,
        "locate": check.locate,
        "applies": bool(check.applies),
        "yields": check.yields,
        "read": check.read,
        "expected": check.expected,
        "ask": check.ask,
        "clause": clause,
        "source": clause_source(clause) if clause else "",
        "lets": reviewer.names[check.code],
        "features": list(waits_for(check)),
    }


def waits_for(check: Check) -> Iterable[tuple[str, str]]:
    """The features, as ("i", "name"), that a check reads or tells of and that only the server computes."""
    texts = [check.when, check.applies, *check.lets.values()]
    told = [".".join(name.split(".")) for text in (check.read, check.expected, check.ask) for name in names_in(text)]
    found = dict.fromkeys(match.groups() for text in (*texts, *told) for match in _NAMES.finditer(text))
    own = {"f": OWN_OF_FORM, "i": OWN_OF_ROWS}
    return ((space, name) for space, name in found if name in _FEATURES[space] and name not in own[space])


def _labels(reviewer: Reviewer) -> Mapping[str, Any]:
    labels = reviewer.scorer.labels.as_data()
    return {**labels, "pattern": in_page(str(labels["pattern"]))}
