"""The review on the wire."""

import json

import msgspec
import pytest

from jixiao.writing.json_report import read_review, review_schema, write_json
from jixiao.writing.report import FileReport, ReviewReport
from writing.review_samples import faulty, hostile_sample, sample, with_trial

CONTRACT = ["form", "rulebook", "claimed", "computed", "findings", "undecided"]


def test_review_reads_back_equal() -> None:
    """What is written reads back with every form, finding and place equal."""
    report = sample()
    document = read_review(write_json(report))
    assert (document.schema, document.program, len(document.files)) == ("jixiao/review/1", "0.1.0", 2)
    for entry, form in zip(document.files[0].forms, report.files[0].forms, strict=True):
        assert entry.form == form.form
        assert [f.places for f in entry.findings] == [f.places for f in form.review.findings]
        assert [(f.code, f.ask, f.clause) for f in entry.findings] == [
            (f.code, f.ask, f.clause) for f in form.review.findings
        ]


def test_form_entry_has_the_parts_of_the_contract() -> None:
    """A form entry has the six parts of the contract in its order and no others."""
    wire = json.loads(write_json(sample()))
    assert list(wire) == ["schema", "program", "files", "trials_left_out"]
    assert list(wire["files"][0]) == ["file", "sha256", "error", "forms"]
    assert list(wire["files"][0]["forms"][0]) == CONTRACT


def test_points_are_digit_strings() -> None:
    """Points and scores are digit strings as printed, an absent low end is null."""
    entry = json.loads(write_json(sample()))["files"][0]["forms"][0]
    assert entry["claimed"] == {"score": "100.00", "grade": "优"}
    assert (entry["computed"]["score"], entry["computed"]["low"]) == ("100.00", "92.00")
    assert entry["computed"]["lines"][0]["low"] is None
    assert entry["form"]["indicators"][0]["weight"] == "10.00"


def test_read_and_expected_are_chinese_with_english_beside() -> None:
    """`read` and `expected` are 中文 strings; their English stands in `read_en` and `expected_en`."""
    found = json.loads(write_json(sample()))["files"][0]["forms"][0]["findings"][0]
    assert found["read"].startswith("130.00 → 1.60 万元，")
    assert found["read_en"].endswith("targets changed")
    assert found["expected"] != found["expected_en"]
    assert set(found["ask"]) == {"zh", "en"}
    assert found["places"][0]["box"] == [71, 402.9, 188, 431]


def test_unreadable_file_has_an_error_and_no_forms() -> None:
    """A file that could not be read has code, sentence and advice, and no forms."""
    entry = json.loads(write_json(sample()))["files"][1]
    assert entry["forms"] == []
    assert entry["error"]["code"] == "no-text-layer"
    assert entry["error"]["advice"].startswith("请用")


def test_step_carries_its_clause_and_evidence() -> None:
    """A step's clause is one string with its evidence mark beside it; a step without one has null."""
    steps = json.loads(write_json(ReviewReport("1", (FileReport("a", "b", None, (faulty(),)),))))["files"][0]["forms"][
        0
    ]
    first, second = steps["computed"]["lines"][1]["steps"]
    assert (first["clause"], first["evidence"]) == (None, None)
    assert second["clause"].endswith("第十六条")
    assert second["evidence"] == "recalled"


def test_hostile_text_survives_as_text() -> None:
    """Texts that look like markup come back letter by letter."""
    document = read_review(write_json(hostile_sample()))
    assert document.files[0].forms[0].form == hostile_sample().files[0].forms[0].form
    assert document.program.startswith("</script>")


def test_other_schema_is_refused() -> None:
    """A document of another schema is refused with the path in the message."""
    data = write_json(sample()).replace(b"jixiao/review/1", b"jixiao/review/9")
    with pytest.raises(msgspec.ValidationError, match="schema"):
        read_review(data)


def test_schema_names_every_part() -> None:
    """The generated JSON Schema defines the form and the parts of a review, each required."""
    schema = review_schema()
    definitions = schema["$defs"]
    assert {"Form", "FormEntry", "FindingWire", "LineWire", "ErrorWire"} <= set(definitions)
    assert definitions["FormEntry"]["required"] == CONTRACT
    assert definitions["FindingWire"]["properties"]["family"]["enum"] == ["arithmetic", "clause", "doubt"]


def test_a_finding_on_trial_is_marked() -> None:
    """A finding says whether its check is on trial; the document says how many such checks were not asked."""
    document = read_review(write_json(with_trial()))
    assert [finding.trial for finding in document.files[0].forms[0].findings][:2] == [True, False]
    assert document.trials_left_out == 3
