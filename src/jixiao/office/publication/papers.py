"""The official document of an edition in each format: made once, kept by its hash, the same bytes whenever made."""

from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from jixiao.desk.documents import Wanted, document_file, layout_named
from jixiao.office.filing.files import path_of, put
from jixiao.office.filing.judging import form_of
from jixiao.office.publication.models import PAPERS, Edition, Paper
from jixiao.writing.official import lay_out

MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What each kind of paper is called on the web."""


def paper(edition: Edition, kind: str) -> Paper:
    """The document of an edition in one format; made now if it is not kept.

    Raises:
        WrongUse: the form holds a letter that no font has; the sentence names it.
    """
    held = Paper.objects.filter(edition=edition, kind=kind).first()
    if held is not None and path_of(held.sha256).is_file():
        return held
    stored = put(_pieces(edition, kind))
    with transaction.atomic():
        made, _ = Paper.objects.update_or_create(
            edition=edition, kind=kind, defaults={"sha256": stored.sha256, "size": stored.size}
        )
    return made


def _pieces(edition: Edition, kind: str) -> tuple[bytes, ...]:
    laid = lay_out(form_of(edition.form), layout_named(edition.layout))
    return tuple(document_file([laid.document], Wanted(edition.layout, kind, localdate(edition.at))))


def make_papers(edition: Edition) -> None:
    """Make the document in every format."""
    for kind in PAPERS:
        paper(edition, kind)
