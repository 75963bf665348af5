"""What people do to a batch is told in the journal."""

from collections.abc import Callable

from django.test import Client

from jixiao.office.journal.models import Event
from office.intake.lines_of import batch_of
from office.making import Office, seed_forms


def test_taking_in_reading_again_and_stopping_are_told(office: Office, signed_in: Callable[[str], Client]) -> None:
    """Who let the good ones in, had a batch read again, or stopped it, stands in the journal with the batch's place."""
    batch = batch_of(office, [seed_forms()[3]], place="science")
    client = signed_in("department")
    for page in ("take", "stop", "again", "stop"):
        assert client.post(f"/intake/{batch.pk}/{page}/").status_code == 302
    told = Event.objects.filter(subject=f"intake/{batch.pk}", actor=office.people["department"])
    assert list(told.order_by("pk").values_list("act", "organisation")) == [
        (act, batch.path) for act in ("intake.taken", "intake.stopped", "intake.read_again", "intake.stopped")
    ]
