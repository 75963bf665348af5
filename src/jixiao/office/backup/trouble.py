"""What a database says when it cannot go on, in words that tell what to do."""

import sqlite3
from pathlib import Path

import psycopg

from jixiao.desk.errors import WrongUse
from jixiao.office.backup.damage import Damaged


def errors() -> tuple[type[Exception], ...]:
    """What databases and Django raise."""
    from django.db import Error

    return (Error, sqlite3.Error, psycopg.Error)


def in_words(error: Exception, data: Path) -> WrongUse | Damaged:
    """The sentence: a full disk is wrong use, a damaged database is damage."""
    why = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if "full" in why or "No space" in why:
        return WrongUse(
            f"磁盘已满（{why}），{data} 没有改动。请腾出空间再来一次。",
            f"The disk is full ({why}); nothing was changed at {data}. Make room and try again.",
        )
    return Damaged(
        f"数据库不能继续（{why}），没有留下任何东西。请检查数据库和磁盘；文件损坏时请用备份恢复。",
        f"The database cannot go on ({why}); nothing is left behind. Check the database and the disk; restore a backup "
        "where a file is damaged.",
    )
