"""The source that a page is given: the seed's forms get the scores and verdicts of the report."""

import json

from equality.engine import as_json, called, loaded
from jixiao.desk.library import page_rules, reviewer, shelf
from oracle.truth import truth_forms


def test_the_seed_is_scored_in_a_page_as_on_the_desk() -> None:
    """Every score, the total, the grade and every verdict of the seven forms are the same digits in the page."""
    forms = truth_forms()
    place = {"title": forms[0].title, "department": forms[0].department, "unit": forms[0].unit}
    book = shelf().choose(**place, fiscal_year=forms[0].fiscal_year).book
    made, number = reviewer(book), loaded(page_rules(book, shape="script"))
    for form in forms:
        sheet, result = made.scorer.run(form, features := made.features(form))
        rows = as_json(made.scorer.cells(form, features), made.scorer.program.columns())
        told = json.loads(called("told", number, *map(json.dumps, rows)))
        assert told["form"]["total"] == str(sheet.score)
        assert told["form"]["grade_computed"] == sheet.grade
        assert [line["score"] for line in told["rows"]] == [str(line.computed) for line in sheet.lines[1:]]
        assert told["conditions"] == result.conditions


def test_a_module_for_a_page_reads_only_what_is_asked() -> None:
    """A page that shows the total alone is given a source of a few kilobytes with the columns it reads."""
    source = page_rules(shelf().on("cn", max(shelf().versions("cn"))), ["rate"])
    assert source.endswith("export { run, runExact, LETS, CONDITIONS, FORM, INDICATOR };\n")
    assert '"executed"' in source
    assert '"weight"' not in source
