"""The tree and its proofs: published vectors, and every proof of every small tree."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from jixiao.journal.hashing import EMPTY, Pair, leaf, node
from jixiao.journal.tree import (
    Frontier,
    Subtree,
    consistency,
    edge,
    inclusion,
    root,
    verify_consistency,
    verify_inclusion,
)

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The trees that Certificate Transparency's code is tested with: inputs, and the root over the first n of them."""
LAST = 130
LEAVES = [leaf(bytes([number])) for number in range(LAST)]


def subtree(level: int, number: int) -> Pair:
    """A complete subtree over `LEAVES`, by the recursion of RFC 6962."""
    start = number << level
    assert start + (1 << level) <= LAST, "a proof asked for a subtree that is not complete"
    return by_definition(LEAVES[start : start + (1 << level)])


def by_definition(leaves: list[Pair]) -> Pair:
    """The root as RFC 6962 section 2.1 defines it, word for word."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(by_definition(leaves[:k]), by_definition(leaves[k:]))


def valid_subtrees() -> Iterator[tuple[int, int]]:
    """Start and end of each subtree that the draft calls valid, in its order: the start lies on a border."""
    for end in range(LAST + 1):
        for start in range(end + 1):
            if start == end or start % (1 << (end - start - 1).bit_length()) == 0:
                yield start, end


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    """The root over the first n of the published inputs is the published one."""
    assert root(leaf(bytes.fromhex(each)) for each in INPUTS[:size]).sha256.hex() == ROOTS[size]


def test_every_subtree_of_the_draft() -> None:
    """All subtrees up to size 130 fold into the hash published in draft-ietf-plants-merkle-tree-certs."""
    lines = (f"[{start}, {end}) {root(LEAVES[start:end]).sha256.hex()}\n" for start, end in valid_subtrees())
    folded = sha256("".join(lines).encode()).hexdigest()
    assert folded == "b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81"


def test_every_inclusion_proof_of_the_draft() -> None:
    """All inclusion proofs up to size 130 fold into the hash published in the same draft, and each verifies."""
    fold = sha256()
    for start, end in valid_subtrees():
        part = _part(start)
        top = root(LEAVES[start:end])
        for index in range(start, end):
            proof = inclusion(index - start, end - start, part)
            hashes = "".join(f" {each.sha256.hex()}" for each in proof)
            fold.update(f"{index} [{start}, {end}){hashes}\n".encode())
            assert verify_inclusion(LEAVES[index], index - start, end - start, proof, top)
    assert fold.hexdigest() == "ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f"


def _part(start: int) -> Subtree:
    kept: dict[tuple[int, int], Pair] = {}

    def part(level: int, number: int) -> Pair:
        low = start + (number << level)
        if (level, number) not in kept:
            kept[level, number] = root(LEAVES[low : low + (1 << level)])
        return kept[level, number]

    return part


@pytest.mark.parametrize(
    ("old", "new", "path"), [(1, 1, []), (6, 8, [(1, 2), (1, 3), (2, 0)]), (2, 5, [(1, 1), (0, 4)])]
)
def test_consistency_proofs_of_the_rfc(old: int, new: int, path: list[tuple[int, int]]) -> None:
    """The proofs are those that section 2.1.3 of RFC 6962 and the vectors of transparency-dev/merkle name."""
    assert consistency(old, new, subtree) == [subtree(level, number) for level, number in path]


@pytest.mark.parametrize("size", range(35))
def test_proofs_show_what_is_and_nothing_else(size: int) -> None:
    """Every proof of a small tree verifies; shortened, lengthened, for another leaf or place it does not."""
    top = by_definition(LEAVES[:size])
    assert root(LEAVES[:size]) == top
    for index in range(size):
        proof = inclusion(index, size, subtree)
        assert verify_inclusion(LEAVES[index], index, size, proof, top)
        assert not any(
            verify_inclusion(LEAVES[index], other, size, proof, top) for other in range(size) if other != index
        )
        assert not verify_inclusion(LEAVES[index - 1], index, size, proof, top) or size == 1
        assert not verify_inclusion(LEAVES[index], index, size, [*proof, EMPTY], top)
        assert not proof or not verify_inclusion(LEAVES[index], index, size, proof[:-1], top)
    for old in range(size + 1):
        proof = consistency(old, size, subtree)
        before = by_definition(LEAVES[:old])
        assert verify_consistency(old, size, proof, before, top)
        assert not verify_consistency(old, size, [*proof, EMPTY], before, top)
        assert not verify_consistency(old, size, proof, by_definition(LEAVES[1 : old + 1]), top) or not old
        assert not proof or not verify_consistency(old, size, proof[1:], before, top)


@pytest.mark.parametrize("which", ["sm3", "sha256"])
def test_one_wrong_hash_of_two_is_not_enough(which: str) -> None:
    """A proof holds under both hashes or not at all."""
    top = by_definition(LEAVES[:7])
    false = top._replace(**{which: bytes(32)})
    assert not verify_inclusion(LEAVES[3], 3, 7, inclusion(3, 7, subtree), false)
    assert not verify_consistency(3, 7, consistency(3, 7, subtree), by_definition(LEAVES[:3]), false)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 64, 100])
def test_a_tree_goes_on_from_its_edge(size: int) -> None:
    """A frontier begun from kept subtrees grows as the one that saw every leaf, and gives the subtrees to be kept."""
    kept: dict[tuple[int, int], Pair] = {}
    whole = Frontier()
    for each in LEAVES[:size]:
        kept |= {(level, number): pair for level, number, pair in whole.append(each)}
    resumed = Frontier(size, edge(size, lambda level, number: kept[level, number]))
    for each in LEAVES[size : size + 20]:
        assert whole.append(each) == resumed.append(each)
        assert whole.root() == resumed.root()
    assert all(pair == subtree(level, number) for (level, number), pair in kept.items())


def test_a_frontier_of_the_wrong_width_is_refused() -> None:
    """Going on from an edge that does not fit the size would make another tree."""
    with pytest.raises(ValueError, match="edge"):
        Frontier(3, [EMPTY])


def test_twenty_hashes_at_a_million() -> None:
    """An inclusion proof in a log of a million lines has at most 20 hashes, of which 60 subtrees are read at most."""
    read: list[tuple[int, int]] = []

    def counted(level: int, number: int) -> Pair:
        read.append((level, number))
        return EMPTY

    for index in (0, 1, 524_287, 524_288, 999_998, 999_999):
        read.clear()
        assert len(inclusion(index, 1_000_000, counted)) <= 20
        assert len(read) <= 40


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    """A leaf outside the tree has no proof, and none is believed."""
    with pytest.raises(ValueError, match="no leaf"):
        inclusion(index, size, subtree)
    assert not verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])
