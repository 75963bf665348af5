"""Whether this version knows what was done to the tables: an older backup is taken, a newer one refused."""

from collections.abc import Iterable

from django.db.migrations.loader import MigrationLoader

from jixiao.desk.errors import WrongUse
from jixiao.office.backup.snapshot import Snapshot

Done = frozenset[tuple[str, str]]


def done_in(snapshot: Snapshot) -> Done:
    """The migrations that were done, as the snapshot has them."""
    return frozenset((str(app), str(name)) for app, name in snapshot.ask("SELECT app, name FROM django_migrations"))


def done_of(names: Iterable[str]) -> Done:
    """The migrations that a backup names."""
    return frozenset((app, name) for app, _, name in (each.partition(".") for each in names))


def refuse_newer(loader: MigrationLoader, done: Done, program: str = "") -> None:
    """See that this version knows all that was done to the tables of rooms that it has.

    Args:
        loader: what this version knows.
        done: what was done.
        program: the version that did it, where that is known.

    Raises:
        WrongUse: it does not.
    """
    from django.apps import apps

    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("jixiao.")}
    unknown = [f"{app}.{name}" for app, name in sorted(done) if app in rooms and (app, name) not in loader.graph.nodes]
    gone = sorted({app for app, _ in done} - {app for app, _ in loader.graph.nodes})
    if unknown or gone:
        why = ", ".join([*unknown, *gone][:3])
        raise WrongUse(
            f"数据由更新的版本 {program} 写成（{why}）。请先升级 jixiao。",
            f"The data were written by a newer version {program} ({why}). Upgrade jixiao first.",
        )
