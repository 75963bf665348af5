"""Letters and summaries as files: one a unit, safe names, all of them or none."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from msgspec.structs import replace

from jixiao.desk import letters as desk
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import safe_name
from jixiao.desk.letters import Names, Order, check_folder, check_order, write_letters
from jixiao.form import Form
from jixiao.writing.letter.as_document import letter_documents
from jixiao.writing.letter.gather import letters
from jixiao.writing.letter.kinds import ENDINGS
from writing.letter_samples import LONG_WAY, SENDING, forms, reviewed, texts

ORDER = Order("review", ("text", "json"), SENDING)
HOSTILE = [
    "../../etc/passwd",
    'a/b\\c:d*e?f"g<h>|i',
    "CON",
    "nul.中心",
    " . ",
    "-rf",
    "\u202e甲\x00乙\n丙",
    "长" * 300,
    "",
]


def write(given: Sequence[Form], order: Order, out: Path) -> list[str]:
    """The names of the files that came of some forms."""
    with reviewed(given) as report:
        return [each.path.name for each in write_letters(report, order, out)]


def test_one_file_a_unit_and_format(tmp_path: Path) -> None:
    """Each unit has a file in each format asked for, nothing else is left, and the list says for whom and how much."""
    out = tmp_path / "letters"
    with reviewed(forms()) as report:
        written = write_letters(report, ORDER, out)
    assert [(each.path.name, each.unit, each.forms) for each in written[::2]] == [
        (f"{LONG_WAY}-复核意见函.txt", LONG_WAY, 4),
        ("第二中心-复核意见函.txt", "第二中心", 1),
        ("单位不明-复核意见函.txt", "", 1),
    ]
    assert {path.name for path in out.iterdir()} == {each.path.name for each in written}
    held = json.loads(written[1].path.read_bytes())
    assert written[0].recalled == held["counts"]["recalled"] > 0
    assert (held["schema"], held["unit"], held["counts"]["items"]) == ("jixiao/letter/1", LONG_WAY, written[1].items)


def test_a_summary_a_department(tmp_path: Path) -> None:
    """A department has one report; forms that name neither department nor unit have another."""
    order = replace(ORDER, kind="summary", formats=("json",))
    assert write(forms(), order, tmp_path) == ["某某局-自评情况报告.json", "单位不明-自评情况报告.json"]
    assert json.loads((tmp_path / "某某局-自评情况报告.json").read_bytes())["schema"] == "jixiao/summary/1"


def test_units_are_chosen_by_name(tmp_path: Path) -> None:
    """A unit is found whatever its white space; one that is not there is named, with those that are."""
    assert write(forms(), replace(ORDER, formats=("text",), units=("第二 中心",)), tmp_path) == [
        "第二中心-复核意见函.txt"
    ]
    with pytest.raises(WrongUse, match="There is no form of '第三中心'") as refused:
        write(forms(), replace(ORDER, units=("第三中心",)), tmp_path / "new")
    assert "第二中心" in refused.value.zh
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("unit", HOSTILE)
def test_names_of_files_are_safe(unit: str, tmp_path: Path) -> None:
    """Whatever a unit is called, its file stands in the folder itself, under a name that any system takes."""
    name = Names().of(unit, ORDER)
    assert not set(name) & set('\\/:*?"<>|\0\n')
    assert name.isprintable()
    assert len((name + ".json").encode()) < 200
    assert name[0] not in ".-"
    assert name.partition("-复核")[0].partition(".")[0].casefold() not in {"con", "nul"}
    (tmp_path / name).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_two_units_share_a_file() -> None:
    """Names that differ in letters no file name may hold, or in case only, are told apart by a number."""
    names = Names()
    given = [names.of(unit, ORDER) for unit in ("A/B", "A:B", "a?b", "A_B-复核意见函-2")]
    assert len({name.casefold() for name in given}) == 4
    assert given[:2] == ["A_B-复核意见函", "A_B-复核意见函-2"]
    assert safe_name("Ａ中心") == "Ａ中心"


@pytest.mark.parametrize("fresh", [True, False])
def test_a_failure_leaves_nothing(fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """If the second letter fails, neither it nor the first is there, and old files are as they were."""
    out = tmp_path / "letters"
    if not fresh:
        out.mkdir()
        (out / f"{LONG_WAY}-复核意见函.txt").write_bytes(b"old")
    calls: list[int] = []

    def full(path: Path, data: Iterable[bytes], *, named: Path) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise WrongUse("写不进去（磁盘已满）", "cannot be written (No space left on device)")
        path.write_bytes(b"".join(data))

    monkeypatch.setattr(desk, "replace_file", full)
    with pytest.raises(WrongUse, match="No space left"):
        write(forms(), replace(ORDER, formats=("text",)), out)
    assert len(calls) == 2
    if fresh:
        assert not out.exists()
    else:
        assert [path.name for path in out.iterdir()] == [f"{LONG_WAY}-复核意见函.txt"]
        assert (out / f"{LONG_WAY}-复核意见函.txt").read_bytes() == b"old"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """Where a file cannot take its place, those that had taken theirs are gone again."""
    (tmp_path / "第二中心-复核意见函.txt").mkdir()
    with pytest.raises(WrongUse, match="this is a folder"):
        write(forms(), replace(ORDER, formats=("text",)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["第二中心-复核意见函.txt"]


def test_wrong_use_is_told_first(tmp_path: Path) -> None:
    """A day of reply before the letter's, a file for a folder, a folder of forms, and one that cannot be made."""
    with pytest.raises(WrongUse, match="before the day of the letter"):
        check_order(replace(ORDER, sending=replace(SENDING, reply_by=date(2025, 5, 31))))
    check_order(ORDER)
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "forms").mkdir()
    with pytest.raises(WrongUse, match="no folder"):
        check_folder(tmp_path / "file", [])
    with pytest.raises(WrongUse, match="read as forms next time"):
        check_folder(tmp_path / "forms" / "letters", [str(tmp_path / "forms")])
    with pytest.raises(WrongUse, match="does not exist"):
        check_folder(tmp_path / "no" / "letters", [])
    check_folder(tmp_path / "letters", [str(tmp_path / "forms")])


