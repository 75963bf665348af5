"""What watches requests sees a change without its event."""

import pytest
from django.db import transaction

from jixiao.office.journal.record import record
from jixiao.office.people.models import User
from office.journal.watching import watched

pytestmark = pytest.mark.django_db
PEOPLE = ["people_user"]


def _change() -> None:
    User.objects.create(username=f"new-{User.objects.count()}")


def test_a_change_without_an_event_is_seen() -> None:
    """By itself, and in a transaction that tells nothing."""
    with watched() as watch:
        _change()
        with transaction.atomic():
            _change()
    assert watch.silent() == PEOPLE * 2


def test_a_change_with_its_event_is_told() -> None:
    """Before or after it, and inside further savepoints."""
    with watched() as watch:
        with transaction.atomic():
            record("user.added", "user/1", actor=None)
            with transaction.atomic():
                _change()
        with transaction.atomic():
            _change()
            record("user.added", "user/2", actor=None)
    assert watch.silent() == []


def test_an_event_of_another_transaction_tells_nothing() -> None:
    """An event before it, and one that was taken back, leave the change silent."""
    with watched() as watch:
        with transaction.atomic():
            record("user.added", "user/1", actor=None)
        with transaction.atomic():
            _change()
            with transaction.atomic():
                record("user.added", "user/2", actor=None)
                transaction.set_rollback(True)
    assert watch.silent() == PEOPLE


def test_what_was_taken_back_is_no_change() -> None:
    """A change that was rolled back needs no event; reading neither."""
    with watched() as watch:
        with transaction.atomic():
            _change()
            transaction.set_rollback(True)
        assert User.objects.count() == 0
    assert watch.silent() == []
