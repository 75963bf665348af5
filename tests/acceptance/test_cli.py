"""The command as a person or a script uses it: what it prints, what its exit code tells."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from rich.cells import cell_len

from acceptance.command import Command as Runs
from jixiao import cli

HOUSE = Path(__file__).resolve().parents[2]
SEED = HOUSE / "examples" / "shanghai-2024.txt"
PDF = HOUSE / "tests" / "data" / "typst3.pdf"


class Printed:
    """What one run of the command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        """Keep exit code, stdout and stderr."""
        self.code, self.out, self.err = code, out, err


class Command(Runs):
    """The command, and what it left behind."""

    def __call__(self, *arguments: object) -> Printed:
        """Run with these arguments."""
        return Printed(*self.run(*arguments))


@pytest.fixture
def jixiao(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command."""
    return Command(monkeypatch, capfd)


def forms(printed: Printed) -> list[dict[str, Any]]:
    """The forms of a review printed as JSON."""
    return [form for file in json.loads(printed.out)["files"] for form in file["forms"]]


def test_check_seed(jixiao: Command) -> None:
    """The seed's seven forms: claimed 100, recomputed 100, 优; 38 to 60 questions, none of them arithmetic."""
    printed = jixiao("check", SEED, "--format", "json")
    reviewed = forms(printed)
    assert printed.code == cli.ExitCode.FINDINGS
    assert [form["claimed"] for form in reviewed] == [{"score": "100.00", "grade": "优"}] * 7
    assert [(form["computed"]["score"], form["computed"]["grade"]) for form in reviewed] == [("100.00", "优")] * 7
    lows = ["92.00", "100.00", "100.00", "94.00", "100.00", "100.00", "96.00"]
    assert [form["computed"]["low"] for form in reviewed] == lows
    findings = [finding for form in reviewed for finding in form["findings"]]
    assert 38 <= len(findings) <= 60
    assert {finding["family"] for finding in findings} <= {"clause", "doubt"}
    assert all(finding["places"] and finding["read"] and finding["ask"]["zh"] for finding in findings)


def test_the_questions_to_the_seed_are_frozen(jixiao: Command) -> None:
    """Each question stands in the golden file with its form and cell, none is missing and none is more: 55."""
    golden = (HOUSE / "tests" / "data" / "seed_questions.txt").read_text(encoding="utf-8").splitlines()
    reviewed = forms(jixiao("check", SEED, "--format", "json"))
    asked = [f"{at} {it['code']} {it['pointer']}" for at, form in enumerate(reviewed, 1) for it in form["findings"]]
    assert asked == [line for line in golden if not line.startswith("#")]
    assert len(asked) == 55


def test_check_seed_is_fair(jixiao: Command) -> None:
    """No question faults the rate of 100 %, a section's points, or a missing satisfaction or cost section."""
    findings = [finding for form in forms(jixiao("check", SEED, "--format", "json")) for finding in form["findings"]]
    pointers = {finding["pointer"] for finding in findings}
    assert not {pointer for pointer in pointers if pointer.startswith("/execution")}
    names = {finding["name"] for finding in findings}
    assert not {name for name in names if "missing_satisfaction" in name or "missing_cost" in name}


def test_scored_line_by_line(jixiao: Command) -> None:
    """Every line of a score sheet names its formula and derivation in both languages."""
    printed = jixiao("score", PDF, "--format", "json")
    assert printed.code == cli.ExitCode.NOTHING
    for form in forms(printed):
        assert form["findings"] == []
        for line in form["computed"]["lines"]:
            assert line["agrees"] is True
            assert line["formula"]
            assert all(step["zh"] and step["en"] for step in line["steps"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", ["check", "score", "read"])
def test_text_fits_the_terminal(jixiao: Command, command: str, language: str) -> None:
    """The text report is no wider than 100 columns and names every project."""
    printed = jixiao(command, PDF, "--lang", language)
    assert max(map(cell_len, printed.out.splitlines())) <= 100
    for name in ("科技金融", "缴纳残疾人就业保障金", "机关服务"):
        assert name in printed.out


def test_one_unreadable_file_never_stops_the_rest(jixiao: Command, tmp_path: Path) -> None:
    """A folder with an empty file and a missing one among the names still gives the forms that can be read."""
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "good.pdf").write_bytes(PDF.read_bytes())
    printed = jixiao("check", tmp_path, tmp_path / "gone.pdf", "--format", "json")
    files = json.loads(printed.out)["files"]
    assert printed.code == cli.ExitCode.UNREADABLE
    assert [Path(file["file"]).name for file in files] == ["empty.pdf", "good.pdf", "gone.pdf"]
    assert [len(file["forms"]) for file in files] == [0, 3, 0]
    for file in (files[0], files[2]):
        assert Path(file["file"]).name in file["error"]["message"]
        assert file["error"]["advice"]


def test_read_says_what_it_could_not_read(jixiao: Command, tmp_path: Path) -> None:
    """`read --format json` prints the array of forms, and one JSON line on stderr for each file that failed."""
    (tmp_path / "empty.pdf").write_bytes(b"")
    printed = jixiao("read", PDF, tmp_path / "empty.pdf", "--format", "json")
    assert printed.code == cli.ExitCode.UNREADABLE
    assert len(json.loads(printed.out)) == 3
    (line,) = printed.err.splitlines()
    assert json.loads(line)["error"]["code"] == "empty"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", SEED, "--format", "docx"),
        ("check", SEED, "--rulebook", "cn-atlantis"),
        ("explain", "JX999"),
        ("explain", "nonsense"),
        ("explain", "p.places", "--rulebook", "cn-atlantis"),
        ("rulebooks", "cn-atlantis"),
        ("rulebooks", "cn", "cn-shanghai"),
        ("rulebooks", "diff"),
        ("rulebooks", "diff", "cn"),
        ("rulebooks", "diff", "cn", "cn-atlantis"),
        ("rulebooks", "diff", "cn", "cn@yesterday"),
        ("rulebooks", "cn", "--on", "yesterday"),
        ("dance",),
        ("check", SEED, "--out", "/nowhere/at/all/report.html"),
        ("check", SEED, "--out", SEED),
    ],
    ids=lambda arguments: " ".join(Path(str(part)).name for part in arguments),
)
def test_wrong_use(jixiao: Command, arguments: tuple[object, ...]) -> None:
    """Wrong use is a sentence on stderr, nothing on stdout, exit code 3."""
    printed = jixiao(*arguments)
    assert printed.code == cli.ExitCode.WRONG_USE
    assert printed.err.strip()
    assert printed.out == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_without_a_code_lists_every_check(jixiao: Command, language: str) -> None:
    """`explain` alone gives code and title of each check under its family, and as JSON their whole pages."""
    pages = json.loads(jixiao("explain", "--format", "json").out)
    lines = jixiao("explain", "--lang", language).out.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("    JX")]
    assert sorted(listed) == [page["code"] for page in pages]
    assert len(pages) >= 60
    assert all(page["title"][language] in " ".join(lines) for page in pages if len(page["title"][language]) < 60)


