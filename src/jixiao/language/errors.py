"""The one error of the rule language: it says which text, which column, what was read and what was expected."""


class RuleError(Exception):
    """A rule text that cannot be compiled; raised when a book or a check is loaded, never while a form is scored.

    Attributes:
        where: the named value or condition whose text is at fault ("score", "JX204").
        text: the whole rule text.
        column: column in `text`, from 1.
        segment: the sub-expression at fault.
        zh: what is wrong and what was expected, 中文.
        en: the same in English.
    """

    def __init__(self, where: str, text: str, segment: tuple[int, str], *, zh: str, en: str) -> None:
        """Keep the parts and make the sentence; `segment` is (column from 1, sub-expression)."""
        self.where = where
        self.text = text
        self.column, self.segment = segment
        self.zh = zh
        self.en = en
        place = f"“{where}” 第 {self.column} 列 `{self.segment}`"
        super().__init__(f"{place}：{zh} / {where}, column {self.column}, at `{self.segment}`: {en}")


class OverflowRefusedError(Exception):
    """A node whose value could leave 64 bits; the compiler turns it into a `RuleError` that names the text.

    Attributes:
        low: the least value the node may take.
        high: the greatest.
    """

    def __init__(self, low: int, high: int) -> None:
        """Keep the interval."""
        super().__init__(f"value may lie in [{low}, {high}], outside 64 bits")
        self.low = low
        self.high = high


class ColumnsMissingError(Exception):
    """Work by column was asked for and Polars is not installed; scores and checks of single forms need it not.

    Attributes:
        zh: what to do, 中文.
        en: the same in English.
    """

    def __init__(self) -> None:
        """Make the sentence."""
        self.zh = '按列批量计算需另装一项：pip install "jixiao[columns]"。'
        self.en = 'Computing by column needs an extra: pip install "jixiao[columns]".'
        super().__init__(f"{self.zh} / {self.en}")


class KernelMissingError(Exception):
    """The fused kernel was asked for and numba is not installed; the same is computed by column without it, slower.

    Attributes:
        zh: what to do, 中文.
        en: the same in English.
    """

    def __init__(self) -> None:
        """Make the sentence."""
        self.zh = '融合内核需另装一项：pip install "jixiao[kernel]"；不装也能算，只是慢些（--engine polars）。'
        self.en = (
            'The fused kernel needs an extra: pip install "jixiao[kernel]"; or use --engine polars, which is slower.'
        )
        super().__init__(f"{self.zh} / {self.en}")
