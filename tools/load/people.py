"""An office full of clerks: each with a unit, a form of their own and a session, made straight in the database."""

import secrets
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.tree import add_organisation, new_uid
from jixiao.office.rounds.models import Project, Round
from jixiao.reading import read_file

UNITS_A_DEPARTMENT = 50
ROUND_DAYS = (date(2000, 1, 1), date(2999, 1, 1), date(2999, 2, 1), date(2999, 3, 1), date(2999, 4, 1))


class Clerk(NamedTuple):
    """A clerk as the load sees one: the form, its rows, the session's cookie, the token against forged requests."""

    filing: int
    keys: tuple[str, ...]
    session: str
    csrf: str


def make_clerks(count: int, forms: int, seed: str) -> list[Clerk]:
    """`count` clerks in departments of 50 units, with `forms` filings in all, of which each clerk has one.

    Args:
        count: how many clerks.
        forms: how many filings in the round; those beyond the clerks' own are copies in the same units.
        seed: path of a document with the forms to begin with.
    """
    models = list(read_file(seed))
    opens, unit_due, department_due, finance_due, publish_due = ROUND_DAYS
    bureau = add_organisation(None, "bureau", "市财政局", code="001")
    round_ = Round.objects.create(
        bureau=bureau, fiscal_year=2024, title="2024年度项目支出绩效自评", form_title="财政项目支出绩效自评表",
        rulebook="cn-shanghai", layout="shanghai", opens=opens, unit_due=unit_due, department_due=department_due,
        finance_due=finance_due, publish_due=publish_due,
    )  # fmt: skip
    with transaction.atomic():
        first = _department(bureau, 0)
        clerk = _unit(first, 0)
        begun = [
            start_filing(round_, _project(clerk.roles.get().organisation, number), form, by=clerk)
            for number, form in enumerate(models)
        ]
        return _others(bureau, begun, count, forms)


def _others(bureau: Organisation, begun: list[Filing], count: int, forms: int) -> list[Clerk]:
    """Clerks and their filings as copies of those that were begun one by one."""
    clerks, department = [], bureau
    users = []
    for number in range(1, count + 1):
        if number % UNITS_A_DEPARTMENT == 1:
            department = _department(bureau, number)
        users.append(_unit(department, number))
    units = [user.roles.get().organisation for user in users]
    for number in range(max(count, forms - len(begun))):
        held = _copy(begun[number % len(begun)], units[number % count], number, users[number % count])
        if number < count:
            clerks.append(_clerk(held, users[number]))
    return clerks


def _copy(model: Filing, unit: Organisation, number: int, by: User) -> Filing:
    held = Filing.objects.get(pk=model.pk)
    held.pk = None
    held.project, held.unit, held.path, held.saved_by = _project(unit, number), unit, unit.path, by
    held.save(force_insert=True)
    return held


def _clerk(held: Filing, user: User) -> Clerk:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["entered"] = timezone.now().isoformat()
    store.save()
    return Clerk(held.pk, held.row_keys(), str(store.session_key), secrets.token_hex(16))


def _department(bureau: Organisation, number: int) -> Organisation:
    return add_organisation(bureau, "department", f"第{number}局", code=f"{number:05}")


def _unit(department: Organisation, number: int) -> User:
    unit = add_organisation(department, "unit", f"第{number}中心", code=f"{number:08}")
    user = User.objects.create(username=f"clerk{number}", name=f"经办人{number}", language="zh-hans")
    Role.objects.create(user=user, organisation=unit, kind="clerk")
    return user


def _project(unit: Organisation, number: int) -> Project:
    return Project.objects.create(unit=unit, name=f"项目{number}", uid=new_uid())
