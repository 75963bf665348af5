"""Each form is scored under the book of its own year, and its sheet says so."""

from datetime import date

from jixiao.desk.library import reviewer, shelf
from jixiao.desk.reviewing import review_form
from jixiao.form import Form


def test_the_sheet_names_the_day_of_its_own_form() -> None:
    """Forms of several years reviewed in one run each name the last day of their year, in any order."""
    years = [2022, 2024, 2023, 2022]
    sheets = [review_form(Form(fiscal_year=year)).sheet for year in years]
    assert [sheet.on for sheet in sheets] == [f"{year}-12-31" for year in years]


def test_years_under_one_law_share_what_was_compiled() -> None:
    """A thousand fiscal years cost one compilation where the law is the same, and each sheet names its own day."""
    books = [shelf().on("cn", date(year, 12, 31)) for year in (2023, 2024, 2020)]
    made = [reviewer(book) for book in books]
    assert made[0].scorer.closure is made[1].scorer.closure
    assert made[0].scorer.closure is not made[2].scorer.closure
    days = [one.review(Form())[0].on for one in made]
    assert days == ["2023-12-31", "2024-12-31", "2020-12-31"]
