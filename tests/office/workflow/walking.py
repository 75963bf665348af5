"""Filings walked to a state through the acts themselves, and what acts need to be said."""

from jixiao.office.filing.models import Filing
from jixiao.office.people.models import Role, User
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.said import Said
from office.making import Office, make_filing

WAY = (
    ("submit", "clerk"),
    ("approve_unit", "head"),
    ("approve_department", "department"),
    ("approve_finance", "finance"),
    ("publish", "publisher"),
)
WHY = Said(reason="请核对。")


def walked(office: Office, steps: int, number: int = 0) -> Filing:
    """A filing of the centre after so many steps of the straight way."""
    filing = make_filing(office, "centre", number)
    for name, who in WAY[:steps]:
        act(filing, name, office.people[who])
    return filing


def also(office: Office, who: str, place: str, kind: str) -> User:
    """The person with one more role, read afresh."""
    user = office.people[who]
    Role.objects.create(user=user, organisation=office.organisations[place], kind=kind)
    return User.objects.get(pk=user.pk)
