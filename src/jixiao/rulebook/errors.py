"""The error of a rulebook: which file, which key, what is wrong, what to do."""


class RulebookError(Exception):
    """A book that cannot be used.

    Attributes:
        file: the book's name as the caller gave it ("cn/2020-02-25.toml").
        key: dotted key in the file ("values.places"); "" for the whole file.
        zh: what is wrong and what to do, 中文.
        en: the same in English.
    """

    def __init__(self, file: str, key: str, *, zh: str, en: str) -> None:
        """Keep the parts and make the sentence."""
        self.file = file
        self.key = key
        self.zh = zh
        self.en = en
        where = f"{file}: {key}" if key else file
        super().__init__(f"{where}：{zh} / {en}")
