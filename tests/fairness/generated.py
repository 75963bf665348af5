"""The generated set: honest forms, forms with one planted fault, near misses, and forms with several faults."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from fairness import (
    plants_documents,
    plants_execution,
    plants_lines,
    plants_money,
    plants_places,
    plants_reasons,
    plants_scores,
    plants_structure,
    plants_sums,
    plants_texts,
    plants_words,
)
from fairness.labelled import Labelled, asked
from fairness.planting import NEAR, PLANTERS, Case, Planter
from fairness.sound import sound_form
from forms.dice import Dice
from jixiao.form import Form

MODULES: Final = (
    plants_sums,
    plants_texts,
    plants_reasons,
    plants_money,
    plants_places,
    plants_scores,
    plants_lines,
    plants_execution,
    plants_structure,
    plants_places,
    plants_documents,
    plants_words,
)
"""What registers planters by being imported."""

HONEST: Final = 150
PLANTED: Final = 16
MISSED: Final = 10
MORE: Final = {"JX414": 64, "JX415": 32, "JX416": 64, "JX424": 28, "JX427": 48, "JX441": 24, "JX434": 24}
"""Checks that find few of their planted faults: more are planted, so that enough of their questions are judged."""

_TRIES: Final = 400


@cache
def generated_forms() -> tuple[Labelled, ...]:
    """The whole generated set, the same each time."""
    return (*_honest(), *_cases("+", PLANTERS, PLANTED), *_cases("-", NEAR, MISSED))


@cache
def planted_form(code: str) -> Form:
    """One form with the fault that a check asks about."""
    name = f"{code}+0"
    return _case(name, PLANTERS[code][0]).form


def _honest() -> Iterator[Labelled]:
    for number in range(HONEST):
        yield Labelled(f"honest {number}", "generated", sound_form(f"honest {number}"))


def _cases(kind: str, register: dict[str, list[Planter]], count: int) -> Iterator[Labelled]:
    for code, planters in sorted(register.items()):
        for number in range(max(count, len(planters), MORE.get(code, 0) if kind == "+" else 0)):
            name = f"{code}{kind}{number}"
            yield _labelled(name, code, kind, _case(name, planters[number % len(planters)]))


def _case(name: str, planter: Planter) -> Case:
    for attempt in range(_TRIES):
        seed = f"{name} {attempt}"
        case = planter(Dice(f"plant {seed}"), sound_form(seed))
        if case is not None:
            return case
    raise LookupError(f"{name}: no form of {_TRIES} lends itself to {planter}")


def _labelled(name: str, code: str, kind: str, case: Case) -> Labelled:
    return Labelled(
        name=name,
        origin="generated",
        form=case.form,
        ask=frozenset(map(asked, case.ask)),
        may=frozenset(map(asked, case.may)),
        planted=frozenset({code}) if kind == "+" else frozenset(),
        near=frozenset({code}) if kind == "-" else frozenset(),
        context=case.context,
        profiles=case.profiles,
        caps=case.caps,
        values=case.values,
    )
