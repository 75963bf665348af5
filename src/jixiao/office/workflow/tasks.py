"""What the room does by itself: reminders, every morning."""

from datetime import time

from django.utils import timezone

from jixiao.office.accounts.mail import mail_is_set_up
from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import JobFailed, Run
from jixiao.office.workflow.remind import letters, send


@task("workflow.remind", every=Daily(time(8, 0)), attempts=1)
def remind(run: Run) -> None:
    """Write to everybody whose last day is near or over; only where the office can send mail.

    A letter that the mail server refuses keeps no other back; all refused ones together make the job a failed one.
    """
    if mail_is_set_up():
        wanted, refused = list(letters(timezone.localdate())), 0
        for number, letter in enumerate(wanted, 1):
            run.progress(number, len(wanted))
            try:
                send(letter)
            except OSError:
                refused += 1
        if refused:
            raise JobFailed(
                f"{len(wanted)} 封催办邮件中有 {refused} 封没有发出。请检查邮件服务器的设置。",
                f"{refused} of {len(wanted)} reminders were not sent. Look at the settings of the mail server.",
            )
