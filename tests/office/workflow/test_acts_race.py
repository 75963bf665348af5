"""Two people decide at the same moment: exactly one of them is heard, on a file of SQLite as on PostgreSQL."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections

from jixiao.office.filing.door import NotNow
from jixiao.office.filing.models import Decision, Filing, Version
from jixiao.office.people.models import User
from jixiao.office.workflow.acts import act
from jixiao.office.workflow.refusals import Moved
from jixiao.office.workflow.said import Said
from office.making import Office, make_filing
from office.workflow.walking import also, walked

Thunk = Callable[[], str]


@pytest.fixture
def database_of_threads(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A database that threads can reach: where the tests' own lies in memory, a copy of it in a file."""

    def copied() -> None:
        if connection.vendor != "sqlite":
            return
        with sqlite3.connect(tmp_path / "race.sqlite3") as file:
            connection.connection.backup(file)
        file.close()
        of_threads = {**connections.settings["default"], "NAME": str(tmp_path / "race.sqlite3")}
        monkeypatch.setitem(connections.settings, "default", of_threads)

    return copied


def together(*thunks: Thunk) -> list[str]:
    """What came of thunks that begin at the same moment, each on its own connection."""
    start = Barrier(len(thunks), timeout=30)

    def run(thunk: Thunk) -> str:
        try:
            connection.ensure_connection()
            start.wait()
            return thunk()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(thunks)) as pool:
        return [future.result() for future in [pool.submit(run, thunk) for thunk in thunks]]


def deciding(filing: Filing, name: str, by: User) -> Thunk:
    """An act on the filing as it was read before anybody decided."""
    read = Filing.objects.select_related("round", "project", "unit").get(pk=filing.pk)

    def decide() -> str:
        try:
            act(read, name, by, Said(reason="请核对。"))
        except (Moved, NotNow):
            return "refused"
        return name

    return decide


@pytest.mark.parametrize("second", ["approve_unit", "return_unit"])
def test_of_two_at_once_exactly_one_is_heard(
    database_of_threads: Callable[[], None], office: Office, second: str
) -> None:
    """Two heads, one form: one decision, one frozen version, and the state is that of the one who was heard."""
    filing = walked(office, 1)
    other = also(office, "auditor", "centre", "head")
    thunks = deciding(filing, "approve_unit", office.people["head"]), deciding(filing, second, other)
    database_of_threads()
    outcomes = together(*thunks)
    assert sorted(one == "refused" for one in outcomes) == [False, True]
    heard = next(one for one in outcomes if one != "refused")
    (seen,) = together(lambda: _seen(filing.pk))
    assert seen == f"{'with_department' if heard == 'approve_unit' else 'draft'} {heard} 2"


def _seen(number: int) -> str:
    last = Decision.objects.filter(filing=number).latest("pk")
    return f"{Filing.objects.get(pk=number).state} {last.act} {Version.objects.filter(filing=number).count()}"


def test_different_forms_do_not_meet(database_of_threads: Callable[[], None], office: Office) -> None:
    """Two clerks' acts on two forms at once are both done."""
    thunks = [deciding(make_filing(office, "centre", number), "submit", office.people["clerk"]) for number in (0, 1)]
    database_of_threads()
    assert together(*thunks) == ["submit", "submit"]
