"""A new key for what is sealed: everything is sealed anew with it, row by row, while the office runs or not."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from jixiao.office.accounts import sealed
from jixiao.office.journal.record import record
from jixiao.office.people.models import PeopleList, User
from jixiao.office.sealing.own import OwnKeys
from jixiao.office.sealing.port import is_newest, sealer

_SECRETS: Final = ("secret", "seed")
_FIELDS: Final[dict[Any, tuple[str, ...]]] = {User: ("email", "phone"), PeopleList: ("lists",)}


def turn_key() -> int:
    """Add a key and seal everything anew; the old keys stay in the file, for backups. Tells how many rows it was.

    Raises:
        TypeError: the office's keys are not ours (an HSM turns its own).
    """
    keys = sealer()
    if not isinstance(keys, OwnKeys):
        raise TypeError("the keys of this office are kept elsewhere")
    with transaction.atomic():
        record("keys.turned", "keys/", actor=None, key=keys.turn())
    return seal_anew()


def seal_anew() -> int:
    """Seal with the newest key whatever is not sealed with it; gives the number of rows."""
    numbers = [(model, number) for model in _FIELDS for number in model.objects.values_list("pk", flat=True)]
    rows = sum(_row(model, number) for model, number in numbers)
    return rows + sum(map(_factor, list(Authenticator.objects.values_list("pk", flat=True))))


@transaction.atomic
def _row(model: Any, number: int) -> int:
    """One row, in a transaction of its own; 1 if it held anything."""
    found = model.objects.select_for_update().filter(pk=number).first()
    values = {name: getattr(found, name) for name in _FIELDS[model] if found is not None}
    if not any(values.values()):
        return 0
    model.objects.filter(pk=number).update(**values)
    return 1


@transaction.atomic
def _factor(number: int) -> int:
    kept = Authenticator.objects.select_for_update().filter(pk=number).first()
    old = [name for name in _SECRETS if kept and kept.data.get(name) and not is_newest(kept.data[name])]
    if kept is None or not old:
        return 0
    kept.data |= {name: sealed.closed(sealed.opened(kept.data[name])) for name in old}
    kept.save(update_fields=["data"])
    return 1
