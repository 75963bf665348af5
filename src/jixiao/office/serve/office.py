"""The start of the office from beginning to end: folder, port, settings, database, demo, server."""

import os
import subprocess
import sys
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from jixiao.desk.errors import WrongUse
from jixiao.office.environment import BadSetting
from jixiao.office.serve.folder import data_folder
from jixiao.office.serve.listening import Listening, listening
from jixiao.office.serve.ready import check_journal, load_settings, open_database
from jixiao.office.serve.telling import greeting, say, tell, up

Language = Literal["zh", "en"]


def start(data: Path, host: str, port: int, *, demo: bool, language: Language) -> None:
    """Serve the office until Ctrl-C or SIGTERM.

    Args:
        data: the data folder.
        host: the address to listen on.
        port: the port; 0 for any free one.
        demo: put the demo round into an office in which nobody is yet.
        language: of what is printed, and of pages for who has chosen none.

    Raises:
        WrongUse: folder, port, database or journal cannot be used.
    """
    began = time.monotonic_ns()
    folder = data_folder(data)
    where = listening(host, port)
    os.environ["JIXIAO_DATA"] = str(folder)
    os.environ.setdefault("JIXIAO_LANGUAGE", "en" if language == "en" else "zh-hans")
    load_settings()
    open_database(partial(say, language))
    check_journal()
    if demo:
        _load_demo(language)
    _serve(where, language, began)


def _load_demo(language: Language) -> None:
    """Put the demo in, unless somebody is there already; in a process of its own, for the server forks from this one.

    Raises:
        WrongUse: it could not be put in; what went wrong was printed.
    """
    from jixiao.office.setup.first import nobody_yet

    if not nobody_yet():
        return
    say(language, "正在装入演示数据……", "Loading the demo …")
    done = subprocess.run([sys.executable, "-m", "jixiao.office.demo"], check=False)
    if done.returncode:
        raise WrongUse("演示数据未能装入，原因见上。", "The demo could not be loaded; the reason stands above.")


def _serve(where: Listening, language: Language, began: int) -> None:
    from django.db import connections

    from jixiao.office.serve.running import jobs_command, run_server

    lines = greeting(where, language)
    connections.close_all()
    jobs = jobs_command() if find_spec("jixiao.office.jobs") else None
    try:
        run_server(where, lambda: tell([up(language, began), *lines]), jobs)
    except BadSetting as error:
        raise WrongUse(error.zh, error.en) from error
