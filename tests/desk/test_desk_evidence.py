"""Evidence beside a form's file: what is attached to what, and what cannot be."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.desk.errors import WrongUse
from jixiao.desk.evidence import NO_EVIDENCE, beside
from jixiao.desk.inputs import gather
from jixiao.desk.reviewing import review_files
from jixiao.form import Form
from oracle.truth import truth_forms

HOUSE = Path(__file__).resolve().parents[2]
FORMS = truth_forms()


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    """The seed in a folder of its own."""
    path = tmp_path / "自评表.txt"
    path.write_bytes((HOUSE / "examples" / "shanghai-2024.txt").read_bytes())
    return path


def listed(form_file: Path, text: str) -> None:
    """Put a list beside the form."""
    Path(f"{form_file}.evidence.toml").write_text(text, encoding="utf-8")


def sources(form: Form, form_file: Path, number: int = 1) -> dict[str, list[str]]:
    """What is attached to a form: pointer → sources."""
    found: dict[str, list[str]] = {}
    evidence = beside(str(form_file), FORMS).of(number)
    assert evidence is not None
    for item in evidence.items:
        found.setdefault(item.pointer, []).append(item.source)
    return found


def test_without_anything_beside_it_nobody_is_asked(form_file: Path) -> None:
    """A file with nothing beside it has no evidence at all, and its sheet shows one total."""
    assert beside(str(form_file), FORMS) == NO_EVIDENCE
    (report,) = review_files([form_file])
    assert all(form.sheet.supported is None for form in report.forms)


def test_a_folder_attaches_by_name(form_file: Path) -> None:
    """The names of files, or of folders, say what they bear out; others are told, hidden ones passed over."""
    folder = Path(f"{form_file}.evidence")
    for name in (
        "预算执行 明细.xlsx",
        "指标1 签到表.pdf",
        "指标3/照片.jpg",
        "表2-指标1 合同.pdf",
        "杂项.pdf",
        ".DS_Store",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    found = beside(str(form_file), FORMS)
    assert sources(FORMS[0], form_file) == {
        "/execution": ["预算执行 明细.xlsx"],
        "/indicators/0": ["指标1 签到表.pdf"],
        "/indicators/2": ["指标3/照片.jpg"],
    }
    assert sources(FORMS[1], form_file, 2) == {"/indicators/0": ["表2-指标1 合同.pdf"]}
    assert ["杂项.pdf" in problem.zh for problem in found.problems] == [True]


def test_a_list_attaches_files_pages_and_ledger_rows(form_file: Path) -> None:
    """An entry names a file with its page, or a ledger row; the file is hashed; an indicator may be named."""
    (form_file.parent / "签到.pdf").write_bytes(b"seen")
    listed(
        form_file,
        '[[evidence]]\nindicator = "完成研究报告"\nfile = "签到.pdf"\nat = 3\nnote = "第三期"\n'
        '[[evidence]]\nexecution = true\nledger = "支付 031"\n',
    )
    evidence = beside(str(form_file), FORMS).of(1)
    assert evidence is not None
    file, ledger = evidence.items
    assert (file.pointer, file.at, file.note) == ("/indicators/2", "3", "第三期")
    assert file.sha256 == hashlib.sha256(b"seen").hexdigest()
    assert (ledger.pointer, ledger.source, ledger.sha256) == ("/execution", "支付 031", "")


NOT_ATTACHED = [
    ('indicator = 99\nledger = "x"', "10 indicators"),
    ('indicator = 0\nledger = "x"', "10 indicators"),
    ('indicator = true\nledger = "x"', "10 indicators"),
    ('indicator = "没有这一条"\nledger = "x"', "0 indicators are named"),
    ('form = 8\nindicator = 1\nledger = "x"', "has 7 forms"),
    ('indicator = 1\nexecution = true\nledger = "x"', "either indicator or execution"),
    ('ledger = "x"', "either indicator or execution"),
    ("indicator = 1", "either file or ledger"),
    ('indicator = 1\nfile = "a"\nledger = "x"', "either file or ledger"),
    ('indicator = 1\nfile = "没有.pdf"', "there is no file"),
    ('indicator = 1\nfile = "../外面.txt"', "does not stand in the folder of the list"),
    ('indicator = 1\nfile = "/etc/hostname"', "does not stand in the folder of the list"),
    ('indicator = 1\nfile = "变了.txt"\nsha256 = "00"', "has changed"),
    ('indicator = 1\nfile = "a\\u0000b"', "there is no file"),
    ("indicator = 1\nledger = 3", "should be a text"),
]


@pytest.mark.parametrize(("entry", "said"), NOT_ATTACHED)
def test_an_entry_that_cannot_be_attached_is_told_and_does_not_count(form_file: Path, entry: str, said: str) -> None:
    """The entry's number and the reason are told; nothing is attached by it, not even from outside the folder."""
    (form_file.parent / "变了.txt").write_bytes(b"new")
    (form_file.parent.parent / "外面.txt").write_bytes(b"outside")
    listed(form_file, f"[[evidence]]\n{entry}\n")
    found = beside(str(form_file), FORMS)
    (problem,) = found.problems
    assert said in problem.en
    assert "entry 1" in problem.en
    assert all(not evidence.items for evidence in found.forms.values())


