"""Start-up: the whole command on one PDF, as a person waits for it, beside pdfplumber opening the same file.

Times are on the clock, the best of several runs, each in a fresh process. Goal: `jixiao check` in less than 1.5 s.
"""

import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PDF = HOUSE / "tests" / "data" / "typst3.pdf"
ROUNDS = 5
PEER = "import pdfplumber, sys; [page.extract_tables() for page in pdfplumber.open(sys.argv[1]).pages]"


def milliseconds(*command: object) -> int:
    """The best time of a command, in milliseconds."""
    best = 0
    for _ in range(ROUNDS):
        start = time.monotonic_ns()
        subprocess.run([str(part) for part in command], check=False, stdout=subprocess.DEVNULL)
        took = (time.monotonic_ns() - start) // 10**6
        best = min(best or took, took)
    return best


def main() -> None:
    """Print the table of figures."""
    ours = milliseconds(Path(sys.executable).with_name("jixiao"), "check", PDF)
    nothing = milliseconds(sys.executable, "-c", "")
    peer = milliseconds(sys.executable, "-c", PEER, PDF)
    print(f"jixiao check {PDF.name}: {ours} ms (goal 1500); bare python {nothing} ms")
    print(f"pdfplumber tables alone: {peer} ms; ratio {ours * 100 // peer // 100}.{ours * 100 // peer % 100:02}")


if __name__ == "__main__":
    main()
