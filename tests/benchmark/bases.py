"""Base forms of the benchmark: honest ones, ones with one planted fault, near misses; each with its labels.

They are the planters' forms of `fairness`, drawn anew from the benchmark's own seed. Only forms that are judged by
themselves under the ministry's rules are taken: no other document, no rulebook of a place, no check on trial.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from fairness import generated
from fairness.labelled import Asked, asked
from fairness.planting import NEAR, PLANTERS, Case, Planter
from fairness.sound import sound_form
from forms.dice import Dice
from jixiao.form import Form
from jixiao.review import Context
from review import bench_of_books

Kind = Literal["honest", "planted", "near"]
ANY = ""
_TRIES = 40
_SHARES: tuple[tuple[Kind, int], ...] = (("honest", 30), ("planted", 50), ("near", 20))
"""Of a hundred forms."""

assert generated.MODULES


@dataclass(frozen=True, slots=True)
class Base:
    """A form with what is to be asked about it.

    Attributes:
        form: the form.
        kind: honest, with a planted fault, or just short of one.
        code: the check whose fault, or near miss, was planted; empty for an honest form.
        ask: what must be asked: check and cell.
        may: what may be asked beside it without being wrong; an empty cell means anywhere.
    """

    form: Form
    kind: Kind
    code: str = ""
    ask: tuple[Asked, ...] = ()
    may: tuple[Asked, ...] = ()


def bases(seed: int) -> Iterator[Base]:
    """Base forms without end; the same seed gives the same ones."""
    number = 0
    while True:
        yield _base(f"benchmark {seed} {number}")
        number += 1


def _base(name: str) -> Base:
    dice = Dice(name)
    kind = _kind(dice.below(100))
    if kind == "honest":
        return Base(sound_form(name), kind)
    register = _registers()[kind]
    while True:
        code = dice.choice(tuple(register))
        case = _case(dice, name, dice.choice(register[code]))
        if case is not None:
            asks, may = (tuple(map(asked, labels)) for labels in (case.ask, case.may))
            return Base(case.form, kind, code, asks, may)


def _kind(percent: int) -> Kind:
    for kind, share in _SHARES:
        if percent < share:
            return kind
        percent -= share
    raise ValueError(percent)


def _case(dice: Dice, name: str, planter: Planter) -> Case | None:
    for _ in range(_TRIES):
        case = planter(dice, sound_form(f"{name} {dice.below(10**9)}"))
        if case is not None:
            return case if _alone(case) else None
    return None


def _alone(case: Case) -> bool:
    """Whether a form is judged by itself, under the ministry's book as it stands."""
    codes = {code for code, _ in map(asked, case.ask)}
    told = case.context == Context() and not (case.profiles or case.caps or case.values)
    return told and codes.isdisjoint(bench_of_books.checks().trials) and book_of(case.form) == "cn"


def book_of(form: Form) -> str:
    """The id of the rulebook that place and year of a form choose."""
    choice = bench_of_books.shelf().choose(
        title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year
    )
    return choice.book.id


@cache
def _registers() -> dict[Kind, dict[str, tuple[Planter, ...]]]:
    """The planters whose forms can be judged alone, by check."""
    return {"planted": _usable(PLANTERS), "near": _usable(NEAR)}


def _usable(register: dict[str, list[Planter]]) -> dict[str, tuple[Planter, ...]]:
    made = {}
    for code, planters in sorted(register.items()):
        kept = tuple(one for at, one in enumerate(planters) if _case(Dice(f"usable {code} {at}"), f"{code} {at}", one))
        if kept and code not in bench_of_books.checks().trials:
            made[code] = kept
    return made
