"""F3: two trees over the same leaves, SM3 for the rules and SHA-256 for the tools, of one order and one size."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final
from unittest import mock

from cryptography.exceptions import UnsupportedAlgorithm

from drills.row import Drill, Outcome, Row
from jixiao.journal import hashing
from jixiao.journal.hashing import NoSM3, Pair, leaf, self_test
from jixiao.journal.tree import consistency, inclusion, root, verify_consistency, verify_inclusion
from journal.logs import dice_of

VECTORS: Final = (
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
)
"""GB/T 32905-2016, appendix A."""
Hash = Callable[[bytes], bytes]


def run(drill: Drill) -> Outcome:
    """Trees of random leaves, each held against one worked out anew under each hash alone."""
    faults = [*_vectors(), *_refusals()]
    for number in range(drill.count):
        faults += _tree(f"{drill.seed} {number}")
    return Outcome(drill.count, tuple(faults), (f"{len(VECTORS)} vectors of GB/T 32905", "refused without SM3"))


def _vectors() -> Iterator[str]:
    for message, told in VECTORS:
        if hashing.sm3(message).hex() != told:
            yield f"SM3 of {message[:8]!r} is not the standard's"


def _refusals() -> Iterator[str]:
    """Without SM3, and with a wrong one, nothing goes on."""
    no_system = mock.patch.object(hashlib, "new", side_effect=ValueError("unsupported hash type sm3"))
    no_wheel = mock.patch.object(hashing, "Hash", side_effect=UnsupportedAlgorithm("sm3"))
    wrong = mock.patch.object(hashing, "sm3", lambda data, _=b"": hashlib.sha256(data).digest())
    for name, patches in (("no SM3", (no_system, no_wheel)), ("a wrong SM3", (wrong,))):
        hashing._begun.cache_clear()
        for patch in patches:
            patch.start()
        try:
            self_test()
            yield f"went on with {name}"
        except NoSM3:
            pass
        finally:
            mock.patch.stopall()
            hashing._begun.cache_clear()


def _tree(seed: str) -> Iterator[str]:
    dice = dice_of(seed)
    lines = [dice.randbytes(dice.randrange(80)) for _ in range(dice.randrange(1, 90))]
    leaves = [leaf(line) for line in lines]
    top = root(leaves)
    alone = Pair(_alone(lines, _sm3), _alone(lines, _sha256))
    if top != alone:
        yield f"seed {seed}: the roots over {len(lines)} leaves are not those of each hash alone"
    index, old, size = dice.randrange(len(lines)), dice.randrange(1, len(lines) + 1), len(lines)

    def subtree(level: int, number: int) -> Pair:
        return root(leaves[number << level : number + 1 << level])

    if not verify_inclusion(leaves[index], index, size, inclusion(index, size, subtree), top):
        yield f"seed {seed}: leaf {index} of {size} is not shown"
    if not verify_consistency(old, size, consistency(old, size, subtree), root(leaves[:old]), top):
        yield f"seed {seed}: {old} of {size} is not shown"
    one, other = sorted(dice.sample(range(size), 2)) if size > 1 else (0, 0)
    leaves[one], leaves[other] = leaves[other], leaves[one]
    swapped = root(leaves)
    if lines[one] != lines[other] and (swapped.sm3 == top.sm3 or swapped.sha256 == top.sha256):
        yield f"seed {seed}: two leaves changed places unseen"


def _sm3(data: bytes) -> bytes:
    return hashing.sm3(data)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _alone(lines: list[bytes], hash_: Hash) -> bytes:
    """The root as RFC 6962 defines it, under one hash."""
    if len(lines) == 1:
        return hash_(b"\0" + lines[0])
    k = 1 << (len(lines) - 1).bit_length() - 1
    return hash_(b"\1" + _alone(lines[:k], hash_) + _alone(lines[k:], hash_))


ROW = Row(
    id="F3", zh="同样的叶子、两棵树：SM3 与 SHA-256 的根对应同样的次序和行数；没有 SM3 就不开始",
    en="two trees over the same leaves, of one order and size; vectors of GB/T 32905; refused without SM3",
    ci=2_000, full=100_000, unit="trees", run=run,
)  # fmt: skip
