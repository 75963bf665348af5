"""A corpus as open data: every column told, nothing withheld comes out, exact, the same bytes, whole or not at all."""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

from corpus.publishing.made_public import FORMS, FORMULA, OPTIONS, PRIVATE, corpus
from jixiao.corpus.manifest import open_corpus
from jixiao.corpus.publishing.columns import NAMES, listed, reason_of, tables
from jixiao.corpus.publishing.run import Options, publish
from jixiao.corpus.publishing.source import Source
from jixiao.corpus.schema import TABLES
from jixiao.desk.corpus import publishing
from jixiao.desk.corpus.publishing import publish_corpus
from jixiao.desk.errors import WrongUse
from jixiao.form import Form
from jixiao.review import Review
from jixiao.writing.csv_cells import RUNS, unguarded
from jixiao.writing.report import FormReport

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus."""
    return corpus(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def out(where: Path) -> Path:
    """The corpus published."""
    made = where.with_name("published")
    publish_corpus(str(where), made, OPTIONS, lambda *_: None)
    return made


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_of_a_corpus_is_public_or_withheld_with_a_reason() -> None:
    """A new column of the corpus is not published by accident, and not forgotten either."""
    for table in TABLES.values():
        for field in table.fields:
            public = field.name in listed().public.get(table.name, {})
            assert public != (reason_of(table.name, field.name) is not None), f"{table.name}.{field.name}"


def test_every_public_column_is_one_of_a_table() -> None:
    """The list names nothing that is not there."""
    assert {name: {field.name for field in table.fields} for name, table in tables().items()} == {
        name: set(columns) for name, columns in listed().public.items()
    }


def test_every_published_column_stands_in_the_page_about_the_standards() -> None:
    """docs/open-data.md maps each column to both standards, or says that there is no counterpart."""
    page = (HOUSE / "docs" / "open-data.md").read_text("utf-8").splitlines()
    for name, table in tables().items():
        for field in table.fields:
            fiscal, iati = listed().public[name][field.name]
            assert f"| `{name}.{field.name}` | {field.zh} {field.en} | {fiscal} | {iati} |" in page


def test_the_package_describes_every_file_and_column(out: Path) -> None:
    """Hash, size, rows of each file; name in both languages, unit and decimals of each column."""
    told = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert told["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://l.example"}]
    held = {resource["path"]: resource for resource in told["resources"]}
    beside = {"datapackage.json", ".jixiao-published"}
    assert {name for name in _files(out) if not name.startswith("site/")} == set(held) | beside
    for path, resource in held.items():
        data = (out / path).read_bytes()
        assert (resource["hash"], resource["bytes"]) == (f"sha256:{sha256(data).hexdigest()}", len(data))
    for name in NAMES:
        fields = held[f"{name}.csv"]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(_csv(out / f"{name}.csv")[0])
        assert all(field["title"] and field["description"] for field in fields)
    assert held["forms.csv"]["rows"] == FORMS


def test_csv_parquet_and_database_say_the_same_exactly(out: Path) -> None:
    """Numbers are decimal text in CSV, exact decimals in Parquet, whole numbers with a view in SQLite."""
    with closing(sqlite3.connect(out / "data.sqlite")) as held:
        for name, table in tables().items():
            rows = _csv(out / f"{name}.csv")
            columns = pl.read_parquet(out / f"{name}.parquet")
            view = held.execute(f'SELECT * FROM "{name}_in_decimals"').fetchall()  # noqa: S608 -- our own names
            assert len(rows) == len(columns) == len(view)
            for at, field in enumerate(table.fields):
                cells = [row[field.name] for row in rows]
                if field.kind == "number":
                    assert cells == ["" if one is None else str(one) for one in columns[field.name]]
                    assert cells == ["" if row[at] is None else str(row[at]) for row in view]
                elif field.kind == "text":
                    assert [unguarded(cell) for cell in cells] == [one or "" for one in columns[field.name]]


def test_amounts_are_in_yuan_with_their_decimals(out: Path) -> None:
    """A form in 万元 and its row in 元 are the same amount, to the last digit."""
    rows = {row["form"]: row for row in _csv(out / "forms.csv")}
    for line in (out / "records.jsonl").read_text("utf-8").splitlines():
        held = json.loads(line)
        amount = held["data"]["funds"]["total"]["adjusted"]
        factor = {"万元": 10_000, "元": 1}[held["data"]["currency_unit"]]
        if amount is not None:
            printed = rows[str(held["form"])]["adjusted"]
            assert printed.replace(".", "").lstrip("0") == str(round(int(amount.replace(".", "")) * factor)).lstrip("0")


def test_no_cell_is_run_by_a_spreadsheet(out: Path) -> None:
    """A text that begins like a formula has an apostrophe before it; the text itself is kept."""
    for name, table in tables().items():
        texts = [field.name for field in table.fields if field.kind == "text"]
        for row in _csv(out / f"{name}.csv"):
            assert not any(row[column].startswith(tuple(mark for mark in RUNS if mark != "'")) for column in texts)
    assert f"'{FORMULA}" in [row["project"] for row in _csv(out / "forms.csv")]


def test_what_is_withheld_stands_nowhere(out: Path) -> None:
    """Neither the cell of a person, nor the name of the file, in any file of the publication."""
    for path in out.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            data = path.read_bytes()
            assert not any(word.encode() in data for word in (*PRIVATE.split(), "张三报送"))
    for name in NAMES:
        frame = pl.read_parquet(out / f"{name}.parquet").select(pl.col(pl.String))
        assert not frame.select(pl.any_horizontal(pl.all().str.contains("139123|王小明|张三报送"))).to_series().any()


def test_a_question_about_what_is_withheld_is_not_published(where: Path, out: Path, tmp_path: Path) -> None:
    """Of a form with a withheld cell only what the public form gives rise to, too, is asked."""
    hidden = str(FORMS - 2)
    assert hidden in {row["form"] for row in _csv(out / "findings.csv")}
    asked: list[bool] = []

    def silent(form: Form, rulebook: str, day: str, asking: bool) -> FormReport:  # noqa: FBT001
        asked.append(asking)
        report = publishing._reviewed(form, rulebook, day, asking)
        return FormReport(form, report.sheet, Review(), report.rulebook_title, report.rulebook_why, {})

    publish(Source(open_corpus(str(where))), tmp_path / "out", silent, Options(), lambda *_: None)
    assert asked.count(True) == 1
    assert hidden not in {row["form"] for row in _csv(tmp_path / "out" / "findings.csv")}


def test_the_same_corpus_gives_the_same_bytes(where: Path, out: Path, tmp_path: Path) -> None:
    """Every file of the publication, database and index included."""
    publish_corpus(str(where), tmp_path / "again", OPTIONS, lambda *_: None)
    assert _files(tmp_path / "again") == _files(out)


def test_a_run_that_breaks_off_is_taken_up_and_ends_the_same(
    where: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is seen of a run that was killed; the next one does what is left, and what comes out is the same."""
    left = [13]
    whole = publishing._reviewed

    def killed(form: Form, rulebook: str, day: str, asking: bool) -> FormReport:  # noqa: FBT001
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return whole(form, rulebook, day, asking)

    monkeypatch.setattr(publishing, "_reviewed", killed)
    with pytest.raises(KeyboardInterrupt):
        publish_corpus(str(where), tmp_path / "out", OPTIONS, lambda *_: None)
    assert not (tmp_path / "out").exists()
    made = publish_corpus(str(where), tmp_path / "out", OPTIONS, lambda *_: None)
    assert (made.kept, made.done) == (1, 6)
    assert _files(tmp_path / "out") == _files(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_older_publication_is_replaced_and_anything_else_left_alone(where: Path, tmp_path: Path) -> None:
    """A folder of ours may be written over; one that holds something else is refused in both languages."""
    place = tmp_path / "out"
    publish_corpus(str(where), place, Options("旧"), lambda *_: None)
    publish_corpus(str(where), place, Options("新"), lambda *_: None)
    assert json.loads((place / "datapackage.json").read_text("utf-8"))["title"] == "新"
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse, match="left alone") as refused:
        publish_corpus(str(where), other, Options(), lambda *_: None)
    assert "没有动它" in refused.value.zh
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_an_empty_place_is_no_corpus(tmp_path: Path) -> None:
    """Who names a folder without a corpus is told so."""
    with pytest.raises(WrongUse):
        publish_corpus(str(tmp_path), tmp_path / "out", Options(), lambda *_: None)


