"""What is asked of the standing process, what it answers, and where the two meet."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from jixiao.writing.whatif.report import WhatIfReport

SOCKET: Final = "trials.sock"
"""Where the process listens, in the office's data folder."""
LOCK: Final = "trials.lock"
"""Held by the process while it lives, so that there is one a folder."""
ASKED: Final = b"A"
HEARD: Final = b"H"
"""The process has the question; without this word it was ending when it was asked, and another may be."""
ANSWERED: Final = b"W"
MOST_ASKED: Final = 2**16
"""Bytes of a question."""
MOST_ANSWERED: Final = 2**28
"""Bytes of an answer."""
MOVES: Final = 500
"""Forms that an answer names."""

State = Literal["done", "working", "waiting", "refused"]


class Trial(Struct, frozen=True):
    """What is tried.

    Attributes:
        corpus: its folder below the folder of corpora, "330100/2024".
        rulebook, base, settings: as for `scenario_of`; empty for none.
    """

    corpus: str
    rulebook: str = ""
    base: str = ""
    settings: tuple[str, ...] = ()


class Question(Struct, frozen=True):
    """A trial that somebody asks for.

    Attributes:
        trial: what is tried.
        who: whoever asks; a later question takes the place of an earlier one of the same that has not begun.
        seconds: how long the answer is waited for.
    """

    trial: Trial
    who: str
    seconds: int


class Answer(Struct, frozen=True):
    """What the process answers.

    Attributes:
        state: "done"; "working" on this very trial; "waiting" until another is over; "refused" with its reason.
        report: the packed report of one that is done.
        digest: of the corpus' manifest, SHA-256.
        milliseconds: that the trial took.
        kept: whether the answer was there already.
        zh, en: why there is none.
    """

    state: State
    report: bytes = b""
    digest: str = ""
    milliseconds: int = 0
    kept: bool = False
    zh: str = ""
    en: str = ""


def packed(report: WhatIfReport) -> bytes:
    """A report as bytes."""
    return msgspec.msgpack.encode(report)


def unpacked(data: bytes) -> WhatIfReport:
    """The report again."""
    return _REPORT.decode(data)


_REPORT: Final = msgspec.msgpack.Decoder(WhatIfReport)
