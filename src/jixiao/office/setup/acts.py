"""Taking an empty office: the bureau with its three administrators, or the demo."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from jixiao.office.journal.record import record
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.tree import add_organisation
from jixiao.office.setup.first import forget_key
from jixiao.office.setup.forms import ADMINISTRATORS


@transaction.atomic
def take_office(bureau: str, administrators: list[dict[str, Any]]) -> User:
    """Make the bureau and its administrators; the system administrator is returned.

    Args:
        bureau: its name.
        administrators: for each of `ADMINISTRATORS` in order: username, name, password.
    """
    root = add_organisation(None, "bureau", bureau)
    users = [_administrator(each, root) for each in administrators]
    for user, kind in zip(users, ADMINISTRATORS, strict=True):
        Role.objects.create(user=user, organisation=root, kind=kind)
        record("setup.administrator_made", f"user/{user.pk}", actor=users[0], organisation=root.path, role=kind)
    transaction.on_commit(forget_key)
    return users[0]


def _administrator(given: dict[str, Any], root: Organisation) -> User:
    return User.objects.create_user(
        given["username"], given["password"], name=given["name"], organisation=root, password_set=timezone.now()
    )
