"""The published records as they stand, one after another, for the open data; never all at once in memory."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Max, QuerySet
from django.utils.timezone import localdate

from jixiao.office.filing.judging import form_of
from jixiao.office.publication.models import Edition
from jixiao.office.publication.record import Record, decode_review

_AT_ONCE = 200


def editions(year: int | None = None) -> QuerySet[Edition]:
    """The current editions of all that stands, of one year or of all, in a fixed order."""
    current = Edition.objects.filter(number=F("publication__edition"), publication__withdrawn__isnull=True)
    if year is not None:
        current = current.filter(publication__year=year)
    return current.select_related("publication").order_by("publication__year", "publication__uid")


def records(year: int | None = None) -> Iterator[Record]:
    """The records of a year, or of all years, by year and project."""
    for edition in editions(year).iterator(chunk_size=_AT_ONCE):
        yield record_of(edition)


def record_of(edition: Edition) -> Record:
    """An edition as a record."""
    held, day = edition.publication, localdate(edition.at).isoformat()
    return Record(held.uid, held.year, edition.number, day, form_of(edition.form), decode_review(edition.review))


def newest(year: int | None = None) -> datetime | None:
    """When the newest of the records was published; `None` where there are none."""
    moment: datetime | None = editions(year).order_by().aggregate(at=Max("at"))["at"]
    return moment
