"""The public benchmark: made the same each time, its labels true of every variant, judged without our program."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmark import making
from benchmark.as_corpus import as_corpus
from benchmark.board import board, written_into
from benchmark.entrants import ours, plain, sql
from benchmark.judge import judge, rows
from benchmark.making import make, moulds
from benchmark.proving import differences, drawn
from benchmark.running import ENTRANTS, Judged
from benchmark.texts import pairs, shingles, similar, texts
from benchmark.varying import FACTORS, NAMES, Mould
from jixiao.form import decode_form

FORMS = 40
DIGEST = "9d21e1c586a0ccadb5e1cec614b0dc5e278aa3a29fa7ab171ff119d194f6f907"
"""Of 40 forms of the public seed. If this changes, a label or a form has: raise `making.VERSION`, and measure anew."""


@pytest.fixture(scope="module")
def benchmark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small benchmark with four documents."""
    folder = tmp_path_factory.mktemp("benchmark") / "small"
    make(folder, FORMS, printed=4)
    return folder


@pytest.fixture
def submission(benchmark: Path, tmp_path: Path) -> Path:
    """Answers that are the truth."""
    for task in ("questions", "reading", "pairs"):
        shutil.copytree(benchmark / "truth" / task, tmp_path / task)
    held = [row for row in rows(tmp_path, "questions") if row["must"]]
    shutil.rmtree(tmp_path / "questions")
    _put(tmp_path, "questions", held)
    lines = [
        {"form": row["form"], "line": f"/indicators/{at - 1}" if at else "/execution", "score": lawful[0]}
        for row in rows(benchmark / "truth", "scores")
        for at, lawful in enumerate(row["scores"])
        if lawful
    ]
    _put(tmp_path, "scores", lines)
    return tmp_path


def _put(folder: Path, name: str, held: list[dict[str, Any]]) -> None:
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in held), encoding="utf-8")


def test_the_same_seed_gives_the_same_digest_and_it_is_the_published_one(benchmark: Path) -> None:
    """Forms and labels follow from version and seed alone; a change of either is seen here."""
    told = json.loads((benchmark / "benchmark.json").read_text("utf-8"))
    assert told["version"] == making.VERSION
    assert told["digest"] == DIGEST


def test_another_seed_gives_other_forms(benchmark: Path, tmp_path: Path) -> None:
    """Nobody can learn the answers by heart: a benchmark of one's own has another seed."""
    other = make(tmp_path / "other", FORMS, seed=7, printed=0)
    told = json.loads((benchmark / "benchmark.json").read_text("utf-8"))
    assert other["files"]["forms"]["sha256"] != told["files"]["forms"]["sha256"]


def test_variants_keep_scores_and_questions_of_their_base() -> None:
    """Amounts and counts multiplied, the place renamed: the oracle scores and our checks ask as of the base."""
    made = moulds(80)
    assert list(differences(made, ((at, 1 + at % 11) for at in range(80)))) == []
    assert sum(len(mould.factors) == len(FACTORS) for mould in made) > 70


def test_variants_differ_in_money_counts_and_place() -> None:
    """A variant is another form to read and to score, not the same bytes again."""
    counted = 0
    for mould in [mould for mould in moulds(8) if mould.factors == FACTORS]:
        forms = [decode_form(mould.variant(number).encode()) for number in range(len(FACTORS))]
        assert len({form.funds.total.adjusted for form in forms}) == len(FACTORS)
        assert len({form.unit for form in forms}) > 1
        counted += len({form.indicators for form in forms}) > 1
    assert counted >= 3


def test_a_form_whose_texts_speak_of_its_money_is_not_multiplied() -> None:
    """Where a text names an amount, multiplying the amounts alone would make the form contradict itself."""
    from benchmark.bases import Base
    from fairness.planting import explained
    from fairness.sound import sound_form

    form = sound_form("money")
    spoken = explained(form, f"年初预算{form.funds.total.initial}，追加后不变。")
    assert Mould(Base(spoken, "honest")).factors == (1,)
    assert Mould(Base(form, "honest")).factors == FACTORS


def test_no_invented_place_has_a_rulebook_of_its_own() -> None:
    """The ministry's book stays in force whatever the place is called."""
    from benchmark.bases import book_of
    from jixiao.form import Form

    for name in NAMES:
        form = Form(title="项目支出绩效自评表", department=f"{name}市财政局", unit=f"{name}县水利局", fiscal_year=2023)
        assert book_of(form) == "cn"


def test_pairs_are_all_pairs_of_that_similarity() -> None:
    """The prefix filter leaves none out: it gives what comparing every pair gives."""
    words = list(texts(400, 3))
    sets = [shingles(text) for text in words]
    every = [(a, b) for b in range(400) for a in range(b) if similar(sets[a], sets[b])]
    assert list(pairs(words)) == every
    assert len(every) > 20


