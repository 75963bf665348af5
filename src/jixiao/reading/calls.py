"""Which calls to the kernel a child may still make: a filter in the kernel's own small language (classic BPF).

Numbers of calls are those of Linux for x86_64 and for the common table that aarch64 uses; on any other machine there is
no filter, and the promise is missing. What a filter looks at are the number of a call and its arguments, never memory
that an argument points to, so a call is let through only where its arguments alone say that it does no harm.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from struct import pack
from typing import Final

_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Machine → its column below, and the mark by which the kernel tells its calls from those of another table."""
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_WHOLE: Final = 0xFFFFFFFF
_OTHER_TABLE: Final = 0x40000000
_SET_FILTER, _ALL_THREADS = 1, 1
_NOT_PERMITTED, _NO_SUCH_CALL, _NO_SUCH_FAMILY = 1, 38, 97

_NUMBERS: Final = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215),
    "brk": (12, 214), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124), "mremap": (25, 216), "madvise": (28, 233), "nanosleep": (35, 101), "getpid": (39, 172),
    "exit": (60, 93), "gettimeofday": (96, 169), "getrusage": (98, 165), "sigaltstack": (131, 132),
    "gettid": (186, 178), "futex": (202, 98), "sched_setaffinity": (203, 122), "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "exit_group": (231, 94), "tgkill": (234, 131), "mbind": (237, 235),
    "prlimit64": (302, 261), "getcpu": (309, 168), "seccomp": (317, 277), "getrandom": (318, 278),
    "socket": (41, 198), "clone": (56, 220), "ptrace": (101, 117), "syslog": (103, 116), "pivot_root": (155, 41),
    "chroot": (161, 51), "acct": (163, 89), "mount": (165, 40), "umount2": (166, 39), "swapon": (167, 224),
    "swapoff": (168, 225), "reboot": (169, 142), "init_module": (175, 105), "delete_module": (176, 106),
    "quotactl": (179, 60), "kexec_load": (246, 104), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "unshare": (272, 97), "perf_event_open": (298, 241), "open_by_handle_at": (304, 265),
    "getppid": (110, 173), "setns": (308, 268), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "finit_module": (313, 273), "kexec_file_load": (320, 294), "bpf": (321, 280), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "pidfd_open": (434, 434), "clone3": (435, 435), "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
}  # fmt: skip
"""Call → its number on x86_64 and on aarch64 (`asm/unistd_64.h`, `asm-generic/unistd.h` of Linux)."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question about one argument: whether its low 32 bits, masked, are a value, or are not.

    Attributes:
        argument: which, from 0.
        value: what it is compared with.
        mask: the bits that count.
        equal: whether it has to be the value; if not, anything else.
    """

    argument: int
    value: int
    mask: int = _WHOLE
    equal: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a call whose arguments answer every check; a call that does not goes to the rules behind."""

    call: str
    verdict: int
    checks: tuple[Check, ...] = ()


_ANONYMOUS: Final = Check(3, 0x20, mask=0x20)
_NOT_RUN: Final = Check(2, 0, mask=0x4)
_OWN_PROCESSOR_TIME: Final = (Check(0, 0), Check(1, 0))
_PLAIN: Final = (
    "read", "write", "close", "munmap", "brk", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_yield",
    "mremap", "madvise", "nanosleep", "getpid", "exit", "gettimeofday", "getrusage", "sigaltstack", "gettid", "futex",
    "restart_syscall", "clock_gettime", "clock_getres", "clock_nanosleep", "exit_group", "getrandom",
)  # fmt: skip
"""What a child does with any arguments: memory, its own signals, clocks, and what it reads and writes is open."""
_NEVER: Final = (
    "ptrace", "syslog", "pivot_root", "chroot", "acct", "mount", "umount2", "swapon", "swapoff", "reboot",
    "init_module", "delete_module", "quotactl", "kexec_load", "add_key", "request_key", "keyctl", "unshare",
    "perf_event_open", "open_by_handle_at", "setns", "process_vm_readv", "process_vm_writev", "kcmp", "finit_module",
    "kexec_file_load", "bpf", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "open_tree",
    "move_mount", "fsopen", "fsconfig", "fsmount", "pidfd_open", "pidfd_getfd", "mount_setattr",
)  # fmt: skip
"""What a program that converts documents has no business with."""
_NEW_SPACES: Final = 0x7E020080
"""The flags of `clone` that make a namespace."""


def of_child(pid: int, *, making_code: bool) -> tuple[Rule, ...]:
    """The few calls of a child that has everything imported and open; all others are refused.

    Args:
        pid: the child; it may send itself a signal, which is how libraries in C give up.
        making_code: whether it may make memory that can be run, as engines of models do.
    """
    run = () if making_code else (_NOT_RUN,)
    rules = [Rule(call, _ALLOW) for call in _PLAIN]
    rules += [
        Rule("mmap", _ALLOW, (_ANONYMOUS, *run)),
        Rule("mprotect", _ALLOW, run),
        Rule("prlimit64", _ALLOW, _OWN_PROCESSOR_TIME),
        Rule("tgkill", _ALLOW, (Check(0, pid),)),
    ]
    if making_code:
        rules += [Rule(call, _ALLOW) for call in ("sched_getaffinity", "getcpu", "mbind")]
        rules.append(Rule("sched_setaffinity", _ALLOW, (Check(0, 0),)))
    return tuple(rules)


def of_office() -> tuple[Rule, ...]:
    """What a program that converts documents is refused; everything else is let through, for it needs much."""
    return (
        *(Rule(call, _ERROR | _NOT_PERMITTED) for call in _NEVER),
        Rule("socket", _ERROR | _NO_SUCH_FAMILY, (Check(0, 1, equal=False),)),
        Rule("clone", _ERROR | _NOT_PERMITTED, (Check(0, 0, mask=_NEW_SPACES, equal=False),)),
        Rule("clone3", _ERROR | _NO_SUCH_CALL),  # its flags are in memory; the C library then uses `clone`
        Rule("prlimit64", _ERROR | _NOT_PERMITTED, (Check(0, 0, equal=False), Check(2, 0, equal=False))),
    )


def compiled(rules: Iterable[Rule], machine: str, *, others: bool) -> bytes:
    """Rules as a program for the kernel.

    Args:
        rules: the first that fits a call decides.
        machine: as the kernel names it.
        others: whether a call without a rule is let through.

    Raises:
        KeyError: there is no table for this machine.
    """
    column, mark = _MACHINES[machine]
    lines = [_line(_LOAD, _MACHINE), _line(_EQUAL, mark, 1, 0), _line(_RETURN, _KILL)]
    lines += [_line(_LOAD, _NUMBER), _line(_AT_LEAST, _OTHER_TABLE, 0, 1), _line(_RETURN, _KILL)]
    for rule in rules:
        lines += _lines(rule, _NUMBERS[rule.call][column])
    lines.append(_line(_RETURN, _ALLOW if others else _ERROR | _NOT_PERMITTED))
    return b"".join(lines)


def _lines(rule: Rule, number: int) -> list[bytes]:
    """One rule: the number, then each check, which leads behind the rule where it fails; at last the verdict."""
    tail = [_line(_RETURN, rule.verdict)]
    for check in reversed(rule.checks):
        skip = len(tail)
        yes, no = (0, skip) if check.equal else (skip, 0)
        load = _line(_LOAD, _ARGUMENTS + 8 * check.argument)
        tail = [load, _line(_AND, check.mask), _line(_EQUAL, check.value, yes, no), *tail]
    return [_line(_LOAD, _NUMBER), _line(_EQUAL, number, 0, len(tail)), *tail]


def _line(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return pack("=HBBI", code, yes, no, value)


def machine() -> str:
    """The machine whose table holds for this process; empty where there is none."""
    if sys.platform != "linux" or sys.maxsize < 1 << 32:  # a program of 32 bits has a table of its own
        return ""
    name = os.uname().machine
    return name if name in _MACHINES else ""


def hold(rules: tuple[Rule, ...]) -> bool:
    """Let this process, with all its threads, make only the calls that rules allow, for ever.

    It must have given up new privileges before.

    Returns:
        Whether the filter holds, found by trying a call that no child may make.
    """
    if not (name := machine()):
        return False
    program = compiled(rules, name, others=False)
    lines = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(pack("@HP", len(program) // 8, ctypes.addressof(lines)))
    library = ctypes.CDLL(None, use_errno=True)
    install, parent = (ctypes.c_long(_NUMBERS[call][_MACHINES[name][0]]) for call in ("seccomp", "getppid"))
    if library.syscall(install, ctypes.c_uint(_SET_FILTER), ctypes.c_uint(_ALL_THREADS), head):
        return False
    return bool(library.syscall(parent) == -1)