def test_the_database_is_ready_for_sql_and_datasette(out: Path) -> None:
    """Keys hold, Chinese is found by any three letters, metadata names every column."""
    with closing(sqlite3.connect(out / "data.sqlite")) as held:
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        unit = held.execute("SELECT unit FROM forms WHERE form = 0").fetchone()[0]
        found = held.execute("SELECT rowid FROM forms_fts WHERE forms_fts MATCH ?", (f'"{unit[2:5]}"',)).fetchall()
        assert (0,) in found
        told = json.loads((out / "metadata.json").read_text("utf-8"))["databases"]["data"]["tables"]
        for name in NAMES:
            columns = [row[1] for row in held.execute(f'PRAGMA table_info("{name}")')]
            assert list(told[name]["columns"]) == columns
            assert f"{name}_in_decimals" in told


def test_what_the_page_tells_to_do_can_be_done(out: Path) -> None:
    """Its queries run, the search knows what was achieved, and the server it starts has the downloads below it."""
    page = (HOUSE / "docs" / "howto" / "publish-open-data.md").read_text("utf-8")
    tutorial = (HOUSE / "docs" / "tutorial" / "a-nation-of-forms.md").read_text("utf-8")
    queries = re.findall(r"`(select [^`]+)`", page)
    assert len(queries) == 2
    with closing(sqlite3.connect(out / "data.sqlite")) as held:
        assert all(held.execute(query).description for query in queries)
        assert "goal_actual" in [row[1] for row in held.execute('PRAGMA table_info("forms_fts")')]
    served = re.findall(r"http\.server --directory (\S+?)`", page + tutorial)
    assert served == ["FOLDER", "out/open"]
    assert all(f"--out {folder}" in page + tutorial for folder in served)


