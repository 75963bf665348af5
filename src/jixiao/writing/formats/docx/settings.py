"""The typefaces of a DOCX, by name."""

from msgspec import Struct


class Fonts(Struct, frozen=True):
    """Typefaces by the names that Word and WPS know them by; none is embedded.

    Attributes:
        title: of titles.
        heading: of headings below a title that are set in the face of labels.
        body: of running text.
        label: of labels in tables.
        value: of what is filled in.
    """

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    body: str = "仿宋_GB2312"
    label: str = "宋体"
    value: str = "宋体"

    def names(self) -> tuple[str, ...]:
        """Every name once."""
        return tuple(dict.fromkeys((self.title, self.heading, self.body, self.label, self.value)))
