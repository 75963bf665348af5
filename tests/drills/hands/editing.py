"""One editor of fifty: types, saves, takes what the answer shows, types again; a line in a file for every attempt."""

import json
import os
import random
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import msgspec

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.office.settings"
    django.setup()

from django.db import connection

from jixiao.office.filing.cells import texts
from jixiao.office.filing.judging import record_of, warm
from jixiao.office.filing.merging import Asked, Change
from jixiao.office.filing.models import Filing
from jixiao.office.filing.saving import Met, Refused, Saved, save
from jixiao.office.people.models import User

Line = dict[str, Any]
PEOPLE = 10
"""People; each has several pages open."""
HOT = ("goal/actual", "extras/改进措施", "funds/total/executed", "total/score")
"""Cells that everybody changes."""
_HOT_ONE_IN = 4
OWN = 25
"""Cells of fewer hands; each is shared by two pages."""
_ROWS_ONE_IN = 20
_AGAIN_ONE_IN = 25


@dataclass
class Editor:
    """Somebody at a page: the version it shows, its cells and rows."""

    number: int
    filing: int
    user: User
    dice: random.Random
    base: int = 0
    shown: dict[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()

    def reload(self) -> None:
        """Open the page."""
        filing = Filing.objects.get(pk=self.filing)
        held = record_of(filing)
        self.base, self.shown, self.rows = filing.version, texts(held), held.keys

    def asked(self, attempt: int) -> Asked:
        """What is saved next: one to three cells, sometimes rows; every text is one that nobody else types."""
        token = f"e{self.number}.{attempt}"
        cells = [f"extras/编辑{self.number % OWN}"]
        if self.dice.randrange(_HOT_ONE_IN) == 0:
            cells += self.dice.sample([*HOT, *(f"{key}/deviation" for key in self.rows)], self.dice.randint(1, 3))
        rows = None
        if self.dice.randrange(_ROWS_ONE_IN) == 0:
            rows = self._moved()
            cells = [cell for cell in cells if "/deviation" not in cell or cell.split("/")[0] in rows]
            if "n1" in rows:
                cells.append("n1/name")
        changes = tuple(Change(cell, self.shown.get(cell, ""), self._text(cell, attempt)) for cell in cells)
        return Asked(self.base, changes, rows, token)

    def _moved(self) -> tuple[str, ...]:
        rows = list(self.rows)
        if len(rows) > 6:
            rows.remove(self.dice.choice(rows))
        else:
            rows.insert(self.dice.randrange(len(rows) + 1), "n1")
        return tuple(rows)

    def _text(self, cell: str, attempt: int) -> str:
        if cell in ("funds/total/executed", "total/score"):
            return f"{self.number + 1}{attempt:05}"
        return f"甲{self.number}·{attempt}"

    def took(self, done: Saved) -> None:
        """Show what the answer shows."""
        self.base, self.shown, self.rows = done.filing.version, texts(done.record), done.record.keys


class Page:
    """An editor's page: its file of attempts, and what of an earlier process was never answered."""

    def __init__(self, number: int, filing: int, folder: Path, seed: str) -> None:
        """Open the page and the file; an editor that was killed goes on where it was."""
        path = folder / f"editor-{number}.jsonl"
        before = lines_of(path)
        self.out = path.open("a", encoding="utf-8")
        self.doubt, self.attempt = in_doubt(before)
        dice = random.Random(f"{seed}.{number}.{len(before)}")  # noqa: S311 -- chance that can be repeated
        self.editor = Editor(number, filing, User.objects.get(username=f"editor{number % PEOPLE}"), dice)
        self.editor.reload()
        if self.doubt:
            self.send(self.attempt - 1, self.doubt)

    def save(self) -> None:
        """One attempt, noted before it is made and after it was answered; one in some is sent twice."""
        asked, attempt = self.editor.asked(self.attempt), self.attempt
        self.attempt += 1
        self.note({"attempt": attempt, "asked": msgspec.to_builtins(asked)})
        for _ in range(2 if self.editor.dice.randrange(_AGAIN_ONE_IN) == 0 else 1):
            self.send(attempt, asked)

    def send(self, attempt: int, asked: Asked) -> None:
        """Send a save and note the answer."""
        self.note({"attempt": attempt, "answer": _answer(self.editor, asked)})

    def note(self, line: Line) -> None:
        """Add a line to the file."""
        self.out.write(json.dumps({"editor": self.editor.number} | line, ensure_ascii=False) + "\n")
        self.out.flush()


def _answer(editor: Editor, asked: Asked) -> dict[str, Any]:
    try:
        done = save(editor.user, editor.filing, asked)
    except Met as met:
        told = [{"cell": one.cell, "now": one.now, "theirs": one.theirs, "by": one.by} for one in met.conflicts]
        editor.reload()
        return {"refused": "conflict", "version": met.filing.version, "kept": met.kept, "conflicts": told}
    except Refused as refused:
        return {"refused": refused.code}
    editor.took(done)
    return {"version": done.filing.version, "keys": done.keys}


def lines_of(path: Path) -> list[Line]:
    """What an editor noted; a line that was torn by a kill is none."""
    if not path.is_file():
        return []
    whole = path.read_bytes().split(b"\n")[:-1]
    return [json.loads(line) for line in whole if line.endswith(b"}")]


def in_doubt(lines: list[Line]) -> tuple[Asked | None, int]:
    """The attempt that was never answered, if the last was not; and how many were begun."""
    asked = [line for line in lines if "asked" in line]
    open_ = bool(lines) and "asked" in lines[-1]
    return msgspec.convert(lines[-1]["asked"], Asked) if open_ else None, len(asked)


def main(folder: str, filing: str, editors: str, attempts: str, threads: str, seed: str) -> None:
    """Editors "0-25", shared among so many threads with a connection of their own, each to its attempts."""
    first, last = map(int, editors.split("-"))
    barrier = threading.Barrier(int(threads))

    def run(thread: int) -> None:
        pages = [Page(number, int(filing), Path(folder), seed) for number in range(first + thread, last, int(threads))]
        barrier.wait(60)
        dice = random.Random(f"{seed}.{thread}")  # noqa: S311 -- chance that can be repeated
        try:
            while open_ := [page for page in pages if page.attempt < int(attempts)]:
                page = dice.choice(open_)
                page.save()
        except Exception as fault:
            page.note({"died": f"{type(fault).__name__}: {fault}"})
            raise
        finally:
            connection.close()

    warm()  # or each thread would read the law
    working = [threading.Thread(target=run, args=(number,)) for number in range(int(threads))]
    for one in working:
        one.start()
    for one in working:
        one.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
