"""The database refuses to change or remove what the journal holds; see `journal/guards.py`."""

from typing import Any

from django.db import migrations

from jixiao.office.journal import guards


def install(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    with schema_editor.connection.cursor() as cursor:
        guards.install(cursor, schema_editor.connection.vendor)


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop them."""
    with schema_editor.connection.cursor() as cursor:
        guards.remove(cursor, schema_editor.connection.vendor)


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies = [("journal", "0003_names")]
    operations = [migrations.RunPython(install, remove)]
