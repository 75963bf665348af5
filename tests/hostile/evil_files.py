"""What the evil reader tries with files: those of the machine, another's upload, and places to leave something."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from hostile.evil_system import LIBRARY, call, done

Aims = dict[str, Any]
_HERE: Final = -100


def passwords(_: Aims) -> object:
    """The accounts of the machine."""
    return os.read(os.open("/etc/passwd", os.O_RDONLY), 9)


def other_upload(aims: Aims) -> object:
    """Another person's upload in the store."""
    return os.read(os.open(aims["victim"], os.O_RDONLY), 9)


def by_openat2(aims: Aims) -> object:
    """The same by a newer call."""
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    return os.read(call("openat2", _HERE, os.fsencode(aims["victim"]), how, 24), 9)


def by_climbing(_: Aims) -> object:
    """Out of the folder by dots."""
    return os.read(os.open("../" * 40 + "etc/passwd", os.O_RDONLY), 9)


def by_library(aims: Aims) -> object:
    """By the C library's own stream."""
    LIBRARY.fopen.restype = ctypes.c_void_p
    if not (stream := LIBRARY.fopen(os.fsencode(aims["victim"]), b"r")):
        raise OSError(ctypes.get_errno(), "fopen")
    return stream


def by_loading(_: Aims) -> object:
    """A library of the machine, loaded as code."""
    return ctypes.CDLL("libutil.so.1").openpty


def listing(_: Aims) -> object:
    """The names in the root."""
    return os.listdir("/")[0]  # noqa: PTH208  # no pathlib between us and the call


def existence(aims: Aims) -> object:
    """Whether another's upload is there, and how large."""
    return os.stat(aims["victim"]).st_size  # noqa: PTH116  # as above


def own_program(_: Aims) -> object:
    """Where the program lies."""
    return os.readlink("/proc/self/exe")  # noqa: PTH115  # as above


def handle(aims: Aims) -> object:
    """A handle of a file, to open it by later."""
    room, mount = (ctypes.c_uint32 * 64)(128), ctypes.c_int()
    return call("name_to_handle_at", _HERE, os.fsencode(aims["victim"]), room, ctypes.byref(mount), 0)


def left_in_folder(aims: Aims) -> object:
    """A file in a folder where anybody may write."""
    path = f"{aims['folder']}/left-{os.urandom(4).hex()}"
    return os.write(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), b"x")


def left_in_shared_memory(_: Aims) -> object:
    """A file in shared memory, for others to find."""
    path = f"/dev/shm/left-{os.urandom(4).hex()}"  # noqa: S108  # an attacker's path
    made = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    os.unlink(path)  # noqa: PTH108  # as above
    return made


def nameless(aims: Aims) -> object:
    """A file without a name."""
    return os.open(aims["folder"], os.O_TMPFILE | os.O_RDWR, 0o600)


def folder_made(aims: Aims) -> object:
    """A folder; it needs no open file."""
    return done(os.mkdir, f"{aims['folder']}/made-{os.urandom(4).hex()}")


def removed(aims: Aims) -> object:
    """A file that anybody in the folder may remove; it needs no open file either."""
    return done(os.unlink, aims["spare"])


def renamed(aims: Aims) -> object:
    """The same, renamed."""
    return done(os.rename, aims["spare"], aims["spare"] + "-moved")


def emptied(aims: Aims) -> object:
    """The same, cut to nothing."""
    return done(os.truncate, aims["spare"], 0)


def opened_to_all(aims: Aims) -> object:
    """The same, with other rights."""
    return done(os.chmod, aims["spare"], 0o777)


def dated(aims: Aims) -> object:
    """The same, with another date."""
    return done(os.utime, aims["spare"], (1, 1))


def linked(aims: Aims) -> object:
    """A link to the accounts, where somebody may follow it."""
    return done(os.symlink, "/etc/passwd", f"{aims['folder']}/link-{os.urandom(4).hex()}")


def piped(aims: Aims) -> object:
    """A named pipe."""
    return done(os.mkfifo, f"{aims['folder']}/pipe-{os.urandom(4).hex()}")


def working_folder(aims: Aims) -> object:
    """Another working folder, to look around in."""
    return done(os.chdir, aims["folder"])


def new_root(aims: Aims) -> object:
    """Another root."""
    return call("chroot", os.fsencode(aims["folder"]))


def inherited(_: Aims) -> object:
    """An open file of the parent, left open by mistake: anything but the pipes and the sink of errors."""
    found = []
    for number in range(3, 256):
        try:
            position = os.lseek(number, 0, os.SEEK_CUR)
        except OSError:
            continue
        found.append((number, position))
    if not found:
        raise OSError(9, "none")
    return found


def secrets(_: Aims) -> object:
    """Passwords in the environment."""
    found = [name for name in os.environ if "SECRET" in name or "DATABASE" in name or "PASSWORD" in name]
    if not found:
        raise LookupError("none")
    return found


def own_environment(_: Aims) -> object:
    """The environment as the kernel keeps it."""
    if b"SECRET" not in (kept := Path("/proc/self/environ").read_bytes()):
        raise LookupError("no secret")
    return kept


ATTEMPTS: Final[dict[str, Callable[[Aims], object]]] = {
    "read the accounts of the machine": passwords,
    "read another's upload": other_upload,
    "read it by openat2": by_openat2,
    "climb out by dots": by_climbing,
    "read it by a stream of the C library": by_library,
    "load a library": by_loading,
    "list the root": listing,
    "ask whether a file exists": existence,
    "ask where the program lies": own_program,
    "take a handle of a file": handle,
    "leave a file": left_in_folder,
    "leave a file in shared memory": left_in_shared_memory,
    "make a nameless file": nameless,
    "make a folder": folder_made,
    "remove a file": removed,
    "rename a file": renamed,
    "empty a file": emptied,
    "change the rights of a file": opened_to_all,
    "change the date of a file": dated,
    "make a link": linked,
    "make a named pipe": piped,
    "change the working folder": working_folder,
    "change the root": new_root,
    "use an inherited file": inherited,
    "read passwords from the environment": secrets,
    "read the environment that the kernel keeps": own_environment,
}  # fmt: skip
