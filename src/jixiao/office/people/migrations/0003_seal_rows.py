"""Telephone numbers, mail addresses and uploaded lists of people are sealed; going back opens them again.

A few rows at a time, each time committed: whoever waits for the tables waits for a few rows. A run that was cut off is
begun anew and does no harm, for a text that is sealed already is read as what it holds.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations, transaction
from django.db.models import TextField, Value

FIELDS = {"User": ("email", "phone"), "PeopleList": ("lists",)}
AT_ONCE = 100


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Write every row again: the column seals what it is given."""
    _rewrite(apps, schema_editor, lambda text: text)


def open_all(apps: Any, schema_editor: Any) -> None:
    """Write every row as plain text."""
    _rewrite(apps, schema_editor, lambda text: Value(text, output_field=TextField()))


def _rewrite(apps: Any, schema_editor: Any, written: Callable[[str], object]) -> None:
    for name, fields in FIELDS.items():
        model = apps.get_model("people", name)
        numbers = iter(list(model.objects.order_by("pk").values_list("pk", flat=True)))
        for some in _batches(numbers):
            with transaction.atomic(using=schema_editor.connection.alias):
                for row in model.objects.filter(pk__in=some).only("pk", *fields):
                    values = {field: written(getattr(row, field)) for field in fields if getattr(row, field)}
                    if values:
                        model.objects.filter(pk=row.pk).update(**values)


def _batches(numbers: Iterator[int]) -> Iterator[list[int]]:
    while some := list(islice(numbers, AT_ONCE)):
        yield some


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0002_sealed")]

    operations = [migrations.RunPython(seal_all, open_all)]
