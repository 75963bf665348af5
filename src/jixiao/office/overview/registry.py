"""Every table of the overview by its name: what a page shows behind a chart, and what can be taken as a file."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from jixiao.desk.library import checks, priority
from jixiao.office.overview.charts import Chart, table_of
from jixiao.office.overview.counting import today
from jixiao.office.overview.figures.findings import FAMILIES, asked_of, check_table, place_table
from jixiao.office.overview.figures.forms import forms_table
from jixiao.office.overview.figures.money import change_chart, cuts_table, funds_table, rate_chart
from jixiao.office.overview.figures.progress import course_chart, progress_table
from jixiao.office.overview.figures.scores import score_chart, score_table
from jixiao.office.overview.figures.standing import law_of, standing_of, standing_table
from jixiao.office.overview.figures.years import pairs_table, years_lines, years_table
from jixiao.office.overview.links import row_link
from jixiao.office.overview.sight import Sight
from jixiao.office.overview.tables import Table
from jixiao.review.verdict import Family


def _course(sight: Sight) -> Chart:
    return course_chart(sight.rows, sight.round.opens, min(today(), sight.round.unit_due), sight.link)


def _first(sight: Sight) -> Table:
    return standing_table(standing_of(sight.filings, law_of(checks(), priority())), row_link)


def _years(sight: Sight) -> Table:
    year = sight.round.fiscal_year
    return years_table(years_lines(sight.filings, sight.then, checks()), year, year - 1)


def _checks(sight: Sight, family: Family | None = None) -> Table:
    return check_table(asked_of(sight.filings, checks()), len(sight.filings), sight.findings_link, family)


TABLES: Final[Mapping[str, Callable[[Sight], Table]]] = {
    "progress": lambda sight: progress_table(sight.placed),
    "course": lambda sight: table_of(_course(sight)),
    "scores": lambda sight: table_of(score_chart(sight.filings, sight.link)),
    "scores-by-place": lambda sight: score_table(sight.placed_filings),
    "execution": lambda sight: table_of(rate_chart(sight.filings, sight.link)),
    "cuts": lambda sight: table_of(change_chart(sight.filings, sight.link)),
    "greatest-cuts": lambda sight: cuts_table(sight.filings, href=row_link),
    "funds": lambda sight: funds_table(sight.placed_filings),
    "checks": _checks,
    **{f"checks-{family}": partial(_checks, family=family) for family in FAMILIES},
    "findings-by-place": lambda sight: place_table(sight.placed_filings, checks()),
    "first": _first,
    "forms": lambda sight: forms_table(sight.rows, checks(), row_link),
    "years": _years,
    "projects-beside-last-year": lambda sight: pairs_table(sight.filings, sight.then, row_link),
}
"""Makes each table of what is looked at."""
