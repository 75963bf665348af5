"""Small logs as an office exports them, of every kind: for the tests and for drill F1."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from jixiao.journal import checkpoint
from jixiao.journal.checkpoint import Checkpoint
from jixiao.journal.hashing import Pair, leaf
from jixiao.journal.keys import KeyInFile, Public
from jixiao.journal.line import REMOVED, Entry, Removed, decode, encode
from jixiao.journal.opening import Log, in_memory
from jixiao.journal.statements import Anchor
from jixiao.journal.tree import root

KEY = KeyInFile("jixiao.example/journal", bytes(range(32)))
OTHER = KeyInFile("jixiao.example/journal", bytes(range(1, 33)))
"""A key of the same name that nobody trusts."""
OLDER = KeyInFile("jixiao.example/journal-2024", bytes(range(2, 34)))
"""A key that was used before."""
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
"""So long ago that removals after 400 days are in the past."""
ACTS = ("filing.saved", "filing.submitted", "user.signed_in", "publication.published")
WHYS = ("", "数额有误", "退回")
NAMES = ("张三", "李四", 'O"Brien\\', "\x7f\t", "")


@dataclass
class Made:
    """A log, and what is known of it elsewhere.

    Attributes:
        lines: without newlines.
        stops: the lengths at which there are checkpoints.
        key: what signs.
        shown: the public keys in the log.
        trusted: the keys given to the verifier.
        notes: the checkpoints.
        anchors: checkpoints kept elsewhere.
        end: what ends the last line.
    """

    lines: list[bytes]
    stops: list[int]
    key: KeyInFile = KEY
    shown: list[Public] = field(default_factory=lambda: [KEY.public])
    trusted: list[Public] = field(default_factory=lambda: [KEY.public])
    notes: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    end: bytes = b"\n"

    def sign(self, key: KeyInFile | None = None) -> None:
        """Make the checkpoints anew over the lines as they are."""
        self.notes = [self.signed(stop, key or self.key) for stop in self.stops]

    def signed(self, stop: int, key: KeyInFile) -> str:
        """A checkpoint over the first lines, made an hour after the last of them."""
        lines = self.lines[:stop]
        at = max(map(moment, lines), default=BEGIN) + timedelta(hours=1)
        state = Checkpoint("jixiao.example/journal", stop, root(map(hashes, lines)), at, "ab" * 32)
        return checkpoint.write(state, key)

    @property
    def log(self) -> Log:
        """As exported."""
        events = b"\n".join(self.lines) + (self.end if self.lines else b"")
        return in_memory(events, "---\n".join(self.notes), "".join(f"{key.text}\n" for key in self.shown))

    def given(self) -> tuple[Log, list[Public], list[Anchor]]:
        """What the verifier is given."""
        return self.log, self.trusted, [Anchor(f"anchor-{number}", text) for number, text in enumerate(self.anchors)]


def dice_of(seed: object) -> Random:
    """Chance that can be repeated."""
    return Random(str(seed))  # noqa: S311 -- trials, no secrets


def hashes(line: bytes) -> Pair:
    """The leaf of a line, whatever its kind."""
    if b'"hashes":{' in line[:60]:
        entry = decode(line)
        assert isinstance(entry, Removed)
        return entry.leaf
    return leaf(line)


def moment(line: bytes) -> datetime:
    """When the event of a line was; the beginning of time for one that was removed."""
    start = line.find(b'"at":"')
    return datetime.fromisoformat(line[start + 6 : start + 33].decode()) if start > 0 else BEGIN


def entry(place: int, dice: Random, at: datetime) -> Entry:
    """Some event."""
    details = f'{{"version":"{dice.randrange(9)}","why":"{dice.choice(WHYS)}"}}'
    return Entry(
        place, 100 + place * 3, at, dice.choice([None, 1, 2, 77]), dice.choice(NAMES), dice.choice(ACTS),
        f"filing/{dice.randrange(5)}", "/1/2/", details, dice.choice(["", "10.0.0.7"]),
    )  # fmt: skip


def plain(dice: Random, least: int = 0) -> Made:
    """An honest log of any length up to sixteen lines, with checkpoints on the way and one at the end."""
    size = dice.randrange(least, 17)
    moments = sorted(BEGIN + timedelta(minutes=dice.randrange(600_000)) for _ in range(size))
    lines = [encode(entry(place, dice, at)) for place, at in enumerate(moments)]
    stops = [*sorted(dice.sample(range(size + 1), min(dice.randrange(4), size))), size]
    made = Made(lines, stops)
    made.sign()
    return made


def clean(dice: Random) -> Made:
    """An honest log, perhaps with removed events, renewed keys, or anchors."""
    made = plain(dice)
    made.anchors = dice.sample(made.notes, dice.randrange(len(made.notes) + 1))
    if dice.random() < 0.2:
        _remove(made, dice)
    if dice.random() < 0.2:
        made.notes = [made.signed(stop, dice.choice([KEY, OLDER])) for stop in made.stops]
        made.shown = made.trusted = [OLDER.public, KEY.public]
    if dice.random() < 0.2:
        made.trusted = []
    return made


def _remove(made: Made, dice: Random) -> None:
    """Let events go after 400 days, as an honest office does: told by an event, the hashes kept."""
    size = len(made.lines)
    until = dice.randrange(size + 1)
    at = max(map(moment, made.lines), default=BEGIN) + timedelta(days=400)
    tells = Entry(size, 10**6, at, None, "", REMOVED, "journal", "", f'{{"until":"{until}"}}', "")
    made.lines.append(encode(tells))
    made.stops.append(size + 1)
    made.notes.append(made.signed(size + 1, KEY))
    made.lines[:until] = [encode(Removed(place, leaf(line))) for place, line in enumerate(made.lines[:until])]
