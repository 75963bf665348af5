"""The points at stake of a filing."""

from jixiao.office.filing.judging import form_of, report
from jixiao.review.folder.brief import points_at_stake
from office.making import Office, make_filing


def test_points_at_stake_are_those_of_the_rows_in_question(office: Office) -> None:
    """A filing keeps the points of the rows its findings are about, each row once."""
    filing = make_filing(office)
    findings = report(filing).review.findings
    assert findings
    assert filing.at_stake == points_at_stake(form_of(filing.form), findings) > 0
