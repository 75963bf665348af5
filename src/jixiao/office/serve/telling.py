"""What the server prints when it is there: address, data, sign-ins of a demo, or the link of the first page."""

import sys
import time
from typing import Literal

from jixiao import __version__
from jixiao.office.serve.listening import EVERYWHERE, Listening
from jixiao.office.serve.ready import database_name


def up(language: Literal["zh", "en"], began: int) -> str:
    """The line that says that it is there, and after how many seconds.

    Args:
        language: of the line.
        began: the clock (`time.monotonic_ns`) when the start began.
    """
    tenths = (time.monotonic_ns() - began) // 10**8
    seconds = f"{tenths // 10}.{tenths % 10}"
    if language == "zh":
        return f"绩效报送端 {__version__} 已启动，用时 {seconds} 秒"
    return f"Jixiao office {__version__} is up after {seconds} s"


def greeting(where: Listening, language: Literal["zh", "en"]) -> list[str]:
    """The lines below it: address, database, the link of the first page, the sign-ins of a demo."""
    from jixiao.office.setup.first import first_link

    zh = language == "zh"
    lines = [
        f"{'网址  ' if zh else 'address   '}{where.url}",
        f"{'数据库' if zh else 'database  '}{' ' if zh else ''}{database_name()}",
    ]
    if where.address in EVERYWHERE:
        lines.append("网络上的其他机器也能访问。" if zh else "Other machines of the network can reach it, too.")
    if link := first_link():
        said = (
            "还没有账号。请打开这个链接（用后失效）：" if zh else "Nobody is here yet. Open this link (it works once):"
        )
        lines += [said, f"  {where.url}{link}"]
    lines += _sign_ins(zh=zh)
    lines.append("停止请按 Ctrl-C" if zh else "Stop with Ctrl-C")
    return lines


def _sign_ins(*, zh: bool) -> list[str]:
    from jixiao.office.demonstration import demo_accounts

    accounts = demo_accounts()
    if not accounts:
        return []
    password = accounts[0].password
    words = f"演示账号（密码都是 {password}）：" if zh else f"Demo accounts (all with the password {password}):"
    return [words] + [f"  {each.username:14}{each.zh if zh else each.en} · {each.name}" for each in accounts]


def say(language: Literal["zh", "en"], zh: str, en: str) -> None:
    """Print one line in the language."""
    tell([zh if language == "zh" else en])


def tell(lines: list[str]) -> None:
    """Print them at once."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
