"""What keeps a corpus from being read or built, in words of both languages."""


class CorpusFault(Exception):
    """A corpus, or the place it lies in, that cannot be used: what is wrong, and what to do.

    Attributes:
        zh, en: the sentence.
    """

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(zh, en)
        self.zh, self.en = zh, en


class Missing(CorpusFault):
    """A file that is not there."""

    def __init__(self, where: str) -> None:
        """Name it."""
        super().__init__(
            f"{where}：缺少这个文件。再运行一次 jixiao corpus build 即重做。",
            f"{where}: the file is missing. Run jixiao corpus build again, which makes it anew.",
        )
        self.args = (where,)
