"""Crafts for tests: one that does its work, others that do harm. Named in a child, as the true ones are."""

import os
import socket
import time
from pathlib import Path
from typing import cast

from jixiao.layout.crafts import Refused


def append(data: bytes, job: bytes) -> bytes:
    """The original with the job behind it."""
    return data + job


def refuse(data: bytes, job: bytes) -> bytes:
    """Refuse with the code that the job names."""
    raise Refused(job.decode(), ("不改。", "not changed."), ("请另存。", "Save a copy."))


def open_file(data: bytes, job: bytes) -> bytes:
    """Read a file of the machine."""
    return Path("/etc/hostname").read_bytes()


def connect(data: bytes, job: bytes) -> bytes:
    """Speak to another machine."""
    return socket.create_connection(("127.0.0.1", 9), timeout=1).recv(1)


def eat(data: bytes, job: bytes) -> bytes:
    """Take more memory than there is."""
    return bytes(3 << 30)


def sleep(data: bytes, job: bytes) -> bytes:
    """Never end."""
    time.sleep(60)
    return data


def die(data: bytes, job: bytes) -> bytes:
    """Crash as a library in C does."""
    os.abort()


def leave(data: bytes, job: bytes) -> bytes:
    """End the child."""
    os._exit(7)


def rubbish(data: bytes, job: bytes) -> bytes:
    """Give something that is no bytes."""
    return cast("bytes", "rubbish")


def swell(data: bytes, job: bytes) -> bytes:
    """Give more than an answer may be."""
    return bytes(2 << 20)
