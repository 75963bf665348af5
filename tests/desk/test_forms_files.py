"""Forms as data: what is taken, what is refused and how that is told, and that nothing is held whole."""

import json
import tracemalloc
from collections.abc import Iterator
from functools import partial
from operator import mul
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.corpus import formsfile
from jixiao.corpus.formsfile import MOST_BYTES, FormsFileFault, elements, form_of
from jixiao.desk import working
from jixiao.desk.forms import stream_forms
from jixiao.form import Form, encode, encode_forms, to_wire
from jixiao.writing.report import FileReport, ReviewReport
from oracle.any_form import forms
from oracle.right_forms import right_form

ONE = json.loads(encode(to_wire(right_form(1))))


def wire(**changed: Any) -> dict[str, Any]:
    """A right form as JSON values with something changed."""
    return {**ONE, **changed}


def read(path: Path, data: bytes) -> list[Form | str]:
    """What comes of a file of these bytes: forms, and the codes of faults."""
    path.write_bytes(data)
    found: list[Form | str] = []
    try:
        for number, text in enumerate(elements(path)):
            try:
                found.append(form_of(text, number, "f"))
            except FormsFileFault as fault:
                found.append(fault.error.code)
    except FormsFileFault as fault:
        found.append(fault.error.code)
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(forms(), max_size=4), st.sampled_from(["array", "pretty", "lines", "bare", "marked"]))
def test_what_read_prints_is_taken(tmp_path_factory: pytest.TempPathFactory, given: list[Form], how: str) -> None:
    """An array, indented or not, with a byte order mark or not, and a form a line give the same forms back."""
    texts = [encode(to_wire(form)) for form in given]
    data = {
        "array": b"[" + b",".join(texts) + b"]",
        "pretty": encode_forms(given),
        "lines": b"\n".join(texts) + b"\n",
        "bare": b" \r\n" + b"".join(texts),
        "marked": b"\xef\xbb\xbf" + encode_forms(given),
    }[how]
    if not given and how in ("lines", "bare"):
        return
    assert read(tmp_path_factory.mktemp("f") / "f.json", data) == given


@pytest.mark.parametrize("piece", [1, 7, 64])
def test_where_the_pieces_are_cut_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    """A file read in pieces of a few bytes gives what a file read at once gives."""
    given = [right_form(number) for number in range(2)]
    monkeypatch.setattr(formsfile, "_PIECE", piece)
    assert read(tmp_path / "f.json", encode_forms(given)) == given


