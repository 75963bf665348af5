"""Which value of an indented JSON text a line belongs to, also where the text is no JSON any more."""

import re
from collections.abc import Sequence
from typing import Final

_KEY: Final = re.compile(r'"((?:[^"\\]|\\.)*)": ')


def pointer_at(lines: Sequence[bytes], number: int) -> str:
    """JSON pointer of the value on a line; "" for the whole.

    Args:
        lines: of a text indented by two spaces, one value or bracket a line.
        number: which line, from 0.
    """
    path: list[str] = []
    counts = [0]
    here: list[str] = []
    for line in lines[: number + 1]:
        text = line.decode(errors="replace").strip()
        if text[:1] in ("}", "]") and path:
            counts.pop()
            here = path
            path = path[:-1]
            continue
        key = _KEY.match(text)
        here = [*path, key[1].replace("~", "~0").replace("/", "~1") if key else str(counts[-1])]
        counts[-1] += 1
        if text.endswith(("{", "[")):
            path = here
            counts.append(0)
    return "".join(f"/{each}" for each in here[1:])
