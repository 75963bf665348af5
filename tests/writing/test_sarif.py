"""The review as SARIF 2.1.0."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from jixiao.form import Place
from jixiao.review.verdict import Review
from jixiao.writing.report import FileReport, ReviewReport
from jixiao.writing.sarif import write_sarif
from writing.review_samples import HOSTILE, faulty, hostile_sample, sample, with_trial


def run_of(report: ReviewReport, language: Any = "zh") -> Any:
    """The one run of a log."""
    log = json.loads(write_sarif(report, language))
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    return log["runs"][0]


def result_at(place: Place) -> Any:
    """The first result of a form whose finding stands at a place."""
    form = faulty()
    review = Review(findings=(replace(form.review.findings[0], places=(place,)),))
    report = ReviewReport("1", (FileReport(place.file, "", None, (replace(form, review=review),)),))
    return run_of(report)["results"][0]


def test_every_result_points_at_its_rule_and_file() -> None:
    """Rule index and artifact index of every result name the same rule and file as its identifiers."""
    run = run_of(sample())
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert len(run["results"]) == 2 + 1 + 28 + 7
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        spot = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifacts[spot["index"]]["location"]["uri"] == spot["uri"]


def test_rules_are_sorted_and_have_help() -> None:
    """Each check is one rule with short and full description, help text and default level, in the order of codes."""
    rules = run_of(sample())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert f"jixiao explain {rule['id']}" in rule["help"]["text"]
    assert {rule["defaultConfiguration"]["level"] for rule in rules if "defaultConfiguration" in rule} == {
        "error", "warning", "note",
    }  # fmt: skip


def test_level_follows_severity_and_undecided_is_open() -> None:
    """Error, warning and info become error, warning and note; an undecided check is an open result of level none."""
    results = run_of(sample())["results"]
    levels = {result["ruleId"]: (result.get("kind", "fail"), result["level"]) for result in results}
    assert levels["JX101"] == ("fail", "error")
    assert levels["JX201"] == ("fail", "warning")
    assert levels["JX204"] == ("fail", "note")
    assert levels["JX310"] == ("open", "none")


def test_line_and_column_are_a_region() -> None:
    """A place in a text is a region from line and column, both from 1."""
    location = result_at(Place("seed.txt", line=12, column=3))["locations"][0]
    assert location["physicalLocation"]["region"] == {"startLine": 12, "startColumn": 3}


def test_page_and_cell_are_properties_with_a_logical_location() -> None:
    """A place on a page or in a sheet has no region, but page or cell as properties and the field's name."""
    page = run_of(sample())["results"][0]["locations"][0]
    assert "region" not in page["physicalLocation"]
    assert page["properties"] == {"page": 1, "box": [71, 402.9, 188, 431], "confidence": 1.0}
    assert page["logicalLocations"][0] == {
        "name": "年度资金总额", "fullyQualifiedName": "/forms/0/funds/total", "kind": "value",
    }  # fmt: skip
    assert result_at(Place("a.xlsx", cell="Sheet1!C7"))["locations"][0]["properties"]["cell"] == "Sheet1!C7"


def test_unreadable_file_is_a_notification() -> None:
    """A file that could not be read makes the run unsuccessful and is a notice with sentence and advice."""
    run = run_of(sample(), "en")
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["level"] == "error"
    assert notice["descriptor"]["id"] == "no-text-layer"
    assert "no text layer" in notice["message"]["text"]
    assert "Try the original" in notice["message"]["text"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/表.pdf", "a%20b/%E8%A1%A8.pdf"),
        ("/data/a#1.pdf", "file:///data/a%231.pdf"),
        ("C:\\表\\a.pdf", "file:///C:/%E8%A1%A8/a.pdf"),
    ],
)
def test_file_names_are_uris(file: str, uri: str) -> None:
    """Relative, absolute and Windows names become valid URI references."""
    assert run_of(ReviewReport("1", (FileReport(file, ""),)))["artifacts"] == [{"location": {"uri": uri}}]


def test_fingerprint_is_the_same_in_the_next_run_and_differs_by_field() -> None:
    """A finding keeps its fingerprint between runs, and no two findings share one."""
    marks = [r["partialFingerprints"]["jixiao/v1"] for r in run_of(sample())["results"] if "kind" not in r]
    again = [r["partialFingerprints"]["jixiao/v1"] for r in run_of(sample(), "en")["results"] if "kind" not in r]
    assert marks == again
    assert len(set(marks)) == len(marks)


def test_hostile_text_is_escaped_for_placeholders() -> None:
    """Braces of a text are doubled, so that no viewer takes them for placeholders, and names are quoted."""
    run = run_of(hostile_sample())
    assert "{{{{ 7*7 }}}}" in run["results"][0]["message"]["text"]
    uri = run["artifacts"][0]["location"]["uri"]
    assert "<" not in uri
    assert unquote(uri) == HOSTILE


def test_a_finding_on_trial_is_marked() -> None:
    """Result and rule of a check on trial say so, and the invocation says how many such checks were not asked."""
    run = run_of(with_trial(), "en")
    assert [result["ruleId"] for result in run["results"] if result.get("properties", {}).get("trial")] == ["JX101"]
    tagged = [
        rule["id"]
        for rule in run["tool"]["driver"]["rules"]
        if "on trial" in rule.get("properties", {}).get("tags", ())
    ]
    assert tagged == ["JX101"]
    (note,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "not asked 3" in note["message"]["text"]
    assert "toolConfigurationNotifications" not in run_of(sample())["invocations"][0]
