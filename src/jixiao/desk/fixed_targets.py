"""Where corrected copies go: a file beside another, or a folder; as the kind of the original, or as data."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from jixiao.desk.errors import WrongUse
from jixiao.desk.files import reason_of, refuse_output
from jixiao.desk.formsfile import FORMS_FILES

COPIED: Final = frozenset({".pdf", ".xlsx", ".xlsm", ".docx", ".docm"})
"""Endings of originals that can be given back corrected; the others as data."""

_ADDED: Final = ".改正"
"""What is put before the ending of a copy's name in a folder."""


def targets_of(files: Iterable[Path], out: Path | None) -> dict[Path, Path | None]:
    """Each file with where its copy goes; `None` where nothing is to be written.

    One file goes to `out`, unless that is a folder. Several go into the folder `out`, which is made, with 改正 before
    the ending; what cannot be given back in its kind goes there as data.

    Raises:
        WrongUse: a copy would overwrite an original or another copy, cannot be written, or its ending says another
            kind of file.
    """
    every = list(files)
    if out is None:
        return dict.fromkeys(every)
    if len(every) == 1 and not out.is_dir():
        _refuse_another_kind(every[0], out)
        refuse_output(out, every)
        return {every[0]: out}
    _make_folder(out)
    found: dict[Path, Path | None] = {}
    for file in every:
        target = out / f"{file.stem}{_ADDED}{file.suffix if _keeps_its_kind(file) else '.json'}"
        _refuse_clash(target, file, found)
        refuse_output(target, every)
        found[file] = target
    return found


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


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder}：有多个文件，请给出文件夹。", f"{folder}: there are several files; name a folder.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        zh, en = reason_of(error)
        zh = f"{folder}：建不了这个文件夹（{zh}）。"
        raise WrongUse(zh, f"{folder}: this folder cannot be made ({en}).") from error


def _refuse_clash(target: Path, file: Path, found: dict[Path, Path | None]) -> None:
    other = next((source for source, taken in found.items() if taken == target), None)
    if other is not None:
        zh = f"{other} 和 {file} 会写成同一个文件 {target}。请分两次改正，写入不同的文件夹。"
        raise WrongUse(zh, f"{other} and {file} would both become {target}. Correct them in two runs, to two folders.")
