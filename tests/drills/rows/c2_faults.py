"""C2: the n-th I/O fails, n = 1, 2, … until the act completes untouched, for every act that writes."""

import gc
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drills.durable.acts import ACTS, QUICK, Act, do, ready
from drills.durable.base import Base, enter, leave, make_base, reset
from drills.durable.state import Mask, State, differing, half_written, look, mask_of
from drills.durable.troubles import Mode, modes
from drills.faulty_io import Call, Channel, More, refused, watched
from drills.row import Drill, Outcome, Row

AGAIN = 5
"""In CI's measure every so many failures the act is done again by the same process."""
_CHINESE, _ENGLISH = re.compile(r"[一-鿿]{6}"), re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+")
_BARE = re.compile(r"Traceback|Errno|sqlite3|OperationalError|psycopg|site-packages")


@dataclass
class Trial:
    """One act under one mode of failure, step by step.

    Attributes:
        step: which call fails.
        hit: the call that did; none while the act went through untouched.
        verdict: what was seen after the failure: "before", "after", "between".
        faults: what was found wrong.
        failures: how many calls were made to fail.
    """

    base: Base
    act: Act
    mode: Mode
    place: Path
    before: State
    after: State
    mask: Mask
    every: int
    step: int = 0
    hit: Call | None = None
    verdict: str = ""
    faults: list[str] = field(default_factory=list)
    failures: int = 0

    def run(self) -> None:
        """From the first call to the last."""
        more = More(messages=True, beside=self._beside)
        ended = watched(self._work, self._judge, self.place, more)
        if ended.code:
            self._fault(f"the process ended with {ended.code}")
        self._read(ended.told)

    def _work(self, channel: Channel) -> None:
        """The child: one process serves all steps."""
        while channel.ask("next"):
            enter(self.place)
            _open(self.act)
            made = ready(self.base, self.act)
            channel.begin()
            answer = do(self.base, self.act, made)
            channel.end()
            channel.tell([answer.status, answer.done, answer.words[-2000:]])
            if channel.ask("done" if answer.done else "failed"):
                again = do(self.base, self.act)
                channel.tell([again.status, again.done, again.words[-2000:]])
                channel.ask("again")
            leave()

    def _judge(self, call: Call) -> int | None:
        answer = self.mode.answer(call, self.step)
        if answer is not None:
            self.failures += 1
            self.hit = self.hit or call
        return answer

    def _beside(self, what: str) -> bool:
        if what == "next":
            going_on = self.step == 0 or self.hit is not None
            self.step, self.hit = self.step + 1, None
            if going_on and self.verdict != "before":
                reset(self.base, self.place)
            return going_on
        now = look(self.place)
        self.verdict = self._standing(now)
        if what == "again":
            if self.verdict != "after":
                self._fault(f"done again, the office differs in {differing(self.after, now, self.mask)}")
            return True
        if self.verdict == "between":
            self._between(now)
        if what == "done" and self.verdict != "after" and not self.act.tells:
            self._fault(f"acknowledged, but {differing(self.after, now, self.mask)} is not as it should be")
        return what == "failed" and self.verdict == "before" and self.step % self.every == 0

    def _standing(self, now: State) -> str:
        if not differing(self.after, now, self.mask):
            return "after"
        return "between" if differing(self.before, now, frozenset()) else "before"

    def _between(self, now: State) -> None:
        """Only acts of several parts may stop between them, and each part is whole."""
        found = half_written(self.place)
        if not (self.act.parts or self.act.tells):
            found.append(f"neither before nor after: {differing(self.before, now, frozenset())}")
        for one in found:
            self._fault(one)

    def _read(self, told: list[Any]) -> None:
        for status, done, words in told:
            if not done and (why := unplain(status, words)):
                self.faults.append(f"{self.act.name}: {why}")

    def _fault(self, words: str) -> None:
        where = f"{self.hit.name} {Path(self.hit.path).name}" if self.hit else "untouched"
        self.faults.append(f"{self.act.name}, {self.mode.name}, call {self.step} ({where}): {words}")


def unplain(status: int, words: str) -> str:
    """Why an answer is not plain; empty where it is: a sentence in both languages, nothing of the program's inside."""
    text = re.sub(r"<[^>]*>", " ", words)
    if status == 500:
        return f"answered as an unknown failure: {text.strip()[:200]}"
    if found := _BARE.search(text):
        return f"answered {status} with {found[0]!r}"
    if not _CHINESE.search(text) and not _ENGLISH.search(text):
        return f"answered {status} without a sentence: {text.strip()[-200:]!r}"
    return ""


def _open(act: Act) -> None:
    """As in an office at work: the connection is there, and has been used."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_user")
        if "checkpoint" in act.name and connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_autocheckpoint=1")


def prepared(base: Base, act: Act, place: Path) -> tuple[State, State, Mask]:
    """The state before, the state after, and what differs from run to run."""
    seen = []

    def work(channel: Channel) -> None:
        while channel.ask("next"):
            enter(place)
            answer = do(base, act)
            channel.tell([answer.status, answer.done, answer.words[-300:]])
            leave()

    def beside(_: str) -> bool:
        seen.append(look(place))
        reset(base, place)
        return len(seen) <= 2

    ended = watched(work, lambda _: None, place, More(beside=beside))
    if ended.code or not all(done for _, done, _ in ended.told):
        raise ValueError(f"{act.name} cannot be done: {ended.code} {ended.told}")
    before, one, other = seen
    return before, one, mask_of(one, other)


def run(drill: Drill) -> Outcome:
    """The drill."""
    if why := refused():
        return Outcome(0, (f"没有试：这台机器上不能让系统调用失败 not tried: {why}",))
    base = make_base(drill.folder, ACTS if drill.full else QUICK)
    gc.collect()
    gc.freeze()
    work = [(act, mode) for mode in modes(full=drill.full) for act in (ACTS if drill.full else QUICK)]
    if drill.count < len(work):
        random.Random(drill.seed).shuffle(work)  # noqa: S311 -- a drill that can be repeated
    count, failures, faults = 0, 0, list[str]()
    for act, mode in work[: drill.count]:
        with base.fresh() as place:
            trial = Trial(base, act, mode, place, *prepared(base, act, place), every=1 if drill.full else AGAIN)
            trial.run()
        count, failures = count + 1, failures + trial.failures
        faults += trial.faults
    named = {act.name for act, _ in work[:count]}
    told = (f"{failures:,} calls failed", f"{len(named)} acts", f"{len(modes(full=drill.full))} modes of failure")
    return Outcome(count, tuple(dict.fromkeys(faults)), told)


ROW = Row(
    id="C2", zh="第 n 次读写失败：之前或之后，没有一半，话说得明白",
    en="the n-th I/O fails: the state is before or after, the message plain", ci=len(QUICK),
    full=len(ACTS) * len(modes(full=True)), unit="acts", run=run, cores=1, postgresql=False,
)  # fmt: skip
