"""No web page and no OFD document harms the program that reads it: each gets its verdict, in time."""

import random
import zipfile
from collections.abc import Iterator

import pytest

from hostile.hostile_files import DATA, mutants, zip_of
from hostile.test_hostile import Desk


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One desk for all files of the module."""
    made = Desk()
    yield made
    made.close()


def mutated_documents(count: int, seed: int) -> Iterator[bytes]:
    """OFD documents whose parts are changed inside a sound container, so that the change reaches the reader."""
    chance = random.Random(seed)  # noqa: S311  # a reproducible file, no secret
    with zipfile.ZipFile(DATA / "forms7.ofd") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(count):
        name = chance.choice(["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
        content = bytearray(parts[name])
        for _ in range(chance.choice([1, 3, 9])):
            content[chance.randrange(len(content))] = chance.choice(b'<>"=/0129. gA&')
        yield zip_of(parts | {name: bytes(content)})


def test_mutated_pages_and_documents_never_end_without_a_verdict(desk: Desk) -> None:
    """Pages and documents with changed bytes are read or refused; none takes the child with it."""
    files = [*mutants((DATA / "forms7.html").read_bytes(), 30, seed=5), *mutated_documents(30, seed=6)]
    files += mutants((DATA / "forms7.ofd").read_bytes(), 20, seed=7)
    verdicts = [desk.verdict(data) for data in files]
    assert "read" in verdicts
    assert "truncated_or_damaged" in verdicts
    assert "crashed" not in verdicts
