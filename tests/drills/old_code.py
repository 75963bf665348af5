"""Run by the code of an earlier commit, on tables of today: it reads every model, adds, changes, and does real acts.

Usage: python old_code.py COMMIT_FOLDER; the last line printed is JSON: what was done, and what failed.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


def main() -> None:
    """Do everything in transactions of their own."""
    folder = Path(sys.argv[1])
    sys.path[:1] = [str(folder / "src"), str(folder / "tests")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.office.settings"
    import django
    from django.apps import apps

    import jixiao

    django.setup()
    if not Path(jixiao.__file__).is_relative_to(folder):
        raise AssertionError(f"not the old code: {jixiao.__file__}")
    ours = [each for each in apps.get_models() if each.__module__.startswith("jixiao.")]
    failed = [fault for each in ours for fault in _tried(each._meta.label, lambda each=each: _one(each))]
    failed += _tried("acts", _acts)
    print(json.dumps({"models": len(ours), "failed": failed}))


def _tried(what: str, act: Any) -> list[str]:
    try:
        act()
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is told
        return [f"{what}: {type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"]
    return []


class _Back(Exception):
    """Takes back what was tried."""


def _one(model: Any) -> None:
    """Read some rows; write one again under a new key, and take it back."""
    from django.db import models, transaction

    held = list(model.objects.order_by("pk")[:5])
    if not held:
        raise AssertionError("no row was read")
    one = held[-1]
    tied = any(isinstance(field, models.OneToOneField) for field in model._meta.local_concrete_fields)
    if tied:
        return
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.remote_field:
            setattr(one, field.attname, ("n" + str(getattr(one, field.attname) or ""))[: field.max_length or 50])
    tie = _tie(model)
    if tie is not None:  # with its other half it is a pair that is not there yet
        setattr(one, tie.attname, getattr(held[0], tie.attname))
    one.pk = None if model._meta.auto_field else "another"
    with suppress(_Back), transaction.atomic():
        one.save(force_insert=True)
        _take_back()


def _take_back() -> None:
    raise _Back


def _tie(model: Any) -> Any:
    """A column of a pair that has to be there once, which points at another table; else any that does."""
    pairs = {name for each in model._meta.constraints for name in getattr(each, "fields", ())}
    tied = [each for each in model._meta.local_concrete_fields if each.remote_field and not each.null]
    return next((each for each in tied if each.name in pairs), tied[0] if tied else None)


def _acts() -> None:
    """A small office made by the old code: organisations, a person, a round, a form begun, events."""
    from django.db import transaction

    from jixiao.office.filing.starting import start_filing
    from jixiao.office.journal.models import Event
    from jixiao.office.journal.record import record
    from jixiao.office.people.models import User
    from jixiao.office.people.tree import add_organisation
    from office.making import make_project, make_round, seed_forms

    bureau = add_organisation(None, "bureau", "旧版财政局", code="旧")
    unit = add_organisation(bureau, "unit", "旧版单位", code="旧1")
    person = User.objects.create_user("old-code", "pass-Word-2024", name="旧版")
    filing = start_filing(make_round(bureau), make_project(unit, "旧版项目"), seed_forms()[0], by=person)
    filing.state = "with_head"
    filing.save(update_fields=["state"])
    with transaction.atomic():
        record("filing.submitted", f"filing/{filing.pk}", actor=person, version="1")
    if not Event.objects.filter(subject=f"filing/{filing.pk}", actor=person).exists():
        raise AssertionError("the event is not there")


if __name__ == "__main__":
    main()
