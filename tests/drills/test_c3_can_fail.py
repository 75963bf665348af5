"""The restore drill tells what was lost, changed, torn or invented: each planted here."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from drills.restoring_office import Plain
from drills.rows.c3_restore import differences, missing_files, torn

_TABLES = """
CREATE TABLE rounds_project (id integer, name text);
CREATE TABLE filing_save (id integer, token text);
CREATE TABLE filing_evidence (id integer, name text, sha256 text);
CREATE TABLE journal_event (act text, details text);
INSERT INTO rounds_project VALUES (1, '科技金融');
INSERT INTO filing_save VALUES (1, ''), (2, 'w1'), (3, 'w2');
INSERT INTO filing_evidence VALUES (1, '1', 'aa'), (2, '2', 'bb');
INSERT INTO journal_event VALUES ('filing.saved', '{"number":"1"}'), ('filing.saved', '{"number":"2"}');
"""


def office(folder: Path, then: str = "") -> Plain:
    """A tiny database, with something done to it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "office.sqlite3")) as held:
        held.executescript(_TABLES + then)
    return Plain(folder, "")


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("UPDATE rounds_project SET name = '科技金融 '", "rounds_project: 1 rows lost or changed"),
        ("DELETE FROM rounds_project", "rounds_project: 1 rows lost"),
        ("DROP TABLE rounds_project", "in one of the two only"),
        ("INSERT INTO filing_save VALUES (9, 'w9')", "filing_save: 1 rows that were never written"),
        ("DELETE FROM filing_save WHERE token = 'w2'", "1 saves that were acknowledged"),
        ("DELETE FROM filing_evidence WHERE name = '2'", "1 saves without their file"),
        ("DELETE FROM journal_event WHERE details LIKE '%1%'", "1 without their event"),
    ],
)
def test_a_planted_difference_is_told(tmp_path: Path, then: str, told: str) -> None:
    """And without one, nothing is."""
    old, new, same = office(tmp_path / "a"), office(tmp_path / "b", then), office(tmp_path / "c")
    assert differences(old, same) + torn(same, 2) == []
    assert told in " ".join(differences(old, new) + torn(new, 2))
    for each in (old, new, same):
        each.close()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"else")])
def test_a_planted_loss_of_a_file_is_told(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """A file that is not there, or has other bytes than its name says."""
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    change = "DELETE FROM filing_evidence; INSERT INTO filing_evidence VALUES (1, '1', '{}')"
    new = office(tmp_path / "a", change.format(digest))
    file = tmp_path / "a" / "files" / digest[:2] / digest[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"abc")
    assert missing_files(new, tmp_path / "a") == []
    spoil(file)
    assert missing_files(new, tmp_path / "a") == ["1 files are missing or damaged"]
    new.close()
