"""Whether the office may start: not without its journal, and not with one that is not what was signed."""

from typing import Final

from django.db import DatabaseError, connection, transaction

from jixiao.journal import checkpoint as notes
from jixiao.journal.hashing import NoSM3, self_test
from jixiao.journal.tree import edge
from jixiao.journal.words import Unreadable, Words
from jixiao.office.journal import guards
from jixiao.office.journal.checkpoints import newest, the_signer
from jixiao.office.journal.models import Checkpoint, Event, Head, Leaf, Node, SecondPlace
from jixiao.office.journal.record import record
from jixiao.office.journal.restoring import Rewound, rewound, root_at
from jixiao.office.journal.sequencing import frontier_of
from jixiao.office.journal.signing import NoKey, public_keys
from jixiao.office.journal.subtrees import Subtrees, Torn

_TABLES: Final = tuple(model._meta.db_table for model in (Event, Leaf, Node, Checkpoint, Head, SecondPlace))  # noqa: SLF001 -- Django's way
_LOOK: Final = Words(
    "数据库可能被改动或损坏：请先保全现场，再从备份恢复，并用 jixiao verify 核对第二存放处的检查点。",
    "The database may have been changed or damaged: keep it as it is, restore a backup, and hold the checkpoints of "
    "the second place against it with jixiao verify.",
)


class Refused(RuntimeError):
    """The office must not start; why, and what to do, in 中文 and English."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh, self.en = zh, en


def check() -> None:
    """Look at the journal before anybody may act; quick, however long the log is.

    Triggers that are missing are made again, and that they were missing is an event.

    Raises:
        Refused: SM3 is missing, the key cannot be read, tables are missing, the log is not what its last checkpoint
            says, or the second place knows of a later one.
    """
    for step in (self_test, _tables, the_signer, _log, _other_place, _guards):
        try:
            step()
        except (NoSM3, Unreadable) as error:
            zh, _, en = str(error).partition(" / ")
            raise Refused(f"日志不能用：{zh}", f"The journal cannot be used: {en}") from error
        except NoKey as error:
            raise Refused(error.zh, error.en) from error
        except Torn as error:
            raise Refused(
                f"日志的第 {error.first + 1} 条起有缺失。{_LOOK.zh}",
                f"The log has a hole from its line {error.first + 1} on. {_LOOK.en}",
            ) from error


def _tables() -> None:
    try:
        have = set(connection.introspection.table_names())
    except DatabaseError:
        have = set()
    if gone := [name for name in _TABLES if name not in have]:
        named = ", ".join(gone)
        raise Refused(
            f"数据库中没有日志的表（{named}），不能在没有日志的情况下启动。{_LOOK.zh}",
            f"The database has no table {named} of the journal; the office does not start without it. {_LOOK.en}",
        )


def _log() -> None:
    """The leaves are as many as the head says, the tree over them is the one that was signed last."""
    head, last = Head.objects.filter(pk=Head.ONE).first() or Head(), newest()
    end = Leaf.objects.order_by("-number").values_list("number", flat=True).first()
    leaves = 0 if end is None else end + 1
    signed = last.size if last else 0
    if head.size != leaves or leaves < signed:
        raise Refused(
            f"日志应有 {max(head.size, signed)} 条，实有 {leaves} 条。{_LOOK.zh}",
            f"The log should have {max(head.size, signed)} lines and has {leaves}. {_LOOK.en}",
        )
    whole = edge(head.size, Subtrees()) == list(frontier_of(head).edge)
    if last is not None:
        said = notes.read(last.note, public_keys())
        whole = whole and (said.size, said.root) == (last.size, root_at(last.size))
    if not whole:
        raise Refused(
            f"日志的前 {signed} 条与最近一次签名的检查点不符。{_LOOK.zh}",
            f"The first {signed} lines of the log are not those of the last signed checkpoint. {_LOOK.en}",
        )


def _other_place() -> None:
    found = rewound()
    if found is not None:
        raise Refused(*_rewound(found))


def _rewound(found: Rewound) -> Words:
    at, known = found.known.at.isoformat(timespec="seconds"), found.known.size
    return Words(
        f"第二存放处有 {at} 的检查点（{known} 条），数据库只签到 {found.size} 条或内容不同：像是退回到了旧的备份。"
        "确系恢复备份时，先用 jixiao journal accept-restore --data DIR --reason 理由 说明，再启动；这会记入日志。",
        f"The second place has a checkpoint of {at} ({known} lines) that the database, signed up to {found.size}, does "
        "not agree with: it looks as if an old database was put back. If it was restored on purpose, say so with "
        "jixiao journal accept-restore --data DIR --reason WHY, then start; the journal tells of it.",
    )


def _guards() -> None:
    gone = guards.restore()
    if gone:
        with transaction.atomic():
            record("journal.guards_restored", "journal", actor=None, triggers=", ".join(sorted(gone)))
