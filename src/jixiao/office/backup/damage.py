"""What a backup cannot be: each reason is a sentence in both languages, and the command leaves with exit code 2."""


class Damaged(Exception):
    """A backup that cannot be used, or an office of which none can be made: where, what was read, what to do."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh, self.en = zh, en
