"""A backup holds every row of one moment, every file that those name, the keys; and nothing of it can change unseen."""

import errno
import gzip
import os
import stat
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from django.apps import apps

from jixiao.desk.errors import WrongUse
from jixiao.office.backup import keys, stored
from jixiao.office.backup.checking import check_backup
from jixiao.office.backup.damage import Damaged
from jixiao.office.backup.making import refuse_place
from jixiao.office.backup.values import KINDS
from jixiao.office.filing.files import path_of
from jixiao.office.filing.models import Evidence
from office.backup.backups_of import EVIDENCE, Backup, again, back_up, members_of, prepared
from office.making import Office, make_filing

PHRASE = "a long passphrase"


@pytest.fixture
def backup(office: Office, settings: Any, tmp_path: Path) -> Backup:
    """A backup of an office with a filing and a file of evidence."""
    return back_up(make_filing(office), settings, tmp_path)


def test_every_row_and_file_of_the_snapshot_is_in_the_backup(backup: Backup) -> None:
    """Rows as lines of JSON by table, files by their hash, the keys; and a list with both hashes of every member."""
    held = members_of(backup.file)
    digest = Evidence.objects.get().sha256
    assert held[f"files/{digest}"] == EVIDENCE
    assert held["key/secret-key"] == b"a secret of this office"
    assert not any("first-key" in name for name in held)
    [name] = [name for name in held if "filing_filing/" in name]
    rows = [msgspec.json.decode(line) for line in gzip.decompress(held[name]).splitlines()]
    assert len(rows) == 1
    assert backup.filing.form in rows[0]
    listed = [msgspec.json.decode(line)["name"] for line in held["contents.jsonl"].splitlines()]
    assert listed == [name for name in held if name != "contents.jsonl"]


def test_a_backup_is_readable_by_its_owner_alone_and_found_sound(backup: Backup) -> None:
    """The check counts what was written, and the file is nobody else's to read."""
    about, totals = check_backup(backup.file)
    assert totals == backup.made.totals
    assert (totals.files, totals.bytes, totals.missing) == (1, len(EVIDENCE), ())
    assert totals.tables["filing_filing"].rows == 1
    assert about.keys == "plain"
    assert stat.S_IMODE(backup.file.stat().st_mode) == 0o600


def test_any_byte_that_changes_is_seen(backup: Backup, tmp_path: Path) -> None:
    """Two hundred backups with one byte changed anywhere, each refused."""
    whole, chance, bad = backup.file.read_bytes(), Random(7), tmp_path / "bad.tar"  # noqa: S311 -- no secret
    for place in (*chance.sample(range(len(whole)), 198), 0, len(whole) - 1):
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        with pytest.raises((Damaged, WrongUse)):
            check_backup(bad)


def test_a_header_written_in_another_way_is_seen(backup: Backup, tmp_path: Path) -> None:
    """A header that says the same in other bytes, by the blank that ends its sum, is not the one that was written."""
    whole, bad = backup.file.read_bytes(), tmp_path / "bad.tar"
    bad.write_bytes(whole[:155] + b"\0" + whole[156:])
    with pytest.raises(Damaged):
        check_backup(bad)


