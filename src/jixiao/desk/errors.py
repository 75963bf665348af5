"""Wrong use: the caller asked for something that does not exist."""


class WrongUse(Exception):
    """What was asked, what would be right; in 中文 and English. The command leaves with exit code 3."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh = zh
        self.en = en
