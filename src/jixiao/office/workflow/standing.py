"""Where a filing stands between people: who has handled it since it was handed in, whether a department is above."""

from collections.abc import Iterable
from dataclasses import dataclass

from jixiao.office.doors.table import FILING
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules about hands look at.

    Attributes:
        submitter: id of who last handed it in; none where nobody did.
        approvers: ids of those who have approved it since.
        straight: whether no department stands between the unit and the bureau.
    """

    submitter: int | None = None
    approvers: frozenset[int] = frozenset()
    straight: bool = False


def standings(filings: Iterable[Filing]) -> dict[int, Standing]:
    """The standing of each filing by its number, in two queries for all."""
    held = list(filings)
    hands: dict[int, list[tuple[str, int | None]]] = {filing.pk: [] for filing in held}
    taken = Decision.objects.filter(filing__in=hands).order_by("pk").values_list("filing_id", "act", "by_id")
    for number, act, by in taken:
        hands[number].append((act, by))
    departments = _departments(held)
    return {
        filing.pk: _standing(hands[filing.pk], straight=departments.isdisjoint(_ids(filing.path))) for filing in held
    }


def after(filing: Filing, act: str, standing: Standing) -> str:
    """The state that an act leads to; the present one where it moves nothing."""
    found = FILING[act]
    return (found.straight if standing.straight and found.straight else found.after) or filing.state


def _standing(hands: list[tuple[str, int | None]], *, straight: bool) -> Standing:
    submits = [at for at, (act, _) in enumerate(hands) if act == "submit"]
    if not submits:
        return Standing(straight=straight)
    since = hands[submits[-1] + 1 :]
    approvers = {by for act, by in since if act.startswith("approve_") and by is not None}
    return Standing(hands[submits[-1]][1], frozenset(approvers), straight)


def _departments(filings: list[Filing]) -> set[int]:
    ids = {number for filing in filings for number in _ids(filing.path)}
    return set(Organisation.objects.filter(pk__in=ids, kind="department").values_list("pk", flat=True))


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]
