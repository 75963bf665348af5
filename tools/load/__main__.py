"""`./dev load [--clerks N] [--seconds S] [--forms F] [--seed K] [--slice]`: the figures of an office full of clerks.

On the database that `DATABASE_URL` names, otherwise on SQLite in a new folder. Prints requests, median, p95 and p99,
failures, lost saves, and processor time of the servers for each request. Fails on any failure or lost save; with
`--slice` also where a request costs the servers more processor time than `MOST_COST`.
"""

import argparse
import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.load.people import Clerk
    from tools.load.working import Noted

HOUSE = Path(__file__).resolve().parents[2]
SEED = HOUSE / "examples" / "shanghai-2024.txt"
MOST_COST = 60
"""Milliseconds of processor time that a request may cost the servers in the slice that CI runs."""
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the office, serve it, let the clerks work, tell the figures."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="jixiao-load-") as folder:
        _settings(Path(folder))
        clerks = _prepared(asked.clerks, asked.forms)
        command = [sys.executable, "-m", "jixiao", "serve", "--data", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 -- our own command
            try:
                port = _port(running)
                servers = _family(running.pid)
                before: list[int] = []
                begin = partial(_note_spent, servers, before)
                noted = asyncio.run(_work(port, clerks, asked, begin))
                cost = _spent(servers) - before[0]
            finally:
                running.send_signal(signal.SIGTERM)
                running.wait(30)
        lost = _lost(noted)
    failed = _tell(asked, noted, cost, lost)
    sys.exit(1 if failed else 0)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev load", description=__doc__)
    parser.add_argument("--clerks", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--forms", type=int, default=0, help="filings in the round; one a clerk where not given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slice", action="store_true", help="the slice of CI: judged by processor time")
    return parser.parse_args()


def _settings(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.office.settings"
    os.environ["JIXIAO_DATA"] = str(folder)


def _prepared(count: int, forms: int) -> "list[Clerk]":
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    from tools.load.people import make_clerks

    made = make_clerks(count, forms, str(SEED))
    connections.close_all()
    return made


async def _work(port: int, clerks: "list[Clerk]", asked: argparse.Namespace, begin: Callable[[], None]) -> "Noted":
    from tools.load.working import work

    return await work(port, clerks, asked.seconds, asked.seed, begin)


def _note_spent(servers: list[int], before: list[int]) -> None:
    before.append(_spent(servers))


def _port(running: "subprocess.Popen[str]") -> int:
    while running.stdout is not None and (line := running.stdout.readline()):
        found = re.search(r"http://[0-9.]+:([0-9]+)/", line)
        if found:
            return int(found[1])
    sys.exit("the office did not start")


def _family(parent: int) -> list[int]:
    """The server's process and all that it started."""
    above = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (stat := place / "stat").exists():
            above[int(place.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = [parent]
    for pid in family:
        family += [child for child, its in above.items() if its == pid]
    return family


def _spent(processes: list[int]) -> int:
    """Milliseconds of processor time that these processes have used."""
    ticks = 0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 // TICKS


def _lost(noted: "Noted") -> int:
    """Acknowledged values that the database does not hold."""
    from jixiao.office.filing.cells import text_of
    from jixiao.office.filing.judging import record_of
    from jixiao.office.filing.models import Filing

    lost = 0
    for number, cells in noted.saved.items():
        record = record_of(Filing.objects.get(pk=number))
        lost += sum(text_of(record, cell) != text for cell, text in cells.items())
    return lost


def _tell(asked: argparse.Namespace, noted: "Noted", cost: int, lost: int) -> bool:
    from django.db import connection

    requests = sum(map(len, noted.took.values()))
    every = sorted(each for took in noted.took.values() for each in took)
    print(f"{connection.vendor}, {asked.clerks} clerks, {asked.seconds} s: {requests} requests, "
          f"{requests // asked.seconds}/s, {noted.acknowledged} saves acknowledged")  # fmt: skip
    for kind, took in [*noted.took.items(), ("all", every)]:
        held = sorted(took) or [0]
        shown = "  ".join(f"p{share} {held[len(held) * share // 100] / 1000:.1f} ms" for share in (50, 95, 99))
        print(f"  {kind:5} {len(took):6}  {shown}")
    each = cost / max(requests, 1)
    print(f"  servers: {each:.1f} ms of processor time a request, {cost / 10 / asked.seconds:.0f} % of one core")
    print(f"  failures {len(noted.failures)}, lost saves {lost}")
    for fault in noted.failures[:5]:
        print("   ", fault)
    return bool(noted.failures or lost or (asked.slice and each > MOST_COST) or not noted.acknowledged)


if __name__ == "__main__":
    main()
