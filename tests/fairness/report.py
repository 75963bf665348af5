"""The figures as people read them: a row a check, and every judgement of one check."""

from collections.abc import Iterable, Iterator, Mapping

from fairness.gates import Tallies, whole
from fairness.judging import Judgement, Tally
from fairness.labelled import Labelled
from jixiao.review import Check

_HEAD = (
    "check  family      state     fired right arguable wrong missed | right of judged, lower end of 95 % | "
    "quiet of near | by hand: fired/right/wrong/missed"
)


def table(checks: Mapping[str, Check], tallies: Tallies) -> str:
    """One row a check: counts, share of right ones and the lower end of its interval, near misses, the part by hand."""
    return "\n".join([_HEAD, *(_row(check, tallies) for check in checks.values())])


def _row(check: Check, tallies: Tallies) -> str:
    tally = whole(tallies, check.code)
    hand = tallies.get((check.code, "hand"), Tally())
    state = "trial" if check.trial else "measured" if check.fairness else "new"
    counts = " ".join(f"{number:5}" for number in _counts(tally))
    share = (
        f"{tally.counts['right']:3} of {tally.judged:3}  {tally.lower:6.1%}" if tally.judged else "  0 of   0       —"
    )
    part = "/".join(
        str(number) for number in (hand.fired, hand.counts["right"], hand.counts["wrong"], hand.counts["missed"])
    )
    return (
        f"{check.code}  {check.family:10}  {state:8}  {counts} | {share} | {tally.quiet:2} of {tally.near:2} | {part}"
    )


def _counts(tally: Tally) -> tuple[int, ...]:
    counts = tally.counts
    return tally.fired, counts["right"], counts["arguable"], counts["wrong"], counts["missed"]


def summary(forms: Iterable[Labelled], judgements: Iterable[Judgement]) -> str:
    """How many forms and judgements there are, by origin and verdict."""
    known = tuple(forms)
    lines = []
    for origin in ("hand", "generated"):
        mine = [each for each in judgements if each.form.origin == origin]
        counts = {
            verdict: sum(each.verdict == verdict for each in mine)
            for verdict in ("right", "arguable", "wrong", "missed")
        }
        told = ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
        lines.append(f"{origin}: {sum(form.origin == origin for form in known)} forms; {told}")
    return "\n".join(lines)


def each_judgement(code: str, judgements: Iterable[Judgement]) -> Iterator[str]:
    """Every judgement of one check with its form and cell, those that were wrong or missed first."""
    mine = [each for each in judgements if each.code == code]
    for each in sorted(mine, key=lambda one: ("wrong", "missed", "arguable", "right").index(one.verdict)):
        yield f"{each.verdict:8}  {each.pointer:28}  {each.form.origin:9}  {each.form.name}"
