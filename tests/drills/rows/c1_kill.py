"""C1: an office is killed while it writes, at named points and at any moment; afterwards nothing is lost or half."""

import gc
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from drills.durable.acts import ACTS, QUICK, ROOMS, STARTS_THREADS, Act, do, ready
from drills.durable.base import Base, enter, leave, make_base, reset, swept
from drills.durable.state import Mask, State, differing, half_written, look, mask_of, torn, unnamed
from drills.faulty_io import KILL, Call, Channel, More, refused, watched
from drills.row import Drill, Outcome, Row

LENGTH: Final = 4
"""Acts one after another in one process."""
_POINTS: Final = 40
_AT_EACH: Final = 50
ACKNOWLEDGED: Final = "before it is acknowledged"


Points = tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Some acts one after another, and what they lead to when nobody is killed.

    Attributes:
        acts: the acts.
        states: the office before the first, and after each.
        mask: what differs from run to run.
        points: the named points of each act: which of its calls, and what it is called.
        seconds: what all of it takes.
    """

    acts: tuple[Act, ...]
    states: tuple[State, ...]
    mask: Mask
    points: Points
    seconds: float


@dataclass
class Kill:
    """One kill.

    Attributes:
        way: what the process is doing.
        act, call: at which call of which act it is killed; 0 for the moment before it is acknowledged.
        after: seconds after which it is killed instead; none for a named point.
        done: how many acts were acknowledged.
    """

    way: Way
    act: int = 0
    call: int = 0
    after: float | None = None
    done: int = 0

    def judge(self, call: Call) -> int | None:
        """Kills at the point."""
        return KILL if self.after is None and (self.done, call.number) == (self.act, self.call) else None

    def beside(self, _: str) -> bool | None:
        """Hears an acknowledgement; at the named point the process dies before it arrives."""
        if self.after is None and (self.done, self.call) == (self.act, 0):
            return None
        self.done += 1
        return True


@dataclass
class Found:
    """What was found over all kills."""

    faults: list[str] = field(default_factory=list)
    points: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    moments: int = 0
    acknowledged: int = 0
    orphans: int = 0


def doing(base: Base, way: Sequence[Act], place: Path) -> Any:
    """The child: does the acts and acknowledges each."""

    def work(channel: Channel) -> None:
        enter(place)
        leave()
        for act in way:
            made = ready(base, act)
            channel.begin()
            do(base, act, made)
            channel.end()
            channel.ask("acknowledged")

    return work


def prepared(base: Base, acts: Sequence[Act], place: Path) -> Way:
    """A way walked twice without a kill."""
    (one, points, seconds), (other, _, _) = (_walked(base, acts, place) for _ in range(2))
    mask = frozenset[tuple[str, str]]().union(*map(mask_of, one, other))
    if whole := half_written(place):
        raise ValueError(f"{[act.name for act in acts]} leave something half: {whole}")
    return Way(tuple(acts), one, mask, points, seconds)


def _walked(base: Base, acts: Sequence[Act], place: Path) -> tuple[tuple[State, ...], Points, float]:
    """The states, the points and the seconds of one walk."""
    reset(base, place)
    states, points, seen = [look(place)], list[tuple[tuple[int, str], ...]](), list[Call]()

    def beside(_: str) -> bool:
        act = acts[len(points)]
        points.append(tuple((call.number, name_of(act, call)) for call in seen))
        seen.clear()
        states.append(look(place))
        return True

    start = time.monotonic()
    ended = watched(doing(base, acts, place), seen.append, place, More(messages=True, beside=beside))
    if ended.code:
        raise ValueError(f"{[act.name for act in acts]} ended with {ended.code}")
    return tuple(states), tuple(points), time.monotonic() - start


def name_of(act: Act, call: Call) -> str:
    """What a point is called: the room of the act, the call, and what kind of file or message it is about."""
    return f"{ROOMS[act.name]}: {call.name} {_kind(call)}"


def _kind(call: Call) -> str:
    if call.path.startswith("socket:"):
        return next((verb for verb in ("COMMIT", "INSERT", "UPDATE", "SELECT") if verb in call.other), "message")
    path = Path(call.path)
    for part, kind in (("-wal", "log"), ("-shm", "index of the log"), (".sqlite3", "database"), ("new-", "aside")):
        if part in path.name:
            return kind
    return next((kind for part, kind in (("files", "store"), ("tmp", "temporary")) if part in path.parts), "folder")


def chosen(way: Way, found: Found, dice: random.Random) -> Kill:
    """The point of a way at which fewest were killed so far."""
    offered = [(at, number, name) for at, calls in enumerate(way.points) for number, name in calls]
    offered += [(at, 0, f"{ROOMS[act.name]}: {ACKNOWLEDGED}") for at, act in enumerate(way.acts)]
    dice.shuffle(offered)
    at, number, name = min(offered, key=lambda one: found.points[one[2]])
    found.points[name] += 1
    return Kill(way, at, number)


def killed(base: Base, kill: Kill, place: Path, found: Found) -> None:
    """Kill once, and judge what is there afterwards."""
    reset(base, place)
    more = More(messages=True, beside=kill.beside, kill_after=kill.after)
    ended = watched(doing(base, kill.way.acts, place), kill.judge, place, more)
    if ended.code != -9:
        if ended.code:
            found.faults.append(f"{[act.name for act in kill.way.acts]} ended with {ended.code} by itself")
        return
    found.kills += 1
    found.acknowledged += kill.done
    found.faults += judged(kill, place, found)


def judged(kill: Kill, place: Path, found: Found) -> Iterator[str]:
    """What is wrong in an office after a kill."""
    way, now = kill.way, look(place)
    allowed = _allowed(kill)
    where = f"{way.acts[min(kill.done, len(way.acts) - 1)].name}, " + (
        f"call {kill.call}" if kill.after is None else f"{kill.after:.3f} s"
    )
    matching = [at for at in allowed if not differing(way.states[at], now, way.mask)]
    if not matching:
        yield from (f"{where}: {words}" for words in _otherwise(kill, place, now))
    orphans = unnamed(now)
    found.orphans += len(orphans)
    yield from (f"{where}: {words}" for words in torn(place, orphans))
    yield from (f"{where}: {words}" for words in swept(place, orphans))


def _allowed(kill: Kill) -> tuple[int, ...]:
    """After how many acts the office may be: those acknowledged, or one more that was under way."""
    if kill.done >= len(kill.way.acts):
        return (kill.done,)
    if kill.after is None and kill.call == 0:
        return (kill.done + 1,)
    return kill.done, kill.done + 1


def _otherwise(kill: Kill, place: Path, now: State) -> Iterator[str]:
    """The office is as after none of the acts that could be: lost, half, or between parts of an act."""
    way, next_one = kill.way, kill.way.acts[min(kill.done, len(kill.way.acts) - 1)]
    earlier = [at for at in range(kill.done) if not differing(way.states[at], now, way.mask)]
    if earlier:
        yield f"{kill.done} acts were acknowledged, {kill.done - earlier[-1]} of them are lost"
    elif not (next_one.parts or next_one.tells):
        yield f"half written: {differing(way.states[kill.done], now, way.mask)}"
    yield from half_written(place)


def run(drill: Drill) -> Outcome:
    """The drill."""
    if why := refused():
        return Outcome(0, (f"没有试：这台机器上不能在指定之处终止进程 not tried: {why}",))
    base = make_base(drill.folder, ACTS if drill.full else QUICK)
    gc.collect()
    gc.freeze()
    dice, found = random.Random(drill.seed), Found()  # noqa: S311 -- a drill that can be repeated
    acts = [act for act in (ACTS if drill.full else QUICK) if act.where not in STARTS_THREADS]
    dice.shuffle(acts)
    groups = [acts[at : at + LENGTH] for at in range(0, len(acts), LENGTH)]
    most = max(1, drill.count // len(groups) + 1)
    with base.fresh() as place:
        while found.kills < drill.count:
            for group in groups:
                _some(base, group, place, min(most, drill.count - found.kills), found, dice)
    return Outcome(found.kills, tuple(dict.fromkeys((*found.faults, *_too_few(drill, found)))), _told(found))


def _some(base: Base, group: Sequence[Act], place: Path, most: int, found: Found, dice: random.Random) -> None:
    """Kill some times on one way, in turns at a named point and at any moment."""
    if most <= 0:
        return
    reset(base, place)
    way = prepared(base, group, place)
    for number in range(most):
        if number % 2:
            kill = Kill(way, after=dice.uniform(0, way.seconds / len(group)))
            before = found.kills
            killed(base, kill, place, found)
            found.moments += found.kills - before
        else:
            killed(base, chosen(way, found, dice), place, found)


def _too_few(drill: Drill, found: Found) -> Iterator[str]:
    """In the long form: enough points, and enough kills at each."""
    often = [name for name, count in found.points.items() if count >= _AT_EACH]
    if drill.full and len(often) < _POINTS:
        yield f"only {len(often)} points saw {_AT_EACH} kills"


def _told(found: Found) -> tuple[str, ...]:
    at_points = sum(found.points.values())
    return (
        f"{at_points:,} at {len(found.points)} named points, {found.moments:,} at any moment",
        f"{found.acknowledged:,} acts acknowledged, none lost" if not found.faults else "faults",
        f"{found.orphans:,} files without a row, all found by the sweep",
    )


ROW = Row(
    id="C1", zh="写入途中被杀：确认过的不丢，没有写一半的，孤儿文件都找得到",
    en="killed while writing: nothing acknowledged is lost, nothing half-written, every orphan found", ci=200,
    full=10_000, unit="kills", run=run, cores=1, postgresql=True, shared=True,
)  # fmt: skip
