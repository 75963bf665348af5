"""An act that the rules do not allow, said in words."""


class Refusal(Exception):
    """What was asked for is not done, and why.

    Attributes:
        zh, en: the sentence, with what to do.
    """

    def __init__(self, zh: str, en: str) -> None:
        """Take the sentence in both languages."""
        super().__init__(en)
        self.zh, self.en = zh, en
