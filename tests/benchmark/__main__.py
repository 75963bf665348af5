"""`./dev benchmark`: the public benchmark made, the programs that are here run on it, judged and listed.

    ./dev benchmark [--forms 1000|100000|1000000] [--seed N] [--task TASK] [--peers] [--write] [--prove N] [--only-make]

The folder is out/benchmark/FORMS; --peers adds the libraries of the extra `peers`, --write puts the tables into
docs/benchmark.md.
"""

import argparse
import json
import platform
import sys
from datetime import date
from pathlib import Path

from benchmark.as_corpus import as_corpus
from benchmark.board import PAGE, board, written_into
from benchmark.judge import told_as_text
from benchmark.making import SEED, VERSION, make, moulds
from benchmark.proving import differences, drawn
from benchmark.running import Judged, run_all

_OUT = Path(__file__).resolve().parents[2] / "out" / "benchmark"


def main() -> None:
    """Make, run, judge, print."""
    asked = _arguments()
    folder = _OUT / str(asked.forms)
    told = _made(folder, asked.forms, asked.seed)
    print(f"{folder}: {told['forms']} forms, digest {told['digest']}")
    if asked.prove:
        prove(asked.forms, asked.seed, asked.prove)
    if asked.corpus:
        as_corpus(folder, folder / "corpus")
        print(f"{folder / 'corpus'}: the forms as a corpus")
    if asked.only_make:
        return
    judged = []
    for each in run_all(folder, folder.with_name(f"{folder.name}-submissions"), asked.task):
        print("\n".join(_told(each)), flush=True)
        judged.append(each)
    on = f"Measured {date.today()}, {platform.machine()}, Python {platform.python_version()}, busy machine: compare within a table."  # noqa: DTZ011,E501 -- the day on the person's own calendar
    tables = board(judged, told, on)
    print(f"\n{tables}")
    if asked.write:
        PAGE.write_text(written_into(PAGE.read_text("utf-8"), asked.forms, tables), encoding="utf-8")


def prove(forms: int, seed: int, count: int) -> None:
    """Re-score a sample of the forms; exit code 1 where one is not what its label says."""
    made = moulds(forms, seed)
    found = list(differences(made, drawn(count, forms, made, seed)))
    print(
        "\n".join([*found, f"{count} forms drawn, scored and asked about again: {len(found)} differ from their base"])
    )
    if found:
        sys.exit(1)


def _made(folder: Path, forms: int, seed: int) -> dict[str, object]:
    """The benchmark, made unless it is there."""
    about = folder / "benchmark.json"
    if about.is_file():
        told: dict[str, object] = json.loads(about.read_text("utf-8"))
        if (told["version"], told["seed"]) == (VERSION, seed):
            return told
    return make(folder, forms, seed, told=print)


def _told(judged: Judged) -> list[str]:
    if judged.missing:
        return [f"{judged.entrant.task}, {judged.entrant.name}: {judged.missing}"]
    return list(told_as_text(judged.found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev benchmark", description=__doc__)
    parser.add_argument("--forms", type=int, default=1_000, help="how many forms are made")
    parser.add_argument("--seed", type=int, default=SEED, help="of all chance; the public one is the default")
    parser.add_argument("--task", default="", choices=("", "reading", "scores", "questions", "pairs"))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmark.md")
    parser.add_argument("--prove", type=int, default=0, metavar="N", help="so many forms scored again first")
    parser.add_argument("--corpus", action="store_true", help="the forms as a corpus, too, under corpus/")
    parser.add_argument("--only-make", action="store_true", help="make the benchmark and stop")
    return parser.parse_args()


if __name__ == "__main__":
    main()
