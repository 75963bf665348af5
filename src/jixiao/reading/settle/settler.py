"""Doubtful readings against the form's own sums: what agrees gains, what does not is told; print is never overruled.

A number copied from the file is what it is: a form that contradicts itself in print stays as printed. Only a number
that was *recognised* (confidence below 1) is looked at. Where a sum fails and exactly one other reading that the
recogniser itself saw makes every sum hold, that reading is taken, said, and never called sure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from typing import Final

from msgspec.structs import replace

from jixiao.form import Form, Place, Problem, parse_number, parse_rate, plain
from jixiao.reading.settle.numbers import numbers_of, with_number
from jixiao.reading.settle.sums import Sum, sums_of

Readings = Mapping[Place, Sequence[tuple[str, Decimal]]]
"""Other readings of what stands at a place, as the recogniser saw them, each with its share of belief."""

COPIED: Final = Decimal(1)
"""The confidence of text that was copied."""
SURE: Final = Decimal("0.99")
"""A reading above this is never changed."""
SETTLED: Final = Decimal("0.90")
"""The most a reading can have that the sums have chosen."""
DOUBTED: Final = Decimal("0.90")
"""The most a recognised reading can have that takes part in a sum that fails."""
AGREED: Final = Decimal("0.995")
"""What a recognised number rises to whose sum holds with it and with no near reading of it."""
_LEAST: Final = Decimal("0.90")
"""A reading below this is not lifted by any sum: there its place is in doubt, and numbers that have
changed places still have the same sum."""
_MOST_CHANGED = 2
_MOST_TRIED: Final = 4000
_Change = tuple[tuple[str, Decimal], ...]


def settle(form: Form, readings: Readings) -> Form:
    """The form with its recognised numbers weighed against its sums.

    Args:
        form: as read.
        readings: what else the recogniser saw at a place; empty for copied text.

    Returns:
        The same form where every number was copied. Else: confidences changed, and problems added with the codes
        `settled` (another reading was taken) and `sum_disagrees` (a sum fails and it is not known where).
    """
    unsure = {pointer: sure for pointer, sure in _confidences(form).items() if sure < COPIED}
    return _Settler(form, readings, unsure).settled() if unsure else form


def _confidences(form: Form) -> dict[str, Decimal]:
    numbers = numbers_of(form)
    return {
        pointer: min((place.confidence for place in form.places[pointer]), default=COPIED)
        for pointer in numbers
        if pointer in form.places
    }


@dataclass(slots=True)
class _Settler:
    form: Form
    readings: Readings
    unsure: dict[str, Decimal]

    def settled(self) -> Form:
        numbers = numbers_of(self.form)
        sums = sums_of(self.form, numbers)
        failing = [tie for tie in sums if not tie.holds(numbers)]
        open_ = [pointer for pointer in self.unsure if numbers[pointer] is None]
        if failing or open_:
            return self._repaired(numbers, failing)
        return _with_confidence(self.form, dict(self._lifted(sums, numbers)))

    def _lifted(self, sums: Sequence[Sum], numbers: dict[str, Decimal | None]) -> Iterator[tuple[str, Decimal]]:
        for pointer, sure in self.unsure.items():
            on_page = all(place.page is not None for place in self.form.places[pointer])
            if on_page and _LEAST <= sure < AGREED and self._is_borne_out(pointer, sums, numbers):
                yield pointer, AGREED

    def _is_borne_out(self, pointer: str, sums: Sequence[Sum], numbers: dict[str, Decimal | None]) -> bool:
        """Whether some sum holds with the number as read, and would fail were any single figure of it another."""
        number = numbers[pointer]
        ties = [tie for tie in sums if pointer in tie.pointers]
        if number is None or not ties:
            return False
        return all(any(tie.holds({**numbers, pointer: other}) is False for tie in ties) for other in _misread(number))

    def _repaired(self, numbers: dict[str, Decimal | None], failing: Sequence[Sum]) -> Form:
        changes = self._solutions(numbers, failing)
        if len(changes) != 1:
            return self._doubted(failing)
        form = self.form
        for pointer, number in changes[0]:
            before = numbers[pointer]
            form = with_number(form, pointer, number)
            problems = tuple(each for each in form.problems if (each.pointer, each.code) != (pointer, "unreadable"))
            form = replace(form, problems=(*problems, _settled(pointer, before, number)))
        changed = {pointer: min(SETTLED, self.unsure[pointer]) for pointer, _ in changes[0]}
        return _with_confidence(form, changed)

    def _solutions(self, numbers: dict[str, Decimal | None], failing: Sequence[Sum]) -> list[_Change]:
        """Changes of unsure numbers to readings that were seen, the fewest first, after which every sum holds."""
        options = {pointer: self._others(pointer, numbers[pointer]) for pointer in self.unsure}
        missing = [pointer for pointer in options if options[pointer] and numbers[pointer] is None]
        near = [pointer for pointer in options if options[pointer] and any(pointer in tie.pointers for tie in failing)]
        wanted = missing + [pointer for pointer in near if pointer not in missing]
        for count in range(1, _MOST_CHANGED + 1):
            tried = list(_changes(wanted, options, count))[:_MOST_TRIED]
            found = [change for change in tried if self._holds_with(numbers, change)]
            if found:
                return found
        return []

    def _holds_with(self, numbers: dict[str, Decimal | None], change: _Change) -> bool:
        """Whether every sum that a change touches holds with it, and each changed number is in one."""
        tried = {**numbers, **dict(change)}
        touched = {pointer for pointer, _ in change}
        ties = [tie for tie in sums_of(self.form, tried) if touched & set(tie.pointers)]
        borne = {pointer for tie in ties for pointer in tie.pointers}
        return touched <= borne and all(tie.holds(tried) for tie in ties)

    def _others(self, pointer: str, number: Decimal | None) -> list[Decimal]:
        """Other numbers that were seen at a pointer's place; none where the reading is sure."""
        if self.unsure[pointer] >= SURE:
            return []
        seen = (text for place in self.form.places[pointer] for text, _ in self.readings.get(place, ()))
        parsed = (_number(pointer, text) for text in seen)
        return list(dict.fromkeys(other for other in parsed if other is not None and other != number))

    def _doubted(self, failing: Sequence[Sum]) -> Form:
        """Every recognised number in a failing sum loses its certainty; the sum is told at the least sure of them."""
        capped: dict[str, Decimal] = {}
        told: list[Problem] = []
        for tie in failing:
            mine = [pointer for pointer in tie.pointers if pointer in self.unsure]
            capped |= {pointer: min(DOUBTED, self.unsure[pointer]) for pointer in mine}
            told += [_disagrees(tie, min(mine, key=self.unsure.__getitem__))] if mine else []
        form = replace(self.form, problems=(*self.form.problems, *told))
        return _with_confidence(form, capped)


