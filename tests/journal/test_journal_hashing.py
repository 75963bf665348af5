"""Both hashes of the journal, held against published examples."""

import hashlib
from collections.abc import Iterator

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from jixiao.journal import hashing
from jixiao.journal.hashing import EMPTY, NoSM3, Pair, leaf, node, self_test, sm3

RFC6962_LEAF = "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
RFC6962_NODE = "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_sm3_gives_the_examples_of_the_standard() -> None:
    """GB/T 32905-2016 appendix A: "abc", and "abcd" sixteen times, which is longer than one block."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    self_test()


def test_leaf_and_node_are_those_of_rfc_6962() -> None:
    """The SHA-256 of leaf "L123456" and of the node over "N123" and "N456", as transparency-dev/merkle tests them."""
    assert leaf(b"L123456").sha256.hex() == RFC6962_LEAF
    assert node(Pair(b"", b"N123"), Pair(b"", b"N456")).sha256.hex() == RFC6962_NODE


def test_sm3_has_the_same_prefixes() -> None:
    """A leaf is SM3 of 00 and the line, a node of 01 and both parts: a node never passes for a leaf."""
    assert leaf(b"L123456").sm3 == sm3(b"\0L123456")
    assert node(Pair(b"a" * 32, b""), Pair(b"b" * 32, b"")).sm3 == sm3(b"\1" + b"a" * 32 + b"b" * 32)


def test_nothing_has_the_hashes_of_nothing() -> None:
    """The root of an empty tree is the hash of no bytes, under both."""
    assert EMPTY.sm3 == sm3(b"")
    assert EMPTY.sha256.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def anew() -> Iterator[None]:
    """Hashes are begun anew, before and after."""
    hashing._begun.cache_clear()
    yield
    hashing._begun.cache_clear()


def missing(*_: object) -> None:
    """What is called where there is no SM3."""
    raise ValueError("unsupported hash type sm3")


def missing_too(*_: object) -> None:
    """The same of `cryptography`."""
    raise UnsupportedAlgorithm("sm3")


@pytest.mark.usefixtures("anew")
def test_either_library_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's OpenSSL has no SM3, that of the wheel gives the same leaves and nodes."""
    before = leaf(b"L123456"), node(EMPTY, EMPTY)
    hashing._begun.cache_clear()
    monkeypatch.setattr(hashlib, "new", missing)
    assert (leaf(b"L123456"), node(EMPTY, EMPTY)) == before
    assert type(hashing._begun(b"")).__name__ == "_OfWheel"
    self_test()


@pytest.mark.usefixtures("anew")
def test_without_sm3_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform where neither library has SM3 is refused with what to do, not with a traceback of their own."""
    monkeypatch.setattr(hashlib, "new", missing)
    monkeypatch.setattr(hashing, "Hash", missing_too)
    with pytest.raises(NoSM3, match="SM3"):
        self_test()


def test_a_wrong_sm3_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An SM3 that gives something else than the standard's examples is as good as none."""
    monkeypatch.setattr(hashing, "VECTORS", ((b"abc", "00" * 32),))
    with pytest.raises(NoSM3):
        self_test()
