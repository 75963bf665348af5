"""Why a check page or a lexicon is refused: a sentence that names the file, the key, and what to write there."""


class PageRefusedError(ValueError):
    """A page cannot be used as it stands.

    Attributes:
        file: name of the page's file.
        key: the key at fault, dotted; "" where the whole file is.
        zh, en: the sentence in 中文 and English.
    """

    def __init__(self, file: str, key: str, zh: str, en: str) -> None:
        """Compose both sentences with the file and the key in front."""
        self.file, self.key = file, key
        where = f"{file}: {key}" if key else file
        self.zh, self.en = f"{where}：{zh}", f"{where}: {en}"
        super().__init__(f"{self.en} / {self.zh}")


def missing(file: str, key: str) -> PageRefusedError:
    """The refusal of a page that lacks a part."""
    return PageRefusedError(file, key, "缺少此项，请补写后再装载。", "this part is missing; write it and load again.")
