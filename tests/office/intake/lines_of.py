"""Batches for tests, made without reading a file: of forms that were read already, or are changed for the test."""

from collections.abc import Iterable

from django.utils import timezone

from jixiao.form import Form
from jixiao.office.intake.models import FORMS, Batch, Entry, Source
from jixiao.office.intake.reading import take
from jixiao.office.intake.sorting import projects_of, sort
from jixiao.reading import Reading
from office.making import Office


def batch_of(office: Office, forms: Iterable[Form], *, place: str = "centre", what: str = FORMS) -> Batch:
    """A batch of one file with these forms, read and sorted."""
    where = office.organisations[place]
    batch = Batch.objects.create(
        round=office.round, organisation=where, path=where.path, what=what, by=office.people["department"],
        made=timezone.now(), read=timezone.now(),
    )  # fmt: skip
    source = Source.objects.create(batch=batch, name="表.pdf", sha256="ab" * 32, size=1)
    take(batch, source, Reading("表.pdf", "ab" * 32, tuple(forms)), projects_of(batch, batch.by))
    sort(batch)
    return batch


def line(batch: Batch, number: int = 1) -> Entry:
    """A line of a batch, as the pages have it."""
    related = ("batch__round__bureau", "batch__organisation", "source", "project__unit", "filing")
    return Entry.objects.select_related(*related).get(batch=batch, number=number)
