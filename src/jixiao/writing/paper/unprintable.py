"""Why a document cannot be printed: told before anything is written."""


class Unprintable(Exception):
    """A letter that no font has, or a font that cannot be read: where, what it is, what to do; in 中文 and English."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh = zh
        self.en = en
