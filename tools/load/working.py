"""The clerks' day: each sends a request about every five seconds, four of five are saves; every answer is noted."""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.load.people import Clerk

EVERY = 5_000
"""Milliseconds between two requests of one clerk."""
MIX = (("save", 80), ("page", 15), ("api", 5))
"""What a request is, in per cent: a save, the form page, the form's state as data."""
FIELDS = ("actual", "deviation", "score", "name")
TEXTS = ("7.00(次)", "已按计划完成，资料齐全。", "10", "组织金融服务相关活动", "因预算调减，活动合并举办。", "9.5")


@dataclass
class Noted:
    """What came of the requests: microseconds by kind, failures, acknowledged saves by filing."""

    took: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind, _ in MIX})
    failures: list[str] = field(default_factory=list)
    saved: dict[int, dict[str, str]] = field(default_factory=dict)
    acknowledged: int = 0
    counts_from: int = 0


class Connection:
    """One kept connection of one clerk."""

    def __init__(self, port: int, clerk: Clerk, chance: random.Random) -> None:
        """Take the server's port, the clerk and its chance."""
        self.port, self.clerk, self.chance = port, clerk, chance
        self.version = 1
        self.shown: dict[str, str] = {}
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Send a request and read the whole answer."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={self.clerk.session}; "
            f"csrftoken={self.clerk.csrf}\r\nX-CSRFToken: {self.clerk.csrf}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nAccept: application/json\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        await self.writer.drain()
        return await self._answer()

    async def _answer(self) -> tuple[int, bytes]:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(head.split(" ", 2)[1])
        length = re.search(r"content-length: *([0-9]+)", head)
        if length:
            return status, await self.reader.readexactly(int(length[1]))
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return status, body

    def change(self) -> tuple[str, str]:
        """A cell and what it is to be: something else than it is."""
        cell = f"{self.chance.choice(self.clerk.keys)}/{self.chance.choice(FIELDS[:2])}"
        return cell, f"{self.chance.choice(TEXTS)}{self.chance.randrange(10_000)}"


WARM = 10
"""Seconds at the beginning that count for failures and losses, not for times: pages and law are being loaded."""


async def work(port: int, clerks: list[Clerk], seconds: int, seed: int, begin: Callable[[], None]) -> Noted:
    """Let all clerks work, some seconds longer than is counted; `begin` is called when times begin to count."""
    noted = Noted()
    noted.counts_from = time.monotonic_ns() + WARM * 10**9
    end = noted.counts_from + seconds * 10**9
    asyncio.get_running_loop().call_later(WARM, begin)
    await asyncio.gather(*(_day(port, clerk, end, random.Random(seed + number), noted)  # noqa: S311 -- repeatable
                           for number, clerk in enumerate(clerks)))  # fmt: skip
    return noted


async def _day(port: int, clerk: Clerk, end: int, chance: random.Random, noted: Noted) -> None:
    connection = Connection(port, clerk, chance)
    await asyncio.sleep(chance.randrange(EVERY) / 1000)
    while time.monotonic_ns() < end:
        kind = chance.choices([kind for kind, _ in MIX], [share for _, share in MIX])[0]
        started = time.monotonic_ns()
        try:
            await _request(kind, connection, noted)
        except (OSError, asyncio.IncompleteReadError, ValueError) as fault:
            noted.failures.append(f"{kind}: {type(fault).__name__} {fault}")
            connection.writer = None
        took = (time.monotonic_ns() - started) // 1000
        if started >= noted.counts_from:
            noted.took[kind].append(took)
        await asyncio.sleep(max(0, EVERY * chance.randrange(800, 1200) // 1000 - took // 1000) / 1000)
    if connection.writer is not None:
        connection.writer.close()


async def _request(kind: str, connection: Connection, noted: Noted) -> None:
    number = connection.clerk.filing
    if kind == "save":
        await _save(connection, noted)
        return
    path = f"/filings/{number}/" if kind == "page" else f"/filings/{number}/state"
    status, body = await connection.ask("GET", path)
    if status != 200:
        noted.failures.append(f"{kind}: {status} {body[:120]!r}")


async def _save(connection: Connection, noted: Noted) -> None:
    number = connection.clerk.filing
    cell, now = connection.change()
    was = connection.shown.get(cell, "")
    body = {"base": connection.version, "changes": [{"cell": cell, "was": was, "now": now}]}
    status, answer = await connection.ask("POST", f"/filings/{number}/save", json.dumps(body).encode())
    if status != 200:
        noted.failures.append(f"save: {status} {answer[:160]!r}")
        return
    told = json.loads(answer)
    connection.version, connection.shown[cell] = told["version"], told["cells"].get(cell, now)
    noted.acknowledged += 1
    noted.saved.setdefault(number, {})[cell] = connection.shown[cell]
