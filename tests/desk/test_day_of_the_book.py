"""Each form is scored under the book of its own year, and its sheet says so."""

from jixiao.desk.reviewing import review_form
from jixiao.form import Form


def test_the_sheet_names_the_day_of_its_own_form() -> None:
    """Forms of several years reviewed in one run each name the last day of their year, in any order."""
    years = [2022, 2024, 2023, 2022]
    sheets = [review_form(Form(fiscal_year=year)).sheet for year in years]
    assert [sheet.on for sheet in sheets] == [f"{year}-12-31" for year in years]
