"""The frozen copy 定稿: what is published of a form, made once in the act of publishing; the site reads nothing else.

The public review is made of the public form and last year's published form alone, so that it can quote nothing that is
not public; a question that only arises because something was left out of the public form is not asked.
"""

import msgspec
from msgspec import Struct

from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from jixiao.review import Context
from jixiao.review.verdict import Finding
from jixiao.writing.public.allowed import public_form
from jixiao.writing.report import FormReport
from jixiao.writing.telling.tell import tell_form
from jixiao.writing.telling.told import Section


class Frozen(Struct, frozen=True):
    """One form as it is published.

    Attributes:
        form: the public form.
        report: its score and questions.
        told: the form in plain words.
    """

    form: Form
    report: FormReport
    told: tuple[Section, ...]


def freeze(form: Form, before: Form | None = None, rulebook: str | None = None) -> Frozen:
    """Make the public copy of a form.

    Args:
        form: the form as filed.
        before: the published form of the same project for the year before.
        rulebook: id of the book of the round; `None` recognises the place.

    Raises:
        WrongUse: there is no such rulebook.
    """
    public, context = public_form(form), Context(last_year=before)
    report = review_form(public, context, rulebook=rulebook)
    whole = review_form(form, context, rulebook=rulebook)
    fair = _asked_of_both(report.review.findings, whole.review.findings)
    review = msgspec.structs.replace(report.review, findings=fair, undecided=())
    kept = msgspec.structs.replace(report, review=review)
    return Frozen(public, kept, tell_form(public, kept.sheet, kept.rulebook_title, fair, before))


def _asked_of_both(public: tuple[Finding, ...], whole: tuple[Finding, ...]) -> tuple[Finding, ...]:
    asked = {(finding.code, finding.pointer) for finding in whole}
    return tuple(finding for finding in public if (finding.code, finding.pointer) in asked)
