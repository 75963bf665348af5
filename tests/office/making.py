"""A small office for tests: 市财政局 → 科委 (委本级, 中心), 教委 (一中); one round; a person for every role."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from jixiao.form import Form
from jixiao.office.filing.models import Filing
from jixiao.office.filing.starting import start_filing
from jixiao.office.people.models import Organisation, Role, User
from jixiao.office.people.tree import add_organisation, new_uid
from jixiao.office.rounds.models import Project, Round
from jixiao.reading import read_file

SEED = Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"


@dataclass
class Office:
    """The office: organisations, people and projects by short name."""

    organisations: dict[str, Organisation]
    people: dict[str, User]
    round: Round
    filings: list[Filing] = field(default_factory=list)


@cache
def seed_forms() -> tuple[Form, ...]:
    """The seven forms of the seed as our reader reads them."""
    return tuple(read_file(SEED))


def make_round(bureau: Organisation, year: int = 2024) -> Round:
    """A round that is open in every test, whatever the day."""
    return Round.objects.create(
        bureau=bureau, fiscal_year=year, title=f"{year}年度项目支出绩效自评", form_title="财政项目支出绩效自评表",
        rulebook="cn-shanghai", layout="shanghai", opens=date(2000, 1, 1), unit_due=date(2999, 1, 31),
        department_due=date(2999, 2, 28), finance_due=date(2999, 3, 31), publish_due=date(2999, 6, 30),
    )  # fmt: skip


def make_office() -> Office:
    """The office, without filings."""
    bureau = add_organisation(None, "bureau", "市财政局", code="001")
    science = add_organisation(bureau, "department", "市科委", code="101")
    schools = add_organisation(bureau, "department", "市教委", code="102")
    places = {
        "bureau": bureau,
        "science": science,
        "schools": schools,
        "centre": add_organisation(science, "unit", "创新中心", code="101001"),
        "institute": add_organisation(science, "unit", "情报所", code="101002"),
        "school": add_organisation(schools, "unit", "第一中学", code="102001"),
    }
    roles = {
        "clerk": ("centre", "clerk"),
        "head": ("centre", "head"),
        "other_clerk": ("school", "clerk"),
        "other_head": ("school", "head"),
        "department": ("science", "department"),
        "other_department": ("schools", "department"),
        "finance": ("bureau", "finance"),
        "auditor": ("bureau", "auditor"),
        "publisher": ("bureau", "publisher"),
        "system_admin": ("bureau", "system_admin"),
        "security_admin": ("bureau", "security_admin"),
        "audit_admin": ("bureau", "audit_admin"),
    }
    people = {}
    for username, (place, kind) in roles.items():
        people[username] = User.objects.create_user(username, "pass-Word-2024", name=username)
        Role.objects.create(user=people[username], organisation=places[place], kind=kind)
    return Office(places, people, make_round(bureau))


def make_project(unit: Organisation, name: str) -> Project:
    """A project of a unit."""
    return Project.objects.create(unit=unit, name=name, uid=new_uid())


def make_filing(office: Office, place: str = "centre", number: int = 0, state: str = "draft") -> Filing:
    """A filing of the seed's form `number` for a unit, put into a state without going there."""
    form = seed_forms()[number % 7]
    made = start_filing(office.round, make_project(office.organisations[place], form.project.name), form, by=None)
    if state != "draft":
        made.state = state
        made.save(update_fields=["state"])
    office.filings.append(made)
    return made
