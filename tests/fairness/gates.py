"""What the figures must be: nothing wrong where the program is certain, nine of ten right where it doubts."""

from collections.abc import Iterator, Mapping
from typing import Final

from fairness.judging import Tally
from fairness.labelled import Origin
from jixiao.review import Check

RIGHT_OF_TEN: Final = 9
LEAST_JUDGED: Final = 10
"""Questions that must have been judged before a doubt leaves its trial; ten of ten right have a lower end of 72 %."""

LEAST_PLANTED: Final = 5
Tallies = Mapping[tuple[str, Origin], Tally]


def whole(tallies: Tallies, code: str) -> Tally:
    """The tally of a check over both parts of the set."""
    made = Tally()
    for origin in ("hand", "generated"):
        part = tallies.get((code, origin), Tally())
        made.counts.update(part.counts)
        made.planted, made.near, made.quiet = (
            made.planted + part.planted,
            made.near + part.near,
            made.quiet + part.quiet,
        )
    return made


def faults(checks: Mapping[str, Check], tallies: Tallies) -> Iterator[str]:
    """Every check that is not as fair as its family must be, in a sentence; those never measured are left out."""
    for code, check in checks.items():
        tally = whole(tallies, code)
        if check.family != "doubt" and tally.counts["wrong"]:
            yield f"{code} ({check.family}) asked wrongly {tally.counts['wrong']} times; it must never"
        elif check.fairness is not None and not check.trial:
            yield from _too_little(code, check, tally)


def _too_little(code: str, check: Check, tally: Tally) -> Iterator[str]:
    if tally.planted < LEAST_PLANTED or tally.near < LEAST_PLANTED:
        yield f"{code}: {tally.planted} planted faults and {tally.near} near misses; at least {LEAST_PLANTED} of each"
    if check.family == "doubt" and not is_fair(tally):
        yield f"{code}: {tally.counts['right']} of {tally.judged} right; set trial = true, or mend the check"


def is_fair(tally: Tally) -> bool:
    """Whether a doubt was right in nine of ten of its questions, and enough of them were judged."""
    return tally.judged >= LEAST_JUDGED and tally.counts["right"] * 10 >= tally.judged * RIGHT_OF_TEN
