"""Old Word documents: who converts them, under which limits, and how the file's own name and password are kept."""

import io
import os
import struct
import sys
from pathlib import Path

import pytest
from xlwt.CompoundDoc import XlsDoc

from jixiao.reading import Limits, Unreadable, convert, read_file
from jixiao.reading.convert import to_docx
from jixiao.reading.converted import converted_from, marked
from jixiao.reading.handover import OfficeNeeded
from jixiao.reading.limits import DEFAULT_LIMITS
from jixiao.reading.parse import parse_bytes
from reading.test_interpreter_samples import TRUTH, as_truth

DATA = Path(__file__).parents[1] / "data"
DOC = DATA / "producers" / "lo_forms2.doc"


class StandIn:
    """Stands for LibreOffice: a shell that runs some commands in the folder of the conversion."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep the fixture."""
        self.monkeypatch = monkeypatch
        self.folders: list[Path] = []
        prepare = convert._prepare

        def noted(folder: Path) -> None:
            self.folders.append(folder)
            prepare(folder)

        monkeypatch.setattr(convert, "_prepare", noted)

    def made(self, code: str, data: bytes = b"data", limits: Limits = DEFAULT_LIMITS) -> bytes:
        """What comes of a conversion done by this code."""
        self.monkeypatch.setattr(convert, "office", lambda: "/bin/sh")
        self.monkeypatch.setattr(convert, "_conversion", lambda *_: ["/bin/sh", "-c", code])
        return to_docx(data, "doc", "旧.doc", limits)

    def refusal(self, code: str, limits: Limits = DEFAULT_LIMITS) -> str:
        """The code of the refusal that a conversion done by this code ends in; nothing of it is left."""
        with pytest.raises(Unreadable) as caught:
            self.made(code, limits=limits)
        assert [folder.exists() for folder in self.folders] == [False]
        assert caught.value.zh.startswith("旧.doc：")
        return caught.value.code


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A stand-in for LibreOffice."""
    return StandIn(monkeypatch)


def test_what_was_converted_says_from_what() -> None:
    """The mark keeps a DOCX whole, and a DOCX that came as one has none."""
    data = (DATA / "forms7.docx").read_bytes()
    assert converted_from(data) is None
    assert converted_from(marked(data, "doc")) == "doc"
    assert converted_from(data + b"converted by jixiao from pdf") is None
    assert marked(b"no zip", "doc") == b"no zip"


def test_a_converted_document_keeps_the_name_of_its_own_kind() -> None:
    """A DOC named .doc has the right name though DOCX is what is parsed; one named .docx is told."""
    data = marked((DATA / "forms7.docx").read_bytes(), "doc")
    assert [problem.code for form in parse_bytes(data, "旧.doc") for problem in form.problems] == []
    assert [problem.code for form in parse_bytes(data, "旧.docx") for problem in form.problems] == [
        "name_says_otherwise"
    ]


def test_the_child_hands_old_documents_back() -> None:
    """DOC and RTF go back to the parent with their kind, whatever their name."""
    for data, kind in ((DOC.read_bytes(), "doc"), (b"{\\rtf1 a}", "rtf")):
        for name in ("旧", "旧.pdf"):
            with pytest.raises(OfficeNeeded) as needed:
                parse_bytes(data, name)
            assert needed.value.kind == kind


def test_a_document_with_a_password_is_said_to_have_one() -> None:
    """A DOC's head tells whether it is encrypted; LibreOffice is not asked."""
    out = io.BytesIO()
    XlsDoc().save(out, (struct.pack("<5H", 0xA5EC, 0xC1, 0, 0, 0) + b"\x00\x01").ljust(4096, b"\0"))
    data = out.getvalue().replace(
        "Workbook".encode("utf-16-le") + bytes(46), "WordDocument".encode("utf-16-le") + bytes(38)
    )
    data = data.replace(struct.pack("<H", 18) + b"\x02", struct.pack("<H", 26) + b"\x02", 1)
    with pytest.raises(Unreadable) as refusal:
        parse_bytes(data, "旧.doc")
    assert refusal.value.code == "encrypted"


def test_a_converted_file_that_is_no_docx_is_not_converted_again() -> None:
    """A document that only claims to have been converted goes to no office a second time."""
    with pytest.raises(Unreadable) as refusal:
        parse_bytes(DOC.read_bytes() + b"converted by jixiao from doc", "旧.doc")
    assert refusal.value.code == "unsupported_format"


def test_without_an_office_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is not installed, a DOC is a sentence that names it and the other way out."""
    monkeypatch.setattr(convert, "office", lambda: None)
    with pytest.raises(Unreadable) as refusal:
        read_file(DOC)
    assert refusal.value.code == "unsupported_format"
    assert "LibreOffice" in refusal.value.advice_en
    assert "DOCX" in refusal.value.advice_zh


def test_a_document_is_read_through_its_conversion(stand_in: StandIn) -> None:
    """What the office makes of a document is marked and comes back as it was made."""
    data = (DATA / "forms7.docx").read_bytes()
    assert stand_in.made("cp in.doc in.docx", data) == marked(data, "doc")


ASKED = "(id -u; ulimit -v; ulimit -t; ulimit -f; ulimit -c; env; cat /proc/net/dev profile/user/*.xcu) > in.docx"


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of a conversion are those of Linux")
def test_the_office_runs_under_limits(stand_in: StandIn) -> None:
    """It is nobody where we are root, has limits of memory, time and size, no environment of ours, macros off."""
    user, memory, seconds, size, core, *told = stand_in.made(ASKED).decode().splitlines()
    assert user == str(65534 if os.geteuid() == 0 else os.geteuid())
    assert (memory, seconds, size, core) == (str(2048 * 1024), "20", str(64 * 2048), "0")
    text = "\n".join(told)
    assert "PYTEST" not in text
    assert "DisableMacrosExecution" in text
    assert "eth" not in text or os.geteuid() != 0


TROUBLES = {
    "nothing made": ("true", "truncated_or_damaged"),
    "a link to another file": ("ln -s /etc/passwd in.docx", "truncated_or_damaged"),
    "a file that grows": ("yes > in.docx", "truncated_or_damaged"),
    "a crash": ("kill -ABRT $$", "truncated_or_damaged"),
    "no end": ("sleep 60", "time_out"),
    "a child that goes on": ("sleep 60 & sleep 60", "time_out"),
}


@pytest.mark.parametrize("what", TROUBLES)
def test_a_conversion_that_fails_is_a_sentence(stand_in: StandIn, what: str) -> None:
    """Whatever the office does, the answer is a sentence in time, and no folder stays."""
    code, slug = TROUBLES[what]
    assert stand_in.refusal(code, Limits(seconds=1) if slug == "time_out" else DEFAULT_LIMITS) == slug


@pytest.mark.skipif(convert.office() is None, reason="LibreOffice is not installed on this machine")
def test_a_real_document_is_read_exactly() -> None:
    """Two forms in a DOC written by LibreOffice read as their truth, with the file's own name in their places."""
    forms = read_file(DOC, limits=Limits(seconds=120, cpu_seconds=60), file_label="旧.doc")
    assert len(forms) == 2
    for form, truth in zip(forms, TRUTH, strict=False):
        wire = as_truth(form)
        assert {field: wire[field] for field in truth} == truth
        assert form.problems == ()
        assert {place.file for places in form.places.values() for place in places} == {"旧.doc"}