def test_a_report_tells_every_entry_that_cannot_be_attached(form_file: Path) -> None:
    """A list of such entries alone: the report of the file remarks on each, by its number, in order."""
    (form_file.parent / "变了.txt").write_bytes(b"new")
    listed(form_file, "".join(f"[[evidence]]\n{entry}\n" for entry, _ in NOT_ATTACHED))
    found = beside(str(form_file), FORMS)
    for number, (problem, (_, said)) in enumerate(zip(found.problems, NOT_ATTACHED, strict=True), 1):
        assert said in problem.en
        assert f"entry {number}" in problem.en
    (report,) = review_files([form_file])
    assert report.remarks == found.problems


OUT_OF_RANGE = [f"[[evidence]]\nform = {number}\n" for number in ("9" * 5000, "1e99999999999999999999")]


@pytest.mark.parametrize(
    "text",
    [
        "[[evidence]\n", "evidence = 3", "[[evidence]]\nindicater = 1", "[other]\n", "evidence = [3]", "\x00",
        *OUT_OF_RANGE,
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_stops_with_a_sentence(form_file: Path, text: str) -> None:
    """A list that is no TOML, or holds what no entry has, is wrong use; the sentence names the list."""
    listed(form_file, text)
    with pytest.raises(WrongUse) as caught:
        beside(str(form_file), FORMS)
    assert f"{form_file.name}.evidence.toml" in caught.value.en


def test_two_totals(form_file: Path) -> None:
    """With evidence for the spending and one indicator of ten points, 20 of the 100 points are supported."""
    listed(form_file, '[[evidence]]\nexecution = true\nledger = "x"\n[[evidence]]\nindicator = 1\nledger = "y"\n')
    (report,) = review_files([form_file])
    first, second, *_ = (form.sheet.supported for form in report.forms)
    assert first is not None
    assert second is not None
    assert (first.score, first.lines) == (Decimal("20.00"), ("/execution", "/indicators/0"))
    assert [step.zh for step in first.steps][-1].startswith("有据总分")
    assert (second.score, second.lines) == (Decimal("0.00"), ())


def test_evidence_is_never_read_as_a_form(form_file: Path) -> None:
    """A folder is searched for forms, but not what stands beside a form as its evidence."""
    folder = Path(f"{form_file}.evidence")
    folder.mkdir()
    (folder / "指标1 表.txt").write_bytes(form_file.read_bytes())
    assert gather([str(form_file.parent)]).files == (form_file,)
