"""No workbook or document harms the program that marks it: each is marked or refused with a sentence, in time."""

import io
import zipfile

import pytest
from msgspec import json

from hostile.hostile_table import GROUPS
from jixiao.reading import Limits, Unreadable, errors
from jixiao.reading.worker import Worker
from writing.original_samples import mark_at

LIMITS = Limits(seconds=20, cpu_seconds=15, memory_megabytes=700)
EVERY_NTH = 7
"""A slice for every day; all of them take a minute."""


def verdict(worker: Worker, original: bytes, job: bytes) -> str:
    """The code of a refusal, whose sentence is whole; "marked" where a whole package came back."""
    try:
        data = worker.rework(original, job, "坏文件")
    except Unreadable as refusal:
        return refusal.code if refusal.zh.startswith("坏文件：") and refusal.advice_zh else "no sentence"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "broken" if archive.testzip() else "marked"


@pytest.mark.parametrize("group", ["XLSX", "DOCX"])
def test_hostile_originals_are_marked_or_refused(group: str) -> None:
    """What comes back is a whole package; what does not is a sentence of the contract, and the child lives on."""
    job = json.encode(mark_at("table1!R1C1", "科技金融!C7", "Sheet1!A1"))
    hostile = list(GROUPS[group].values())[::EVERY_NTH]
    with Worker(LIMITS, craft="jixiao.desk.crafts:rework") as worker:
        verdicts = {verdict(worker, each.build(), job) for each in hostile}
    assert "marked" in verdicts
    assert len(verdicts) > 1
    assert verdicts <= (errors.CODES | {"marked"}) - {"crashed", "memory", "time_out"}