def test_every_format_is_written(tmp_path: Path) -> None:
    """Each format that can be asked for gives a file of its ending that is not empty."""
    written = write(forms()[1:2], replace(ORDER, formats=tuple(ENDINGS)), tmp_path)
    assert [Path(name).suffix for name in written] == list(ENDINGS.values())
    assert all((tmp_path / name).stat().st_size > 500 for name in written)


def test_a_letter_no_file_can_hold_is_named(tmp_path: Path) -> None:
    """A control character in a form stops the run with a sentence that names it, and nothing is written."""
    odd = replace(forms()[1], unit="第二\x01中心")
    with pytest.raises(WrongUse, match=r"U\+0001"):
        write([forms()[0], odd], replace(ORDER, formats=("docx",)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_docx_reads_as_the_letter_says(tmp_path: Path) -> None:
    """Word's own library finds every paragraph and every cell of the letter in the DOCX."""
    (name,) = write(forms()[:1], replace(ORDER, formats=("docx",)), tmp_path)
    held = docx.Document(str(tmp_path / name))
    with reviewed(forms()[:1]) as report:
        documents = letter_documents(next(letters(report, SENDING)))
    found = [paragraph.text for paragraph in held.paragraphs]
    kept = [paragraph.text for paragraph in held.paragraphs if paragraph.paragraph_format.keep_with_next]
    assert {"特此函告。", "某某财政局"} < set(kept)
    found += [cell.text for table in held.tables for row in table.rows for cell in row.cells]
    assert [text for text in texts(documents) if text not in {*found, *(document.name for document in documents)}] == []


def test_a_pdf_reads_as_the_letter_says(tmp_path: Path) -> None:
    """A reader of PDF finds every sentence of the letter, line ends and blanks apart, and a bookmark a document."""
    (name,) = write(forms()[:1], replace(ORDER, formats=("pdf",)), tmp_path)
    held = pypdfium2.PdfDocument(tmp_path / name)
    pages = [re.sub(r"第\d+页共\d+页", "", bare(page.get_textpage().get_text_bounded())) for page in held]
    with reviewed(forms()[:1]) as report:
        documents = letter_documents(next(letters(report, SENDING)))
    body = [text for text in texts(documents[:1]) if text != documents[0].name]
    assert [text for text in body if bare(text) not in "".join(pages)] == []
    assert [bookmark.get_title() for bookmark in held.get_toc() if bookmark.level == 0] == [
        document.name for document in documents
    ]


def bare(text: str) -> str:
    """A text's letters and digits only."""
    return re.sub(r"[\W_]+", "", text)


def test_an_input_is_not_written_over(tmp_path: Path) -> None:
    """A letter that would take the place of a file that was read is refused, and nothing is written."""
    kept = tmp_path / "第二中心-复核意见函.txt"
    kept.write_bytes(b"form")
    with reviewed(forms()) as report, pytest.raises(WrongUse, match="would destroy it"):
        write_letters(report, replace(ORDER, formats=("text",)), tmp_path, [kept])
    assert kept.read_bytes() == b"form"
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
