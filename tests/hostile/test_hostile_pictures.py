"""No picture harms the program that reads it: every one gets its verdict from a child with eyes, in time."""

import time

from hostile.hostile_pictures import FILES
from jixiao.reading import Limits, Unreadable
from jixiao.reading.worker import Worker

LIMITS = Limits(page_seconds=25, page_cpu_seconds=8).of_eyes


def test_every_hostile_picture_gets_its_verdict() -> None:
    """Each named picture gets the verdict written beside it, within 30 seconds; the child is replaced when it dies."""
    worker, wrong = Worker(LIMITS, "reading.eyes_double:open_double"), {}
    for name, hostile in FILES.items():
        data = hostile.build()
        if not worker.alive:
            worker.close()
            worker = Worker(LIMITS, "reading.eyes_double:open_double")
        assert worker.sees
        start = time.monotonic_ns()
        verdict = code(worker, data)
        assert time.monotonic_ns() - start < 30 * 10**9, name
        if verdict not in hostile.codes:
            wrong[name] = verdict
    worker.close()
    assert wrong == {}


def code(worker: Worker, data: bytes) -> str:
    """The code of a verdict; "read" if the picture was unpacked."""
    try:
        return "read" if worker.read(data, "坏图片") else ""
    except Unreadable as refusal:
        return refusal.code
