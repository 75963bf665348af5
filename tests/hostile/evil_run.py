"""Makes every attempt of the evil reader: in the cell, with and without eyes, and in a process without a cell.

Run as `python -m hostile.evil_run FOLDER` in a process of its own, as root or as anybody; prints JSON. What is aimed at
is made here: another's upload, servers that listen, a process of the same user with a secret in its memory.
"""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

from hostile import evil
from jixiao.reading import Limits, Unreadable, eyes
from jixiao.reading.worker import Worker

SECRET: Final = b"secret"
LIMITS: Final = Limits(seconds=10, cpu_seconds=8, files_per_child=10_000)
_STAND_IN: Final = (
    "import ctypes, time; kept = ctypes.create_string_buffer(b'secret', 16); "
    "print(ctypes.addressof(kept), flush=True); time.sleep(600)"
)


class Target:
    """What there is to aim at."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Make it, to go with the stack."""
        self.folder, self.stack = folder, stack
        victim = folder / "store" / "another.pdf"
        victim.parent.mkdir()
        victim.write_bytes(SECRET)
        self.open = os.open(victim, os.O_RDONLY)
        os.set_inheritable(self.open, True)  # noqa: FBT003  # its way
        self.servers = [self._server(*each) for each in self._addresses()]
        self.process = self._stand_in()
        self.aims = {
            "victim": str(victim), "folder": str(folder), "spare": str(folder / "spare"), "unix": f"{folder}/door",
            "abstract": f"jixiao-{os.getpid()}",
            **{name: server.getsockname()[1] for name, server in zip(("tcp", "tcp6", "udp"), self.servers, strict=False)
               if server},
        }  # fmt: skip

    def _addresses(self) -> list[tuple[int, int, Any]]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)), (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0)),
            (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            (socket.AF_UNIX, socket.SOCK_STREAM, f"{self.folder}/door"),
            (socket.AF_UNIX, socket.SOCK_STREAM, f"\0jixiao-{os.getpid()}"),
        ]  # fmt: skip

    def _server(self, family: int, kind: int, address: object) -> socket.socket | None:
        made = self.stack.enter_context(socket.socket(family, kind))
        try:
            made.bind(address)  # type: ignore[arg-type]  # each family has its own
        except OSError:
            return None
        if kind == socket.SOCK_STREAM:
            made.listen()
        return made

    def _stand_in(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-c", _STAND_IN], stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        self.address = int(process.stdout.readline())
        return process

    def ready(self) -> dict[str, Any]:
        """Everything as it has to be before an attempt, and where it is."""
        if self.process.poll() is not None:
            self.process = self._stand_in()
        for path in self.folder.glob("spare*"):
            path.unlink()
        (self.folder / "spare").write_bytes(b"spare")
        (self.folder / "spare").chmod(0o666)
        return self.aims | {"pid": self.process.pid, "address": self.address}

    def harm(self) -> str:
        """What somebody did to it since; empty if nothing."""
        spare = self.folder / "spare"
        if not spare.is_file() or spare.read_bytes() != b"spare" or spare.stat().st_mtime_ns < 10**10:
            return "a file was changed"
        if self.process.poll() is not None:
            return "a process was ended"
        if heard := select.select([server for server in self.servers if server], [], [], 0)[0]:
            return f"a server heard {heard}"
        return ""

    def close(self) -> None:
        """End the stand-in."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        os.close(self.open)


def in_cell(target: Target, opener: str = "") -> dict[str, str]:
    """Every attempt in a child: name → what it got; empty where it was stopped.

    Args:
        target: what there is to aim at.
        opener: of eyes that are evil; without, the craft is.
    """
    found, worker = dict[str, str](), _worker(opener)
    before = _others()
    for name in evil.ATTEMPTS:
        if not worker.alive:
            worker.close()
            worker = _worker(opener)
        job = json.dumps({"name": name, "aims": target.ready()})
        found[name] = _told(worker, job, seeing=bool(opener)) or target.harm()
    pid = worker.pid
    worker.close()
    if _others() - before - {str(pid)}:
        found["leave a process that outlives"] = "a process is left"
    return found


def _worker(opener: str) -> Worker:
    return Worker(LIMITS.of_eyes, opener) if opener else Worker(LIMITS, craft="hostile.evil:attempt")


def _told(worker: Worker, job: str, *, seeing: bool) -> str:
    """What the attempt got; empty if it was stopped, or the child died of it."""
    try:
        if seeing:
            (form,) = worker.read(_picture(), job)
            answer = bytes.fromhex(form.unit).decode()
        else:
            answer = worker.rework(b"", job.encode(), "f").decode()
    except Unreadable as refusal:
        return "" if refusal.code == "crashed" else f"no answer: {refusal.en}"
    told = json.loads(answer)
    return str(told.get("got", ""))


def _picture() -> bytes:
    from hostile.hostile_pictures import png, rows

    return png(200, 100, rows(200, 100))


def _others() -> set[str]:
    """Processes that are children of ours, or orphans of our group."""
    mine = str(os.getpid())
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = entry.read_text().rpartition(")")[2].split()
            if words[1] == mine and words[0] != "Z":
                found.add(entry.parent.name)
    return found


def without_cell(target: Target) -> dict[str, str]:
    """Every attempt in a process that nothing confines: name → what it got; empty where the system stops anybody."""
    code = f"import sys; sys.path[:0] = {sys.path!r}; from hostile.evil import main; main(sys.argv[1])"
    found = {}
    for name in evil.ATTEMPTS:
        words = json.dumps({"name": name, "aims": target.ready()})
        run = subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-c", code, words], capture_output=True, text=True, timeout=60, check=False,
            close_fds=False, start_new_session=True, env=os.environ | {"JIXIAO_SECRET_KEY": "x"}, cwd="/",
        )  # fmt: skip
        lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
        found[name] = str(json.loads(lines[-1]).get("got", "")) if lines else ""
    return found


PLACES: Final = ("cell", "eyes", "free")
"""Where attempts are made: in a child, in one with eyes, and without a cell."""


def main(folder: str, *places: str) -> None:
    """Print what came of every attempt, by where it was made: of all places, or of those named."""
    os.environ |= {"JIXIAO_SECRET_KEY": "x", "DATABASE_URL": "postgres://x:secret@h/x"}
    tempfile.tempdir = folder
    os.umask(0)
    told: dict[str, object] = {"user": os.geteuid()}
    with ExitStack() as stack:
        target = Target(Path(folder), stack)
        stack.callback(target.close)
        with Worker(LIMITS) as worker:
            told |= {"enforced": worker.protection.enforced, "missing": worker.protection.missing}
        for place in places or PLACES:
            if place == "free":
                told[place] = without_cell(target)
            elif place == "cell" or eyes.eyes_are_installed():
                told[place] = in_cell(target, "hostile.evil_eyes:open_evil" if place == "eyes" else "")
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
