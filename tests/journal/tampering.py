"""Every way to tamper with a log that the verifier has to see, and what it must say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from jixiao.journal import checkpoint
from jixiao.journal.hashing import leaf
from jixiao.journal.line import REMOVED, Entry, Removed, decode, encode
from journal.logs import KEY, OTHER, Made, entry, moment, plain

WAYS: dict[str, tuple[Callable[[Made, Random], None], frozenset[str]]] = {}
"""By name: what tampers, and the codes of which at least one must be told."""


def way(*codes: str) -> Callable[[Callable[[Made, Random], None]], Callable[[Made, Random], None]]:
    """Put a way into the list."""

    def noted(tamper: Callable[[Made, Random], None]) -> Callable[[Made, Random], None]:
        WAYS[tamper.__name__] = tamper, frozenset(codes)
        return tamper

    return noted


def whole(dice: Random, least: int = 3) -> Made:
    """An honest log with all its events, one key, and its newest checkpoint kept elsewhere."""
    made = plain(dice, least)
    made.anchors = [made.notes[-1]]
    return made


def edited(line: bytes, dice: Random) -> bytes:
    """The same event with something else in it."""
    event = read(line)
    return encode(
        dice.choice([
            replace(event, name=event.name + "x"), replace(event, at=event.at + timedelta(seconds=1)),
            replace(event, subject="filing/99"), replace(event, details="{}"), replace(event, act="filing.removed"),
            replace(event, actor=8), replace(event, number=event.number + 1), replace(event, organisation="/1/"),
        ])
    )  # fmt: skip


def read(line: bytes) -> Entry:
    """The event of a line."""
    event = decode(line)
    assert isinstance(event, Entry)
    return event


def renumbered(made: Made) -> None:
    """Let every line say the place it stands at, as a careful forger would."""
    made.lines = [encode(replace(read(line), place=place)) for place, line in enumerate(made.lines)]


@way("changed", "forked", "cut_off")
def edit(made: Made, dice: Random) -> None:
    """An event says something else."""
    place = dice.randrange(len(made.lines))
    made.lines[place] = edited(made.lines[place], dice)


@way("changed", "forked", "line_unreadable", "out_of_place", "torn", "unsigned_lines")
def flip(made: Made, dice: Random) -> None:
    """One bit of a line is another."""
    place = dice.randrange(len(made.lines))
    line = bytearray(made.lines[place])
    line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
    made.lines[place] = bytes(line)


@way("out_of_place", "cut_off")
def delete(made: Made, dice: Random) -> None:
    """A line is gone."""
    del made.lines[dice.randrange(len(made.lines))]


@way("changed", "cut_off")
def delete_and_renumber(made: Made, dice: Random) -> None:
    """A line is gone, and the places after it are written anew."""
    del made.lines[dice.randrange(len(made.lines))]
    renumbered(made)


@way("changed", "out_of_place", "twice", "unsigned_lines")
def insert(made: Made, dice: Random) -> None:
    """A line is there that was not."""
    place = dice.randrange(len(made.lines) + 1)
    at = moment(made.lines[min(place, len(made.lines) - 1)])
    made.lines.insert(place, encode(replace(entry(place, dice, at), number=10**7)))
    if dice.random() < 0.5:
        renumbered(made)


@way("changed", "out_of_place")
def reorder(made: Made, dice: Random) -> None:
    """Two lines have changed places."""
    one, two = dice.sample(range(len(made.lines)), 2)
    made.lines[one], made.lines[two] = made.lines[two], made.lines[one]
    if dice.random() < 0.5:
        renumbered(made)


@way("cut_off")
def truncate(made: Made, dice: Random) -> None:
    """The end is gone."""
    del made.lines[dice.randrange(len(made.lines)) :]


@way("behind")
def restore(made: Made, dice: Random) -> None:
    """An old database was put back, checkpoints and all."""
    del made.lines[dice.randrange(len(made.lines)) :]
    made.stops = [stop for stop in made.stops if stop < len(made.lines)] + [len(made.lines)]
    made.sign()


@way("forked")
def restore_and_go_on(made: Made, dice: Random) -> None:
    """An old database was put back and has grown again with other events, signed by the true key."""
    size = len(made.lines)
    cut = dice.randrange(size)
    del made.lines[cut:]
    at = moment(made.lines[-1]) if made.lines else moment(b"")
    for place in range(cut, size + dice.randrange(1, 4)):
        made.lines.append(encode(replace(entry(place, dice, at), number=10**7 + place)))
    made.stops = [stop for stop in made.stops if stop <= cut] + [len(made.lines)]
    made.sign()


@way("checkpoint_forged")
def forge(made: Made, dice: Random) -> None:
    """An event says something else, and the checkpoints were made to fit without the key."""
    edit(made, dice)
    signatures = [note.rpartition("\n\n")[2] for note in made.notes]
    made.sign()
    made.notes = [note.rpartition("\n\n")[0] + "\n\n" + old for note, old in zip(made.notes, signatures, strict=True)]
    if made.notes[-1].endswith(made.anchors[0].rpartition("\n\n")[2]):
        made.anchors = []


@way("key_unknown")
def sign_with_another(made: Made, dice: Random) -> None:
    """An event says something else, and another key of the same name signed the checkpoints."""
    edit(made, dice)
    made.sign(OTHER)
    made.anchors = []


@way("key_swapped")
def swap_key(made: Made, dice: Random) -> None:
    """All was rewritten and signed by another key, which the log brings along."""
    edit(made, dice)
    made.sign(OTHER)
    made.shown, made.anchors = [OTHER.public], []


@way("key_unknown")
def swap_key_before_an_anchor(made: Made, dice: Random) -> None:
    """The same, and no key was given, but a checkpoint from before."""
    swap_key(made, dice)
    made.anchors, made.trusted = [whole(dice).notes[-1]], []


@way("split_view")
def split_view(made: Made, dice: Random) -> None:
    """The true key signed two logs of one length."""
    shown = list(made.lines)
    edit(made, dice)
    made.anchors = [made.notes[-1]] if dice.random() < 0.5 else []
    made.stops.append(len(made.lines))
    made.sign()
    if not made.anchors:
        other = Made(shown, [len(shown)])
        other.sign()
        made.notes.append(other.notes[0])


@way("twice")
def repeat(made: Made, dice: Random) -> None:
    """An event is there twice, signed by the true key: what wrote the log was tampered with."""
    made.lines.append(made.lines[dice.randrange(len(made.lines))])
    renumbered(made)
    made.stops[-1] += 1
    made.sign()
    made.anchors = []


@way("removed_unrecorded")
def hide(made: Made, dice: Random) -> None:
    """An event was taken out as if its time were over: the hashes are true, the tree the same."""
    place = dice.randrange(len(made.lines))
    made.lines[place] = encode(Removed(place, leaf(made.lines[place])))


@way("changed")
def fake_hashes(made: Made, dice: Random) -> None:
    """Hashes of something else stand where an event was removed."""
    place = dice.randrange(len(made.lines))
    made.lines[place] = encode(Removed(place, leaf(edited(made.lines[place], dice))))


@way("removed_early")
def remove_early(made: Made, dice: Random) -> None:
    """Events were removed before their time, by an office that tells of it."""
    at = moment(made.lines[-1]) + timedelta(days=dice.randrange(1, 184))
    _remove(made, dice.randrange(1, len(made.lines) + 1), at)


@way("removed_early")
def remove_beyond(made: Made, dice: Random) -> None:
    """A removal tells of more lines than anybody ever signed, so that no checkpoint says how old they were."""
    at = moment(made.lines[-1]) + timedelta(days=dice.randrange(1, 600))
    _remove(made, dice.randrange(1, len(made.lines) + 1), at, told=10 ** dice.randrange(2, 18))


@way("removed_early")
def remove_in_the_future(made: Made, dice: Random) -> None:
    """A removal is dated so far ahead that what went seems old enough."""
    late = datetime.now(UTC) - moment(made.lines[-1])
    made.lines = [encode(replace(read(line), at=moment(line) + late)) for line in made.lines]
    made.anchors = []
    _remove(made, len(made.lines), datetime.now(UTC) + timedelta(days=dice.randrange(200, 20_000)))


@way("removed_early")
def date_back(made: Made, dice: Random) -> None:
    """A checkpoint signed by the true key is dated before one that was kept elsewhere."""
    size = len(made.lines)
    made.anchors = [made.signed(size - 1, KEY)]
    _remove(made, size, moment(made.lines[-2]) + timedelta(days=dice.randrange(1, 100)))
    state = checkpoint.read(made.notes[0], [KEY.public])
    made.notes[0] = checkpoint.write(replace(state, at=state.at - timedelta(days=1000)), KEY)


def _remove(made: Made, until: int, at: datetime, told: int = 0) -> None:
    """Put hashes in place of the lines before `until`, and an event that tells of it (or of more) at the end."""
    size = len(made.lines)
    tells = Entry(size, 10**6, at, None, "", REMOVED, "journal", "", f'{{"until":"{told or until}"}}', "")
    made.stops = [size]
    made.sign()
    made.lines.append(encode(tells))
    made.stops.append(size + 1)
    made.notes.append(made.signed(size + 1, KEY))
    made.lines[:until] = [encode(Removed(place, leaf(line))) for place, line in enumerate(made.lines[:until])]


@way("checkpoint_forged", "checkpoint_unreadable", "key_unknown")
def flip_checkpoint(made: Made, dice: Random) -> None:
    """One bit of a checkpoint is another."""
    which = dice.randrange(len(made.notes))
    note = made.notes[which]
    place = dice.randrange(len(note))
    made.notes[which] = note[:place] + chr(ord(note[place]) ^ 1 << dice.randrange(7)) + note[place + 1 :]


@way("no_checkpoint")
def drop_checkpoints(made: Made, dice: Random) -> None:
    """All checkpoints are gone, the log says something else."""
    edit(made, dice)
    made.notes = made.anchors = []


@way("unsigned_lines")
def drop_the_last_checkpoint(made: Made, dice: Random) -> None:
    """The last checkpoint is gone, what came after the one before says something else."""
    made.stops = [1, len(made.lines)]
    made.sign()
    made.lines[-1] = edited(made.lines[-1], dice)
    made.notes, made.anchors = made.notes[:1], []


@way("shrunk")
def shrink(made: Made, dice: Random) -> None:
    """The log has once been longer, as its own checkpoints tell."""
    made.stops = [len(made.lines), dice.randrange(len(made.lines)), len(made.lines)]
    made.sign()


@way("torn")
def tear(made: Made, dice: Random) -> None:
    """The file ends in the middle of a line."""
    made.lines[-1] = made.lines[-1][: dice.randrange(1, len(made.lines[-1]))]
    made.end = b""


@way("other_log")
def another_log(made: Made, dice: Random) -> None:
    """A checkpoint of another log, signed by the same key, stands among the others."""
    from jixiao.journal import checkpoint

    state = checkpoint.read(made.notes[-1], [KEY.public])
    made.notes.append(checkpoint.write(replace(state, origin="elsewhere.example/journal"), KEY))
