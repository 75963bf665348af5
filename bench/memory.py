"""Memory of a reader: the most that a child held over the sample files, without and with eyes, in megabytes.

Goals: less than 120 MB without eyes, less than 700 MB with them. Beside each, the least it can be: a child that is
ready and has read nothing.
"""

from pathlib import Path

from jixiao.reading import Limits, Unreadable, eyes
from jixiao.reading.worker import Worker

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
PLAIN = ("typst7.pdf", "lo_docx3.pdf", "forms7.xlsx", "forms7.docx", "forms7.html", "forms7.ofd")
SCANS = ("scan_clean200.pdf",)


def megabytes(worker: Worker) -> int:
    """The most memory (resident) that the child ever held."""
    status = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def measure(worker: Worker, names: tuple[str, ...]) -> str:
    """The memory of a child that is ready, and the most over these files."""
    _ = worker.protection
    ready, forms = megabytes(worker), 0
    for name in names:
        try:
            forms += len(worker.read((DATA / name).read_bytes(), name))
        except Unreadable as refusal:
            print(f"  {refusal}")
    return f"{megabytes(worker):5} MB at most, {ready} MB when ready; {forms} forms of {len(names)} files"


def main() -> None:
    """Print both figures."""
    limits = Limits()
    with Worker(limits) as worker:
        print(f"  without eyes: {measure(worker, PLAIN)} (goal: 120)")
    if not eyes.eyes_are_installed():
        print("  with eyes: the extra is not installed here, not measured")
        return
    with Worker(limits.of_eyes, eyes.OPENER) as worker:
        if worker.sees:
            print(f"  with eyes:    {measure(worker, SCANS)} (goal: 700)")
        else:
            print("  with eyes: they cannot be opened here, not measured")


if __name__ == "__main__":
    main()
