"""DOC, WPS and RTF → DOCX by LibreOffice, where it is installed: a process of its own, limited, without network.

The child that reads files can start nothing, so the parent has this done and hands the DOCX to the child as any other
file. LibreOffice opens the file as nobody where we are root, in a profile and folder of its own that go afterwards,
with macros and links off, under limits of memory, processor time and file size, and on the clock. A filter of calls
keeps it from the network, from other processes' memory and from what the kernel keeps for administrators.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from jixiao.reading import calls, errors
from jixiao.reading.converted import ENDINGS, marked
from jixiao.reading.limits import MEGABYTE, Limits

_MEMORY_MEGABYTES: Final = 2048
"""Address space of LibreOffice. It takes 210 MB; 1,024 MB of address space is the least that was seen to do."""
_AT_ONCE: Final = BoundedSemaphore(2)
_ELSEWHERE: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_NOBODY: Final = 65534
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
</oor:items>
"""

_LAUNCHER: Final = """
import ctypes, os, resource, struct, sys
megabytes, seconds, size, nobody = map(int, sys.argv[1:5])
library = ctypes.CDLL(None, use_errno=True)
if sys.platform == "linux":
    if library.unshare(0x40000000) and os.geteuid():
        library.unshare(0x50000000)
    if os.geteuid() == 0:
        os.setgroups([]); os.setgid(nobody); os.setuid(nobody)
    library.prctl(1, 9, 0, 0, 0)
    library.prctl(38, 1, 0, 0, 0)
    if filtered := bytes.fromhex(sys.argv[5]):
        lines = ctypes.create_string_buffer(filtered, len(filtered))
        head = ctypes.create_string_buffer(struct.pack("@HP", len(filtered) // 8, ctypes.addressof(lines)))
        library.prctl(22, 2, head, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
for name, most in (("CPU", seconds), ("FSIZE", size), ("CORE", 0)):
    resource.setrlimit(getattr(resource, "RLIMIT_" + name), (most, most))
os.execv(sys.argv[6], sys.argv[6:])
"""
"""What runs between us and LibreOffice: gives up network, root and resources, then becomes it. Linux first."""


def office() -> str | None:
    """The path of LibreOffice's command; `None` where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _ELSEWHERE if Path(path).is_file()), None)


def to_docx(data: bytes, kind: str, file: str, limits: Limits) -> bytes:
    """A document as DOCX, marked as converted.

    Args:
        data: the whole file.
        kind: one of `ENDINGS`.
        file: its label, for sentences.
        limits: what it may cost.

    Raises:
        Unreadable: LibreOffice is not installed, cannot open it, or is not done in time.
    """
    program = office()
    if program is None:
        raise errors.needs_office(file)
    with _AT_ONCE, tempfile.TemporaryDirectory(prefix="jixiao-office-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"in{ENDINGS[kind]}"
        source.write_bytes(data)
        _prepare(Path(folder))
        status = _run(_limited(_conversion(program, Path(folder), source), limits), folder, limits.seconds)
        if status is None:
            raise errors.time_out(file, limits.seconds)
        made = source.with_suffix(".docx")
        if status or not made.is_file() or made.is_symlink() or made.stat().st_size > limits.unpacked_bytes:
            raise errors.not_converted(file)
        return marked(made.read_bytes(), kind)


def _prepare(folder: Path) -> None:
    """The profile, and who may write in the folder."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)


def _conversion(program: str, folder: Path, source: Path) -> list[str]:
    profile = (folder / "profile").as_uri()
    work = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    return [*work, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]


def _limited(work: list[str], limits: Limits) -> list[str]:
    """The command that limits itself and then becomes this one; on Windows only the clock holds it."""
    if os.name == "nt":
        return work
    most = (_MEMORY_MEGABYTES, limits.cpu_seconds, limits.unpacked_megabytes * MEGABYTE, _NOBODY)
    machine = calls.machine()
    filtered = calls.compiled(calls.of_office(), machine, others=True).hex() if machine else ""
    return [sys.executable, "-I", "-S", "-c", _LAUNCHER, *map(str, most), filtered, *work]


def _run(command: list[str], folder: str, seconds: int) -> int | None:
    """Run it to its end: its exit status, or `None` where that did not come in time. Nothing of its group is left."""
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and the installed office, nothing of the caller
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=_environment(folder), cwd=folder, close_fds=True, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return kept | {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
