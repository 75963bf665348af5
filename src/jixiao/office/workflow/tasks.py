"""What the room does by itself: reminders, every morning."""

from datetime import time

from django.utils import timezone

from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import Run
from jixiao.office.workflow.remind import letters, mail_is_set_up, send


@task("workflow.remind", every=Daily(time(8, 0)), attempts=1)
def remind(run: Run) -> None:
    """Write to everybody whose last day is near or over; only where the office can send mail."""
    if mail_is_set_up():
        wanted = list(letters(timezone.localdate()))
        for number, letter in enumerate(wanted, 1):
            run.progress(number, len(wanted))
            send(letter)
