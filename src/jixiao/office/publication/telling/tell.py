"""The whole of it: a form, its review and the form of the year before, told in the order in which a citizen asks."""

from jixiao.form import Form
from jixiao.office.publication.telling.changes import changed
from jixiao.office.publication.telling.of_form import achieved, claimed, promised, spent
from jixiao.office.publication.telling.of_review import asked, recomputed
from jixiao.office.publication.telling.told import Section
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import ScoreSheet, Text


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
