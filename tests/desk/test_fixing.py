"""The corrected copy: from right forms with a planted fault back to the right form, in every kind of file; or none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk.fixing_drill import GOOD, PRODUCERS, generated
from desk.fixing_samples import Fault, faults, fixed, planted, right, write
from forms.making import made
from forms.specimens import Specimen
from jixiao.desk.errors import WrongUse
from jixiao.desk.fixed_copy import difference
from jixiao.desk.fixed_targets import targets_of
from jixiao.desk.fixing import Asked, fix_files
from jixiao.form import Form, decode_forms, encode_forms
from jixiao.reading.parse import parse_bytes
from jixiao.writing.fixing.as_job import By, job_of
from jixiao.writing.fixing.as_text import write_text
from jixiao.writing.fixing.report import Fixed, FixReport

NUMBER = 3
FORM = right(NUMBER)
FAULTS = list(faults(FORM))
SHOWN = Specimen("shanghai", 0, ("PDF", "typst"))
"""A generated form with lines above what the rule gives, as a PDF."""


def read_document(path: Path) -> tuple[Form, ...]:
    """The forms of a document, read in this process, for it is our own."""
    return parse_bytes(path.read_bytes(), "a")


def read_data(path: Path) -> tuple[Form, ...]:
    """The forms of a file of data."""
    return decode_forms(path.read_bytes())


def told(result: Fixed) -> str:
    """What is told of a file, without the line breaks of the terminal."""
    return write_text(FixReport("0", (result,))).replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("fault", FAULTS, ids=[pointer for pointer, _ in FAULTS])
def test_a_fault_in_data_is_put_right(tmp_path: Path, fault: Fault) -> None:
    """Forms as data: the copy is the right form, the original as it was, and the change is told."""
    source, target = write(tmp_path / "wrong.json", planted(FORM, fault)), tmp_path / "right.json"
    before = source.read_bytes()
    result = fixed(source, target)
    assert read_data(target) == (FORM,)
    assert [each.pointer for each in result.corrections] == [fault[0]]
    assert source.read_bytes() == before


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_fault_in_a_document_is_put_right(tmp_path: Path, kind: str) -> None:
    """Workbook and document: read back, the copy is what the right form is when it is read; nothing else differs."""
    source, target = write(tmp_path / f"wrong.{kind}", planted(FORM, FAULTS[0])), tmp_path / f"copy.{kind}"
    whole = read_document(write(tmp_path / f"right.{kind}", FORM))
    result = fixed(source, target)
    assert (result.error, result.out) == (None, str(target))
    assert difference(whole, read_document(target)) is None


def test_a_pdf_keeps_its_pages_and_shows_the_new_number(tmp_path: Path) -> None:
    """A PDF: the old bytes are the beginning of the new ones, it reads as before, and every change has its note."""
    source, target = tmp_path / "form.pdf", tmp_path / "copy.pdf"
    source.write_bytes(made([SHOWN])[0])
    result = fixed(source, target)
    assert result.out == str(target)
    assert target.read_bytes().startswith(source.read_bytes())
    assert difference(read_document(source), read_document(target)) is None


def test_a_form_without_a_fault_gets_no_copy(tmp_path: Path) -> None:
    """A copy like the original would mislead: none is written, and that is said."""
    source, target = write(tmp_path / "right.json", FORM), tmp_path / "copy.json"
    result = fixed(source, target)
    assert not target.exists()
    assert not result.finds
    assert "没有要改的，不写副本" in told(result)


def test_what_is_undecided_is_no_reason_for_a_copy(tmp_path: Path) -> None:
    """Where only something undecided is left there is no copy; the run finds something all the same."""
    funds = FORM.funds
    wrong = replace(FORM, funds=replace(funds, total=replace(funds.total, initial=funds.total.executed)))
    result = fixed(write(tmp_path / "a.json", wrong), tmp_path / "b.json")
    assert (result.out, result.finds) == (None, True)
    assert "哪一格有误表内无法判断" in told(result)


def test_many_forms_keep_their_order(tmp_path: Path) -> None:
    """A file of several forms: each in its place, those without a fault as they were; a form a line where asked."""
    source, target = tmp_path / "in.json", tmp_path / "out.jsonl"
    forms = [right(4), planted(FORM, FAULTS[0]), right(5)]
    source.write_bytes(encode_forms(forms))
    result = fixed(source, target)
    lines = target.read_bytes().splitlines()
    assert decode_forms(b"[" + b",".join(lines) + b"]") == (right(4), FORM, right(5))
    assert (result.read, [form.number for form in result.forms]) == (3, [2])


def test_a_form_at_fault_keeps_the_copy_from_being_written(tmp_path: Path) -> None:
    """A form that is not of the contract would be lost in a copy, so there is none."""
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    wire = json.loads(encode_forms([planted(FORM, FAULTS[0]), FORM]))
    del wire[1]["title"]
    source.write_text(json.dumps(wire, ensure_ascii=False), encoding="utf-8")
    result = fixed(source, target)
    assert result.error is not None
    assert not target.exists()


def test_a_copy_that_reads_otherwise_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a craft does beside its job: the copy is read back, the first other field is named, no file is left."""
    source, target = write(tmp_path / "wrong.xlsx", planted(FORM, FAULTS[0])), tmp_path / "copy.xlsx"
    other = write(tmp_path / "other.xlsx", replace(FORM, unit="县档案馆")).read_bytes()
    monkeypatch.setattr("jixiao.desk.fixed_copy.changed_original", lambda *_: other)
    result = fixed(source, target)
    assert result.error is not None
    assert "“实施单位”读到 县档案馆，应为 县图书馆" in result.error.message.zh
    assert not target.exists()


