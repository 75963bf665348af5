"""The journal's one writer."""

import pytest
from django.db import transaction

from jixiao.office.journal.models import Event
from jixiao.office.journal.record import OutsideTransaction, record
from office.making import Office, make_filing


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    """An event that could stand without its act is a fault of the program."""
    with pytest.raises(OutsideTransaction):
        record("filing.saved", "filing/1", actor=None)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_its_act() -> None:
    """Where the act is rolled back, so is its event."""
    with pytest.raises(ValueError, match="undone"):
        _undone()
    assert not Event.objects.exists()


@transaction.atomic
def _undone() -> None:
    record("filing.saved", "filing/1", actor=None)
    raise ValueError("undone")


def test_starting_a_filing_is_told(office: Office) -> None:
    """A new filing has its event, with the place it belongs to."""
    filing = make_filing(office)
    event = Event.objects.get(subject=f"filing/{filing.pk}")
    assert (event.act, event.organisation) == ("filing.started", filing.path)


def test_an_event_keeps_the_user_name_of_its_moment(office: Office) -> None:
    """Somebody who is renamed afterwards stands in the event as they were called when they acted."""
    clerk = office.people["clerk"]
    told = record("filing.saved", "filing/1", actor=clerk)
    clerk.username = "renamed"
    clerk.save()
    told.refresh_from_db()
    assert told.actor_name == "clerk"
