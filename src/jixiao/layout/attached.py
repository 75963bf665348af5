"""The line that stands over a summary of findings which we attach to an original: by it the summary is known again.

An original that comes back with marks is read again when it is handed in again; the summary is no part of its forms.
"""

from typing import Final

SUMMARY: Final = {
    "zh": "复核意见汇总（附页，不是自评表的内容）",
    "en": "Review summary (attached; no part of the form)",
}
"""The line by language; it stands before everything else on the summary's page, or in its sheet's first rows."""


def is_summary(text: str) -> bool:
    """Whether a text holds that line, however it is spaced or broken."""
    bare = "".join(text.split())
    return any("".join(line.split()) in bare for line in SUMMARY.values())
