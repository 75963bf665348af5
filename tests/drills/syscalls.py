"""The system calls that change files, by their numbers on two machines, and the filter that hands them over."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16
_HAND_OVER, _ALLOW = 0x7FC00000, 0x7FFF0000


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of machine.

    Attributes:
        audit: its number in the filter's data.
        seccomp: the number of seccomp(2).
        calls: the watched calls and their numbers.
        flags: which argument of the opening calls holds their flags.
    """

    audit: int
    seccomp: int
    calls: Mapping[str, int]
    flags: Mapping[str, int]

    def program(self, writing: int, *, messages: bool) -> bytes:
        """The filter: watched calls are handed over, opening calls only where they open for writing.

        Args:
            writing: the flags of which one is enough.
            messages: whether `sendto` and `recvfrom` are watched.
        """
        code = [(_LOAD, 0, 0, _MACHINE_AT), (_EQUAL, 1, 0, self.audit), (_RETURN, 0, 0, _ALLOW)]
        code.append((_LOAD, 0, 0, _NUMBER_AT))
        for name, number in self.calls.items():
            if name in ("sendto", "recvfrom") and not messages:
                continue
            if name in self.flags:
                at = _ARGUMENTS_AT + 8 * self.flags[name]
                code += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, at), (_ANY_BIT, 0, 1, writing)]
                code += [(_RETURN, 0, 0, _HAND_OVER), (_RETURN, 0, 0, _ALLOW)]
            else:
                code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _HAND_OVER)]
        code.append((_RETURN, 0, 0, _ALLOW))
        return b"".join(struct.pack("=HBBI", *one) for one in code)


ARCHITECTURES: Final = {
    "x86_64": Architecture(
        0xC000003E,
        317,
        {
            "pwrite64": 18, "write": 1, "open": 2, "writev": 20, "sendfile": 40, "sendto": 44, "recvfrom": 45,
            "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84,
            "creat": 85,
            "link": 86, "unlink": 87, "symlink": 88, "chmod": 90, "fchmod": 91, "openat": 257, "mkdirat": 258,
            "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "fchmodat": 268, "fallocate": 285,
            "pwritev": 296, "renameat2": 316, "copy_file_range": 326, "pwritev2": 328,
        },
        {"open": 1, "openat": 2},
    ),
    "aarch64": Architecture(
        0xC00000B7,
        277,
        {
            "pwrite64": 68, "write": 64, "writev": 66, "sendfile": 71, "sendto": 206, "recvfrom": 207, "fsync": 82,
            "fdatasync": 83,
            "truncate": 45, "ftruncate": 46, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37,
            "renameat": 38, "fchmod": 52, "fchmodat": 53, "openat": 56, "fallocate": 47, "pwritev": 70,
            "renameat2": 276, "copy_file_range": 285, "pwritev2": 287,
        },
        {"openat": 2},
    ),
}  # fmt: skip
"""By the name that `platform.machine()` gives."""
