"""The tree of organisations: new nodes with their path and public name."""

import secrets
from typing import Final

from django.db import transaction

from jixiao.office.people.models import Organisation

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"


def new_uid() -> str:
    """Ten letters that name a thing in public addresses: no look-alikes, 10^14 of them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


@transaction.atomic
def add_organisation(parent: Organisation | None, kind: str, name: str, **more: str) -> Organisation:
    """A new node below `parent`, with its path."""
    made = Organisation.objects.create(parent=parent, kind=kind, name=name, uid=new_uid(), **more)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made
