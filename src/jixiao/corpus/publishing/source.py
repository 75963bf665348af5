"""A corpus as it is published from: its parts by name in order, columns of them, wherever it lies."""

from collections.abc import Sequence

import polars as pl

from jixiao.corpus.faults import CorpusFault
from jixiao.corpus.manifest import Corpus, file_of


class Source:
    """A corpus, its parts called by the name of their files."""

    def __init__(self, corpus: Corpus) -> None:
        """Take a corpus.

        Raises:
            CorpusFault: it holds no form.
        """
        if not corpus.manifest.forms:
            label = corpus.storage.label
            zh = f"{label} 里没有表，没有可公开的。请先运行 jixiao corpus build。"
            raise CorpusFault(
                zh, f"{label} holds no form, so there is nothing to publish. Run jixiao corpus build first."
            )
        self._corpus = corpus
        self._parts = {f"part-{part.number:06}": part for part in corpus.manifest.parts}
        self.parts = list(self._parts)
        self.digest = corpus.manifest.digest
        """SHA-256 of the manifest, and so of the whole corpus."""

    def read(self, table: str, part: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """A table of a part, or some of its columns."""
        return self._corpus.frame(self._parts[part], table, columns)

    def of_forms(self, table: str, forms: Sequence[int], columns: Sequence[str]) -> pl.DataFrame:
        """The rows of some forms, from all parts that hold one."""
        wanted = [
            name for name, part in self._parts.items() if any(0 <= form - part.first < part.forms for form in forms)
        ]
        if not wanted:
            return pl.DataFrame(schema=dict.fromkeys(columns))
        opened = [self._corpus.storage.for_polars(file_of(table, self._parts[name].number)) for name in wanted]
        scans = [pl.scan_parquet(path, storage_options=dict(options) if options else None) for path, options in opened]
        return pl.concat(scans).filter(pl.col("form").is_in(list(forms))).select(columns).collect()
