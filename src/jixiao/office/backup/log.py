"""The journal as a snapshot has it: how many events, and the root over those that have their place in the log."""

from itertools import chain

from jixiao.journal.hashing import Pair
from jixiao.journal.tree import Frontier
from jixiao.office.backup.contents import Root, Table
from jixiao.office.backup.snapshot import Snapshot

_LEAVES = "SELECT sm3 || sha256 FROM journal_leaf ORDER BY number"
_LAST = "SELECT note FROM journal_checkpoint ORDER BY id DESC LIMIT 1"


def root_of(snapshot: Snapshot, tables: tuple[Table, ...]) -> Root:
    """Worked out from the leaves, one after another: not what a table says it is."""
    names = {table.name for table in tables}
    leaves = snapshot.answers(_LEAVES) if "journal_leaf" in names else iter(())
    frontier = Frontier()
    for (both,) in leaves:
        frontier.append(Pair(bytes.fromhex(both[:64]), bytes.fromhex(both[64:])))
    root = frontier.root()
    last = snapshot.ask(_LAST) if "journal_checkpoint" in names else []
    [(events,)] = snapshot.ask("SELECT count(*) FROM journal_event")
    note = next(chain.from_iterable(last), "")
    return Root(int(events), frontier.size, root.sm3.hex(), root.sha256.hex(), str(note))
