"""Speed of the review: many different forms of 12 indicators scored and questioned with derivations, beside Decimal.

Every form is met for the first time: others warm the caches, so that nothing is known of a form but words that many
forms share. Times are processor time of one form each, p50 and p95 over all of them; to keep other work of the machine
out, the forms are split into rounds of new ones and the quietest rounds count. What is computed of texts (features) is
timed apart. The peer is the plain Decimal oracle, the simplest program that gives the same digits: scores only, without
derivation, checks or places. Goal: less than 1 ms (p95) without text features, which may take 5 ms more.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from jixiao.desk.library import reviewer, shelf
from jixiao.desk.reviewing import review_form
from jixiao.form import Form
from jixiao.reading.parse import parse_bytes
from jixiao.review import Reviewer
from oracle import scorer as oracle
from oracle.right_forms import right_form

HOUSE = Path(__file__).resolve().parents[1]

LINES: Final = 12
DAY: Final = date(2024, 12, 31)
ROUND: Final = 100
ROUNDS: Final = 9
"""Rounds of new forms for each work; the quieter third of them counts."""

PEER: Final = "plain Decimal, scores alone"
Work = Callable[[Form], object]


def form_of_twelve(number: int) -> Form:
    """A form of 12 indicators, with a wrong score on every third and a text that says nothing on every fifth."""
    one, other = right_form(number), right_form(number + 1)
    lines = list((one.indicators + other.indicators * 3)[:LINES])
    if number % 3 == 0:
        lines[number % LINES] = replace(lines[number % LINES], score=lines[number % LINES].weight)
    if number % 5 == 0:
        lines[number % 7] = replace(lines[number % 7], name="完成情况", deviation="按计划完成")
    return replace(one, indicators=tuple(lines))


def decimal_alone(form: Form) -> None:
    """Every score, the total, its low end and the grade, in Decimal."""
    oracle.standing(form)
    oracle.low(form)
    oracle.grade(oracle.total(form))


def times(work: Work, forms: Sequence[Form]) -> list[int]:
    """The processor time of each form, in nanoseconds."""
    took = []
    for form in forms:
        start = time.process_time_ns()
        work(form)
        took.append(time.process_time_ns() - start)
    return took


def percentiles(make: Callable[[Sequence[Form]], Work], first: int) -> tuple[int, int]:
    """Median and 95th percentile in microseconds over the quieter rounds, after one round that warms.

    Args:
        make: the work on some forms; what it needs to know of them is computed before the clock starts.
        first: number of the first form.
    """
    rounds = []
    for turn in range(ROUNDS + 1):
        start = first + turn * ROUND
        forms = [form_of_twelve(number) for number in range(start, start + ROUND)]
        rounds.append(times(make(forms), forms))
    quiet = sorted(rounds[1:], key=sum)[: ROUNDS // 3]
    every = sorted(one for took in quiet for one in took)
    return every[len(every) // 2] // 1000, every[len(every) * 95 // 100] // 1000


def works(made: Reviewer) -> dict[str, Callable[[Sequence[Form]], Work]]:
    """What is timed, by name."""

    def checked(forms: Sequence[Form]) -> Work:
        known = {id(form): made.features(form) for form in forms}
        return lambda form: made.reviewed(form, known[id(form)])

    def scored(forms: Sequence[Form]) -> Work:
        known = {id(form): made.features(form) for form in forms}
        return lambda form: made.scorer.run(form, known[id(form)])

    return {
        PEER: lambda _: decimal_alone,
        "scores with derivations": scored,
        "all checks and derivations": checked,
        "text features": lambda _: made.features,
        "whole, the book chosen anew": lambda _: review_form,
    }


def first_form() -> None:
    """What the first form of a process waits for."""
    start = time.process_time_ns()
    forms = parse_bytes((HOUSE / "tests" / "data" / "forms7.xlsx").read_bytes(), "forms7.xlsx")
    read = (time.process_time_ns() - start) // 10**6
    start = time.process_time_ns()
    review_form(forms[0])
    first = (time.process_time_ns() - start) // 10**6
    print(f"7 forms read in {read} ms; books and checks compiled and the first form reviewed in {first} ms")


def main() -> None:
    """Print the table of figures."""
    first_form()
    made = reviewer(shelf().on("cn", DAY))
    print(f"forms of {LINES} indicators, each new; {len(made.checks)} checks; microseconds of one core")
    figures = {name: percentiles(make, at * 2000) for at, (name, make) in enumerate(works(made).items())}
    peer = figures[PEER][0]
    for name, (middle, late) in figures.items():
        share = middle * 100 // peer
        print(f"  {name:28} p50 {middle:5}  p95 {late:5}  {share // 100}.{share % 100:02} × plain Decimal")


if __name__ == "__main__":
    main()
