"""Settings read from the environment, each checked: a wrong one is named with what was read and what was expected."""

import os
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

LEAST_DAYS: Final = 184
"""Days that six months can have: for so long a log is kept at least."""


class BadSetting(ValueError):
    """A setting that cannot be used; the sentences name it, what was read and what was expected."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(f"{zh} {en}")
        self.zh, self.en = zh, en


def whole(name: str, usual: int, least: int = 0, most: int = 100_000) -> int:
    """A whole number from `least` to `most`.

    Raises:
        BadSetting: the variable holds something else.
    """
    text = os.environ.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise BadSetting(
            f"{name} 读到 {text!r}，应为 {least} 到 {most} 的整数。",
            f"{name} reads {text!r}; a whole number from {least} to {most} is expected.",
        )
    return int(text)


def journal_days(text: str) -> int:
    """For how many days the journal keeps events: 400 where nothing is said, never fewer than 184.

    Raises:
        BadSetting: it is something else; the sentence names the clause.
    """
    if not text:
        return 400
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= LEAST_DAYS):
        raise BadSetting(
            f"JIXIAO_JOURNAL_DAYS 读到 {text!r}，应为不小于 {LEAST_DAYS} 的整数：《网络安全法》要求日志留存不少于六个月"
            "（2016 年文本第二十一条第三项，2025 年修正后第二十三条第三项），六个月最长 184 天。",
            f"JIXIAO_JOURNAL_DAYS reads {text!r}; a whole number of at least {LEAST_DAYS} is expected: the "
            "Cybersecurity Law has logs kept for six months at least (article 21(3) of 2016, article 23(3) since the "
            "amendment of 2025), and six months can have 184 days.",
        )
    return int(text)


def chosen(name: str, usual: str, choices: Collection[str]) -> str:
    """One of some words.

    Raises:
        BadSetting: the variable holds another.
    """
    text = os.environ.get(name, "") or usual
    if text not in choices:
        listed = ", ".join(choices)
        raise BadSetting(
            f"{name} 读到 {text!r}，应为 {listed} 之一。",
            f"{name} reads {text!r}; one of {listed} is expected.",
        )
    return text


def mail(url: str) -> dict[str, Any]:
    """The settings of mail from `EMAIL_URL`; without one, no mail is sent.

    Args:
        url: smtp://USER:PASSWORD@HOST:587?from=ADDRESS (STARTTLS), or smtps:// (TLS from the start).

    Raises:
        BadSetting: it is of another form.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not sender:
        form = "smtp://USER:PASSWORD@HOST:587?from=ADDRESS"
        raise BadSetting(f"EMAIL_URL 应为 {form}。", f"EMAIL_URL has to be {form}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "DEFAULT_FROM_EMAIL": sender,
    }
