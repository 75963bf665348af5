"""Published whole or not at all: made in steps beside the place where it goes, each step kept, then moved there.

Who is killed and starts again goes on after the last step that was finished, as long as corpus, options and program
are the same; otherwise it begins anew.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jixiao.corpus.faults import CorpusFault

MARK: Final = ".jixiao-published"
"""The file that tells a folder of ours from any other."""


class Taken(CorpusFault):
    """The folder holds something else."""

    def __init__(self, out: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{out} 里有别的内容，没有动它。请给一个新的或空的文件夹，或以前公开的文件夹。",
            f"{out} holds something else and was left alone. Name a new or empty folder, or one published before.",
        )


class Stage:
    """The place beside."""

    def __init__(self, out: Path, of: str) -> None:
        """Begin, or go on.

        Args:
            out: where it goes in the end.
            of: a digest of all that the result depends on.

        Raises:
            Taken: the place is not free.
        """
        if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).is_file())):
            raise Taken(out)
        self._out = out
        self.beside = out.with_name(f".{out.name}.publishing")
        self.folder = self.beside / "out"
        about = self.beside / "of"
        if not about.is_file() or about.read_text("utf-8") != of:
            shutil.rmtree(self.beside, ignore_errors=True)
            self.folder.mkdir(parents=True)
            (self.beside / "done").mkdir()
            about.write_text(of, encoding="utf-8")
        self._of = of

    def step(self, name: str, work: Callable[[], None]) -> bool:
        """Do a step unless it was done; `work` may find what a killed one left behind, and writes over it.

        Returns:
            Whether it was done now.
        """
        done = self.beside / "done" / name
        if done.exists():
            return False
        work()
        done.touch()
        return True

    def place(self, name: str) -> Path:
        """A folder for what later steps need."""
        made = self.beside / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    def move(self) -> None:
        """Put it in its place; what stood there goes."""
        self.folder.joinpath(MARK).write_text(f"{self._of}\n", encoding="utf-8")
        old = self.beside.joinpath("old")
        shutil.rmtree(old, ignore_errors=True)
        if self._out.exists():
            self._out.rename(old)
        self.folder.rename(self._out)
        shutil.rmtree(self.beside, ignore_errors=True)
