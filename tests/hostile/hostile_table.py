"""The table of all hostile files: by group, name → how to build it and the verdict it must get."""

from collections.abc import Mapping
from typing import Final

from hostile import hostile_docx, hostile_files, hostile_pdf, hostile_pictures, hostile_web, hostile_xlsx, hostile_zip
from hostile.hostile_files import Hostile

GROUPS: Final[Mapping[str, Mapping[str, Hostile]]] = {
    "every kind": hostile_files.FILES,
    "PDF": hostile_pdf.FILES,
    "XLSX": hostile_xlsx.FILES,
    "DOCX": hostile_docx.DOCX_FILES,
    "zip": hostile_zip.FILES,
    "HTML": hostile_web.HTML_FILES,
    "OFD": hostile_web.OFD_FILES,
    "text": hostile_web.TEXT_FILES,
}
"""Group → its files, read without eyes."""
SEEN: Final[Mapping[str, Mapping[str, Hostile]]] = {"pictures, with eyes": hostile_pictures.FILES}
"""Group → its files, read with eyes."""

EVERY: Final = {f"{group}: {name}": hostile for group, files in GROUPS.items() for name, hostile in files.items()}
"""All files read without eyes, by group and name."""

INTRODUCTION: Final = """
Each file is built from nothing by the table in `tests/hostile`, saved, and read as any file is: two at a time, in
confined children. Every one gets its verdict within 30 seconds; the program that asked grows by less than 20 MB, and
never dies.

`read` means that what is sound in the file is read; any other word is the code of a refusal, whose sentence names the
file and says what to do. Where several words stand, each is right: which it is depends on the machine's speed and
memory, or on the member of a zip.
"""


def page() -> str:
    """The table as a page of the reference."""
    groups = {**GROUPS, **SEEN}
    counts = ", ".join(f"{group} {len(files)}" for group, files in groups.items())
    total = sum(map(len, groups.values()))
    lines = ["# 恶意文件 Hostile files", INTRODUCTION, f"{total} files: {counts}.\n"]
    for group, files in groups.items():
        lines += [f"## {group[0].upper()}{group[1:]}\n", "| file | verdict |", "|---|---|"]
        lines += [f"| {name} | {', '.join(f'`{code}`' for code in sorted(one.codes))} |" for name, one in files.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
