"""Documents made, read through the real door, and judged."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from accuracy.judge import Verdict, judge
from forms.making import Store, made
from forms.specimens import Specimen
from jixiao.reading import Unreadable, read_many

_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Result:
    """A specimen and what became of it."""

    specimen: Specimen
    verdict: Verdict


def measured(specimens: Sequence[Specimen], folder: Path | None, jobs: int) -> Iterator[Result]:
    """Each specimen made (or taken from the folder of made ones), read and judged.

    Args:
        specimens: what to measure.
        folder: where made documents are kept; `None` to keep none.
        jobs: processes at work.
    """
    for chunk in _chunks(specimens):
        files = _made(chunk, folder, jobs)
        with tempfile.TemporaryDirectory() as name:
            paths = []
            for number, (specimen, data) in enumerate(zip(chunk, files, strict=True)):
                path = Path(name) / f"{number:04}.{specimen.ending}"
                path.write_bytes(data)
                paths.append(path)
            for specimen, (_, read) in zip(chunk, read_many(paths, workers=jobs), strict=True):
                if isinstance(read, Unreadable):
                    yield Result(specimen, judge(specimen.truth, None, read.code))
                else:
                    yield Result(specimen, judge(specimen.truth, read))


def _chunks(specimens: Sequence[Specimen]) -> Iterator[list[Specimen]]:
    """Specimens of one producer together, so that a slow program is started seldom."""
    ordered = sorted(specimens, key=lambda each: (each.picture != "", each.producer))
    while ordered:
        same = [each for each in ordered[: 3 * _CHUNK] if each.producer == ordered[0].producer]
        size = len(same) if not same[0].picture else _CHUNK
        yield ordered[:size]
        ordered = ordered[size:]


def _made(specimens: Sequence[Specimen], folder: Path | None, jobs: int) -> list[bytes]:
    if folder is None or jobs == 1:
        return made(specimens, Store(folder))
    with ProcessPoolExecutor(jobs) as pool:
        shares = [specimens[index::jobs] for index in range(jobs)]
        answers = list(pool.map(_made_in, shares, [folder] * jobs))
    return [answers[index % jobs][index // jobs] for index in range(len(specimens))]


def _made_in(specimens: Sequence[Specimen], folder: Path) -> list[bytes]:
    return made(specimens, Store(folder))