HOSTILE: dict[str, tuple[bytes, list[str]]] = {
    "nothing": (b"", ["not-forms"]),
    "a number": (b"[1]", ["not-forms"]),
    "text": ("项目支出绩效自评表".encode(), ["not-forms"]),
    "a comma too many": (b"[" + encode(ONE) + b",]", ["", "not-forms"]),
    "no comma": (b"[" + encode(ONE) + encode(ONE) + b"]", ["", "not-forms"]),
    "not closed": (b"[" + encode(ONE), ["", "not-forms"]),
    "more after the end": (b"[" + encode(ONE) + b"] x", ["", "not-forms"]),
    "brackets that do not match": (b'[{"a": [}]}]', ["not-of-the-contract", "not-forms"]),
    "deep nesting": (b'{"a":' * 100_000, ["not-forms"]),
    "deep nesting in an array": (b"[" * 100_000, ["not-forms"]),
    "an empty object": (b"[{}]", ["not-of-the-contract"]),
    "a part that is not there": (encode(ONE).replace(b'"funds":', b'"money":'), ["not-of-the-contract"]),
    "a part too many": (encode(wire(grades="优")), ["not-of-the-contract"]),
    "a part too many deep inside": (encode(wire(goal={"expected": "", "actual": "", "x": 1})), ["not-of-the-contract"]),
    "another contract": (encode(wire(schema="jixiao/review/1")), ["not-of-the-contract"]),
    "a number that is huge": (encode(wire(total={"weight": "1e999999", "score": None})), ["not-of-the-contract"]),
    "a bare huge number": (encode(wire(total="@")).replace(b'"@"', b'{"score":1e999999}'), ["not-of-the-contract"]),
    "no number": (encode(wire(total={"weight": "NaN", "score": None})), ["not-of-the-contract"]),
    "infinity": (encode(wire(total={"weight": "-Infinity", "score": None})), ["not-of-the-contract"]),
    "a wrong type": (encode(wire(fiscal_year="2024")), ["not-of-the-contract"]),
    "a year that no calendar has": (encode(wire(fiscal_year=10**30)), ["not-of-the-contract"]),
    "half a letter": (encode(wire(title="@")).replace(b"@", b"\\ud800"), ["not-of-the-contract"]),
    "no UTF-8": (encode(wire(title="@")).replace(b"@", b"\xff"), ["not-of-the-contract"]),
    "a long text": (encode(wire(title="长" * 60_000)), ["too-large"]),
    "a text of ten megabytes": (encode(wire(title="x" * 10_000_000)), ["not-forms"]),
    "very many indicators": (encode(wire(indicators=[ONE["indicators"][0]] * 1001)), ["too-large"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_gets_a_verdict(tmp_path: Path, name: str) -> None:
    """What is no form, or no JSON, or far too much is refused with a sentence; the forms before it are kept."""
    data, expected = HOSTILE[name]
    assert [found if isinstance(found, str) else "" for found in read(tmp_path / "f.json", data)] == expected


def test_a_fault_names_form_and_field(tmp_path: Path) -> None:
    """The sentence says which form, which field, what is expected and what was read, in both languages."""
    bad = wire(indicators=[*ONE["indicators"][:2], {**ONE["indicators"][0], "score": True}])
    path = tmp_path / "f.json"
    path.write_bytes(encode([ONE, bad]))
    files = [(file.file, file.error, list(file.forms)) for file in stream_forms([path], to_wire)]
    assert [name for name, _, _ in files] == [str(path), f"{path}#/1"]
    assert len(files[0][2]) == 1
    error = files[1][1]
    assert error is not None
    assert error.message.zh == f"{path}：第 2 张表 /1/indicators/2/score：应为 数或空，读到 真假值。"
    assert error.message.en == f"{path}: form 2, /1/indicators/2/score: Expected `decimal | null`, got `bool`."
    assert error.advice.zh
    assert error.advice.en


def test_forms_at_fault_are_no_files() -> None:
    """The sum of a report counts the files that were given, however many of their forms could not be taken."""
    files = tuple(FileReport(name, "") for name in ("f.json", "f.json#/1", "f.json#/2", "a.pdf"))
    assert ReviewReport("0", files).given() == 2


def test_faults_without_end_are_counted(tmp_path: Path) -> None:
    """A file of many objects that are no forms lists the first thousand and counts the rest."""
    path = tmp_path / "f.json"
    path.write_bytes(encode([{}] * 1500))
    files = [(file.file, file.error, list(file.forms)) for file in stream_forms([path], to_wire)]
    assert len(files) == 1002
    assert files[-1][1] is not None
    assert "500" in files[-1][1].message.zh


def test_a_folder_is_no_file_of_forms(tmp_path: Path) -> None:
    """A folder named like a file of forms, or a file that is not there, is one fault; others go on."""
    (tmp_path / "f.json").mkdir()
    (tmp_path / "g.json").write_bytes(encode([ONE]))
    paths = [tmp_path / name for name in ("f.json", "gone.json", "g.json")]
    found = [(file.error.code if file.error else None, len(list(file.forms))) for file in stream_forms(paths, to_wire)]
    assert found == [("cannot-open", 0), ("cannot-open", 0), (None, 1)]


def test_a_file_is_never_held_whole(tmp_path: Path) -> None:
    """Taking the forms of a file of 20 MB one by one holds no more than a few pieces of it."""
    path = tmp_path / "f.json"
    with path.open("wb") as file:
        file.write(b"[")
        text = encode(wire(title="长" * 10_000))
        for number in range(600):
            file.write((b"," if number else b"") + text)
        file.write(b"]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in elements(path)) == 600
        assert tracemalloc.get_traced_memory()[1] < 4 * MOST_BYTES < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_processes_give_what_one_gives_in_order() -> None:
    """Results come in the order of the batches whether one process works or two, and batches are not taken ahead."""
    taken = []

    def batches() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    results = working.in_order(partial(mul, 2), batches(), processes=2)
    assert [next(results) for _ in range(5)] == [0, 2, 4, 6, 8]
    assert len(taken) < 20
    assert list(results) == [2 * number for number in range(5, 40)]
    assert list(working.in_order(partial(mul, 2), range(40), processes=1)) == [2 * number for number in range(40)]


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    """A file of 0 bytes is told as one, not as a form that breaks off."""
    path = tmp_path / "forms.json"
    path.touch()
    with pytest.raises(FormsFileFault) as caught:
        list(elements(path))
    assert caught.value.error.message.zh == f"{path}：文件是空的（0 字节）。"
