"""One form as a page holds it: its data, the server's features of it, and what was attached."""

from collections.abc import Mapping
from typing import Any

from jixiao.form import Form, digits, to_wire
from jixiao.language.javascript import row_json
from jixiao.review import Context, Reviewer
from jixiao.review.context import NOTHING


def page_form(form: Form) -> dict[str, Any]:
    """The form's data with every part there; of places only where they are."""
    wire = to_wire(form)
    wire["funds"].setdefault("more", [])
    wire["declared_weights"] = digits(form.declared_weights)
    unread = (problem for problem in form.problems if not problem.is_of_the_file)
    wire["problems"] = [{"pointer": problem.pointer, "missing": problem.code == "missing"} for problem in unread]
    wire["places"] = list(form.places)
    return wire


def page_features(reviewer: Reviewer, form: Form, context: Context = NOTHING) -> Mapping[str, Any]:
    """The features of a form and its indicators as the page takes them."""
    features = reviewer.features(form, context)
    return {"form": row_json(features.form), "rows": [row_json(row) for row in features.indicators]}


def page_evidence(context: Context) -> list[str] | None:
    """The pointers that have evidence; `None` where nobody was asked for any."""
    return None if context.evidence is None else sorted({item.pointer for item in context.evidence.items})
