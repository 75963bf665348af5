"""Judging many saves on one form: nothing of the product is used but what it kept; the replay is written anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Changes = Sequence[tuple[str, str, str]]
ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Kept:
    """A save as the history holds it."""

    pk: int
    number: int
    base: int
    refused: bool
    token: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class History:
    """All that is judged.

    Attributes:
        attempts: what each editor noted, in order: asked and answered.
        saves: the history, in the order in which it was written.
        first, last: every cell of the form before and after, with its text; "rows" the keys of its rows.
        version: the form's at the end.
    """

    attempts: Sequence[Mapping[str, Any]]
    saves: Sequence[Kept]
    first: Mapping[str, str]
    last: Mapping[str, str]
    version: int


def faults(history: History) -> Iterator[str]:
    """Each thing that does not hold, in a sentence."""
    yield from _died(history)
    yield from _sums(history)
    yield from _forks(history)
    yield from _replayed(history)
    yield from _kept(history)


def tally(history: History) -> Counter[str]:
    """How many attempts were taken, refused by conflict, refused otherwise, never answered."""
    answers = _answers(history)
    return Counter("unanswered" if not given else given[0].get("refused", "taken") for given in answers.values())


def _answers(history: History) -> dict[tuple[int, int], list[Mapping[str, Any]]]:
    found: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for line in history.attempts:
        if "asked" in line:
            found[line["editor"], line["attempt"]] = []
        elif "answer" in line:
            found[line["editor"], line["attempt"]].append(line["answer"])
    return found


def _died(history: History) -> Iterator[str]:
    for line in history.attempts:
        if "died" in line:
            yield f"editor {line['editor']} met an error: {line['died']}"


def _sums(history: History) -> Iterator[str]:
    """Accepted and refused are attempted, and as many stand in the history."""
    answers = _answers(history)
    for (editor, attempt), given in answers.items():
        if not given:
            yield f"attempt {attempt} of editor {editor} was never answered"
        elif len({("refused" in one) for one in given}) > 1:
            yield f"attempt {attempt} of editor {editor}, sent twice, was taken and refused"
        elif given[0].get("refused", "conflict") != "conflict":
            yield f"attempt {attempt} of editor {editor} was refused without a conflict: {given[0]['refused']}"
    taken = sum(bool(given) and "refused" not in given[0] for given in answers.values())
    held = sum(not save.refused for save in history.saves)
    if taken != held:
        yield f"{taken} saves were acknowledged, {held} stand in the history"


def _forks(history: History) -> Iterator[str]:
    """The accepted saves are versions 2, 3, 4 … without a gap or a twin, each made from an earlier one."""
    accepted = [save for save in history.saves if not save.refused]
    numbers = [save.number for save in accepted]
    if sorted(numbers) != list(range(2, history.version + 1)):
        twins = [number for number, times in Counter(numbers).items() if times > 1]
        gaps = sorted(set(range(2, history.version + 1)) - set(numbers))
        yield f"the chain of versions forks: twins {twins[:5]}, gaps {gaps[:5]}, the form is at {history.version}"
    for save in history.saves:
        if save.base > save.number - (not save.refused):
            yield f"save {save.pk} made version {save.number} from the later version {save.base}"
    tokens = Counter(save.token for save in accepted if save.token)
    for token, times in tokens.items():
        if times > 1:
            yield f"{token} was taken {times} times"


def _replayed(history: History) -> Iterator[str]:
    """The accepted saves in order make the form as it is, each from what the one before left."""
    now = dict(history.first)
    for save in sorted((save for save in history.saves if not save.refused), key=lambda save: save.number):
        for cell, was, to in save.changes:
            if now.get(cell, "") != was:
                yield f"version {save.number} says that {cell} was {was!r}; the saves before left {now.get(cell, '')!r}"
            now[cell] = to
    for cell in sorted({*now, *history.last}):
        if now.get(cell, "") != history.last.get(cell, ""):
            yield f"{cell} is {history.last.get(cell, '')!r}; the saves in order make {now.get(cell, '')!r}"


def _kept(history: History) -> Iterator[str]:
    """Every accepted text is in the history under its version, every refusal shows both texts, and both are there."""
    accepted = {save.token: save for save in history.saves if not save.refused}
    refused = {save.pk: save for save in history.saves if save.refused}
    at = _texts(history)
    asked: dict[tuple[int, int], Mapping[str, Any]] = {}
    for line in history.attempts:
        key = line["editor"], line.get("attempt", -1)
        if "asked" in line:
            asked[key] = line["asked"]
        elif "answer" in line and "refused" not in line["answer"]:
            yield from _is_in(accepted.get(asked[key]["token"]), asked[key], line["answer"])
        elif "answer" in line and line["answer"]["refused"] == "conflict":
            yield from _shows_both(refused.get(line["answer"]["kept"]), asked[key], line["answer"], at)


def _is_in(save: Kept | None, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    if save is None:
        yield f"{asked['token']} was acknowledged and is not in the history"
        return
    if save.number > answer["version"]:
        yield f"{asked['token']} was acknowledged as version {answer['version']}, the history has {save.number}"
    held = {cell: now for cell, _, now in save.changes}
    for change in asked["changes"]:
        cell = _renamed(change["cell"], answer.get("keys", {}))
        if cell.partition("/")[0].startswith("n"):
            cell = next((one for one in held if one.endswith("/name") and held[one] == change["now"]), cell)
        if held.get(cell) != change["now"] and not _gone(cell, save):
            yield f"{asked['token']} put {change['now']!r} into {cell}; the history has {held.get(cell)!r}"


def _renamed(cell: str, keys: Mapping[str, str]) -> str:
    head, slash, rest = cell.partition("/")
    return f"{keys.get(head, head)}{slash}{rest}"


def _gone(cell: str, save: Kept) -> bool:
    """Whether the save itself removed the row of the cell."""
    rows = next((now.split() for name, _, now in save.changes if name == ROWS), None)
    return rows is not None and cell.partition("/")[0] not in rows


def _shows_both(
    save: Kept | None, asked: Mapping[str, Any], answer: Mapping[str, Any], at: Mapping[int, Mapping[str, str]]
) -> Iterator[str]:
    if save is None:
        yield f"{asked['token']} was refused, and what was refused is not in the history"
        return
    if [now for _, _, now in save.changes if now][-len(asked["changes"]) :] != [one["now"] for one in asked["changes"]]:
        yield f"{asked['token']} was refused, and its texts are not those that the history keeps"
    if not answer["conflicts"]:
        yield f"{asked['token']} was refused and shows no cell"
    mine = {change["cell"]: change["now"] for change in asked["changes"]}
    for one in answer["conflicts"]:
        theirs = at.get(answer["version"], {}).get(one["cell"], "")
        if one["now"] != mine.get(one["cell"], ""):
            yield f"{asked['token']}: the refusal shows {one['now']!r} as one's own text of {one['cell']}"
        if one["theirs"] != theirs or not one["by"]:
            yield f"{asked['token']}: the refusal shows {one['theirs']!r} as the other's text; it was {theirs!r}"


def _texts(history: History) -> dict[int, dict[str, str]]:
    """The cells that were changed at all, at every version: only these can be in a conflict."""
    now, found = dict(history.first), {1: dict(history.first)}
    for save in sorted((save for save in history.saves if not save.refused), key=lambda save: save.number):
        now = now | {cell: to for cell, _, to in save.changes}
        found[save.number] = now
    return found