@pytest.mark.parametrize("contract", ["jixiao/form/1", "jixiao/review/1"])
def test_explain_prints_the_schema_of_a_contract(jixiao: Command, contract: str) -> None:
    """The JSON Schema of what the program prints can be had without building the documentation."""
    assert "Form" in json.loads(jixiao("explain", contract).out)["$defs"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rulebooks_are_compared_in_words(jixiao: Command, language: str) -> None:
    """`rulebooks diff` tells what differs in lines that fit, exit code 0; the same as JSON."""
    printed = jixiao("rulebooks", "diff", "cn", "cn-jishan", "--lang", language)
    assert printed.code == cli.ExitCode.NOTHING
    assert "2 → 0" in printed.out
    assert max(map(cell_len, printed.out.splitlines())) <= 100
    wire = json.loads(jixiao("rulebooks", "diff", "cn@2020-12-31", "cn", "--format", "json").out)
    assert (wire["first"]["since"], wire["same"]) == ("2020-02-25", False)


def test_an_entry_of_a_rulebook_is_explained(jixiao: Command) -> None:
    """`explain p.places` and `explain profile standard` say value, clause and evidence, of the named book."""
    printed = jixiao("explain", "p.places", "--rulebook", "cn-jishan")
    assert printed.code == cli.ExitCode.NOTHING
    assert "见于实践" in printed.out
    assert "预算执行 10、" in jixiao("explain", "profile", "standard").out


def test_html_is_written_whole(jixiao: Command, tmp_path: Path) -> None:
    """`--out` leaves one complete page that loads nothing from outside."""
    out = tmp_path / "report.html"
    printed = jixiao("check", SEED, "--format", "html", "--out", out)
    page = out.read_text(encoding="utf-8")
    assert printed.code == cli.ExitCode.FINDINGS
    assert page.rstrip().endswith("</html>")
    assert "党建工作经费" in page
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_chosen_rulebook_is_named(jixiao: Command) -> None:
    """The report names the book and why: recognised by its place, or chosen by the caller."""
    recognised = forms(jixiao("check", SEED, "--format", "json"))[0]["rulebook"]
    chosen = forms(jixiao("check", SEED, "--format", "json", "--rulebook", "cn"))[0]["rulebook"]
    assert (recognised["id"], chosen["id"]) == ("cn-shanghai", "cn")
    assert recognised["on"] == chosen["on"] == "2024-12-31"
    assert "上海" in recognised["why"]["zh"]
    assert recognised["why"] != chosen["why"]


def test_sarif(jixiao: Command) -> None:
    """SARIF holds a result of kind fail for each finding of the JSON review; what is undecided is of kind open."""
    results = json.loads(jixiao("check", PDF, "--format", "sarif").out)["runs"][0]["results"]
    findings = [finding for form in forms(jixiao("check", PDF, "--format", "json")) for finding in form["findings"]]
    assert [result["ruleId"] for result in results if result.get("kind", "fail") == "fail"] == [
        one["code"] for one in findings
    ]
    assert {result.get("kind", "fail") for result in results} == {"fail", "open"}


def test_read_shows_where_each_field_was_read(jixiao: Command, tmp_path: Path) -> None:
    """`--show` writes a page with the document's own pages and a box for every field, and prints the forms as ever."""
    page = tmp_path / "shown.html"
    printed = jixiao("read", PDF, "--format", "json", "--show", page)
    text = page.read_text(encoding="utf-8")
    assert printed.code == cli.ExitCode.NOTHING
    assert text.count("data:image/png") == len(pypdfium2.PdfDocument(PDF))
    places = sum(len(found) for form in json.loads(printed.out) for found in form["places"].values())
    assert text.count('<rect class="mark ') == places


def test_show_never_overwrites_what_is_read(jixiao: Command, tmp_path: Path) -> None:
    """The page may not be put over the document it shows."""
    copy = tmp_path / "a.pdf"
    copy.write_bytes(PDF.read_bytes())
    assert jixiao("read", copy, "--show", copy).code == cli.ExitCode.WRONG_USE
    assert copy.read_bytes() == PDF.read_bytes()


def test_forms_as_data_are_reviewed_as_the_document_is(jixiao: Command, tmp_path: Path) -> None:
    """`check` on what `read` printed says what `check` on the document says, in JSON and in text."""
    (tmp_path / "forms.json").write_text(jixiao("read", PDF, "--format", "json").out, encoding="utf-8")
    of_document, of_data = (jixiao("check", source, "--format", "json") for source in (PDF, tmp_path / "forms.json"))
    assert of_data.code == of_document.code == cli.ExitCode.FINDINGS
    assert forms(of_data) == forms(of_document)
    texts = [jixiao("check", source) for source in (PDF, tmp_path / "forms.json")]
    assert texts[0].out.replace(str(PDF), "").split() == texts[1].out.replace(str(tmp_path / "forms.json"), "").split()


def test_a_folder_of_documents_and_data_keeps_its_order(jixiao: Command, tmp_path: Path) -> None:
    """Documents, data and a zip in a folder come in the order of their names; a form at fault stands after its file."""
    read = json.loads(jixiao("read", PDF, "--format", "json").out)
    (tmp_path / "a.pdf").write_bytes(PDF.read_bytes())
    (tmp_path / "b.json").write_text(json.dumps([read[0], {}, read[1]]), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.write(PDF, "1.pdf")
        archive.write(PDF, "2.pdf")
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, read)), encoding="utf-8")
    (tmp_path / "e.txt").write_bytes(SEED.read_bytes())
    printed = jixiao("score", tmp_path, "--format", "json")
    files = json.loads(printed.out)["files"]
    names = [Path(file["file"]).relative_to(tmp_path).as_posix() for file in files]
    assert names == ["a.pdf", "b.json", "b.json#/1", "c.zip/1.pdf", "c.zip/2.pdf", "d.jsonl", "e.txt"]
    assert [len(file["forms"]) for file in files] == [3, 2, 0, 3, 3, 3, 7]
    assert printed.code == cli.ExitCode.UNREADABLE
    assert files[2]["error"]["code"] == "not-of-the-contract"
    assert jixiao("score", tmp_path).code == cli.ExitCode.UNREADABLE


