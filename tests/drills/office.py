"""An office of a row's own: its data folder, its database made by the migrations, ready to be used."""

import os
from pathlib import Path


def open_office(folder: Path) -> None:
    """Set Django up on a data folder, on SQLite there or on the database of `DATABASE_URL`, and make the tables.

    To be called once in a process, before anything of the office is imported.

    Args:
        folder: the data folder.
    """
    os.environ["JIXIAO_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.office.settings"
    os.environ.setdefault("JIXIAO_RATE_LIMITS", "off")  # a drill asks more often than people may
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
