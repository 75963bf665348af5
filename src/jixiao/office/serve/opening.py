"""An office that is there, opened for a command that works on it: settings read, database reached."""

import os
from pathlib import Path

from jixiao.desk.errors import WrongUse
from jixiao.office.serve.ready import load_settings, open_database


def office_folder(data: Path) -> Path:
    """The data folder, whole; it has an office, or names with `DATABASE_URL` where one is.

    Raises:
        WrongUse: there is no office.
    """
    folder = data.expanduser().absolute()
    if not folder.is_dir() or not (os.environ.get("DATABASE_URL") or (folder / "office.sqlite3").is_file()):
        raise WrongUse(
            f"{folder} 中没有报送端。请用 --data 指明报送端的数据文件夹；用 PostgreSQL 时还须设 DATABASE_URL。",
            f"There is no office in {folder}. Name its data folder with --data; with PostgreSQL, set DATABASE_URL.",
        )
    return folder


def open_office(data: Path) -> None:
    """Open the office in a data folder; nothing is made where there is none.

    Raises:
        WrongUse: there is no office, its settings are wrong, or its database cannot be reached.
    """
    folder = office_folder(data)
    os.environ["JIXIAO_DATA"] = str(folder)
    load_settings()
    open_database(lambda *_: None)
