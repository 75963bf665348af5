"""./dev mutate [COUNT [SEED]]: change one operator or constant at a time, and see whether a test notices.

Prints every change that no test noticed, and the share that was; fails below 90 %. Every change is made, and asked of
the test that noticed it last first. With --note that test is recorded in tests/mutation/noticed.jsonl, and known
survivors are asked again; with --seconds N what no hint decides has so long, and counts as not noticed afterwards.
"""

import argparse
import gc
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

from mutation import book_sites, plan, python_sites, record
from mutation.judging import NOTICED, Judge, Unfit
from mutation.record import Note
from mutation.running import HOUSE, Ran, benches, load_shared
from mutation.site import Site

ROOMS = ("language", "scoring")
LEAST = 90
WORKERS = 4


def every_site() -> Iterator[Site]:
    """All changes there are, in the language, in scoring and in the books."""
    for room in ROOMS:
        for path in sorted((HOUSE / "src" / "jixiao" / room).rglob("*.py")):
            yield from python_sites.sites(_name(path), path.read_text(encoding="utf-8"))
    books = {_name(path): path.read_text(encoding="utf-8") for path in sorted((HOUSE / plan.BOOKS).rglob("*.toml"))}
    known = book_sites.choices(books.values())
    for name, text in books.items():
        yield from book_sites.sites(name, text, known)


def sample(sites: Sequence[Site], count: int, seed: int, kept: Collection[Site] = ()) -> list[Site]:
    """Some of the changes, the same for the same seed: half of them in Python, half in books.

    Args:
        sites: all there are.
        count: how many.
        seed: of the draw.
        kept: changes that were drawn before; where a line of theirs has gone, the next of the draw takes its place.
    """
    ordered = sorted(sites, key=lambda site: (site not in kept, sha256(f"{seed}|{site}".encode()).digest()))
    books = (site for site in ordered if site.file.startswith(plan.BOOKS) and _is_book(site))
    chosen = list(islice(books, count // 2))
    python = (site for site in ordered if not site.file.startswith(plan.BOOKS))
    return [*islice(python, count - len(chosen)), *chosen]


def main() -> int:
    """Judge a sample and tell what survived."""
    words = _words()
    sites = list(every_site())
    known = record.notes(sites)
    chosen = sample(sites, words.count, words.seed, known.keys() if words.seed == record.SEED else ())
    print(f"{len(chosen)} of {len(sites)} changes, seed {words.seed}, {len(known)} in the record", flush=True)
    load_shared()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(benches(Path(folder), WORKERS), words.seconds)
        hints = {site: note for site, note in known.items() if not (words.note and note.survived)}
        try:
            verdicts = list(_told(judge.judged(chosen, hints)))
        except Unfit as failed:
            print(f"a test fails on the unchanged house, so nothing can be told: {failed}")
            return 2
    if words.note:
        print(f"{record.write(sites, dict(_notes(verdicts)))} changes in {record.RECORD}")
    return _share(verdicts, judge)


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev mutate", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("seed", nargs="?", type=int, default=record.SEED)
    parser.add_argument("--note", action="store_true")
    parser.add_argument("--seconds", type=int)
    return parser.parse_args()


def _told(verdicts: Iterable[tuple[Site, Ran]]) -> Iterator[tuple[Site, Ran]]:
    """Print every verdict, and hand it on."""
    for site, ran in verdicts:
        told = site.told((HOUSE / site.file).read_text(encoding="utf-8"))
        verdict = ran.verdict if ran.verdict == "killed" else ran.verdict.upper()
        print(f"{verdict} {told}  [{ran.by}] ({ran.seconds:.0f} s)", flush=True)
        yield site, ran


def _notes(verdicts: Iterable[tuple[Site, Ran]]) -> Iterator[tuple[Site, Note]]:
    """What is to be recorded: who noticed, and what survived every test; never what had no time."""
    for site, ran in verdicts:
        if ran.verdict == "survived" or (ran.verdict in NOTICED and ran.by):
            yield site, Note(by=ran.by)


def _share(verdicts: Sequence[tuple[Site, Ran]], judge: Judge) -> int:
    """Print the share that was noticed; the exit status."""
    tally, count = Counter(ran.verdict for _, ran in verdicts), len(verdicts)
    noticed = sum(tally[verdict] for verdict in NOTICED)
    for hint in judge.refused:
        print(f"no hint, for it does not pass where nothing is changed: {hint}")
    print(f"noticed {noticed} of {count}: {noticed * 1000 // max(count, 1)} per mille; {dict(tally)}; "
          f"{judge.by_hint} by the test of the record")  # fmt: skip
    return 0 if noticed * 100 >= LEAST * count else 1


def _is_book(site: Site) -> bool:
    return book_sites.is_book(site.changed((HOUSE / site.file).read_text(encoding="utf-8")))


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


if __name__ == "__main__":
    sys.exit(main())
