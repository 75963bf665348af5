"""Where copies of originals go that come back in a folder: each beside the others as the originals lay, whole names."""

from collections.abc import Callable, Iterable
from pathlib import Path

from jixiao.desk.errors import WrongUse
from jixiao.desk.files import made_folder, refuse_output


def copies_in(
    out: Path, names: Iterable[str | Path], files: Iterable[Path], added: str, ending: Callable[[Path], str]
) -> dict[Path, Path]:
    """Each original with its copy in a folder, which is made; the folders below it are made when a copy is written.

    Args:
        out: the folder.
        names: as the caller named files, folders and patterns; below a folder copies lie as their originals do.
        files: what was found under those names.
        added: what is put before the ending of a copy's name.
        ending: of the copy of an original.

    Raises:
        WrongUse: `out` is a file, or in a folder that is read; a copy would overwrite an original or another copy, or
            cannot be written.
    """
    every, named = list(files), [Path(name) for name in names]
    if out.exists() and not out.is_dir():
        raise WrongUse(f"{out}：有多个原件，请给出文件夹。", f"{out}: there are several originals; name a folder.")
    if is_read(out, named):
        zh = f"{out}：这是要读取的文件夹，副本放进去，下次会被当作原件读取。请另给一个文件夹。"
        en = f"{out}: this is in a folder to be read; copies there would be read as originals next time. Name another."
        raise WrongUse(zh, en)
    folders = [name for name in named if name.is_dir()]
    found: dict[Path, Path] = {}
    for file in every:
        root = next((folder for folder in folders if folder in file.parents), file.parent)
        below = file.relative_to(root)
        found[file] = out / below.with_name(f"{below.stem}{added}{ending(file)}")
    _refuse_clashes(found)
    made_folder(out, above=True)
    for target in found.values():
        refuse_output(target if target.parent.exists() else out / target.name, every)
    return found


def is_read(out: Path, names: Iterable[str | Path]) -> bool:
    """Whether an output is, or lies in, a folder that is named to be read: what is put there is read the next time."""
    place = out.resolve()
    return any(Path(name).is_dir() and place.is_relative_to(Path(name).resolve()) for name in names)


def _refuse_clashes(found: dict[Path, Path]) -> None:
    taken: dict[Path, Path] = {}
    for file, target in found.items():
        other = taken.setdefault(target, file)
        if other != file:
            zh = f"{other} 和 {file} 会写成同一个文件 {target}。请分两次处理，写入不同的文件夹。"
            raise WrongUse(zh, f"{other} and {file} would both become {target}. Do it in two runs, to two folders.")
