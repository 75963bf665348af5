"""The benchmark made: forms, texts, documents and their truth in a folder, the same to the last byte for one seed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmark import documents
from benchmark import texts as short
from benchmark.bases import bases
from benchmark.files import SHARE, Lines
from benchmark.truth import question_tails, scores_tail
from benchmark.varying import Mould
from fairness.judging import SAME_QUESTION
from review import bench_of_books

VERSION: Final = 1
"""Raised when the same seed would give other forms, texts, documents or labels."""
SEED: Final = 2026
FEWEST: Final = 4_000
"""Base forms of a larger benchmark; a smaller one varies none."""
EACH: Final = 50
"""Of a large one, a base form is varied so often at most."""
HERE: Final = Path(__file__).parent
Told = Callable[[str], None]


def moulds(forms: int, seed: int = SEED) -> list[Mould]:
    """The base forms of a benchmark of so many forms."""
    return [Mould(base) for base in islice(bases(seed), min(forms, max(FEWEST, forms // EACH)))]


def variants(count: int, made: Sequence[Mould]) -> Iterator[tuple[int, Mould, int]]:
    """Every form of a benchmark: its number, its mould, which variant of it."""
    for number in range(count):
        yield number, made[number % len(made)], number // len(made)


def make(
    folder: Path, forms: int, seed: int = SEED, told: Told = lambda _: None, printed: int = documents.ALL
) -> dict[str, Any]:
    """Make a benchmark, whole or not at all.

    Args:
        folder: where; what stood there is replaced.
        forms: how many.
        seed: of all chance.
        told: hears how it goes on.
        printed: how many documents at most.

    Returns:
        The description, as `benchmark.json` holds it.
    """
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    told(f"base forms: {min(forms, max(FEWEST, forms // EACH))}")
    files = {**_forms(beside, forms, moulds(forms, seed), told), **_texts(beside, min(forms, short.MOST), seed)}
    told("documents")
    files |= documents.make(beside, seed, printed)
    described = _described(forms, seed, files)
    (beside / "benchmark.json").write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n")
    shutil.copy(HERE / "judge.py", beside)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return described


def _forms(folder: Path, count: int, made: Sequence[Mould], told: Told) -> dict[str, dict[str, Any]]:
    tails = [(scores_tail(mould.base.form), tuple(question_tails(mould.base))) for mould in made]
    truth = folder / "truth"
    with Lines(folder, "forms") as forms, Lines(truth, "scores") as scores, Lines(truth, "questions") as questions:
        for number, mould, variant in variants(count, made):
            if number and number % SHARE == 0:
                told(f"forms: {number} of {count}")
                for each in (forms, scores, questions):
                    each.turn(number // SHARE)
            begin = f'{{"form":{number},'
            forms.put(f'{begin}"data":{mould.variant(variant)}}}\n')
            score, asked = tails[number % len(made)]
            scores.put(begin + score)
            for tail in asked:
                questions.put(begin + tail)
    return {"forms": _entry(forms), "truth/scores": _entry(scores), "truth/questions": _entry(questions)}


def _texts(folder: Path, count: int, seed: int) -> dict[str, dict[str, Any]]:
    words = list(short.texts(count, seed))
    with Lines(folder, "texts") as held, Lines(folder / "truth", "pairs") as truth:
        for number, text in enumerate(words):
            held.put(msgspec.json.encode({"text": number, "words": text}).decode() + "\n")
        for one, other in short.pairs(words):
            truth.put(f'{{"a":{one},"b":{other}}}\n')
    return {"texts": _entry(held), "truth/pairs": _entry(truth)}


def _entry(lines: Lines) -> dict[str, Any]:
    return {"lines": lines.count, "sha256": lines.digest}


def _described(forms: int, seed: int, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    checks = bench_of_books.checks()
    asked = {
        code: {"family": check.family, "zh": check.title.zh, "en": check.title.en}
        for code, check in sorted(checks.items())
        if code not in checks.trials
    }
    content = "".join(f"{name} {entry['sha256']}\n" for name, entry in sorted(files.items()))
    return {
        "benchmark": "jixiao/benchmark/1", "version": VERSION, "seed": seed, "forms": forms,
        "digest": hashlib.sha256(content.encode()).hexdigest(), "files": files,
        "same_question": [sorted(group) for group in SAME_QUESTION], "checks": asked,
    }  # fmt: skip
