"""The process that stands ready: one trial at a time, in the order they were asked for; `python -m` this module.

It ends when whoever started it ends, when nobody has asked for a while, when a trial takes too long (the alarm of the
system, whatever our code is doing) and when memory runs out: nothing is lost, the next question starts another.
"""

import fcntl
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from time import monotonic_ns
from typing import TYPE_CHECKING, Final

import msgspec

from jixiao import __version__
from jixiao.desk.corpus.standing.wire import (
    ANSWERED,
    ASKED,
    HEARD,
    LOCK,
    MOST_ASKED,
    MOVES,
    SOCKET,
    Answer,
    Question,
    Trial,
    packed,
)
from jixiao.desk.errors import WrongUse
from jixiao.reading.confine import limit_memory
from jixiao.reading.frames import read_frame, write_frame

if TYPE_CHECKING:
    from jixiao.desk.corpus.trying import CorpusTrial

IDLE: Final = 600
"""Seconds without a question after which the process ends."""
OPEN: Final = 2
"""Corpora whose columns stay in memory, some 300 MB a million forms."""
KEPT_BYTES: Final = 64 * 2**20
"""Bytes of answers that are kept."""
_MILLION: Final = 10**6
_PATIENCE: Final = 10
"""Seconds within which a question has to be told."""


@dataclass(slots=True)
class Asked:
    """A trial in the queue, and its answer once it is there."""

    trial: Trial
    answer: Answer | None = None


@dataclass(slots=True)
class Standing:
    """Questions and answers, shared by the threads that listen and the one that works.

    Attributes:
        corpora: the folder of corpora.
        seconds: what a trial may take.
        idle: seconds without a question after which the work ends.
    """

    corpora: Path
    seconds: int
    idle: int = IDLE
    _turn: Condition = field(default_factory=Condition)
    _waiting: dict[str, Asked] = field(default_factory=dict)
    _running: Trial | None = None
    _open: "dict[str, CorpusTrial]" = field(default_factory=dict)
    _kept: OrderedDict[tuple[str, Trial], Answer] = field(default_factory=OrderedDict)

    def ask(self, question: Question) -> Answer:
        """The answer, or how far it is when the time to wait is over."""
        asked = Asked(question.trial)
        with self._turn:
            self._waiting.pop(question.who, None)
            self._waiting[question.who] = asked
            self._turn.notify_all()
            self._turn.wait_for(lambda: asked.answer is not None, question.seconds)
            if asked.answer is not None:
                return asked.answer
            return Answer("working" if self._running == question.trial else "waiting")

    def work(self) -> None:
        """Answer one question after another, until nobody asks any more."""
        while (found := self._next()) is not None:
            signal.alarm(self.seconds)  # it ends the process, which nothing else could while our code computes
            answer = self._answer(found.trial)
            signal.alarm(0)
            with self._turn:
                self._running, found.answer = None, answer
                self._turn.notify_all()

    def _next(self) -> Asked | None:
        with self._turn:
            if not self._turn.wait_for(lambda: self._waiting, self.idle):
                return None
            found = self._waiting.pop(next(iter(self._waiting)))
            self._running = found.trial
            return found

    def _answer(self, trial: Trial) -> Answer:
        from jixiao.desk.corpus.opening import corpus_at

        try:
            with corpus_at(str(self.corpora / trial.corpus)) as corpus:
                digest = corpus.manifest.digest
            known = self._kept.get((digest, trial))
            if known is not None:
                self._kept.move_to_end((digest, trial))
                return msgspec.structs.replace(known, kept=True)
            return self._keep(digest, trial, self._tried(digest, trial))
        except WrongUse as wrong:
            place = f"{self.corpora}{os.sep}"  # where corpora lie on the server is no visitor's business
            return Answer("refused", zh=wrong.zh.replace(place, ""), en=wrong.en.replace(place, ""))

    def _tried(self, digest: str, trial: Trial) -> Answer:
        from jixiao.desk.corpus.trying import Wanted
        from jixiao.desk.whatif import scenario_of

        began = monotonic_ns()
        scenario = scenario_of(trial.rulebook or None, trial.base or None, trial.settings)
        report = self._opened(trial.corpus).report(scenario, __version__, Wanted(MOVES, lows=False))
        return Answer("done", packed(report), digest, (monotonic_ns() - began) // _MILLION)

    def _opened(self, corpus: str) -> "CorpusTrial":
        """The corpus with what was read of it; of the others the one that was asked last stays."""
        from jixiao.desk.corpus.trying import CorpusTrial

        known = corpus in self._open
        self._open[corpus] = self._open.pop(corpus) if known else CorpusTrial(str(self.corpora / corpus))
        for longest_ago in list(self._open)[:-OPEN]:
            del self._open[longest_ago]
        return self._open[corpus]

    def _keep(self, digest: str, trial: Trial, answer: Answer) -> Answer:
        self._kept[digest, trial] = answer
        while sum(len(one.report) for one in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return answer


def _listen(listening: socket.socket, standing: Standing) -> None:
    while True:
        connection, _ = listening.accept()
        Thread(target=_speak, args=(connection, standing), daemon=True).start()


def _speak(connection: socket.socket, standing: Standing) -> None:
    connection.settimeout(_PATIENCE)
    with suppress(OSError, ValueError, msgspec.MsgspecError), connection, connection.makefile("rwb") as stream:
        frame = read_frame(stream, MOST_ASKED)  # type: ignore[arg-type]  # a BufferedRWPair of a socket is a BinaryIO
        if frame is not None and frame[0] == ASKED:
            question = msgspec.msgpack.decode(frame[1], type=Question)
            write_frame(stream, HEARD, b"")  # type: ignore[arg-type]
            answer = standing.ask(question)
            write_frame(stream, ANSWERED, msgspec.msgpack.encode(answer))  # type: ignore[arg-type]


def _end_with_starter() -> None:
    """End when the other end of our input is gone."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Stand ready in a data folder; says so by a byte, or ends at once where another stands there already."""
    parser = ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("megabytes", type=int)
    parser.add_argument("seconds", type=int)
    given = parser.parse_args()
    os.chdir(given.data)  # a socket's path may have a hundred letters only
    with Path(LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        Path(SOCKET).unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening:
            os.umask(0o177)
            listening.bind(SOCKET)
            listening.listen()
            _ready(listening, Standing(given.corpora, given.seconds), given.megabytes)


def _ready(listening: socket.socket, standing: Standing, megabytes: int) -> None:
    import jixiao.desk.corpus.trying  # noqa: F401  # so that the first question does not pay for it

    limit_memory(megabytes)
    Thread(target=_listen, args=(listening, standing), daemon=True).start()
    Thread(target=_end_with_starter, daemon=True).start()
    sys.stdout.buffer.write(b"+")
    sys.stdout.buffer.flush()
    standing.work()


if __name__ == "__main__":
    main()