def test_a_change_without_a_place_is_not_made(tmp_path: Path) -> None:
    """A field whose place was not read cannot be changed in the file: that is said, and no file is written."""
    from jixiao.desk.fixed_copy import corrected_copy
    from jixiao.reading import DEFAULT_LIMITS
    from jixiao.writing.report import ReportError

    result = fixed(write(tmp_path / "a.json", planted(FORM, FAULTS[0])), None)
    copy = corrected_copy(result, [FORM], job_of(result, By("x", "2024-12-31", "0"), "zh"), DEFAULT_LIMITS)
    assert isinstance(copy, ReportError)
    assert "位置没有读到" in copy.message.zh


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A broken file stops nothing: it carries its error, the next one is corrected."""
    broken, good = tmp_path / "a.pdf", write(tmp_path / "b.json", planted(FORM, FAULTS[0]))
    broken.write_bytes(b"%PDF-1.7 nothing")
    first, second = fix_files({broken: tmp_path / "c.pdf", good: tmp_path / "d.json"}, Asked("2024-12-31"))
    assert first.error is not None
    assert second.out == str(tmp_path / "d.json")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        pytest.param(
            lambda at: targets_of([], [at / "a.xls"], at / "b.xls"), "jixiao write", id="no craft for the kind"
        ),
        pytest.param(lambda at: targets_of([], [at / "a.pdf"], at / "b.docx"), "同一种文件", id="another kind"),
        pytest.param(lambda at: targets_of([], [at / "a.pdf"], at / "a.pdf"), "毁掉原件", id="in place"),
        pytest.param(lambda at: targets_of([], [at / "a.pdf"], at / "no" / "b.pdf"), "不存在", id="no such folder"),
    ],
)
def test_wrong_targets_are_refused(tmp_path: Path, ask: Callable[[Path], object], words: str) -> None:
    """Before anything is read: a copy in place, of another kind or in no folder is refused."""
    with pytest.raises(WrongUse) as refused:
        ask(tmp_path)
    assert words in refused.value.zh


def test_several_files_go_into_a_folder(tmp_path: Path) -> None:
    """In a folder each copy has 改正 before its ending; what cannot be given back in its kind is data."""
    found = targets_of([], [tmp_path / "a.pdf", tmp_path / "b.xls", tmp_path / "c.json"], tmp_path / "out")
    assert [target.name for target in found.values() if target] == ["a.改正.pdf", "b.改正.json", "c.改正.json"]


def test_a_slice_of_the_drill(tmp_path: Path) -> None:
    """A workbook of another program with a wrong total comes back corrected; the drill has every family and kind."""
    outcomes = list(generated(iter(["linkage"]), range(1), tmp_path, PRODUCERS[1:2]))
    assert [outcome for outcome in outcomes if outcome[1] not in GOOD] == []
    assert {outcome for _, outcome in outcomes} == {"corrected"}
