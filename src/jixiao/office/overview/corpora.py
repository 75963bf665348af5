"""Corpora 多表库 that the rule lab offers, from the folder that the setting JIXIAO_CORPORA names.

A corpus holds forms of many units in columns, and its units are names, not nodes of our tree: it cannot be cut down
to what lies below a node. So a whole corpus is given to one node, by the folder it lies in, and whoever may try rules
there may see all of it; who sets the folder vouches for that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Q

from jixiao.office.people.models import Organisation

_MANIFEST: Final = "corpus.json"
_MOST_DIGITS: Final = 15


def corpora_of(node: Organisation) -> list[str]:
    """The names of the corpora given to a node, in order; none where there is no such setting."""
    return sorted(path.name for path in _corpora(node))


def corpus_of(node: Organisation, name: str) -> str:
    """A corpus of a node as its folder below the folder of corpora; empty where there is none of that name."""
    found = next((path for path in _corpora(node) if path.name == name), None)
    return f"{found.parent.name}/{found.name}" if found else ""


def _corpora(node: Organisation) -> Iterator[Path]:
    """What lies there: names are compared with it, and never become a path."""
    if not settings.CORPORA:
        return
    try:
        for folder in Path(settings.CORPORA).iterdir():
            if folder.name in _names(node) and _alone(folder.name):
                yield from (one for one in folder.iterdir() if one.joinpath(_MANIFEST).is_file())
    except OSError:
        return


def _names(node: Organisation) -> set[str]:
    """What a folder of a node may be called: its code 单位编码 or its number."""
    return {node.code, str(node.pk)} - {"", ".", ".."}


def _alone(name: str) -> bool:
    """Whether a folder's name means one organisation only: one that could mean two is given to neither."""
    meant = Q(code=name)
    if name.isascii() and name.isdigit() and len(name) <= _MOST_DIGITS and name == str(int(name)):
        meant |= Q(pk=int(name))
    return Organisation.objects.filter(meant).count() == 1
