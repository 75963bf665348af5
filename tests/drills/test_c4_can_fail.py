"""The drill of migrations tells each way in which a step may hurt: planted here."""

from typing import Any

import pytest
from django.db import migrations, models

from drills.rows.c4_migrations import changes
from drills.step_rules import faults_of


def step(*operations: Any, initial: bool = False, app: str = "filing") -> migrations.Migration:
    """A migration with these operations."""
    made = migrations.Migration("0009_planted", app)
    vars(made).update(operations=list(operations), initial=initial)
    return made


def _nothing(*_: object) -> None:
    """Do nothing."""


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (migrations.AddField("filing", "mood", models.CharField(max_length=9, default="")), "no default"),
        (migrations.AddField("filing", "unit2", models.IntegerField()), "no default"),
        (migrations.RemoveField("filing", "grade"), "old code still reads"),
        (migrations.RenameField("filing", "grade", "mark"), "old code still reads"),
        (migrations.RenameModel("Filing", "Sheet"), "old code still reads"),
        (migrations.DeleteModel("Comment"), "old code still reads"),
        (migrations.AlterModelTable("Filing", "sheet"), "old name"),
        (migrations.RunPython(_nothing), "cannot be undone"),
        (migrations.RunSQL("SELECT 1", "SELECT 1"), "one vendor"),
    ],
)
def test_a_step_that_hurts_old_code_is_told(operation: Any, told: str) -> None:
    """A column without a default of the database, what is renamed or removed, what cannot be undone."""
    assert told in " ".join(faults_of([step(operation)]))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("filing", "mood", models.CharField(max_length=9, default="", db_default="")),
        migrations.AddField("filing", "mood", models.IntegerField(null=True)),
        migrations.CreateModel("Mood", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddIndex("filing", models.Index(fields=["grade"], name="filing_grade")),
        migrations.RunPython(_nothing, _nothing),
    ],
)
def test_a_step_that_hurts_nobody_is_let(operation: Any) -> None:
    """Columns that may be empty or fill themselves, new tables, new indexes, what can be undone."""
    assert faults_of([step(operation)]) == []


def test_first_migrations_have_nobody_before_them() -> None:
    """But they can be undone, too."""
    removal = migrations.RemoveField("filing", "grade")
    assert faults_of([step(removal, initial=True)]) == []
    assert faults_of([step(migrations.RunPython(_nothing), initial=True)]) != []


def test_rows_that_changed_are_told() -> None:
    """Fewer rows, other values, and a table that is gone; with the step after which it was so."""
    was = {"a": (2, "x"), "b": (1, "y"), "c": (0, "0")}
    assert changes(was, dict(was), "filing.0002 to 0002") == []
    told = changes(was, {"a": (1, "x"), "b": (1, "z"), "c": (0, "0")}, "filing.0002 to 0002")
    assert [each.split(" had ")[0] for each in told] == ["filing.0002 to 0002: a", "filing.0002 to 0002: b"]


def test_the_migrations_of_today_keep_to_the_rules(settings: Any) -> None:
    """Looked at in every run of the everyday suite, before any drill."""
    settings.MIGRATION_MODULES = {}
    from django.db.migrations.loader import MigrationLoader

    from drills.rows.c4_migrations import rooms

    ours = rooms()
    known = MigrationLoader(None).disk_migrations.values()
    assert faults_of(each for each in known if each.app_label in ours) == []
