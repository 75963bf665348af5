"""Two years beside each other: which forms are of the same project, and what changed between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from jixiao.form import Form, Indicator
from jixiao.review.features.beside import easier
from jixiao.review.folder.brief import Amounts, FormKey, amounts_of
from jixiao.review.wording import key, squeeze, undated

By = Literal["code", "name"]
Why = Literal["new", "gone", "several", "unread"]

_LEAST_COPY: Final = 10


class Pair(Struct, frozen=True):
    """A form and last year's of the same project, by their places; by what they were found."""

    now: int
    then: int
    by: By


class Single(Struct, frozen=True):
    """A form without a partner: new this year, gone since last year, several fit, or the partner could not be taken."""

    at: int
    why: Why


class Pairing(Struct, frozen=True):
    """All pairs, and who has none; empty where there is one year only."""

    pairs: tuple[Pair, ...] = ()
    singles: tuple[Single, ...] = ()


class Moved(Struct, frozen=True):
    """A value of an indicator then and now, as printed."""

    name: str
    then: str
    now: str


class Changes(Struct, frozen=True):
    """What changed from last year's form to this year's.

    Attributes:
        then, now: the total row of the funds, in 元.
        lowered: targets that are easier now.
        raised: targets that are harder now.
        weights: indicators whose points moved.
        added, dropped: names of indicators that are only in one of the two.
        copied: pointers of texts of ten letters or more that are letter by letter last year's.
    """

    then: Amounts
    now: Amounts
    lowered: tuple[Moved, ...] = ()
    raised: tuple[Moved, ...] = ()
    weights: tuple[Moved, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()


def pair_up(keys: Sequence[FormKey]) -> Pairing:
    """Forms of each year beside those of the year before: by project code, else by name within the unit.

    Several of one code or name are never guessed apart: they stay without a partner, and that is said.
    """
    years = sorted({known.year for known in keys if known.year})
    both = [year for year in years if year - 1 in years]
    pairs: list[Pair] = []
    for year in both:
        now = [at for at, known in enumerate(keys) if known.year == year]
        then = [at for at, known in enumerate(keys) if known.year == year - 1]
        pairs += _pairs(keys, now, then)
    return Pairing(tuple(pairs), tuple(_singles(keys, both, pairs)))


def _pairs(keys: Sequence[FormKey], now: Sequence[int], then: Sequence[int]) -> list[Pair]:
    found: list[Pair] = []
    for by in ("code", "name"):
        left, right = {pair.now for pair in found}, {pair.then for pair in found}
        here = _by(keys, (at for at in now if at not in left), by)
        there = _by(keys, (at for at in then if at not in right), by)
        for name, places in here.items():
            others = there.get(name, [])
            if len(places) == len(others) == 1 and not _differ(keys[places[0]], keys[others[0]]):
                found.append(Pair(places[0], others[0], by))
    return sorted(found, key=lambda pair: pair.now)


def _differ(one: FormKey, other: FormKey) -> bool:
    """Whether two forms print different project codes."""
    return bool(one.code and other.code and one.code != other.code)


def _by(keys: Sequence[FormKey], places: Iterable[int], by: By) -> dict[object, list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for at in places:
        known = keys[at]
        name: object = known.code if by == "code" else (known.unit, undated(known.project))
        if known.code if by == "code" else known.project:
            found[name].append(at)
    return found


def _singles(keys: Sequence[FormKey], both: Sequence[int], pairs: Sequence[Pair]) -> Iterable[Single]:
    now, then = {pair.now for pair in pairs}, {pair.then for pair in pairs}
    years = {known.year for known in keys}
    count: dict[object, int] = defaultdict(int)
    for known in keys:
        count[(known.year, known.unit, undated(known.project))] += 1
    for at, known in enumerate(keys):
        name = known.unit, undated(known.project)
        if known.year in both and at not in now:
            several = count[(known.year - 1, *name)] and count[(known.year, *name)] + count[(known.year - 1, *name)] > 2
            yield Single(at, "several" if several else "new")
        elif known.year + 1 in both and known.year + 1 in years and at not in then:
            several = count[(known.year + 1, *name)] and count[(known.year, *name)] + count[(known.year + 1, *name)] > 2
            yield Single(at, "several" if several else "gone")


def changes(now: Form, then: Form) -> Changes:
    """What changed from last year's form to this year's."""
    before = {_name(line): line for line in then.indicators}
    after = {_name(line): line for line in now.indicators}
    common = [(after[name], before[name]) for name in after if name in before]
    return Changes(
        then=amounts_of(then),
        now=amounts_of(now),
        lowered=tuple(_target(new, old) for new, old in common if easier(new, old)),
        raised=tuple(_target(new, old) for new, old in common if easier(old, new)),
        weights=tuple(_weight(new, old) for new, old in common if _moved(new.weight, old.weight)),
        added=tuple(after[name].name for name in after if name not in before),
        dropped=tuple(before[name].name for name in before if name not in after),
        copied=tuple(_copied(now, then, before)),
    )


def _name(line: Indicator) -> str:
    return key(squeeze(line.name))


def _target(new: Indicator, old: Indicator) -> Moved:
    return Moved(new.name, old.target.text, new.target.text)


def _weight(new: Indicator, old: Indicator) -> Moved:
    return Moved(new.name, format(old.weight or Decimal(0), "f"), format(new.weight or Decimal(0), "f"))


def _moved(new: Decimal | None, old: Decimal | None) -> bool:
    return new is not None and old is not None and new != old


def _copied(now: Form, then: Form, before: dict[str, Indicator]) -> Iterable[str]:
    if _same(now.goal.expected, then.goal.expected):
        yield "/goal/expected"
    if _same(now.goal.actual, then.goal.actual):
        yield "/goal/actual"
    for at, line in enumerate(now.indicators):
        old = before.get(_name(line))
        if old is not None and _same(line.deviation, old.deviation):
            yield f"/indicators/{at}/deviation"
        if old is not None and _same(line.actual.text, old.actual.text):
            yield f"/indicators/{at}/actual"


def _same(text: str, before: str) -> bool:
    squeezed = squeeze(text)
    return len(squeezed) >= _LEAST_COPY and squeezed == squeeze(before)
