"""The use case of near-duplicate texts in a corpus: found, kept beside the corpus, and told."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Final, Literal

import msgspec
import polars as pl

from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scanning import keep, scan_of
from jixiao.corpus.similar import FIELDS, Similar, rows_of, similar_texts
from jixiao.corpus.similar.scheme import BUCKET, LETTERS, SCHEME
from jixiao.desk.corpus.opening import corpus_at
from jixiao.scoring.sheet import Text
from jixiao.writing.csv_cells import guarded

MEMBERS: Final = "similar_texts"
GROUPS: Final = "similar_groups"
_SHOWN: Final = 20
_LETTERS: Final = 60


def boilerplate() -> tuple[str, ...]:
    """The phrases of the stop-list."""
    text = (files("jixiao.corpus.similar") / "boilerplate.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text, parse_float=Decimal)["phrases"])


def find_similar(where: str) -> Similar:
    """The near-duplicate texts of a corpus, kept beside it in the tables similar_texts and similar_groups.

    Args:
        where: the corpus: a folder, or "s3://bucket/prefix".

    Raises:
        WrongUse: there is no corpus, or it cannot be written to.
    """
    with corpus_at(where) as corpus:
        found = similar_in(corpus)
        keep(corpus, MEMBERS, found.members, {"scheme": SCHEME})
        keep(corpus, GROUPS, found.groups, {"scheme": SCHEME})
    return found


def similar_in(corpus: Corpus) -> Similar:
    """The near-duplicate texts of a corpus."""
    return similar_texts(rows_of(scan_of(corpus)), boilerplate())


def told(found: Similar, kind: Literal["text", "csv", "json"], language: Literal["zh", "en"]) -> str | bytes:
    """The groups: the largest as sentences, or every member as CSV, or all as JSON."""
    if kind == "csv":
        members = found.members.with_columns(found.members["unit"].map_elements(guarded, return_dtype=pl.String()))
        return "\ufeff" + members.write_csv()
    if kind == "json":
        groups = {"groups": found.groups.to_dicts(), "members": found.members.to_dicts()}
        return msgspec.json.encode({"scheme": SCHEME, "left_out": found.left_out, **groups})
    return "\n".join(getattr(line, language) for line in _lines(found))


def _lines(found: Similar) -> Iterator[Text]:
    yield Text(
        "雷同文字：只是线索。同一上级下发的范文、同类项目的共同措辞，都会写得相像；请先看上下文再问。",
        "Near-duplicate texts are leads, no verdict: a model text of a department, or the common words of similar"
        " projects, make texts alike. Look at the context before you ask.",
    )
    for row in found.groups.head(_SHOWN).iter_rows(named=True):
        name, text = FIELDS[row["field"]], row["text"][:_LETTERS]
        counts = f"{row['texts']:,} / {row['forms']:,} / {row['units']:,} / {row['years']:,}"
        yield Text(
            f"{name.zh}（处/表/单位/年 {counts}）：{text}", f"{name.en} (texts/forms/units/years {counts}): {text}"
        )
    yield Text(f"共 {len(found.groups):,} 组。", f"{len(found.groups):,} groups in all.")
    for left in found.left_out:
        name = FIELDS[left.field]
        yield Text(
            f"{name.zh}：比较了 {left.compared:,} 处；未比较：不足 {LETTERS} 字 {left.short:,} 处，"
            f"只有套话 {left.boilerplate:,} 处；很多文字共用一个键，只与前 {BUCKET} 个比较，少比 {left.pairs:,} 次。",
            f"{name.en}: {left.compared:,} compared; not compared: {left.short:,} of fewer than {LETTERS} letters,"
            f" {left.boilerplate:,} of stock phrases only; where very many share a key each was held against the first"
            f" {BUCKET}, which left out {left.pairs:,} comparisons.",
        )
    if not found.kernel:
        yield Text(
            "未安装 kernel 组件，用 Polars 计算，结果相同，慢十余倍：pip install 'jixiao[kernel]'。",
            "The extra kernel is not installed: Polars did it, with the same result, some thirteen times slower:"
            " pip install 'jixiao[kernel]'.",
        )