def test_a_folder_is_reviewed(jixiao: Command, tmp_path: Path) -> None:
    """`review` prints the ranking, writes every kind by its ending, and its exit code says that there are findings."""
    outs = [tmp_path / name for name in ("o.html", "o.xlsx", "o.json", "o.sarif", "o.txt")]
    printed = jixiao("review", PDF, "--sample", "1", "--seed", "42", *(part for out in outs for part in ("--out", out)))
    assert printed.code == cli.ExitCode.FINDINGS
    assert "先看这几张" in printed.out
    assert all(out.stat().st_size for out in outs)
    assert json.loads(outs[2].read_text(encoding="utf-8"))["schema"] == "jixiao/folder/1"
    assert json.loads(jixiao("review", PDF, "--format", "json").out)["whole"]["forms"] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "report.doc"), ("--sample", "ten"), ("--sample", "0%"), ("--seed", ""), ("--waivers", "/gone.toml"),
        ("--on", "someday"), ("--rulebook", "atlantis"), ("--out", "/gone/o.html"),
    ],
)  # fmt: skip
def test_a_folder_with_wrong_use(jixiao: Command, arguments: tuple[object, ...]) -> None:
    """What cannot be done is a sentence and exit code 3, before anything is read."""
    printed = jixiao("review", PDF, *arguments)
    assert printed.code == cli.ExitCode.WRONG_USE
    assert printed.err


def test_an_empty_folder_is_said(jixiao: Command, tmp_path: Path) -> None:
    """A folder without a document is named, the report has no form, and the exit code is 2."""
    printed = jixiao("review", tmp_path, "--sample", "10%")
    assert printed.code == cli.ExitCode.UNREADABLE
    assert str(tmp_path) in printed.err
    assert "自评表 0 张" in printed.out
