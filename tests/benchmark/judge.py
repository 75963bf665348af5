#!/usr/bin/env python3
"""Judge a submission to the benchmark: python3 judge.py BENCHMARK SUBMISSION [--json]. Needs Python 3.11, nothing else.

BENCHMARK is the folder that holds benchmark.json. SUBMISSION is a folder with any of these tables, each as NAME.jsonl,
NAME.jsonl.gz, NAME.parquet (read with polars or pyarrow, whichever is there) or a folder NAME of such files:

    reading    document, data    the form read from a document, contract jixiao/form/1, places left out or not
    scores     form, line, score a line is /execution or /indicators/3; the score is text, "9.46"
    questions  form, code, cell  what is asked, and at which cell (a JSON pointer)
    pairs      a, b              texts as similar as Jaccard 0.7 of their sets of three-letter runs, or more

and, for speed, run.json: {"name": "…", "cpu_seconds": {"scores": "12.3"}, "machine": "…"}, whole or in part.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = dict[str, Any]
AMOUNTS = ("/funds/", "/execution/", "/total/")
LEFT_OUT = ("places", "schema", "problems", "extras")
"""What is not judged: where a value stood, and cells that have no field of their own."""
TASKS = ("reading", "scores", "questions", "pairs")


def rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of a table, whatever holds them."""
    within = sorted((folder / name).iterdir()) if (folder / name).is_dir() else []
    for path in [*within, *(folder / f"{name}{ending}" for ending in (".jsonl", ".jsonl.gz", ".parquet"))]:
        if path.name.endswith(".parquet") and path.is_file():
            yield from _parquet(path)
        elif path.is_file():
            with gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb") as lines:
                yield from map(json.loads, lines)


def _parquet(path: Path) -> Iterator[Row]:
    try:
        import polars as pl
    except ImportError:
        from pyarrow import parquet

        yield from parquet.read_table(path).to_pylist()
        return
    yield from pl.read_parquet(path).iter_rows(named=True)


def has(folder: Path, name: str) -> bool:
    """Whether a submission holds a table."""
    return any((folder / f"{name}{ending}").exists() for ending in ("", ".jsonl", ".jsonl.gz", ".parquet"))


def reading(benchmark: Path, submission: Path) -> Row:
    """Fields right of those given and of those true, and of the amounts alone; forms without a wrong field."""
    given = {row["document"]: flat(_form(row["data"])) for row in rows(submission, "reading")}
    count: Counter[str] = Counter()
    for row in rows(benchmark / "truth", "reading"):
        want, got = flat(row["data"]), given.get(row["document"], {})
        count["whole"] += want == got
        count["documents"] += 1
        for part in ("fields", "amounts"):
            wanted, read = (_part(fields, part) for fields in (want, got))
            count[f"{part} true"] += len(wanted)
            count[f"{part} given"] += len(read)
            count[f"{part} right"] += sum(read.get(pointer) == value for pointer, value in wanted.items())
    return dict(count)


def _form(data: Any) -> Any:
    """A form; in a column of Parquet it is text."""
    return json.loads(data) if isinstance(data, str) else data


def _part(fields: dict[str, str], part: str) -> dict[str, str]:
    if part == "fields":
        return fields
    return {pointer: value for pointer, value in fields.items() if is_amount(pointer)}


def is_amount(pointer: str) -> bool:
    """Whether a field is money, points or a rate."""
    return pointer.startswith(AMOUNTS) or pointer.endswith(("/weight", "/score"))


def flat(value: Any, pointer: str = "") -> dict[str, str]:
    """What a form says, by JSON pointer; blank cells, white space and what `LEFT_OUT` names do not count."""
    if isinstance(value, dict):
        held = {key: item for key, item in value.items() if key not in LEFT_OUT}
        return {key: text for name, item in held.items() for key, text in flat(item, f"{pointer}/{name}").items()}
    if isinstance(value, list):
        return {key: text for at, item in enumerate(value) for key, text in flat(item, f"{pointer}/{at}").items()}
    text = "".join(str(value).split())
    return {} if value is None or not text else {pointer: text}


def scores(benchmark: Path, submission: Path) -> Row:
    """Lines right, wrong and left out, of those with a score that is certain; forms with a wrong line."""
    given: dict[int, dict[str, str]] = {}
    for row in rows(submission, "scores"):
        given.setdefault(row["form"], {})[row["line"]] = str(row["score"])
    count: Counter[str] = Counter()
    for row in rows(benchmark / "truth", "scores"):
        got, wrong = given.get(row["form"], {}), False
        for at, lawful in enumerate(row["scores"]):
            if lawful is None:
                continue
            score = got.get("/execution" if at == 0 else f"/indicators/{at - 1}")
            verdict = "left out" if score is None else "right" if is_one(score, lawful) else "wrong"
            wrong |= verdict == "wrong"
            count[verdict] += 1
        count["forms"] += 1
        count["forms wrong"] += wrong
    return dict(count)


