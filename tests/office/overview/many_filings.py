"""Filings by the thousand, put into the database at once: rows made by rule, each with a form of the seed."""

from datetime import UTC, datetime, time

from jixiao.office.filing.judging import form_text
from jixiao.office.filing.models import Filing
from jixiao.office.overview.rows import Row
from jixiao.office.people.models import Organisation
from jixiao.office.people.tree import add_organisation, new_uid
from jixiao.office.rounds.models import Project, Round
from office.making import Office, seed_forms
from office.overview.made_rows import made


def add_units(office: Office, count: int) -> list[Organisation]:
    """More units below the department of science."""
    science = office.organisations["science"]
    return [add_organisation(science, "unit", f"第{number}中心") for number in range(1, count + 1)]


def add_filings(
    round_: Round, units: list[Organisation], count: int, projects: list[Project] | None = None
) -> list[Project]:
    """So many filings, spread over the units; a row of stage "open" is a project without one.

    Args:
        round_: the round.
        units: whose they are, in turn.
        count: how many.
        projects: of an earlier call, for another year of the same.
    """
    rows = made(count, len(units))
    places = [units[number % len(units)] for number in range(1, count + 1)]
    if projects is None:
        projects = Project.objects.bulk_create(
            Project(unit=unit, name=row.project, code=row.code, uid=new_uid())
            for row, unit in zip(rows, places, strict=True)
        )
    texts = [form_text(form) for form in seed_forms()]
    Filing.objects.bulk_create(
        (
            _filing(round_, project, row, texts[number % 7])
            for number, (project, row) in enumerate(zip(projects, rows, strict=True))
            if row.stage != "open"
        ),
        batch_size=500,
    )
    return projects


def _filing(round_: Round, project: Project, row: Row, text: str) -> Filing:
    returned = row.stage == "returned"
    return Filing(
        round=round_, project=project, unit=project.unit, path=project.unit.path, form=text,
        keys=" ".join(f"k{number}" for number in range(1, 40)), last_key=39,
        state="draft" if returned else row.stage, returned=returned,
        submitted=row.filed and datetime.combine(row.filed, time(4), UTC),
        claimed=row.claimed, computed=row.computed, low=row.low, grade=row.claimed_grade, grade_computed=row.grade,
        initial=row.initial, adjusted=row.adjusted, executed=row.executed, at_stake=row.points,
        codes=" ".join(code for code, times in row.asked.items() for _ in range(times)),
    )  # fmt: skip
