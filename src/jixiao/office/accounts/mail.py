"""Whether the office can send mail."""

from typing import Final

from django.conf import settings

NO_MAIL: Final = "django.core.mail.backends.dummy.EmailBackend"


def mail_is_set_up() -> bool:
    """Whether the office was told how to send mail."""
    return bool(settings.EMAIL_BACKEND != NO_MAIL)
