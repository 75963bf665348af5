"""A way of reading whose files can kill the process that reads them."""

import os
import signal

from jixiao.corpus.building.way import Reviewed
from jixiao.desk.corpus.building import review_for_corpus
from jixiao.form import Form

DEADLY = "致命的项目"


def deadly_review(form: Form, rulebook: str | None) -> Reviewed:
    """The house's own, but for one project's name: there the process is killed, as the system kills for memory."""
    if DEADLY in form.project.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return review_for_corpus(form, rulebook)
