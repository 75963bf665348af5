"""C3: an office is backed up while somebody goes on writing, restored elsewhere, and compared row by row.

The comparison reads both databases with plain SQL of its own, not with the backup's reader: tables that nobody touches
meanwhile have to be equal; of the others each row that came back has to be one that was written, whole, and everything
that was acknowledged before the command began has to be there.
"""

import os
import tarfile
import time
from hashlib import sha256
from pathlib import Path

from drills.office import open_office
from drills.restoring_office import Plain, Writer, command, fill, new_database
from drills.row import Drill, Outcome, Row

LIMIT = 30 * 60
"""Seconds that 100,000 forms may take, backup and restore together."""
_MOVING = frozenset({
    "journal_event", "journal_leaf", "journal_node", "journal_checkpoint", "journal_head", "journal_second_place",
    "django_migrations", "sqlite_sequence", "filing_save", "filing_evidence",
})  # fmt: skip
"""Tables that the writer, or the backup itself, adds to."""


def differences(old: Plain, new: Plain) -> list[str]:
    """Tables that nobody touched meanwhile and that are not equal, and rows that nobody wrote."""
    faults = [f"table {name} is in one of the two only" for name in sorted(old.tables() ^ new.tables())]
    for table in sorted(old.tables() & new.tables() - _MOVING):
        was, now = old.rows(table), new.rows(table)
        if was != now:
            faults.append(f"{table}: {len(was - now)} rows lost or changed, {len(now - was)} that were never written")
    strange = {table: len(new.rows(table) - old.rows(table)) for table in ("filing_save", "filing_evidence")}
    return faults + [f"{table}: {count} rows that were never written" for table, count in strange.items() if count]


def torn(new: Plain, before: int) -> list[str]:
    """Saves that were acknowledged and are missing, and saves whose event or file row did not come along."""
    saves = {int(token[1:]) for (token,) in new.ask("SELECT token FROM filing_save WHERE token LIKE 'w%'")}
    files = {int(name) for (name,) in new.ask("SELECT name FROM filing_evidence WHERE name <> '佐证.pdf'")}
    told = new.ask("SELECT details FROM journal_event WHERE act = 'filing.saved' AND details LIKE '%number%'")
    events = {int(text.split('"')[-2]) for (text,) in told}
    lost = set(range(1, before + 1)) - saves
    faults = [f"{len(lost)} saves that were acknowledged before the backup are missing"] if lost else []
    if saves != files or saves != events:
        half = f"{len(saves ^ files)} saves without their file, {len(saves ^ events)} without their event"
        faults.append(f"half-written: {half}")
    return faults


def missing_files(new: Plain, data: Path) -> list[str]:
    """Files that rows name and that are not in the new store with those bytes."""
    bad = 0
    for (digest,) in new.ask("SELECT DISTINCT sha256 FROM filing_evidence"):
        path = data / "files" / digest[:2] / digest[2:]
        bad += not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest
    return [f"{bad} files are missing or damaged"] if bad else []


def journal(file: Path, new: Plain) -> list[str]:
    """The root of the original's journal at the size of the backup, against the backup's and the leaves restored."""
    import msgspec

    from jixiao.office.backup.contents import Totals
    from jixiao.office.journal.models import Leaf
    from jixiao.office.journal.restoring import root_at

    with tarfile.open(file) as tar:
        held = tar.extractfile("totals.json")
        told = msgspec.json.decode(held.read() if held else b"", type=Totals).journal
    root, faults = root_at(told.size), []
    if (root.sm3.hex(), root.sha256.hex()) != (told.sm3, told.sha256) or told.size < 1:
        faults.append(f"the journal's root at {told.size} is not that of the backup")
    was = set(Leaf.objects.filter(number__lt=told.size).values_list("number", "sm3", "sha256"))
    now = set(new.ask(f"SELECT number, sm3, sha256 FROM journal_leaf WHERE number < {told.size}"))  # noqa: S608
    if was != now:
        faults.append(f"{len(was - now)} of {told.size} leaves of the journal did not come back")
    return faults


def judged(data: Path, new: Path, aim: str, before: int) -> tuple[int, list[str]]:
    """How many forms came back, and what is wrong with the office that was restored.

    Args:
        data: the data folder of the first office, whose database the process has open.
        new: the data folder of the second.
        aim: the database of the second on PostgreSQL; empty for SQLite.
        before: how many saves were acknowledged before the backup began.
    """
    old_rows, new_rows = Plain(data, os.environ.get("DATABASE_URL", "")), Plain(new, aim)
    try:
        faults = differences(old_rows, new_rows) + torn(new_rows, before) + missing_files(new_rows, new)
        faults += journal(new.with_name("backup.tar"), new_rows)
        return int(new_rows.ask("SELECT count(*) FROM filing_filing")[0][0]), faults
    finally:
        old_rows.close()
        new_rows.close()


def run(drill: Drill) -> Outcome:
    """Fill, back up under writing, restore, compare."""
    address, data, new = os.environ.get("DATABASE_URL", ""), drill.folder / "office", drill.folder / "new"
    file = drill.folder / "backup.tar"
    open_office(data)
    filing = fill(drill.count)
    aim = new_database(address, "restored") if address else ""
    start = time.monotonic_ns()
    with Writer(filing) as writer:
        before = len(writer.acknowledged)
        command("backup", "--data", data, "--out", file, database=address)
        backed = time.monotonic_ns()
        during = len(writer.acknowledged) - before
    between = time.monotonic_ns()
    command("restore", file, "--data", new, database=aim)
    restored = time.monotonic_ns()
    count, faults = judged(data, new, aim, before)
    if address:
        command("restore", file, "--data", drill.folder / "other-kind")
    seconds = (backed - start + restored - between) // 10**9
    if drill.full and seconds > LIMIT:
        faults.append(f"{seconds} s for {count} forms, {LIMIT} s are allowed")
    told = (
        f"backup {(backed - start) // 10**8 / 10} s, {file.stat().st_size / 2**20:.1f} MB",
        f"restore {(restored - between) // 10**8 / 10} s", f"{during} saves meanwhile",
    )  # fmt: skip
    return Outcome(count, tuple(faults), (*told, *(("restored to SQLite, too",) if address else ())))


ROW = Row(
    id="C3", zh="恢复演练：运行中备份，恢复到别处，逐行相同，日志根相同",
    en="restore drill: backed up under writing, restored elsewhere, every row and the journal's root the same",
    ci=1_000, full=100_000, unit="forms", run=run, cores=1, postgresql=True,
)  # fmt: skip
