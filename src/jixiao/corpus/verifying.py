"""Whether a corpus is what its manifest says: digests, columns, whole forms, numbers, counts; and what it holds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO

import polars as pl
from msgspec import MsgspecError, Struct

from jixiao.corpus.faults import Missing
from jixiao.corpus.manifest import Corpus, File, Part, file_of
from jixiao.corpus.schema import AS_READ, FORMS, INDICATORS, SOURCES, TABLES
from jixiao.form import decode_form
from jixiao.scoring.sheet import Text


def verify(corpus: Corpus) -> Iterator[Text]:
    """What is wrong in a corpus, one sentence each; part by part, so that only one is held.

    Args:
        corpus: the corpus.

    Raises:
        CorpusFault: the storage fails.
    """
    counts: Counter[str] = Counter()
    form = number = 0
    every = True
    for part in corpus.parts:
        if part.first < form or part.number < number:
            yield Text(f"第 {part.number} 部分：编号不递增。", f"Part {part.number}: its numbers do not ascend.")
        form, number = part.first + part.forms, part.number + 1
        tables: dict[str, pl.DataFrame] = {}
        for table in TABLES:
            yield from _file(corpus, part, table, tables)
        if tables.keys() == TABLES.keys():
            counts.update(tables[SOURCES.name]["verdict"].to_list())
            yield from _whole(part, tables)
        else:
            every = False
    if every and dict(corpus.manifest.counts) != dict(counts):
        yield Text("清单中的文件数与 sources 表不符。", "The manifest counts other files than the table sources has.")
    yield from _in_all(corpus, (number, form))


def _file(corpus: Corpus, part: Part, table: str, tables: dict[str, pl.DataFrame]) -> Iterator[Text]:
    """One file beside what the manifest says of it; a good one is put among the tables."""
    name, said = file_of(table, part.number), part.files.get(table)
    if said is None:
        yield Text(f"{name}：清单中没有。", f"{name}: the manifest does not name it.")
        return
    try:
        data = corpus.storage.get(name)
    except Missing:
        yield Text(f"{name}：缺少这个文件。", f"{name}: the file is missing.")
        return
    if (len(data), sha256(data).hexdigest()) != (said.bytes, said.sha256):
        yield Text(
            f"{name}：内容与清单的 SHA-256 不符。", f"{name}: its bytes are not those of the manifest's SHA-256."
        )
        return
    yield from _columns(name, data, said, table, tables)


def _columns(name: str, data: bytes, said: File, table: str, tables: dict[str, pl.DataFrame]) -> Iterator[Text]:
    try:
        frame = pl.read_parquet(BytesIO(data))
    except (OSError, pl.exceptions.PolarsError):
        yield Text(f"{name}：不是 Parquet 文件。", f"{name}: this is no Parquet file.")
        return
    if dict(frame.schema) != TABLES[table].dtypes:
        yield Text(f"{name}：列与约定不符。", f"{name}: its columns are not those of the contract.")
    elif frame.height != said.rows:
        yield Text(
            f"{name}：有 {frame.height} 行，清单写 {said.rows} 行。",
            f"{name}: it has {frame.height} rows, the manifest says {said.rows}.",
        )
    else:
        tables[table] = frame


def _whole(part: Part, tables: Mapping[str, pl.DataFrame]) -> Iterator[Text]:
    """Whether every form of a part is there in all tables, with all its indicators, and is the one that was read."""
    numbers = range(part.first, part.first + part.forms)
    for table in (FORMS.name, "features_of_forms", AS_READ.name):
        if tables[table]["form"].to_list() != list(numbers):
            yield _torn(part, table)
            return
    for table in TABLES.keys() - {SOURCES.name}:
        held = tables[table]["form"]
        if not held.is_sorted() or not set(held.unique()) <= set(numbers):
            yield _torn(part, table)
    lines = tables[INDICATORS.name].group_by("form", maintain_order=True).len()
    counted = dict(lines.iter_rows())
    rows = tables[FORMS.name].select("form", "lines", "sha256", "number", "key").join(tables[AS_READ.name], on="form")
    for form, many, digest, at, key, text in rows.iter_rows():
        if not _is_form(text, many) or counted.get(form, 0) != many or key != _key(digest, at):
            yield Text(f"第 {form} 张表：各表中的内容不一致。", f"Form {form}: its tables do not agree.")


def _is_form(text: str, lines: int) -> bool:
    try:
        return len(decode_form(text.encode()).indicators) == lines
    except MsgspecError:
        return False


def _key(digest: str, number: int) -> str:
    return sha256(f"{digest}/{number}".encode()).hexdigest()


def _torn(part: Part, table: str) -> Text:
    name = file_of(table, part.number)
    return Text(f"{name}：表号不是这一部分的。", f"{name}: its forms are not those of the part.")


def _in_all(corpus: Corpus, following: tuple[int, int]) -> Iterator[Text]:
    manifest = corpus.manifest
    if manifest.next_part < following[0] or manifest.next_form < following[1]:
        yield Text("清单中的下一个编号已用过。", "The next numbers in the manifest were given already.")
    named = {file_of(table, part.number) for part in corpus.parts for table in part.files}
    for table in TABLES:
        for name in corpus.storage.names(table):
            if name not in named:
                zh = f"{name}：不属于这个数据库（上次建库中断时会有；再建一次即清除）。"
                en = f"{name}: it is not of this corpus (left by a build that broke off; build again and it goes)."
                yield Text(zh, en)


class Contents(Struct, frozen=True):
    """What a corpus holds, in numbers.

    Attributes:
        forms, indicators: how many.
        bytes: of all its tables.
        years: forms by fiscal year, ascending; null last.
        books: forms by rulebook.
        families: findings by family.
        rows: by table.
    """

    forms: int
    indicators: int
    bytes: int
    years: Mapping[int | None, int]
    books: Mapping[str, int]
    families: Mapping[str, int]
    rows: Mapping[str, int]


def contents(corpus: Corpus) -> Contents:
    """Count what a corpus holds; three columns of it are read.

    Raises:
        CorpusFault: a part is missing or damaged.
    """
    years: Counter[int | None] = Counter()
    books: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for part in corpus.parts:
        heads = corpus.frame(part, FORMS.name, ["fiscal_year", "rulebook"])
        years.update(heads["fiscal_year"].to_list())
        books.update(heads["rulebook"].to_list())
        families.update(corpus.frame(part, "findings", ["family"])["family"].to_list())
    files = [(table, file) for part in corpus.parts for table, file in part.files.items()]
    rows: Counter[str] = Counter()
    for table, file in files:
        rows[table] += file.rows
    return Contents(
        corpus.manifest.forms, rows[INDICATORS.name], sum(file.bytes for _, file in files),
        dict(sorted(years.items(), key=lambda one: (one[0] is None, one[0] or 0))), dict(sorted(books.items())),
        dict(sorted(families.items())), {table: rows[table] for table in TABLES},
    )  # fmt: skip
