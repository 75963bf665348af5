"""What comes before the server: settings are read, the database is reached, its tables are brought up to date."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from jixiao.desk.errors import WrongUse
from jixiao.office.environment import BadSetting

LOCK: Final = 4
"""Seconds that a step of an upgrade may wait for a table that others use."""
STATEMENT: Final = 5
"""Seconds that one of its statements may take."""

_REACH = (
    "连不上数据库 {where}（{why}）。请检查数据库是否在运行，DATABASE_URL 的地址、用户名和密码是否正确。",
    (
        "The database {where} cannot be reached ({why}). Check that it runs, and the address, user and password in "
        "DATABASE_URL."
    ),
)
_DAMAGED = (
    "数据库 {where} 无法使用（{why}）。如果文件损坏，请从备份恢复；也可用 --data 指定另一个文件夹。",
    (
        "The database {where} cannot be used ({why}). Restore a damaged file from the backup, or name another folder "
        "with --data."
    ),
)
_TABLES = (
    "无法在数据库 {where} 中建表或升级（{why}）。请确认该用户可以建表，再启动一次。",
    (
        "The tables of the database {where} cannot be made or brought up to date ({why}). Make sure that the user may "
        "create tables, and start again."
    ),
)
_NEWER = (
    "数据库 {where} 由更新的版本写成（{why}）。请升级 jixiao，或从升级前的备份恢复。",
    "The database {where} was written by a newer version ({why}). Upgrade jixiao, or restore the backup from before.",
)


def load_settings() -> None:
    """Read the settings and load the rooms.

    Raises:
        WrongUse: a setting, such as `DATABASE_URL`, is not what is expected.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
    import django

    try:
        django.setup()
    except BadSetting as error:
        raise WrongUse(error.zh, error.en) from error


def open_database(say: Callable[[str, str], None]) -> None:
    """Reach the database and bring its tables up to date; quick where nothing is to be done.

    Args:
        say: told, in 中文 and English, what takes a while.

    Raises:
        WrongUse: it cannot be reached, it is damaged, tables cannot be made, or a newer version wrote it.
    """
    from django.db import DatabaseError, connection

    reach_database()
    try:
        _bring_up_to_date(say)
    except DatabaseError as error:
        raise _refusal(_TABLES, error) from error
    connection.close()


def reach_database() -> None:
    """See that the database answers.

    Raises:
        WrongUse: it cannot be reached, or it is damaged.
    """
    from django.db import DatabaseError, OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise _refusal(_DAMAGED if connection.vendor == "sqlite" else _REACH, error) from error
    except DatabaseError as error:
        raise _refusal(_DAMAGED, error) from error


def check_journal() -> None:
    """See that the journal is there and is what was signed; see `journal.starting`.

    Raises:
        WrongUse: it is not, or its settings are not what is expected.
    """
    from jixiao.office.journal.starting import Refused, check

    try:
        check()
    except (Refused, BadSetting) as error:
        raise WrongUse(error.zh, error.en) from error


def _bring_up_to_date(say: Callable[[str, str], None]) -> None:
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    loader = executor.loader
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("jixiao.")}
    ours = sorted(f"{app}.{name}" for app, name in unknown if app in rooms)
    if ours:
        raise _refusal(_NEWER, ", ".join(ours[:3]))
    if executor.migration_plan(loader.graph.leaf_nodes()):
        say("正在建表或升级数据库……", "Making tables, or bringing them up to date …")
        with _patience():
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _patience() -> Iterator[None]:
    """A step that waits for a table, or holds one, for seconds is ended and taken back: other nodes are at work."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)",
            [f"{LOCK}s", f"{STATEMENT}s"],
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")


def database_name() -> str:
    """The database as a person names it, without its password: a file, or name@host."""
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    host = settings["HOST"] or "localhost"
    return f"{settings['NAME']}@{host}" + (f":{settings['PORT']}" if settings["PORT"] else "")


def _refusal(sentences: tuple[str, str], why: object) -> WrongUse:
    first = (str(why).strip().splitlines() or [type(why).__name__])[0]
    zh, en = (sentence.format(where=database_name(), why=first) for sentence in sentences)
    return WrongUse(zh, en)
