"""Telephone numbers, mail addresses and uploaded lists of people are sealed; going back opens them again."""

from collections.abc import Iterator
from typing import Any

import jixiao.office.sealing.fields
from django.db import migrations
from django.db.models import TextField, Value

FIELDS = {"User": ("email", "phone"), "PeopleList": ("lists",)}


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Write every row again: the column seals what it is given."""
    for model, row in _rows(apps):
        values = {name: getattr(row, name) for name in FIELDS[model.__name__]}
        if any(values.values()):
            model.objects.filter(pk=row.pk).update(**values)


def open_all(apps: Any, schema_editor: Any) -> None:
    """Write every row as plain text."""
    for model, row in _rows(apps):
        plain = {name: Value(getattr(row, name), output_field=TextField()) for name in FIELDS[model.__name__]}
        model.objects.filter(pk=row.pk).update(**plain)


def _rows(apps: Any) -> Iterator[tuple[Any, Any]]:
    for name in FIELDS:
        model = apps.get_model("people", name)
        for row in model.objects.order_by("pk").only("pk", *FIELDS[name]).iterator(chunk_size=500):
            yield model, row


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField("peoplelist", "lists", jixiao.office.sealing.fields.SealedText()),
        migrations.AlterField("user", "email", jixiao.office.sealing.fields.SealedText(blank=True)),
        migrations.AlterField("user", "phone", jixiao.office.sealing.fields.SealedText(blank=True)),
        migrations.RunPython(seal_all, open_all),
    ]
