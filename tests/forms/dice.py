"""Chance that is the same on every machine and every Python: numbers from the digest of a seed and a counter."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A source of choices, all of which follow from its seed."""

    def __init__(self, seed: str) -> None:
        """Begin at a seed."""
        self._seed, self._count = seed, 0

    def below(self, bound: int) -> int:
        """A whole number from 0 up to a bound, the bound excluded."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}#{self._count}".encode()).digest()
        return int.from_bytes(digest[:16], "big") % bound

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred."""
        return self.below(100) < percent

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """Some of the options, none twice, in any order."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(count)]
