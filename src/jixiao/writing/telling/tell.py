"""The whole of it: a form, its review and the form of the year before, told in the order in which a citizen asks."""

from jixiao.form import Form
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import ScoreSheet, Text
from jixiao.writing.telling.changes import changed
from jixiao.writing.telling.of_form import achieved, claimed, promised, spent
from jixiao.writing.telling.of_review import asked, recomputed
from jixiao.writing.telling.told import Section


def tell_form(
    form: Form, sheet: ScoreSheet, book: Text, findings: tuple[Finding, ...], before: Form | None
) -> tuple[Section, ...]:
    """The sections of a form in plain words.

    Args:
        form: the form as it is published.
        sheet: its score under the rulebook.
        book: the rulebook's title.
        findings: what is asked about it in public.
        before: the published form of the same project for the year before; `None` where there is none.
    """
    return (
        promised(form),
        spent(form),
        achieved(form),
        claimed(form),
        recomputed(form, sheet, book),
        *asked(findings),
        changed(form, before),
    )