def _with_confidence(form: Form, changed: Mapping[str, Decimal]) -> Form:
    places = dict(form.places)
    for pointer, sure in changed.items():
        places[pointer] = tuple(replace(place, confidence=sure) for place in places[pointer])
    return replace(form, places=places) if changed else form


def _changes(pointers: Sequence[str], options: Mapping[str, Sequence[Decimal]], count: int) -> Iterator[_Change]:
    for chosen in combinations(pointers, count):
        for values in product(*(options[pointer] for pointer in chosen)):
            yield tuple(zip(chosen, values, strict=True))


def _number(pointer: str, text: str) -> Decimal | None:
    if pointer.startswith("/funds/"):
        return parse_number(text)
    return parse_rate(text.strip().removesuffix("分"))


def _misread(number: Decimal) -> Iterator[Decimal]:
    """The number with any one of its figures another one."""
    digits = plain(number)
    for at, digit in enumerate(digits):
        if digit.isdigit():
            yield from (Decimal(digits[:at] + other + digits[at + 1 :]) for other in "0123456789" if other != digit)


def _settled(pointer: str, before: Decimal | None, after: Decimal) -> Problem:
    read = "读不出的数" if before is None else f"“{plain(before)}”"
    read_en = "what could not be read" if before is None else f"“{plain(before)}”"
    message = (
        f"此处识别为{read}，表内各项合计不符；改取“{plain(after)}”，合计即相符。请对照原件。"
        f"Recognised as {read_en}, with which the form's sums fail; “{plain(after)}”, also seen there, was taken, with "
        "which they hold. Compare with the original."
    )
    return Problem(pointer, "settled", message)


def _disagrees(tie: Sum, pointer: str) -> Problem:
    message = (
        f"{tie.zh}不符，而其中有识别得来的数：或是认错，或是原件如此。请对照原件。"
        f"Among numbers that were recognised, {tie.en} disagree: misread, or printed so. Compare with the original."
    )
    return Problem(pointer, "sum_disagrees", message)
