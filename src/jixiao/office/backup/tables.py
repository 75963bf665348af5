"""Which tables and columns there are, as the migrations that were done have left them: not as this version has them."""

from collections.abc import Iterable
from typing import Any

from django.db.migrations.loader import MigrationLoader

from jixiao.office.backup.contents import Column, Table
from jixiao.office.backup.values import KINDS


class UnknownKind(RuntimeError):
    """A column of a kind that no backup has a way for: a fault of the program."""


def tables_after(loader: MigrationLoader, done: Iterable[tuple[str, str]]) -> tuple[Table, ...]:
    """The tables after some migrations, in an order in which what is pointed at comes first, as far as there is one."""
    state = loader.project_state(last_of(loader, done))
    models = state.apps.get_models(include_auto_created=True)
    return tuple(sorted((table_of(each) for each in models if _has_table(each)), key=lambda table: table.name))


def last_of(loader: MigrationLoader, done: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app among those that were done and that this version knows."""
    known = {each for each in done if each in loader.graph.nodes}
    return sorted(
        each for each in known
        if not any(child.key in known and child.key[0] == each[0] for child in loader.graph.node_map[each].children)
    )  # fmt: skip


def _has_table(model: Any) -> bool:
    return bool(model._meta.managed) and not model._meta.proxy  # noqa: SLF001 -- Django's own name


def table_of(model: Any) -> Table:
    """The table of a model, as a backup describes it."""
    meta = model._meta  # noqa: SLF001 -- Django's own name
    columns = tuple(_column(field) for field in meta.local_concrete_fields)
    return Table(meta.db_table, meta.label, meta.pk.column, meta.auto_field is not None, columns)


def _column(field: Any) -> Column:
    aim = field
    while aim.remote_field:
        aim = aim.target_field
    kind = aim.get_internal_type()
    if kind not in KINDS:
        raise UnknownKind(f"{field.model._meta.label}.{field.name}: {kind}")  # noqa: SLF001 -- Django's own name
    return Column(field.column, KINDS[kind], aim.decimal_places if kind == "DecimalField" else 0)
