"""What a worker of the server does first: it stands by itself, ends with the server, and reads the law beforehand."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_SELDOM: Final = (20_000, 20, 20)
"""How many objects have to be made before the cycle collector looks for rings among them."""

GLANCE: Final = 1
"""Seconds between two looks whether the server is still there."""


def load() -> Application:
    """The application, in a worker of its own group: Ctrl-C reaches the server alone, which then ends its workers."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
        threading.Thread(target=_end_with, args=(os.getppid(),), name="glance", daemon=True).start()
    from jixiao.office.wsgi import application

    threading.Thread(target=_read_beforehand, name="beforehand", daemon=True).start()
    return _behind_proxies(application)


def _end_with(server: int) -> None:
    """End this worker when the server is gone, however it went."""
    while os.getppid() == server:
        time.sleep(GLANCE)
    os.kill(os.getpid(), signal.SIGTERM)


def _read_beforehand() -> None:
    """Load the pages of all rooms and the law, so that the first person who comes does not wait for them.

    What is there then stays; the cycle collector need not look through it at every other request.
    """
    from importlib import import_module

    from jixiao.office.filing.judging import warm

    import_module("jixiao.office.urls")
    warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _behind_proxies(application: Application) -> Application:
    """Take the address of who asks from the proxies named in `JIXIAO_PROXIES`, and from nobody else."""
    trusted = [name for name in os.environ.get("JIXIAO_PROXIES", "").split(",") if name]
    if not trusted:
        return application
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    wrapped: Application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=trusted)
    return wrapped