class _Seen(HTMLParser):
    """What a page loads and links to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts = 0
        self.inline = 0
        self.tongue = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tongue = held["lang"] or "" if tag == "html" else self.tongue
        self.links += [held[name] or "" for name in ("href", "src", "action") if name in held]
        self.scripts += tag == "script"
        self.inline += sum(name == "style" or name.startswith("on") for name in held) + (tag == "style")


def _pages(out: Path) -> Iterator[tuple[Path, _Seen]]:
    for path in sorted((out / "site").rglob("*.html")):
        seen = _Seen()
        seen.feed(path.read_text("utf-8"))
        yield path, seen


def test_every_link_of_the_site_leads_somewhere(out: Path) -> None:
    """No dead link, nothing from another house, no inline style or script; each page says its language."""
    for path, seen in _pages(out):
        assert seen.tongue == ("en" if "/site/en/" in path.as_posix() else "zh-CN")
        assert seen.inline == 0
        assert seen.scripts == (path.name == "search.html")
        for link in seen.links:
            if not link.startswith("#"):
                assert "://" not in link
                assert (path.parent / link).resolve().exists(), f"{path}: {link}"


def test_every_form_has_a_page_in_both_languages(out: Path) -> None:
    """The pages are those that `results.address` names; nothing else is needed to find a form."""
    addresses = {row["address"] for row in _csv(out / "results.csv")}
    assert len(addresses) == FORMS
    for base in (out / "site", out / "site" / "en"):
        assert {path.relative_to(base).as_posix() for path in (base / "projects").rglob("*.html")} == addresses


def test_a_project_of_two_years_shows_both(out: Path) -> None:
    """Each year's page leads to the other, and the later one says what changed."""
    rows = {row["form"]: row["address"] for row in _csv(out / "results.csv")}
    later = (out / "site" / rows[str(FORMS - 3)]).read_text("utf-8")
    assert Path(rows["0"]).name in later
    assert "与上一年相比" in later
    assert "<svg" in later


def test_the_english_pages_hold_no_chinese_sentence_of_ours(out: Path) -> None:
    """What is printed on a form stays Chinese; headings, links and labels are English."""
    page = (out / "site" / "en" / "about.html").read_text("utf-8")
    words = re.sub(r"<[^>]+>", " ", page).replace(OPTIONS.title, "").replace(OPTIONS.publisher, "").replace("中文", "")
    assert not re.search(r"[\u4e00-\u9fff]", words)


def test_questions_on_a_page_are_questions_under_their_family(out: Path) -> None:
    """Every published question stands on its form's page, in the language of the page."""
    asked = _csv(out / "findings.csv")
    assert {row["family"] for row in asked} >= {"arithmetic"}
    rows = {row["form"]: row["address"] for row in _csv(out / "results.csv")}
    from markupsafe import escape

    for row in asked:
        assert str(escape(unguarded(row["ask_zh"]))) in (out / "site" / rows[row["form"]]).read_text("utf-8")
        assert str(escape(unguarded(row["ask_en"]))) in (out / "site/en" / rows[row["form"]]).read_text("utf-8")
