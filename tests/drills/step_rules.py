"""What a step of the migrations must keep to, so that code of the version before goes on working on the new tables.

Judged by looking at the operations alone: a column that is added has a default in the database or may be empty; nothing
is renamed or removed; everything can be undone. What is listed in `LET` with a reason may do otherwise.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.migrations import Migration, operations

LET: Final[dict[tuple[str, str], str]] = {}
"""By app and name of the migration: why it may break a rule. The list may only shrink."""
_GONE: Final = (operations.RemoveField, operations.DeleteModel, operations.RenameField, operations.RenameModel)
_TABLE: Final = (operations.AlterModelTable, operations.AlterOrderWithRespectTo)


def faults_of(migrations: Iterable[Migration]) -> list[str]:
    """What is against the rules, a sentence each; first migrations of an app have nobody before them."""
    found = []
    for migration in migrations:
        if (migration.app_label, migration.name) not in LET:
            found += [f"{migration}: {fault}" for each in migration.operations for fault in _of(each, migration)]
    return found


def _of(operation: Any, migration: Migration) -> list[str]:
    faults = [] if operation.reversible else [f"{operation.describe()} cannot be undone"]
    if migration.initial:
        return faults
    if isinstance(operation, _GONE):
        faults.append(f"{operation.describe()}: old code still reads and writes it")
    if isinstance(operation, _TABLE):
        faults.append(f"{operation.describe()}: old code looks for the old name")
    if isinstance(operation, operations.AddField) and not _fills_itself(operation.field):
        faults.append(f"{operation.describe()}: it may not be empty and the database has no default, old code fails")
    if isinstance(operation, operations.RunSQL) and migration.app_label != "journal":
        faults.append(f"{operation.describe()}: SQL of one vendor")
    return faults


def _fills_itself(field: Any) -> bool:
    return bool(field.null or field.many_to_many or field.has_db_default())
