"""What the evil reader tries with the kernel itself: other spaces and rights, and the calls where its faults were."""

import ctypes
import os
from collections.abc import Callable
from typing import Any, Final

from hostile.evil_system import LIBRARY, by_number, call, done

Aims = dict[str, Any]
_USER, _MOUNTS = 0x10000000, 0x20000
_ROOM: Final = ctypes.create_string_buffer(512)


def user_space(_: Aims) -> object:
    """A space where we are master."""
    return call("unshare", _USER) or "made"


def mount_space(_: Aims) -> object:
    """A table of mounts of our own."""
    return call("unshare", _MOUNTS) or "made"


def another_space(_: Aims) -> object:
    """The space of the first process."""
    return call("setns", os.open("/proc/1/ns/uts", os.O_RDONLY), 0) or "moved"


def mount(aims: Aims) -> object:
    """A mount (of an own table, that a process without a cell does no harm)."""
    call("unshare", _MOUNTS)
    call("mount", b"none", b"/", None, 0x44000, None)
    return call("mount", b"x", os.fsencode(aims["folder"]), b"tmpfs", 0, None) or "mounted"


def mount_bare(aims: Aims) -> object:
    """A change of a mount that changes nothing, in the table that is there."""
    return call("mount", b"none", os.fsencode(aims["folder"]), None, 0x100000, None) or "mounted"


def name(_: Aims) -> object:
    """The machine's name (the one it has)."""
    own = os.uname().nodename.encode()
    return call("sethostname", own, len(own)) or "named"


def kernel_log(_: Aims) -> object:
    """The kernel's log, with its addresses."""
    return call("syslog", 3, _ROOM, 512)


def key(_: Aims) -> object:
    """A key in the kernel's ring."""
    return call("add_key", b"user", b"x", b"secret", 6, -2)


def keys(_: Aims) -> object:
    """The ring of keys itself."""
    return call("keyctl", 0, -3, 1)


def filter_map(_: Aims) -> object:
    """A map of programs in the kernel."""
    wanted = (ctypes.c_uint32 * 32)(1, 4, 4, 1)
    return call("bpf", 0, wanted, 128)


def counters(_: Aims) -> object:
    """The processor's counters, which tell of others."""
    wanted = (ctypes.c_uint32 * 32)(1, 128)
    return call("perf_event_open", wanted, 0, -1, -1, 0)


def ring(_: Aims) -> object:
    """A ring by which the kernel would open files for us."""
    return call("io_uring_setup", 1, (ctypes.c_uint32 * 64)())


def faults(_: Aims) -> object:
    """The handling of faults of memory."""
    return call("userfaultfd", 0x1)


def memory_file(_: Aims) -> object:
    """A file that is memory."""
    return call("memfd_create", b"x", 0)


def shared(_: Aims) -> object:
    """Shared memory of the old kind."""
    return call("shmget", 0, 4096, 0o1600)


def letters(_: Aims) -> object:
    """A queue of letters."""
    return call("msgget", 0, 0o1600)


def semaphores(_: Aims) -> object:
    """A set of semaphores."""
    return call("semget", 0, 1, 0o1600)


def queue(_: Aims) -> object:
    """A queue with a name."""
    return call("mq_open", b"x" + os.urandom(4).hex().encode(), os.O_CREAT | os.O_RDWR, 0o600, None)


def watch(_: Aims) -> object:
    """A watch on files."""
    return call("inotify_init1", 0)


def events(_: Aims) -> object:
    """A counter of events."""
    return call("eventfd2", 0, 0)


def timer(_: Aims) -> object:
    """A timer that is a file."""
    return call("timerfd_create", 1, 0)


def many_events(_: Aims) -> object:
    """A collector of events."""
    return call("epoll_create1", 0)


def requests(_: Aims) -> object:
    """A queue of reads and writes that the kernel works off."""
    return call("io_setup", 1, ctypes.byref(ctypes.c_ulong()))


def personality(_: Aims) -> object:
    """Memory at addresses that are known."""
    return call("personality", 0x0040000)


def run_memory(_: Aims) -> object:
    """Memory that can be written and run."""
    return call("mmap", 0, 4096, 7, 0x22, -1, 0)


def run_later(_: Aims) -> object:
    """Memory that was written, then made to run."""
    return call("mprotect", call("mmap", 0, 4096, 3, 0x22, -1, 0), 4096, 5) or "runs"


def much_memory(_: Aims) -> object:
    """Three gigabytes."""
    return len(bytearray(3 << 30))


def root(_: Aims) -> object:
    """To be root."""
    return done(os.setuid, 0)


def groups(_: Aims) -> object:
    """To be of the groups of root."""
    return done(os.setgroups, [0, 42])


def capabilities(_: Aims) -> object:
    """To have every capability."""
    head, held = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    LIBRARY.capget(head, held)
    if not held[0] and not held[3]:
        raise OSError(1, "none are held")
    return call("capset", head, held) or "held"


def terminal(_: Aims) -> object:
    """A letter typed into the terminal or pipe."""
    return call("ioctl", 0, 0x541B, _ROOM) or "answered"


def own_rules(_: Aims) -> object:
    """Rules of our own for files, or for calls."""
    return call("landlock_create_ruleset", None, 0, 1)


def filters(_: Aims) -> object:
    """Whether the kernel has filters, which is the first step to one of our own."""
    action = ctypes.c_uint32(0x7FFF0000)
    return call("seccomp", 2, 0, ctypes.byref(action)) or "has"


def other_table(_: Aims) -> object:
    """A call by the number of another table of this machine; it may cost the child its life."""
    return by_number(0x40000000 + 39)


def parent_number(_: Aims) -> object:
    """Who the parent is."""
    return call("getppid")


ATTEMPTS: Final[dict[str, Callable[[Aims], object]]] = {
    "make a space of users": user_space,
    "make a space of mounts": mount_space,
    "enter another's space": another_space,
    "mount": mount,
    "change a mount": mount_bare,
    "name the machine": name,
    "read the kernel's log": kernel_log,
    "leave a key": key,
    "use a ring of keys": keys,
    "load a map into the kernel": filter_map,
    "read the processor's counters": counters,
    "make a ring of requests": ring,
    "handle faults of memory": faults,
    "make a file of memory": memory_file,
    "share memory": shared,
    "queue letters": letters,
    "make semaphores": semaphores,
    "make a queue with a name": queue,
    "watch files": watch,
    "count events": events,
    "make a timer": timer,
    "collect events": many_events,
    "queue reads": requests,
    "choose where memory lies": personality,
    "make memory that runs": run_memory,
    "make written memory run": run_later,
    "take much memory": much_memory,
    "become root": root,
    "join root's groups": groups,
    "take capabilities": capabilities,
    "ask the terminal": terminal,
    "make rules for files": own_rules,
    "make filters": filters,
    "call by another table": other_table,
    "ask who the parent is": parent_number,
}
