"""What a child process gives up before it looks at a file. Linux first; elsewhere as much as there is.

Nothing here asks for rights: every step only drops some, and each reports whether it took hold. Order matters: first
the namespaces, then (with everything imported) the limits and Landlock, last the right to open anything at all.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from jixiao.reading import calls

_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
_NEW_USER, _NEW_NETWORK, _NEW_IPC, _NEW_MOUNTS, _NEW_NAMES = 0x10000000, 0x40000000, 0x08000000, 0x20000, 0x4000000
_SPACES: Final = _NEW_NETWORK | _NEW_IPC | _NEW_MOUNTS | _NEW_NAMES
_CAPABILITIES: Final = 0x20080522
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION_QUERY: Final = 1
_NOBODY: Final = 65534
_FILE_RIGHTS: Final = (0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF)
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

PROMISES: Final = (
    "memory", "processor time", "no file written", "no process", "own network", "no file opened", "empty root",
    "few system calls",
)  # fmt: skip
"""What full confinement enforces, in the words of reports."""
LEAST: Final = frozenset({"memory", "processor time"})
"""Without one of these, nothing is read unless the caller was told to do so without a cell."""


def part() -> list[str]:
    """Take a network of our own. To be called first: it is refused to a process that has threads.

    Returns:
        The promises now kept.
    """
    if sys.platform != "linux":
        return []
    spaces = _SPACES | (_NEW_USER if os.geteuid() else 0)  # root may; anyone else needs a user space
    return ["own network"] if ctypes.CDLL(None, use_errno=True).unshare(spaces) == 0 else []


def limit(megabytes: int) -> list[str]:
    """Limit memory, core dumps and processes. To be called with everything imported and loaded.

    Args:
        megabytes: address space the process may have beyond what it has now.

    Returns:
        The promises now kept; none where the platform has no resource limits (Windows).
    """
    kept = ["memory"] * limit_memory(megabytes)
    if _to_nothing("RLIMIT_NPROC") and os.geteuid():
        kept.append("no process")
    return kept


def limit_memory(megabytes: int) -> bool:
    """Limit memory and core dumps alone, of a process that still makes threads; whether memory is limited.

    Args:
        megabytes: address space the process may have beyond what it has now.
    """
    try:
        import resource
    except ImportError:
        return False
    _set(resource, "RLIMIT_CORE", 0)
    return _set(resource, "RLIMIT_AS", _address_space() + megabytes * 1024 * 1024)


def _address_space() -> int:
    """The bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as counts:  # noqa: PTH123  # no pathlib in a child that starts in 0.1 s
            return int(counts.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _set(resource: object, name: str, most: int) -> bool:
    which = getattr(resource, name, None)
    if which is None:
        return False
    try:
        resource.setrlimit(which, (most, most))  # type: ignore[attr-defined]  # absent on Windows, so passed as object
    except (ValueError, OSError):
        return False
    return True


def limit_processor(seconds: int) -> bool:
    """Allow this many further seconds of processor time; the signal that ends them kills the process."""
    try:
        import resource
    except ImportError:
        return False
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ValueError, OSError):
        return False
    return True


def lock(*, alone: bool, making_code: bool = False) -> list[str]:
    """Give up other processes, other users, all opening of files and most calls. To be called with everything imported.

    Args:
        alone: whether `part` has given a network of our own; if not, it is tried once more.
        making_code: whether memory may be made that can be run, as engines of models need.

    Returns:
        The promises now kept.
    """
    kept = []
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        rooted = _empty_root()
        if os.geteuid() == 0 and _drop_root():
            kept.append("no process")
        if not alone and library.unshare(_NEW_USER | _SPACES) == 0:
            kept.append("own network")
            rooted = rooted or _empty_root()
        kept += ["empty root"] * rooted
        _drop_capabilities(library)
        library.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)  # after the change of user, which clears it
        library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        _landlock(library.syscall)
    if _to_nothing("RLIMIT_FSIZE"):
        kept.append("no file written")
    if _to_nothing("RLIMIT_NOFILE"):  # no new descriptor: no file, socket or pipe; those already open keep working
        kept.append("no file opened")
    if calls.hold(calls.of_child(os.getpid(), making_code=making_code)):
        kept.append("few system calls")
    return kept


def _empty_root() -> bool:
    """Make the folder we are in the root, if it is empty or gone: then no path leads to anything.

    Where no file can be opened any more, paths can still be asked about, renamed and removed.
    """
    try:
        if os.listdir("."):  # noqa: PTH208  # no pathlib in a child that starts in 0.1 s
            return False
    except FileNotFoundError:
        """The folder is gone, which is emptier."""
    except OSError:
        return False
    try:
        os.chroot(".")
        os.chdir("/")
    except OSError:
        return False
    return True


def _drop_capabilities(library: ctypes.CDLL) -> None:
    """Give up what a user space of our own made us master of; root has given it up by becoming nobody."""
    head, none = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    if hasattr(library, "capset"):
        library.capset(ctypes.byref(head), ctypes.byref(none))


def _drop_root() -> bool:
    """Become nobody: the limit on processes does not hold for root, and root could lift every limit again."""
    try:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    except OSError:
        return False
    return True


def _landlock(syscall: Callable[..., int]) -> bool:
    """Landlock with no exception: no path can be opened, run or changed any more (kernel 5.13 and later)."""
    version = syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_QUERY)
    if version < 1:
        return False
    rights = (ctypes.c_uint64 * 3)(
        _FILE_RIGHTS[min(version, len(_FILE_RIGHTS) - 1)],
        3 if version >= _NETWORK_SINCE else 0,
        3 if version >= _SCOPES_SINCE else 0,
    )
    words = 1 if version < _NETWORK_SINCE else 2 if version < _SCOPES_SINCE else 3
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(rights), ctypes.c_size_t(8 * words), 0)
    if ruleset < 0:
        return False
    held = syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return held


def _to_nothing(name: str) -> bool:
    try:
        import resource
    except ImportError:
        return False
    return _set(resource, name, 0)