def is_one(score: str, lawful: list[str]) -> bool:
    """Whether a score is one of the lawful ones, digit for digit but for zeros at the end."""
    try:
        return Decimal(score) in map(Decimal, lawful)
    except ArithmeticError:
        return False


def questions(benchmark: Path, submission: Path) -> Row:
    """Questions right, arguable, wrong and missed, by check and by family; the families are never added up."""
    told = json.loads((benchmark / "benchmark.json").read_text("utf-8"))
    checks = told["checks"]
    same = {code: set(group) for group in told["same_question"] for code in group}
    asked = {(row["form"], row["code"], row["cell"]) for row in rows(submission, "questions") if row["code"] in checks}
    must: set[tuple[int, str, str]] = set()
    may: set[tuple[int, str, str]] = set()
    for row in rows(benchmark / "truth", "questions"):
        (must if row["must"] else may).add((row["form"], row["code"], row["cell"]))
    by_check: dict[str, Counter[str]] = {code: Counter() for code in checks}
    for form, code, cell in asked:
        others = same.get(code, {code})
        if any((form, other, cell) in must for other in others):
            by_check[code]["right"] += 1
        elif (form, code, cell) in may or (form, code, "") in may:
            by_check[code]["arguable"] += 1
        else:
            by_check[code]["wrong"] += 1
    for form, code, cell in must:
        found = any((form, other, cell) in asked for other in same.get(code, {code}))
        by_check[code]["found" if found else "missed"] += 1
    families: dict[str, Counter[str]] = {}
    for code, counted in by_check.items():
        families.setdefault(checks[code]["family"], Counter()).update(counted)
    return {
        "families": {name: dict(counted) for name, counted in sorted(families.items())},
        "checks": {code: dict(counted) for code, counted in by_check.items() if counted},
    }


def pairs(benchmark: Path, submission: Path) -> Row:
    """Pairs found, missed and too many."""
    want = {(row["a"], row["b"]) for row in rows(benchmark / "truth", "pairs")}
    got = {(min(row["a"], row["b"]), max(row["a"], row["b"])) for row in rows(submission, "pairs")}
    return {"right": len(want & got), "missed": len(want - got), "wrong": len(got - want)}


def judge(benchmark: Path, submission: Path) -> Row:
    """Everything that can be judged of a submission."""
    told = json.loads((benchmark / "benchmark.json").read_text("utf-8"))
    about = submission / "run.json"
    run = json.loads(about.read_text("utf-8")) if about.is_file() else {}
    tasks = {"reading": reading, "scores": scores, "questions": questions, "pairs": pairs}
    found = {name: task(benchmark, submission) for name, task in tasks.items() if has(submission, name)}
    which = {name: told[name] for name in ("version", "seed", "forms", "digest")}
    return {"benchmark": which, "run": run, **found}


def percent(part: int, whole: int) -> str:
    """A share in per cent, two decimals, cut; a dash where there is nothing."""
    if not whole:
        return "–"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02} %"


def told_as_text(found: Row) -> Iterator[str]:
    """The verdict in lines."""
    name = found["run"].get("name", "")
    yield f"{name} on {found['benchmark']['forms']} forms, digest {found['benchmark']['digest'][:16]}"
    if "reading" in found:
        count = found["reading"]
        for part in ("fields", "amounts"):
            given, true, right = (count[f"{part} {what}"] for what in ("given", "true", "right"))
            yield f"reading, {part}: precision {percent(right, given)}, recall {percent(right, true)}"
    if "scores" in found:
        count = Counter(found["scores"])
        of = f"of {count['right'] + count['wrong'] + count['left out']}"
        yield f"scores: {count['right']} right {of}, {count['wrong']} wrong, {count['left out']} left out"
    for family, held in found.get("questions", {}).get("families", {}).items():
        count = Counter(held)
        exact = percent(count["right"], count["right"] + count["wrong"])
        found_of = percent(count["found"], count["found"] + count["missed"])
        yield f"questions, {family}: precision {exact}, recall {found_of}"
    if "pairs" in found:
        count = found["pairs"]
        exact = percent(count["right"], count["right"] + count["wrong"])
        yield f"pairs: precision {exact}, recall {percent(count['right'], count['right'] + count['missed'])}"
    for task, seconds in found["run"].get("cpu_seconds", {}).items():
        yield f"speed, {task}: {seconds} s of processor time, as the submission says"


def main() -> None:
    """Judge and print."""
    asked = [each for each in sys.argv[1:] if each != "--json"]
    if len(asked) != 2:
        sys.exit(__doc__)
    found = judge(Path(asked[0]), Path(asked[1]))
    print(json.dumps(found, ensure_ascii=False, indent=2) if "--json" in sys.argv else "\n".join(told_as_text(found)))


if __name__ == "__main__":
    main()
