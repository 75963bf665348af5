"""No Word document harms the program that reads it: every one gets its verdict, in time."""

import random
from collections.abc import Iterator

import pytest

from hostile.hostile_docx import MAIN
from hostile.hostile_files import DATA, cuts
from hostile.test_hostile import Desk
from reading.docx_maker import pack


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One desk for all files of the module."""
    made = Desk()
    yield made
    made.close()


def test_a_document_cut_off_anywhere_is_said_to_be(desk: Desk) -> None:
    """Cut off at any of many places, a document is never read in part."""
    for piece in cuts((DATA / "forms7.docx").read_bytes(), 12):
        assert desk.verdict(piece) == "truncated_or_damaged"


def test_mutated_documents_never_end_without_a_verdict(desk: Desk) -> None:
    """Documents whose XML is changed inside a sound container are read or refused; no reader dies of one."""
    import io
    import zipfile

    chance = random.Random(5)  # noqa: S311  # reproducible files, no secret
    with zipfile.ZipFile(io.BytesIO((DATA / "forms7.docx").read_bytes())) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist() if "tyles" not in name}
    verdicts = []
    for _ in range(40):
        content = bytearray(parts[MAIN])  # type: ignore[arg-type]  # read as bytes above
        for _ in range(chance.choice([1, 3, 9])):
            content[chance.randrange(len(content))] = chance.choice(b'<>"=/0129aA&')
        verdicts.append(desk.verdict(pack(parts | {MAIN: bytes(content)})))
    assert set(verdicts) <= {"read", "truncated_or_damaged", "not_a_form"}
    assert {"read", "truncated_or_damaged"} <= set(verdicts)
