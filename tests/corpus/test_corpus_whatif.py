"""`jixiao whatif --corpus DIR`: the reports of the rule lab, from a corpus that was built."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from corpus.test_corpus_trying import books_under, reads
from jixiao.cli import jixiao, whatif
from jixiao.corpus.manifest import encode_manifest, open_corpus, read_manifest
from jixiao.corpus.storage import open_storage
from jixiao.corpus.trying.questions import questions
from jixiao.desk.corpus.trying import CorpusTrial, Wanted, corpus_report, kernels_for
from jixiao.desk.library import reviewer
from jixiao.desk.whatif import scenario_of, try_form
from jixiao.form.wire import encode, to_wire
from jixiao.review.whatif import shift_of

COUNT = 24


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus built by the command, in two parts."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "in").mkdir()
    forms = b"\n".join(encode(to_wire(form)) for form in some_forms(COUNT, 3))
    (folder / "in" / "forms.jsonl").write_bytes(forms)
    asked = ["corpus", "build", str(folder / "in"), "--out", str(folder / "out"), "--part", "15", "--processes", "1"]
    assert CliRunner().invoke(jixiao, asked, standalone_mode=False).exception is None
    return folder / "out"


def told(corpus: Path, *options: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(jixiao, ["whatif", "--corpus", str(corpus), *options], standalone_mode=False)
    assert result.exception is None
    return result.stdout


def test_the_report_of_a_corpus_says_what_moves_and_what_was_not_counted(corpus: Path) -> None:
    """The sentence, the groups of a corpus, and that questions are counted when asked for."""
    said = told(corpus, "--set", "pass_mark=60")
    assert f"{COUNT} 张表" in said
    assert all(word in said for word in ("主管部门（平均分差", "地方，按所依规则集", "--questions"))
    english = told(corpus, "--set", "pass_mark=60", "--lang", "en", "--questions")
    assert "Departments (mean difference" in english
    assert "not counted" not in english


def test_the_table_of_a_corpus_has_every_form_in_order(corpus: Path) -> None:
    """One row a form, those that do not move too, with the sums of the report."""
    rows = list(csv.DictReader(io.StringIO(told(corpus, "--set", "pass_mark=60", "--format", "csv").lstrip("\ufeff"))))
    document = json.loads(told(corpus, "--set", "pass_mark=60", "--format", "json"))
    assert [int(row["number"]) for row in rows] == list(range(1, COUNT + 1))
    assert sum(row["direction"] == "down" for row in rows) == document["directions"]["down"]
    assert (document["questions"], len(document["places"]) > 0) == (None, True)
    assert "jixiao/whatif/1" in document["schema"]


def test_the_page_of_a_corpus_shows_departments_and_places(corpus: Path) -> None:
    """The page has a section for each kind of group and says that only forms that move are listed."""
    page = told(corpus, "--set", "places=0", "--format", "html")
    assert all(f'id="{name}"' in page for name in ("units", "departments", "places"))
    assert "全部见 CSV" in page


@pytest.mark.parametrize(
    "wrong",
    [["x.pdf", "--corpus", "y"], [], ["x.pdf", "--questions"]],
    ids=["files and a corpus", "neither", "questions of files"],
)
def test_wrong_use_is_told(wrong: list[str]) -> None:
    """Files or a corpus, and questions are asked for of a corpus alone."""
    result = CliRunner().invoke(whatif.whatif, [*wrong, "--set", "places=0"])
    assert result.exit_code == 2
    assert "--corpus" in result.stderr


def test_a_folder_without_a_corpus_is_told(tmp_path: Path) -> None:
    """What is missing and what makes it."""
    asked = ["whatif", "--corpus", str(tmp_path), "--set", "places=0"]
    result = CliRunner().invoke(jixiao, asked, standalone_mode=False)
    assert "corpus.json" in str(result.exception)


@pytest.mark.parametrize(
    ("book", "settings", "against"),
    [(None, ["over_completion=101", "pass_mark=90"], None), (None, ["percent_names_band=false"], "cn")],
    ids=["stored questions", "another book in force"],
)
def test_questions_are_counted_as_form_by_form(
    corpus: Path, book: str | None, settings: list[str], against: str | None
) -> None:
    """Counts before and after agree with every form asked by itself."""
    scenario = scenario_of(book, None, settings, against)
    one_by_one = shift_of(try_form(form, scenario, "x") for form in some_forms(COUNT, 3))
    assert questions(reads(corpus), books_under(scenario), reviewer) == one_by_one.asked


def test_a_corpus_that_stands_ready_reports_what_the_command_does_and_sees_a_new_build(
    corpus: Path, tmp_path: Path
) -> None:
    """Two questions to one trial are two reports; a corpus that is another one since is read anew."""
    place = tmp_path / "corpus"
    trial = CorpusTrial(str(shutil.copytree(corpus, place)))
    for setting in ("pass_mark=60", "places=0"):
        scenario = scenario_of(None, None, [setting])
        assert trial.report(scenario, "1", Wanted(9)) == corpus_report(str(place), scenario, "1", Wanted(9))
    manifest = read_manifest(open_storage(place))
    assert manifest is not None
    fewer = replace(manifest, parts=manifest.parts[:1])
    (place / "corpus.json").write_bytes(encode_manifest(fewer))
    assert trial.report(scenario, "1", Wanted(9)).shift.forms == manifest.parts[0].forms < COUNT


@pytest.mark.parametrize("installed", [True, False])
def test_a_large_corpus_is_tried_by_the_kernel_where_it_is_installed(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, *, installed: bool
) -> None:
    """The report is the same, whatever the ways; each part here has too few forms for the kernel itself."""
    scenario = scenario_of(None, None, ["pass_mark=60"])
    small = corpus_report(str(corpus), scenario, "1", Wanted(9))
    assert kernels_for(open_corpus(str(corpus))) is None
    monkeypatch.setattr("jixiao.desk.corpus.trying.MANY", COUNT)
    if not installed:
        monkeypatch.setattr("jixiao.desk.corpus.trying.find_spec", {}.get)
    assert (kernels_for(open_corpus(str(corpus))) is not None) is installed
    assert corpus_report(str(corpus), scenario, "1", Wanted(9)) == small
