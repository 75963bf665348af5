"""Calls to the kernel by number, past every wrapper; what the attempts of the evil reader are made of."""

import ctypes
import os
from collections.abc import Callable
from typing import Final

_COLUMN: Final = {"x86_64": 0, "aarch64": 1}
_NUMBERS: Final = {
    "vfork": (58, None), "clone": (56, 220), "ptrace": (101, 117), "setns": (308, 268), "mount": (165, 40),
    "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97), "syslog": (103, 116),
    "add_key": (248, 217), "keyctl": (250, 219), "perf_event_open": (298, 241), "bpf": (321, 280),
    "userfaultfd": (323, 282), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "memfd_create": (319, 279), "execveat": (322, 281), "io_uring_setup": (425, 425), "pidfd_open": (434, 434),
    "clone3": (435, 435), "openat2": (437, 437), "pidfd_getfd": (438, 438), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "personality": (135, 92), "prctl": (157, 167), "name_to_handle_at": (303, 264),
    "sethostname": (170, 161), "inotify_init1": (294, 26), "epoll_create1": (291, 20), "eventfd2": (290, 19),
    "timerfd_create": (283, 85), "mmap": (9, 222), "mprotect": (10, 226), "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138), "fanotify_init": (300, 262), "mq_open": (240, 180), "capset": (126, 91),
    "getppid": (110, 173), "io_setup": (206, 0), "landlock_create_ruleset": (444, 444), "setpriority": (141, 140),
    "ioctl": (16, 29), "seccomp": (317, 277), "tgkill": (234, 131), "modify_ldt": (154, None),
}  # fmt: skip
LIBRARY: Final = ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: object) -> int:
    """Make a call; its result.

    Raises:
        OSError: the kernel refused it.
    """
    number = _NUMBERS[name][_COLUMN.get(os.uname().machine, 0)]
    if number is None:
        raise OSError(38, "no such call on this machine")
    return by_number(number, *arguments)


def by_number(number: int, *arguments: object) -> int:
    """Make the call of that number; its result.

    Raises:
        OSError: the kernel refused it.
    """
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    LIBRARY.syscall.restype = ctypes.c_long
    result = int(LIBRARY.syscall(ctypes.c_long(number), *given))
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def done(act: Callable[..., object], *arguments: object) -> str:
    """Do something that gives nothing, and say that it was done.

    Raises:
        OSError: it was refused.
    """
    act(*arguments)
    return "done"
