"""What every entrant shares: the benchmark's forms read, a table of the submission written, the lines as numbers."""

import gzip
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

_SIGNS = ("≥", ">", "=", "<", "≤")
Line = tuple[int, str, str, Decimal, Decimal, Decimal]
"""Form, line, sign of the target, points, target, actual."""


def raw_forms(benchmark: Path) -> Iterator[tuple[int, bytes]]:
    """Number and bytes (contract jixiao/form/1) of every form."""
    for path in sorted((benchmark / "forms").iterdir()):
        with gzip.open(path, "rb") as lines:
            for line in lines:
                begin, _, data = line.rstrip().removesuffix(b"}").partition(b',"data":')
                yield int(begin.removeprefix(b'{"form":')), data


def words(benchmark: Path) -> list[str]:
    """The short texts, in order."""
    found = []
    for path in sorted((benchmark / "texts").iterdir()):
        with gzip.open(path, "rb") as lines:
            found += [json.loads(line)["words"] for line in lines]
    return found


def write(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """A table of a submission."""
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def lines_of(benchmark: Path) -> Iterator[Line]:
    """The lines with a target and an actual value in the same unit, and execution as a share of its budget."""
    for number, data in raw_forms(benchmark):
        form = json.loads(data)
        total, weight = form["funds"]["total"], form["execution"]["weight"]
        if weight is not None and total["adjusted"] is not None and total["executed"] is not None:
            executed, adjusted = Decimal(total["executed"]), Decimal(total["adjusted"])
            if adjusted > 0:
                yield number, "/execution", "≥", Decimal(weight), adjusted, executed
        for at, line in enumerate(form["indicators"]):
            target, actual = line["target"], line["actual"]
            numbers = (line["weight"], target["value"], actual["value"])
            plain = target["operator"] in _SIGNS and all(isinstance(each, str) for each in numbers)
            if plain and target["unit"] == actual["unit"] and Decimal(target["value"]) > 0:
                yield number, f"/indicators/{at}", target["operator"], *map(Decimal, numbers)
