"""A worker in a process of its own, for tests that end it badly. Usage: worker_drill.py URL ROLE.

The roles `first` and `asleep` put one job into the queue, take it and stay with it until a line comes in. `second`
does at once what it finds. Each tells on its standard output what happens.
"""

import os
import sys
from pathlib import Path
from threading import Event
from time import monotonic_ns

import django
from django.conf import settings

from jixiao.office.database import database

URL, ROLE = sys.argv[1:]


def tell(*words: object) -> None:
    """Say something to the test at once."""
    print(*words, flush=True)


def set_up() -> None:
    """Django with the queue alone."""
    settings.configure(
        INSTALLED_APPS=["jixiao.office.jobs"], DATABASES={"default": database(URL, Path())}, USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()


def make_tables() -> None:
    """The two tables, where they are not there yet."""
    from django.db import connection

    from jixiao.office.jobs.models import Job, Schedule

    if "jobs_job" not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Job)
            editor.create_model(Schedule)


def work() -> None:
    """Register the one task, put it into the queue unless this is the second, and work."""
    from jixiao.office.jobs import task
    from jixiao.office.jobs.models import Schedule
    from jixiao.office.jobs.queue import LEASE, Lost
    from jixiao.office.jobs.run import Run
    from jixiao.office.jobs.worker import Pace, run_worker

    @task("drill.slow")
    def slow(run: Run, who: str) -> None:
        """Leave one row with the name of whose job it is and of who did it."""
        tell("began", who)
        if ROLE != "second":
            sys.stdin.readline()
        try:
            with run.last_step():
                Schedule.objects.create(kind=f"{who}-{os.getpid()}", slot=0)
        except Lost:
            tell("lost", who)
            raise
        rows = Schedule.objects.filter(kind__contains="-")
        tell("ended", who, monotonic_ns(), *rows.values_list("kind", flat=True))

    if ROLE != "second":
        slow.enqueue(ROLE)
    tell("ready")
    run_worker(Event(), Pace(lease=LEASE * 2 // 5))


set_up()
make_tables()
work()
