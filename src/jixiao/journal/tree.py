"""The Merkle tree of RFC 6962 section 2.1 (RFC 9162 the same), over pairs of hashes.

A complete subtree is named by level and number: (0, 5) is the sixth leaf, (3, 1) the node over leaves 8 to 15. Whoever
keeps those (a table, a list) hands in a function `subtree(level, number)`; a proof reads at most two for each level.
"""

from collections.abc import Callable, Iterable, Sequence

from jixiao.journal.hashing import EMPTY, Pair, node

Subtree = Callable[[int, int], Pair]
"""Gives the hashes of a complete subtree by level and number."""


class Frontier:
    """A tree that only grows, remembering no more than the complete subtrees at its right edge.

    Attributes:
        size: how many leaves there are.
        edge: the complete subtrees at the right edge, largest first; with the size all that must be kept to go on.
    """

    def __init__(self, size: int = 0, edge: Iterable[Pair] = ()) -> None:
        """Begin empty, or go on at `size` with the complete subtrees of the edge, largest first."""
        self.size = size
        self.edge = list(edge)
        if len(self.edge) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} subtrees at its edge")

    def append(self, leaf: Pair) -> list[tuple[int, int, Pair]]:
        """Add a leaf; gives each complete subtree that came to be by it: level, number, hashes; the leaf first."""
        made = [(0, self.size, leaf)]
        level, number = 0, self.size
        while number & 1:
            leaf = node(self.edge.pop(), leaf)
            level, number = level + 1, number >> 1
            made.append((level, number, leaf))
        self.edge.append(leaf)
        self.size += 1
        return made

    def extend(self, leaves: Iterable[Pair]) -> None:
        """Add leaves, without telling which subtrees came to be: for whoever only wants the root."""
        edge = self.edge
        for number, top in enumerate(leaves, self.size):
            rest, hashes = number, top
            while rest & 1:
                hashes = node(edge.pop(), hashes)
                rest >>= 1
            edge.append(hashes)
            self.size = number + 1

    def root(self) -> Pair:
        """The root over all leaves so far."""
        return _over(self.edge)


def _over(parts: Sequence[Pair]) -> Pair:
    """The node over subtrees that lie side by side, ever smaller."""
    if not parts:
        return EMPTY
    top = parts[-1]
    for left in reversed(parts[:-1]):
        top = node(left, top)
    return top


def root(leaves: Iterable[Pair]) -> Pair:
    """The root of a tree with these leaves."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def edge(size: int, subtree: Subtree) -> list[Pair]:
    """The complete subtrees at the right edge of a tree of `size`, largest first: what `Frontier` goes on from."""
    return [subtree(level, number) for level, number in _cover(0, size)]


def _cover(start: int, end: int) -> list[tuple[int, int]]:
    """The complete subtrees that make up the leaves `start` to `end`, start on a border of what is to its right."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append((level, start >> level))
        start += 1 << level
    return parts


def _hash(start: int, end: int, subtree: Subtree) -> Pair:
    return _over([subtree(level, number) for level, number in _cover(start, end)])


def _split(length: int) -> int:
    """The greatest power of two that is less than `length`."""
    return 1 << (length - 1).bit_length() - 1


def inclusion(index: int, size: int, subtree: Subtree) -> list[Pair]:
    """The proof that leaf `index` is in the tree of `size`, nearest the leaf first.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return [_hash(low, high, subtree) for low, high in reversed(path)]


def consistency(old: int, new: int, subtree: Subtree) -> list[Pair]:
    """The proof that the tree of `new` begins with the tree of `old`.

    Raises:
        ValueError: old is greater than new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot begin with one of {old}")
    if old in {0, new}:
        return []
    path = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, whole = middle, False
    if not whole:
        path.append((start, end))
    return [_hash(low, high, subtree) for low, high in reversed(path)]


def verify_inclusion(leaf: Pair, index: int, size: int, proof: Sequence[Pair], root: Pair) -> bool:
    """Whether the proof shows, under both hashes, that `leaf` is the one at `index` of the tree with this root."""
    if not 0 <= index < size:
        return False
    rest = list(proof)
    number, last = index, size - 1
    for sibling in rest:
        if not last:
            return False
        if number & 1 or number == last:
            leaf = node(sibling, leaf)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            leaf = node(leaf, sibling)
        number, last = number >> 1, last >> 1
    return not last and leaf == root


def verify_consistency(old: int, new: int, proof: Sequence[Pair], old_root: Pair, new_root: Pair) -> bool:
    """Whether the proof shows, under both hashes, that the tree of `new` begins with the tree of `old`."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not old:
        return not proof and old_root == EMPTY
    rest = list(proof)
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    if number and not rest:
        return False
    first = second = rest.pop(0) if number else old_root
    for sibling in rest:
        if not last:
            return False
        if number & 1 or number == last:
            first, second = node(sibling, first), node(sibling, second)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            second = node(second, sibling)
        number, last = number >> 1, last >> 1
    return not last and first == old_root and second == new_root
