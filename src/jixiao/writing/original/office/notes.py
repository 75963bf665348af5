"""The notes of a job, gathered by where they stand: marks, and the changes that are told beside their numbers."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from msgspec.structs import replace

from jixiao.form import Place
from jixiao.writing.original.job import Change, Job, Mark, Row

Spot = TypeVar("Spot")
_LONGEST: Final = 30_000


class Note(NamedTuple):
    """What is said at a place: one line, further lines, and the kind that decides the colour."""

    title: str
    body: str
    kind: str


def notes_at(job: Job, spot: Callable[[Place], Spot | None], failed: dict[int, str]) -> dict[Spot, list[Note]]:
    """The notes of each spot, changes first; what has no spot stands in the summary only.

    Args:
        job: the job.
        spot: where in the file a place is; `None` where it has no such place.
        failed: what is said of the changes that could not be made, by their index.
    """
    found: dict[Spot, list[Note]] = {}
    numbers = [row.number for row in job.rows if row.kind == "change"]
    for index, change in enumerate(job.changes):
        number = numbers[index] if len(numbers) == len(job.changes) else 0
        note = change_note(change, number, failed.get(index, ""))
        for at in _spots(change.places, spot):
            found.setdefault(at, []).append(note)
    for mark in job.marks:
        for at in _spots(mark.places, spot):
            found.setdefault(at, []).append(mark_note(mark))
    return found


def _spots(places: tuple[Place, ...], spot: Callable[[Place], Spot | None]) -> list[Spot]:
    """The spots of some places, each once."""
    return list(dict.fromkeys(at for at in map(spot, places) if at is not None))


def mark_note(mark: Mark) -> Note:
    """A mark as a note, with its number in the summary."""
    return Note(f"[{mark.number}] {mark.heading}", mark.body[:_LONGEST], mark.kind)


def change_note(change: Change, number: int, said: str) -> Note:
    """A change as a note, with its number in the summary where it has one."""
    body = "\n".join(filter(None, [change.body, said]))
    return Note(f"[{number}] {change.heading}" if number else change.heading, body[:_LONGEST], "change")


def told_in_summary(job: Job, said: dict[int, str]) -> Job:
    """The job with what there is to say of its changes in their rows of the summary, or in rows behind them.

    Args:
        job: the job; the rows of its changes stand in the order of the changes.
        said: what there is to say, by the index of the change.
    """
    at = [index for index, row in enumerate(job.rows) if row.kind == "change"]
    rows = list(job.rows)
    for index, words in said.items():
        if len(at) == len(job.changes):
            row = rows[at[index]]
            rows[at[index]] = replace(row, said=f"{row.said}\n{words}")
        else:
            rows.append(Row(0, "", "", f"{job.changes[index].heading}\n{words}", "note"))
    return replace(job, rows=tuple(rows))