def test_a_backup_that_is_cut_short_or_grew_is_seen(backup: Backup, tmp_path: Path) -> None:
    """Wherever it ends, the list of contents at its end is missed; what was added behind it is seen, too."""
    whole, bad = backup.file.read_bytes(), tmp_path / "bad.tar"
    for length in (0, 1, 511, 512, 5000, len(whole) // 2, len(whole) - 1024, len(whole) - 1):
        bad.write_bytes(whole[:length])
        with pytest.raises(Damaged, match=r"cut short|damaged"):
            check_backup(bad)
    bad.write_bytes(whole + b"\0")
    with pytest.raises(Damaged):
        check_backup(bad)


def test_a_file_that_is_no_backup_is_told(tmp_path: Path) -> None:
    """Another file, an empty one, and none: each is a sentence."""
    bad = tmp_path / "letter.tar"
    bad.write_bytes(b"no tar at all " * 1000)
    with pytest.raises(Damaged, match="none of jixiao's"):
        check_backup(bad)
    with pytest.raises(Damaged, match="cannot be opened"):
        check_backup(tmp_path / "nowhere.tar")


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"something else")])
def test_a_file_that_is_missing_or_damaged_in_the_store_is_told(
    office: Office, settings: Any, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    """The backup is made all the same, without it, and names it."""
    filing = make_filing(office)
    data = prepared(filing, settings, tmp_path)
    digest = Evidence.objects.get().sha256
    spoil(path_of(digest))
    backup = again(filing, data, tmp_path)
    assert backup.made.totals.missing == (digest,)
    assert f"files/{digest}" not in members_of(backup.file)
    check_backup(backup.file)


def test_keys_are_sealed_under_a_passphrase(office: Office, settings: Any, tmp_path: Path) -> None:
    """No key is read without it; with another one, a sentence says so."""
    backup = back_up(make_filing(office), settings, tmp_path, passphrase=PHRASE)
    assert backup.made.about.keys == "sealed"
    assert b"a secret of this office" not in backup.file.read_bytes()
    sealed = members_of(backup.file)["keys.sealed"]
    assert keys.unsealed(sealed, PHRASE)["secret-key"] == b"a secret of this office"
    check_backup(backup.file)
    with pytest.raises(WrongUse, match="passphrase does not open"):
        check_backup(backup.file, "another passphrase")
    with pytest.raises(Damaged):
        keys.unsealed(b"{}", PHRASE)


def test_keys_can_be_left_out(office: Office, settings: Any, tmp_path: Path) -> None:
    """Without keys, none is in it."""
    backup = back_up(make_filing(office), settings, tmp_path, with_keys=False)
    assert backup.made.about.keys == "without"
    assert not any(name.startswith("key") for name in members_of(backup.file))


def test_names_of_keys_are_names_and_never_paths() -> None:
    """What a backup calls a key is put into the data folder: nowhere else."""
    for name in ("secret-key", "journal-key", "journal-key.pub", "journal-key.0a1b2c3d", "field-key"):
        assert keys.allowed(name)
    for name in ("../secret-key", "/etc/key", "first-key", "monkey", "office.sqlite3", "key/../x", "a\\key"):
        assert not keys.allowed(name)


def test_secret_settings_are_named_and_not_kept(
    office: Office, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of the database with its password stays out; the time zone goes along."""
    monkeypatch.setenv("EMAIL_URL", "smtp://u:hidden-word@h")
    monkeypatch.setenv("JIXIAO_IDLE_MINUTES", "45")
    backup = back_up(make_filing(office), settings, tmp_path)
    assert backup.made.about.settings["JIXIAO_IDLE_MINUTES"] == "45"
    assert "EMAIL_URL" in backup.made.about.secrets
    assert b"hidden-word" not in backup.file.read_bytes()


def test_a_backup_is_not_written_into_the_data_folder(tmp_path: Path) -> None:
    """It would be lost with what it is of."""
    with pytest.raises(WrongUse, match="lost with it"):
        refuse_place(tmp_path / "data" / "b.tar", tmp_path / "data")


def test_a_backup_whose_disk_is_full_leaves_nothing(
    office: Office, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, and no file, not even half of one."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    filing = make_filing(office)
    data = prepared(filing, settings, tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WrongUse, match="disk is full"):
        again(filing, data, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_every_column_of_the_office_has_a_way_into_a_backup() -> None:
    """A kind of field that no backup knows, or a column of hashes that nobody has looked at, fails here."""
    looked_at = {
        "filing.Version.sha256", "publication.Edition.sha256", "people.PeopleList.sha256", "intake.Shown.sha256",
        "api.Token.digest", "journal.Leaf.sm3", "journal.Leaf.sha256", "journal.Node.sm3", "journal.Node.sha256",
        "journal.Checkpoint.sm3", "journal.Checkpoint.sha256", "axes.AccessAttempt.session_hash",
    }  # fmt: skip
    files = {f"{model}.{column}" for model, column in stored.COLUMNS.items()}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            aim: Any = column
            while aim.remote_field:
                aim = aim.target_field
            assert aim.get_internal_type() in KINDS, column
            if getattr(column, "max_length", None) == 64:
                known = f"{model._meta.label}.{column.name}" in files | looked_at
                assert known or not model.__module__.startswith("jixiao."), column
