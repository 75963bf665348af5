"""The forms of a benchmark as a corpus, by the product's own way: form 17 of the one is form 17 of the other."""

import tempfile
from itertools import groupby
from pathlib import Path

from benchmark.entrants.lines import raw_forms
from benchmark.files import SHARE
from jixiao.corpus.building.run import Asked, Built
from jixiao.desk.corpus.building import Found, build_corpus, way_of


def as_corpus(benchmark: Path, out: Path, processes: int | None = None) -> Built:
    """Build the corpus.

    Args:
        benchmark: the folder of the benchmark.
        out: where the corpus goes.
        processes: at work; as many as processors by default.
    """
    with tempfile.TemporaryDirectory(dir=benchmark.parent) as folder:
        files = {}
        for share, forms in groupby(raw_forms(benchmark), key=lambda one: one[0] // SHARE):
            path = files[f"forms-{share:06}.jsonl"] = Path(folder) / f"{share}.jsonl"
            with path.open("wb") as lines:
                lines.writelines(data + b"\n" for _, data in forms)
        return build_corpus(Found(files), str(out), way_of(), Asked(processes=processes))