def test_the_truth_itself_is_judged_perfect(benchmark: Path, submission: Path) -> None:
    """Who answers with the truth has nothing wrong, nothing missed, nothing left out."""
    found = judge(benchmark, submission)
    assert set(found["scores"]) == {"right", "forms", "forms wrong"}
    assert found["scores"]["forms wrong"] == 0
    assert found["reading"]["whole"] == found["reading"]["documents"] == 4
    assert found["pairs"]["missed"] == found["pairs"]["wrong"] == 0 < found["pairs"]["right"]
    assert all(set(counted) <= {"right", "found"} for counted in found["questions"]["families"].values())


def test_what_is_wrong_or_missing_is_counted(benchmark: Path, submission: Path) -> None:
    """A cent off is wrong; a line left out is left out; a question nobody planted is wrong; a pair too many, too."""
    lines = list(rows(submission, "scores"))
    lines[0]["score"] = "0.01"
    _put(submission, "scores", lines[:-1])
    asked = list(rows(submission, "questions"))
    _put(submission, "questions", [*asked[1:], {"form": 0, "code": "JX104", "cell": "/grade"}])
    shutil.rmtree(submission / "pairs")
    _put(submission, "pairs", [*rows(benchmark / "truth", "pairs"), {"a": 0, "b": 1}])
    found = judge(benchmark, submission)
    assert (found["scores"]["wrong"], found["scores"]["left out"], found["scores"]["forms wrong"]) == (1, 1, 1)
    families = found["questions"]["families"]
    assert families["arithmetic"]["wrong"] == 1
    assert sum(counted.get("missed", 0) for counted in families.values()) == 1
    assert found["pairs"]["wrong"] == 1


def test_the_judge_runs_alone(benchmark: Path, submission: Path) -> None:
    """A Python without our program and without any library judges, from the copy that lies in the benchmark."""
    command = [sys.executable, "-I", "-S", str(benchmark / "judge.py"), str(benchmark), str(submission)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "pairs: precision 100.00 %, recall 100.00 %" in done.stdout


def test_a_submission_of_parquet_is_judged(benchmark: Path, submission: Path) -> None:
    """Tables may come as Parquet."""
    import polars as pl

    pl.DataFrame(list(rows(submission, "scores"))).write_parquet(submission / "scores.parquet")
    (submission / "scores.jsonl").unlink()
    assert judge(benchmark, submission)["scores"]["forms wrong"] == 0


def test_our_scores_are_all_right(benchmark: Path, tmp_path: Path) -> None:
    """Every score of the compiled rules is lawful by the oracle, line by line."""
    ours.scores(benchmark, tmp_path)
    found = judge(benchmark, tmp_path)["scores"]
    assert found.get("wrong", 0) == found.get("left out", 0) == 0


@pytest.mark.parametrize("work", [plain.scores, sql.by_hand])
def test_other_entrants_score_what_they_can(benchmark: Path, tmp_path: Path, work: Any) -> None:
    """Plain Decimal and SQL by hand get no line wrong of those they take."""
    work(benchmark, tmp_path)
    found = judge(benchmark, tmp_path)["scores"]
    assert found.get("wrong", 0) == 0 < found["right"]


def test_a_sample_is_drawn_from_the_whole_benchmark() -> None:
    """The proof looks at every base and variant with the same chance."""
    made = moulds(20)
    chosen = list(drawn(200, 200, made, 1))
    assert {at for at, _ in chosen} == set(range(20))
    assert {number for _, number in chosen} == set(range(10))


def test_the_board_is_put_into_its_page(benchmark: Path) -> None:
    """Only the board of its size changes; an entrant that is not installed says so."""
    told = json.loads((benchmark / "benchmark.json").read_text("utf-8"))
    tables = board([Judged(ENTRANTS[3], {}, missing="not installed here: --peers")], told, "today")
    page = "a\n<!-- board 40 -->\nold\n<!-- end -->\nb\n<!-- board 9 -->\nkept\n<!-- end -->\n"
    made = written_into(page, 40, tables)
    assert "old" not in made
    assert "kept" in made
    assert "not installed here" in made
    assert re.search(r"digest `[0-9a-f]{64}`", made)
    with pytest.raises(LookupError):
        written_into(page, 41, tables)


def test_the_forms_as_a_corpus_have_the_same_numbers(benchmark: Path, tmp_path: Path) -> None:
    """Form 17 of the benchmark is form 17 of its corpus, so that answers by column are judged like any other."""
    corpus = as_corpus(benchmark, tmp_path / "corpus", processes=1).corpus
    (part,) = corpus.parts
    held = dict(corpus.frame(part, "as_read", ("form", "json")).iter_rows())
    assert {number: json.loads(text) for number, text in held.items()} == {
        row["form"]: row["data"] for row in rows(benchmark, "forms")
    }


def test_a_form_of_the_files_is_one_line_with_its_number(benchmark: Path) -> None:
    """The files are JSON lines, packed; every form keeps the contract of forms."""
    (file,) = (benchmark / "forms").iterdir()
    lines = gzip.decompress(file.read_bytes()).splitlines()
    assert [json.loads(line)["form"] for line in lines] == list(range(FORMS))
    assert json.loads(lines[0])["data"]["schema"] == "jixiao/form/1"
