"""What the evil reader tries with processes: others of the machine, the parent, more of itself."""

import ctypes
import os
import resource
import signal
import threading
from collections.abc import Callable
from typing import Any, Final

from hostile.evil_system import call, done

Aims = dict[str, Any]
_FORKED: Final = 17
_ATTACH = 16
_BUFFER: Final = ctypes.create_string_buffer(b"secret", 16)


def _ended(pid: int) -> object:
    """A child of ours ends at once, and we tell that it was."""
    if pid == 0:
        os._exit(0)
    return pid


def fork(_: Aims) -> object:
    """Another process."""
    return _ended(os.fork())


def clone(_: Aims) -> object:
    """The same, by the kernel's own call."""
    return _ended(call("clone", _FORKED, 0, 0, 0, 0))


def clone3(_: Aims) -> object:
    """The same, by its newer one."""
    wanted = (ctypes.c_uint64 * 8)(0, 0, 0, 0, _FORKED)
    return _ended(call("clone3", wanted, 64))


def thread(_: Aims) -> object:
    """A thread, to go on when the work is done."""
    made = threading.Thread(target=os.getpid)
    made.start()
    return "started"


def execute(_: Aims) -> object:
    """A program in our place; without a cell, a process that stands by tells that it ran."""
    os.execv("/bin/echo", ["echo", '{"got": "a program"}'])  # noqa: S606  # an attacker's wish


def spawn(_: Aims) -> object:
    """A program beside us."""
    return os.posix_spawn("/bin/true", ["true"], {})


def daemon(_: Aims) -> object:
    """A process that goes on after us."""
    if (pid := os.fork()) == 0:
        os.setsid()
        os._exit(0)
    return pid


def executed_memory(_: Aims) -> object:
    """A program that is no file."""
    made = call("memfd_create", b"x", 0)
    os.write(made, b'#!/bin/sh\necho \'{"got": "memory"}\'\n')
    arguments = (ctypes.c_char_p * 2)(b"x", None)
    return call("execveat", made, b"", arguments, (ctypes.c_char_p * 1)(None), 0x1000)


def ask_parent(_: Aims) -> object:
    """Whether we may signal the parent."""
    return done(os.kill, PARENT, 0)


def everybody(_: Aims) -> object:
    """Whether there is anybody at all that we may signal."""
    return done(os.kill, -1, 0)


def kill(aims: Aims) -> object:
    """End a process of the parent's user."""
    return done(os.kill, aims["pid"], signal.SIGKILL)


def kill_group(aims: Aims) -> object:
    """End a group of processes."""
    return done(os.killpg, os.getpgid(aims["pid"]), signal.SIGKILL)


def kill_thread(aims: Aims) -> object:
    """End it by a call for threads, which the child may use on itself."""
    return call("tgkill", aims["pid"], aims["pid"], int(signal.SIGKILL)) or "killed"


def kill_queued(aims: Aims) -> object:
    """End it by a signal with a letter."""
    told = (ctypes.c_int * 32)(int(signal.SIGTERM), 0, -1)
    return call("rt_sigqueueinfo", aims["pid"], int(signal.SIGTERM), told) or "killed"


def hold(aims: Aims) -> object:
    """A lasting hold on it."""
    return call("pidfd_open", aims["pid"], 0)


def trace(aims: Aims) -> object:
    """Take it over as a debugger does."""
    return call("ptrace", _ATTACH, aims["pid"], 0, 0) or "attached"


def _vectors(aims: Aims) -> tuple[object, object]:
    local = (ctypes.c_size_t * 2)(ctypes.addressof(_BUFFER), 6)
    return local, (ctypes.c_size_t * 2)(aims["address"], 6)


def read_memory(aims: Aims) -> object:
    """Read its memory by a call."""
    local, remote = _vectors(aims)
    call("process_vm_readv", aims["pid"], local, 1, remote, 1, 0)
    return _BUFFER.raw


def write_memory(aims: Aims) -> object:
    """Write its memory by a call."""
    local, remote = _vectors(aims)
    return call("process_vm_writev", aims["pid"], local, 1, remote, 1, 0)


def memory_file(aims: Aims) -> object:
    """Read its memory as a file."""
    return os.pread(os.open(f"/proc/{aims['pid']}/mem", os.O_RDONLY), 6, aims["address"])


def environment_file(aims: Aims) -> object:
    """Read its environment as a file."""
    return os.read(os.open(f"/proc/{aims['pid']}/environ", os.O_RDONLY), 99)


def parent_environment(_: Aims) -> object:
    """Read the parent's environment as a file."""
    return os.read(os.open(f"/proc/{PARENT}/environ", os.O_RDONLY), 99)


def taken_file(aims: Aims) -> object:
    """Take one of its open files."""
    return call("pidfd_getfd", call("pidfd_open", aims["pid"], 0), 0, 0)


def compare(aims: Aims) -> object:
    """Compare its open files with ours, which tells what it has."""
    return call("kcmp", os.getpid(), aims["pid"], 0, 0, 0)


def lift_files(_: Aims) -> object:
    """Lift the limit on open files."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 4096))
    return resource.getrlimit(resource.RLIMIT_NOFILE)


def lift_memory(_: Aims) -> object:
    """Lift the limit on memory."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "lifted"


def lift_processes(_: Aims) -> object:
    """Lift the limit on processes."""
    resource.setrlimit(resource.RLIMIT_NPROC, (64, 64))
    return "lifted"


def limit_other(aims: Aims) -> object:
    """Choke another process by a limit on it."""
    return resource.prlimit(aims["pid"], resource.RLIMIT_NOFILE, (9, 9))


def slow_other(aims: Aims) -> object:
    """Slow another process down."""
    return done(os.setpriority, os.PRIO_PROCESS, aims["pid"], 19)


def move_other(aims: Aims) -> object:
    """Bind another process to one processor."""
    return done(os.sched_setaffinity, aims["pid"], {0})


def outlive(_: Aims) -> object:
    """No longer end with the parent."""
    return call("prctl", 1, 0, 0, 0, 0) or "outlives"


PARENT: Final = os.getppid()

ATTEMPTS: Final[dict[str, Callable[[Aims], object]]] = {
    "fork": fork,
    "fork by clone": clone,
    "fork by clone3": clone3,
    "start a thread": thread,
    "become another program": execute,
    "start a program": spawn,
    "leave a process that outlives": daemon,
    "run a program that is no file": executed_memory,
    "ask to signal the parent": ask_parent,
    "ask to signal anybody": everybody,
    "kill a process": kill,
    "kill a group": kill_group,
    "kill by tgkill": kill_thread,
    "kill by a queued signal": kill_queued,
    "take hold of a process": hold,
    "trace a process": trace,
    "read another's memory by a call": read_memory,
    "write another's memory by a call": write_memory,
    "read another's memory as a file": memory_file,
    "read another's environment": environment_file,
    "read the parent's environment": parent_environment,
    "take another's open file": taken_file,
    "compare open files with another's": compare,
    "lift the limit on open files": lift_files,
    "lift the limit on memory": lift_memory,
    "lift the limit on processes": lift_processes,
    "limit another process": limit_other,
    "slow another process": slow_other,
    "bind another process to a processor": move_other,
    "outlive the parent": outlive,
}
