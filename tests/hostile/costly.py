"""Crafts that take as much of something as the job says; for the limits of what a file may cost."""

import time


def work(data: bytes, job: bytes) -> bytes:
    """So many seconds of processor time."""
    end = time.process_time_ns() + int(job) * 10**9
    while time.process_time_ns() < end:
        pass
    return data


def rest(data: bytes, job: bytes) -> bytes:
    """So many seconds on the clock."""
    time.sleep(int(job))
    return data


def fill(data: bytes, job: bytes) -> bytes:
    """So many megabytes of memory."""
    kept = bytearray(int(job) << 20)
    return data if kept else b""
