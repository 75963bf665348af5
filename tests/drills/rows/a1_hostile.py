"""A1: every named hostile file gets the verdict written beside it, in time, and the program that asked hardly grows.

Those of `hostile_table.py` in `tests/hostile`, and in the long form those of `families.py`: each kind of harm in
each part that a reader opens. They are read as any file is, two at a time, in a process of its own.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from drills.row import Drill, Outcome, Row
from hostile.families import FAMILIES
from hostile.hostile_files import Hostile
from hostile.hostile_table import EVERY, GROUPS
from jixiao.reading import errors

_KINDS: Final = ("PDF", "XLSX", "DOCX", "zip")
_TESTS: Final = Path(__file__).parents[2]
SECONDS, MEGABYTES = 30, 20
"""A verdict may take so long, and the program may grow so much by a file."""


def run(drill: Drill) -> Outcome:
    """Read as many as are asked for: so many of each kind first, then the others."""
    files = chosen(drill.count)
    folder = drill.folder / "files"
    folder.mkdir()
    names = {f"{number:04}": name for number, name in enumerate(files)}
    for number, name in names.items():
        (folder / number).write_bytes(files[name].build())
    told = _read(folder)
    verdicts = {names[number]: codes[1:] for number, codes in told["verdicts"].items()}
    faults = [*wrong(files, verdicts), *costs(told, judge_time=drill.full)]
    counts = ", ".join(f"{kind} {sum(name.startswith(f'{kind}: ') for name in files)}" for kind in _KINDS)
    grown = f"parent grew by {told['grown'] // 1024} MB at most for a file, {told['grown_by_all'] // 1024} MB in all"
    return Outcome(len(verdicts), tuple(faults), (counts, grown, f"slowest {told['slowest']} s"))


def chosen(count: int) -> dict[str, Hostile]:
    """A quarter of the count of each of the four kinds, the others after them, until there are so many."""
    first = (
        islice(((f"{kind}: {name}", one) for name, one in GROUPS[kind].items()), -(-count // 4)) for kind in _KINDS
    )
    every = dict(chain(chain.from_iterable(first), EVERY.items(), FAMILIES.items()))
    return dict(islice(every.items(), count))


def _read(folder: Path) -> dict[str, Any]:
    code = f"import sys; sys.path[:0] = {[str(_TESTS)]!r}; from hostile.reading_run import main; main()"
    run = subprocess.run(  # our own code
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True, check=False
    )
    if run.returncode:
        raise RuntimeError(f"the program that asked ended with {run.returncode}")
    return dict(json.loads(run.stdout))


def wrong(files: Mapping[str, Hostile], verdicts: Mapping[str, list[str]]) -> list[str]:
    """Files without a verdict, or with one that is not written beside them."""
    written = {code for one in files.values() for code in one.codes} - errors.CODES - {"read"}
    found = [f"the verdict {code} does not exist" for code in sorted(written)]
    for name, one in files.items():
        codes = verdicts.get(name, [])
        if not codes or not set(codes) <= one.codes:
            found.append(f"{name}: {', '.join(codes) or 'no verdict'}; written: {', '.join(sorted(one.codes))}")
    return found


def costs(told: Mapping[str, Any], *, judge_time: bool) -> list[str]:
    """What took too long, or cost the program that asked too much memory."""
    found = []
    if judge_time and told["slowest"] > SECONDS:
        found.append(f"a verdict took {told['slowest']} s, more than {SECONDS}")
    if told["grown"] >= MEGABYTES * 1024:
        found.append(f"the program grew by {told['grown'] // 1024} MB for one file, {MEGABYTES} or more")
    return found


ROW = Row(
    id="A1", zh="恶意文件各有结论，主程序不受影响", en="every hostile file gets its written verdict",
    ci=120, full=600, unit="named hostile files", run=run, cores=2,
)  # fmt: skip
