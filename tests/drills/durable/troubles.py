"""How disks and connections fail: which error a call comes back with, once or from then on."""

import errno
from dataclasses import dataclass
from typing import Final

from drills.faulty_io import BREAK, Call

_MAKING: Final = frozenset({"open", "openat", "creat", "mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat"})
_WRITING: Final = frozenset(
    {"write", "writev", "pwrite64", "pwritev", "pwritev2", "ftruncate", "truncate", "fallocate", "sendfile",
     "copy_file_range"}
)  # fmt: skip
_SYNCING: Final = frozenset({"fsync", "fdatasync"})
_TALKING: Final = frozenset({"sendto", "recvfrom"})


def natural(name: str) -> tuple[int, ...]:
    """The errors that a call of that name can really come back with, the likeliest first."""
    if name in _MAKING:
        return errno.ENOSPC, errno.EROFS, errno.EDQUOT
    if name in _WRITING:
        return errno.ENOSPC, errno.EIO, errno.EDQUOT
    if name in _SYNCING:
        return errno.EIO, errno.ENOSPC
    if name in _TALKING:
        return (BREAK,)
    return errno.EIO, errno.EROFS


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of failing.

    Attributes:
        name: for people.
        lasting: whether every call from the n-th on fails, not the n-th alone.
        which: which of the natural errors; `None` for another at each step.
    """

    name: str
    lasting: bool = False
    which: int | None = None

    def answer(self, call: Call, step: int) -> int | None:
        """The error of a call, where the call of number `step` is the first to fail."""
        fails = call.number >= step if self.lasting else call.number == step
        if not fails or (self.lasting and call.name.startswith(("unlink", "rmdir"))):
            return None
        errors = natural(call.name)
        return errors[(step if self.which is None else self.which) % len(errors)]


_CI: Final = (Mode("one failure"),)
_FULL: Final = (
    *(Mode(f"one failure, error {which + 1}", which=which) for which in range(3)),
    *(Mode(f"failures from there on, error {which + 1}", lasting=True, which=which) for which in range(2)),
)


def modes(*, full: bool) -> tuple[Mode, ...]:
    """The ways of failing that are tried."""
    return _FULL if full else _CI
