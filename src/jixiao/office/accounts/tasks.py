"""What the room does by itself: tells the audit administrators what is wrong with the journal."""

from datetime import timedelta

from jixiao.office.accounts.alarms import send_alarms
from jixiao.office.accounts.mail import mail_is_set_up
from jixiao.office.jobs import task
from jixiao.office.jobs.run import JobFailed, Run


@task("accounts.alarms", every=timedelta(minutes=20), attempts=1)
def tell_alarms(run: Run) -> None:
    """Write to them, where the office can send mail; on the page it stands in any case."""
    if not mail_is_set_up():
        return
    try:
        send_alarms()
    except OSError as error:
        raise JobFailed(
            "日志告警邮件没有发出。请检查邮件服务器的设置。",
            "Mail about the journal was not sent. Look at the settings of the mail server.",
        ) from error
