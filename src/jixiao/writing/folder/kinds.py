"""A folder's review in the kind that a file's ending, or the caller, asks for. A writer is loaded only when used."""

from collections.abc import Iterable
from typing import Final, Literal

from jixiao.writing.folder.report import FolderReport

Language = Literal["zh", "en"]

ENDINGS: Final = {".html": "html", ".xlsx": "xlsx", ".json": "json", ".sarif": "sarif", ".txt": "text"}
"""The kind of report by the ending of its file."""


def render_folder(report: FolderReport, kind: str, language: Language = "zh") -> Iterable[bytes]:
    """The report in pieces.

    Args:
        report: the review.
        kind: one of the kinds of `ENDINGS`.
        language: of text, workbook and SARIF; JSON holds both, the page begins with this one.

    Raises:
        ValueError: there is no such kind.
    """
    if kind == "json":
        from jixiao.writing.folder.as_json import write_folder_json

        return write_folder_json(report)
    if kind == "sarif":
        from jixiao.writing.folder.as_sarif import write_folder_sarif

        return write_folder_sarif(report, language)
    if kind == "xlsx":
        from jixiao.writing.folder.as_xlsx import write_folder_xlsx

        return (write_folder_xlsx(report, language),)
    if kind == "html":
        from jixiao.writing.folder.workbench import write_workbench

        return write_workbench(report, language)
    if kind == "text":
        from jixiao.writing.folder.as_text import write_folder_text

        return (write_folder_text(report, language).encode(),)
    raise ValueError(f"no report of kind {kind!r}; there are {', '.join(ENDINGS.values())}")
