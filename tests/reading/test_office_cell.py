"""What confines LibreOffice: a stand-in for it, under the same limits, reaches neither network nor other processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao.reading import DEFAULT_LIMITS, calls, convert

TESTS = Path(__file__).parents[1]
REFUSED = (
    "connect by TCP", "send by UDP", "open the wire", "ask for the table of the network", "trace a process",
    "read another's memory by a call", "write another's memory by a call", "take hold of a process", "mount",
    "make a space of users", "change the root", "leave a key", "use a ring of keys", "load a map into the kernel",
    "read the processor's counters", "make a ring of requests", "handle faults of memory", "read the kernel's log",
    "limit another process",
)  # fmt: skip
STILL = ("leave a file", "fork", "make a pair of sockets", "read the accounts of the machine")


@pytest.mark.skipif(not calls.machine(), reason="only Linux on x86_64 and aarch64 has a filter of calls")
def test_an_office_taken_over_stays_within_its_bounds(tmp_path: Path) -> None:
    """It gets no network, no other process and nothing of administrators; what it needs for its work, it has."""
    aims = {"tcp": 9, "udp": 9, "pid": 1, "address": 4096, "folder": str(tmp_path)}
    code = (
        f"import json, sys; sys.path[:0] = [{str(TESTS)!r}]; from hostile import evil; "
        f"print(json.dumps({{name: evil.outcome(name, {aims!r}) for name in {REFUSED + STILL!r}}}))"
    )
    command = [word.replace("os.setuid(nobody)", "pass").replace("RLIMIT_AS", "RLIMIT_CORE")
               for word in convert._limited([sys.executable, "-c", code], DEFAULT_LIMITS)]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603  # our own code
    told = json.loads(run.stdout.splitlines()[-1])
    assert {name: told[name] for name in REFUSED if "got" in told[name]} == {}
    assert {name: told[name] for name in STILL if "got" not in told[name]} == {}
