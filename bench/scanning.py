"""Speed of reading scans at 200 dpi, in one run: our eyes on either engine, and rapidocr's own pass over the page.

Run as `./dev bench scanning`. Processor time per page, the best of several rounds; then pages per second of two
processes on the clock, which is what the goal (4.5 on two cores with OpenVINO) is about. Cells right is what of the
page's printed cells was read to the letter: rapidocr has no cells, so for it the printed texts found among its lines.
"""

import json
import multiprocessing
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from jixiao.layout.grid import Table
from jixiao.reading.formats.pdf import opened
from jixiao.reading.formats.pdf_picture import render_page
from jixiao.reading.page import PageBlocks
from jixiao.reading.scan import models
from jixiao.reading.scan.eyes import open_eyes
from jixiao.reading.scan.picture import Picture

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
SCAN, DPI, ROUNDS = "scan_clean200.pdf", 200, 3
GOAL = "4.5"


def pictures() -> list[Picture]:
    """The pages of the scanned sample."""
    data = (DATA / SCAN).read_bytes()
    found = []
    with opened(data, SCAN) as document:
        for index in range(4):
            drawn = render_page(document, index, DPI, file=SCAN, most=50_000_000)
            pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.width, drawn.channels)
            found.append(Picture(pixels, DPI / 72, DPI / 72, index + 1))
    return found


def printed() -> set[str]:
    """Short texts that the sample prints: names, amounts, weights, scores."""
    wanted: set[str] = set()
    for form in json.loads((DATA / "truth.json").read_text(encoding="utf-8"))[:3]:
        for indicator in form["indicators"]:
            wanted |= {indicator[field] for field in ("name", "target", "actual", "weight", "score")}
    return {text for text in wanted if 0 < len(text) <= 8}


def best_time(work: Callable[[], object]) -> int:
    """The least processor time of several rounds, in microseconds, after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) // 1000)
    return min(times)


def texts_of(pages: list[PageBlocks]) -> set[str]:
    """The texts of all cells."""
    return {
        cell.text.replace("\n", "") for page in pages for block in page.blocks if isinstance(block, Table)
        for cell in block.cells
    }  # fmt: skip


def row(name: str, microseconds: int, pages: int, texts: set[str]) -> None:
    """One line of the table."""
    wanted = printed()
    rate = pages * 10**8 // microseconds
    right = len(wanted & texts) * 1000 // len(wanted)
    print(f"{name:34} {microseconds // pages // 1000:6} ms/page {rate // 100:4}.{rate % 100:02} pages/s, one core"
          f"   texts right {right // 10}.{right % 10} %")  # fmt: skip


def ours(engine: str, pages: list[Picture]) -> None:
    """Our eyes on an engine."""
    eyes = open_eyes(engine)
    read: list[PageBlocks] = []

    def work() -> None:
        read[:] = [eyes.read(page, SCAN) for page in pages]

    took = best_time(work)
    row(f"jixiao, {engine}", took, len(pages), texts_of(read))


def rapidocr(pages: list[Picture]) -> None:
    """The peer: finds lines on the whole page and reads them, same small model, onnxruntime, one thread."""
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    engine: Any = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.use_cls": False})
    read: set[str] = set()

    def work() -> None:
        for page in pages:
            read.update(engine(page.pixels).txts or ())

    took = best_time(work)
    row("rapidocr, whole page, onnxruntime", took, len(pages), read)


def read_rounds(engine: str, start: Any, done: Any) -> None:
    """What each of two processes does: reads once to be warm, says so, waits, reads the pages again and again."""
    pages, eyes = pictures(), open_eyes(engine)
    for page in pages:
        eyes.read(page, SCAN)
    done.put(0)
    start.wait()
    for _ in range(ROUNDS):
        for page in pages:
            eyes.read(page, SCAN)
    done.put(4 * ROUNDS)


def two_processes(engine: str) -> None:
    """Pages per second of two processes on the clock."""
    found = import_module("bench.scanning").read_rounds  # by its module: what runs as main no other process can find
    context = multiprocessing.get_context("spawn")
    start, done = context.Event(), context.Queue()
    readers = [context.Process(target=found, args=(engine, start, done)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in readers:
        done.get()
    began = time.monotonic_ns()
    start.set()
    count = sum(done.get() for _ in readers)
    rate = count * 10**11 // (time.monotonic_ns() - began)
    for reader in readers:
        reader.join()
    print(
        f"{'two processes, ' + engine:34} {rate // 100:4}.{rate % 100:02} pages/s on the clock (goal {GOAL}, OpenVINO)"
    )


def main() -> None:
    """Print the table."""
    pages = pictures()
    for engine in models.engine_names():
        ours(engine, pages)
    rapidocr(pages)
    for engine in models.engine_names():
        two_processes(engine)


if __name__ == "__main__":
    main()
