"""What the program asks about labelled forms, held against the labels: right, arguable, wrong, missed."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from fairness.labelled import Labelled, Origin
from jixiao.review import Review, Reviewer
from jixiao.rulebook import Book
from review import bench_of_books

Verdict = Literal["right", "arguable", "wrong", "missed"]
VERDICTS: tuple[Verdict, ...] = ("right", "arguable", "wrong", "missed")

SAME_QUESTION: tuple[frozenset[str], ...] = (
    frozenset({"JX202", "JX213", "JX214"}),
    frozenset({"JX204", "JX212"}),
    frozenset({"JX205", "JX212"}),
    frozenset({"JX304", "JX344", "JX345"}),
)
"""Checks that ask the same question: a stronger wording for a stronger case, or a clause where a place demands it."""

_reviewers: dict[tuple[str, str], Reviewer] = {}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question that was asked or ought to have been: whose, where, and whether that is fair."""

    form: Labelled
    code: str
    pointer: str
    verdict: Verdict


@dataclass(slots=True)
class Tally:
    """The judgements of one check, counted.

    Attributes:
        counts: how many of each verdict.
        planted: forms with its fault planted.
        near: forms close to its line on the lawful side.
        quiet: those of them about which it asked nothing.
    """

    counts: Counter[Verdict] = field(default_factory=Counter)
    planted: int = 0
    near: int = 0
    quiet: int = 0

    @property
    def fired(self) -> int:
        """How often the check asked."""
        return self.counts["right"] + self.counts["arguable"] + self.counts["wrong"]

    @property
    def judged(self) -> int:
        """How many of its questions are clearly right or clearly wrong."""
        return self.counts["right"] + self.counts["wrong"]

    @property
    def lower(self) -> float:
        """The lower end of Wilson's interval, 95 per cent, of the share of right ones among those judged."""
        n, right = self.judged, self.counts["right"]
        if not n:
            return 0.0
        z = 1.96
        share = right / n
        middle = share + z * z / (2 * n)
        spread = z * math.sqrt((share * (1 - share) + z * z / (4 * n)) / n)
        return (middle - spread) / (1 + z * z / n)


def judged(labelled: Labelled) -> Iterator[Judgement]:
    """Every question asked about a form, and every one that was missed."""
    found = {(finding.code, finding.pointer) for finding in questions(labelled).findings}
    anywhere = {code for code, pointer in labelled.may if not pointer}
    wanted = {(same, pointer) for code, pointer in labelled.ask for same in _same(code)}
    for code, pointer in sorted(found):
        if (code, pointer) in wanted:
            yield Judgement(labelled, code, pointer, "right")
        elif (code, pointer) in labelled.may or code in anywhere:
            yield Judgement(labelled, code, pointer, "arguable")
        else:
            yield Judgement(labelled, code, pointer, "wrong")
    for code, pointer in sorted(labelled.ask):
        if not any((same, pointer) in found for same in _same(code)):
            yield Judgement(labelled, code, pointer, "missed")


def questions(labelled: Labelled) -> Review:
    """What is asked about a form; its scores are not derived, for nobody reads the derivations."""
    made, form, context = reviewer_of(labelled), labelled.form, labelled.context
    features = made.features(form, context)
    result = made.scorer.evaluate(form, features, context.evidence)
    return made.questions(
        form, features, result, lambda: made.scorer.sheet(form, result, context.evidence, derived=False)
    )


def _same(code: str) -> frozenset[str]:
    """The checks whose question answers for this one's."""
    return frozenset({code}).union(*(group for group in SAME_QUESTION if code in group))


def tallied(forms: Iterable[Labelled], judgements: Iterable[Judgement]) -> dict[tuple[str, Origin], Tally]:
    """The judgements counted by check and origin of the forms."""
    tallies: dict[tuple[str, Origin], Tally] = {}
    asked = set()
    for each in judgements:
        tally = tallies.setdefault((each.code, each.form.origin), Tally())
        tally.counts[each.verdict] += 1
        if each.verdict != "missed":
            asked.add((each.form.name, each.code))
    for form in forms:
        for code in form.planted:
            tallies.setdefault((code, form.origin), Tally()).planted += 1
        for code in form.near:
            tally = tallies.setdefault((code, form.origin), Tally())
            tally.near += 1
            tally.quiet += (form.name, code) not in asked
    return tallies


def reviewer_of(labelled: Labelled) -> Reviewer:
    """The reviewer of a form, checks on trial included: of the book named, else of that of its place and year."""
    if labelled.profiles or labelled.caps or labelled.values:
        book = labelled.book or "cn"
        return bench_of_books.reviewer(book, labelled.profiles, labelled.caps, values=labelled.values, trial=True)
    form = labelled.form
    choice = bench_of_books.shelf().choose(
        title=form.title,
        department=form.department,
        unit=form.unit,
        fiscal_year=form.fiscal_year,
        override=labelled.book or None,
    )
    return _reviewer(choice.book)


def _reviewer(book: Book) -> Reviewer:
    key = (book.id, book.fingerprint)
    if key not in _reviewers:
        _reviewers[key] = Reviewer(book, bench_of_books.checks(), bench_of_books.lexicons(), trial=True)
    return _reviewers[key]
