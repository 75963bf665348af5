"""Runs a command as nobody, although our interpreter may lie where only root may look (`/root/…`).

In a table of mounts of its own, the folders on the way that nobody may enter are covered by ones anybody may, in which
only what is needed shows. Needs root and the right to mount; `python unprivileged.py COMMAND…`, standard library only.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

NOBODY = 65534
CANNOT = 77
"""The exit status where the kernel does not let us mount."""
_MOUNTS, _PRIVATE, _BIND = 0x20000, 0x44000, 0x5000


def closed_to_others(path: Path) -> Path | None:
    """The first folder on the way to a path that only its owner may enter."""
    return next((folder for folder in [*reversed(path.parents), path] if not folder.stat().st_mode & 0o001), None)


def _mount(source: str, target: Path, kind: str | None, flags: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    words = [None if each is None else os.fsencode(each) for each in (source, target, kind)]
    if library.mount(*words, ctypes.c_ulong(flags), b"mode=755" if kind else None):
        raise OSError(ctypes.get_errno(), f"mount {target}")


def open_ways(needed: list[Path]) -> None:
    """Let anybody reach these folders, in a table of mounts of our own.

    Raises:
        OSError: the kernel does not let us.
    """
    if ctypes.CDLL(None, use_errno=True).unshare(_MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    _mount("none", Path("/"), None, _PRIVATE)
    ways = {path: closed for path in needed if (closed := closed_to_others(path))}
    aside = Path(tempfile.mkdtemp())
    for number, path in enumerate(ways):
        kept = aside / str(number)
        kept.mkdir()
        _mount(str(path), kept, None, _BIND)
    for closed in set(ways.values()):
        _mount("none", closed, "tmpfs", 0)
    for number, path in enumerate(ways):
        path.mkdir(parents=True, exist_ok=True)
        _mount(str(aside / str(number)), path, None, _BIND)


def main() -> None:
    """Become nobody, and run the command of the arguments."""
    house = Path(__file__).resolve().parents[2]
    try:
        open_ways([Path(sys.base_prefix), Path(sys.prefix), house])
    except OSError as error:
        print(f"cannot be done here: {error}", file=sys.stderr)
        sys.exit(CANNOT)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)  # noqa: S603  # our caller's own command


if __name__ == "__main__":
    main()
