"""An original is changed in a child as confined as one that reads; whatever its craft does is a sentence."""

import time
from pathlib import Path

import pytest

from jixiao.reading import Limits, Unreadable, rework_file


def refusal(craft: str, job: bytes = b"", limits: Limits | None = None) -> Unreadable:
    """Why a craft of `craft_doubles` did not change an original."""
    with pytest.raises(Unreadable) as caught:
        rework_file(b"original", f"reading.craft_doubles:{craft}", job, limits=limits or Limits(), label="原件.pdf")
    return caught.value


def test_a_craft_gets_original_and_job(tmp_path: Path) -> None:
    """An original, as a path or as bytes, and the job reach the craft; its bytes come back."""
    path = tmp_path / "a"
    path.write_bytes(b"original")
    assert rework_file(path, "reading.craft_doubles:append", b"+job") == b"original+job"
    assert rework_file(b"", "reading.craft_doubles:append", b"") == b""


@pytest.mark.parametrize(("code", "told"), [("encrypted", "encrypted"), ("evil", "cannot_be_changed")])
def test_a_refusal_names_the_file(code: str, told: str) -> None:
    """A craft's refusal comes back with the original's name; a code that is none becomes the general one."""
    found = refusal("refuse", code.encode())
    assert (found.code, found.zh, found.en) == (told, "原件.pdf：不改。", "原件.pdf: not changed.")
    assert (found.advice_zh, found.advice_en) == ("请另存。", "Save a copy.")


HARM = {
    "open_file": ("crashed", "Error @ "),
    "connect": ("crashed", "Error @ "),
    "eat": ("memory", "512 MB"),
    "die": ("crashed", "SIGABRT"),
    "leave": ("crashed", "exit status 7"),
    "rubbish": ("crashed", "TypeError @ "),
    "unknown": ("crashed", "AttributeError @ "),
}


@pytest.mark.parametrize("craft", HARM)
def test_a_craft_that_does_harm_is_a_sentence(craft: str) -> None:
    """No file, no connection, no more memory; a crash, an early end, an answer of no bytes cost only the answer."""
    code, said = HARM[craft]
    found = refusal(craft)
    assert found.code == code
    assert said in found.en
    assert code == "memory" or "no file was written" in found.en


def test_a_craft_that_never_ends_is_stopped() -> None:
    """The clock ends it."""
    start = time.monotonic_ns()
    assert "改了 1 秒还没改完" in refusal("sleep", limits=Limits(seconds=1)).zh
    assert time.monotonic_ns() - start < 5 * 10**9


def test_an_answer_has_a_limit() -> None:
    """More bytes than an answer may be are not taken."""
    assert refusal("swell", limits=Limits(answer_megabytes=1)).code == "crashed"


def test_an_original_that_is_missing_is_told(tmp_path: Path) -> None:
    """No child is asked for a file that is not there, or too large."""
    with pytest.raises(Unreadable) as caught:
        rework_file(tmp_path / "none.pdf", "reading.craft_doubles:append", b"")
    assert caught.value.code == "not_found"
