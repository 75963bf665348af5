"""Near-duplicate texts of a whole corpus: read from its tables, kept beside them, told with what was left out."""

from pathlib import Path

import msgspec
import polars as pl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.manifest import open_corpus
from jixiao.corpus.scanning import kept
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.form import Goal, encode, to_wire

RESULT = "全年开展专题培训并完成设备更新改造，群众满意。"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus of six forms; in the first and the last the result is the same but for one letter."""
    place = tmp_path_factory.mktemp("copied")
    forms = list(some_forms(6))
    forms[0] = replace(forms[0], goal=Goal("目标一", RESULT), unit="甲中心", fiscal_year=2023)
    forms[5] = replace(forms[5], goal=Goal("目标二", RESULT.replace("群众", "职工")), unit="", department="乙局")
    (place / "in").mkdir()
    (place / "in" / "a.jsonl").write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in forms))
    build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(4, 1))
    return str(place / "out")


def run(*arguments: str) -> str:
    """What the command prints."""
    ran = CliRunner().invoke(jixiao, ["corpus", "similar", *arguments], standalone_mode=False)
    assert ran.return_value == ExitCode.NOTHING
    return ran.output


def test_a_copied_result_is_found_over_parts_and_units(where: str) -> None:
    """The two stand in one group; a form without a unit counts as its department's."""
    told = msgspec.json.decode(run(where, "--format", "json"))
    group = next(one for one in told["groups"] if one["text"] == RESULT)
    members = [one for one in told["members"] if (one["field"], one["group"]) == ("goal_actual", group["group"])]
    assert [(one["form"], one["unit"]) for one in members] == [(0, "甲中心"), (5, "乙局")]
    assert (members[0]["at"], members[0]["jaccard"]) == (None, 10_000)
    assert told["scheme"] == "jixiao/minhash/1"


def test_the_tables_are_kept_until_the_corpus_changes(where: str, tmp_path: Path) -> None:
    """What is kept is given back for this very corpus only."""
    run(where)
    corpus = open_corpus(where)
    found = kept(corpus, "similar_texts")
    assert isinstance(found, pl.DataFrame)
    assert 0 in found["form"]
    other = replace(corpus, manifest=replace(corpus.manifest, next_form=99))
    assert kept(other, "similar_texts") is None
    assert kept(corpus, "inflation") is None


def test_the_text_says_what_it_is_and_what_was_left_out(where: str) -> None:
    """Leads, not verdicts; and how many texts were too short."""
    told = run(where, "--lang", "en")
    assert "leads, no verdict" in told
    assert "fewer than 15 letters" in told
    assert RESULT in told


def test_the_table_opens_in_a_spreadsheet(where: str, tmp_path: Path) -> None:
    """The CSV has a row a text, and begins with a mark by which spreadsheets know UTF-8."""
    run(where, "--format", "csv", "--out", str(tmp_path / "texts.csv"))
    lines = (tmp_path / "texts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "field,group,form,at,unit,year,jaccard"
    assert any(line.endswith("甲中心,2023,10000") for line in lines)
