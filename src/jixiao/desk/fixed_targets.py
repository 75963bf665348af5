"""Where corrected copies go: a file beside another, or a folder; as the kind of the original, or as data."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from jixiao.corpus.formsfile import FORMS_FILES
from jixiao.desk.copies import copies_in
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import refuse_output

COPIED: Final = frozenset({".pdf", ".xlsx", ".xlsm", ".docx", ".docm"})
"""Endings of originals that can be given back corrected; the others as data."""

_ADDED: Final = ".改正"
"""What is put before the ending of a copy's name in a folder."""


def targets_of(names: Iterable[str | Path], files: Iterable[Path], out: Path | None) -> dict[Path, Path | None]:
    """Each file with where its copy goes; `None` where nothing is to be written.

    One file goes to `out`, unless that is a folder. Several go into the folder `out`, which is made, below it as they
    lie below the folder that was named, with 改正 before the ending; what cannot be given back in its kind goes there
    as data.

    Args:
        names: as the caller named files, folders and patterns.
        files: what was found under those names.
        out: the file or folder to write to; `None` for nothing.

    Raises:
        WrongUse: a copy would overwrite an original or another copy, or cannot be written; its ending says another
            kind of file; the folder is one that is read.
    """
    every = list(files)
    if out is None:
        return dict.fromkeys(every)
    if len(every) == 1 and not out.is_dir():
        _refuse_another_kind(every[0], out)
        refuse_output(out, every)
        return {every[0]: out}
    return {**copies_in(out, names, every, _ADDED, lambda file: file.suffix if _keeps_its_kind(file) else ".json")}


def _keeps_its_kind(file: Path) -> bool:
    return file.suffix.lower() in COPIED | FORMS_FILES


def _refuse_another_kind(file: Path, out: Path) -> None:
    """A copy is data, or of the kind of its original."""
    wanted, ending = out.suffix.lower(), file.suffix.lower()
    if wanted in FORMS_FILES or (wanted == ending and ending in COPIED):
        return
    if ending in COPIED:
        zh = f"{out}：改正的副本与原件同一种文件，或是数据。请用后缀 {ending} 或 .json。"
        raise WrongUse(zh, f"{out}: a corrected copy is of the kind of the original, or data. Use {ending} or .json.")
    zh = (
        f"{out}：{ending or '这种'} 文件不能原样改正。请把 --out 写成 .json，得到改正后的数据，"
        "再用 jixiao write 写成所需的文件。"
    )
    raise WrongUse(
        zh,
        f"{out}: {ending or 'such'} files cannot be given back corrected. Let --out end in .json for the corrected "
        "forms as data, then make the file you need with jixiao write.",
    )
