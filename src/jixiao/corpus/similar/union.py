"""Which texts hang together: a forest in which every tree is one group, and its root the least of its members."""

from array import array


class Union:
    """Connected components of the numbers from 0 to a count."""

    def __init__(self, count: int) -> None:
        """Every number alone."""
        self._above = array("I", range(count))

    def find(self, one: int) -> int:
        """The root of a number; the way there is halved."""
        above = self._above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._above[high] = low

    def roots(self) -> list[int]:
        """The root of every number."""
        return [self.find(one) for one in range(len(self._above))]
