"""Specimens made: by their producers, many at once, from a store where they were made before."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from forms.producers import PRODUCERS, Job
from forms.specimens import Picture, Specimen
from forms.wear import WEARS

_NOT_OF_PRODUCERS = frozenset(
    {"by_hand", "content", "cover", "documents", "habits", "losses", "making", "measure", "specimens", "splits",
     "truth", "variants", "words"}
)  # fmt: skip
"""Modules whose work is in the sheets already: a change of them changes the sheets or nothing."""


class Store:
    """Made documents, by what they were made of; in memory alone where no folder is given."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use a folder, made when first needed."""
        self._folder = folder
        self._held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What was made, or `None`."""
        if self._folder is None:
            return self._held.get(key)
        path = self._folder / key
        return path.read_bytes() if path.is_file() else None

    def put(self, key: str, data: bytes) -> None:
        """Keep what was made."""
        if self._folder is None:
            self._held[key] = data
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{key}.part"
        part.write_bytes(data)
        part.replace(self._folder / key)


def made(specimens: Sequence[Specimen], store: Store | None = None) -> list[bytes]:
    """The documents of specimens, in their order.

    Raises:
        RuntimeError: a program that makes documents failed.
    """
    store = store or Store()
    _fill(specimens, store)
    return [
        _picture(each, store) if each.picture else _held(store, key_of(each.producer, each.job)) for each in specimens
    ]


def key_of(producer: tuple[str, str], job: Job) -> str:
    """What a document is made of, as a key."""
    what = json.dumps([producer, asdict(job), _sources()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(what.encode()).hexdigest()[:40]


def _fill(specimens: Iterable[Specimen], store: Store) -> None:
    """Have each producer make, in one go, what is not in the store."""
    wanted: dict[tuple[str, str], dict[str, Job]] = {}
    for each in specimens:
        key = key_of(each.producer, each.job)
        if store.get(key) is None:
            wanted.setdefault(each.producer, {})[key] = each.job
    for producer, jobs in wanted.items():
        files = PRODUCERS[producer].make(list(jobs.values()))
        for key, data in zip(jobs, files, strict=True):
            store.put(key, data)


def _held(store: Store, key: str) -> bytes:
    data = store.get(key)
    if data is None:
        raise RuntimeError(f"{key} was not made")
    return data


def _picture(specimen: Specimen, store: Store) -> bytes:
    """A picture of its pages; a scan of several pages, or one picture."""
    base = key_of(specimen.producer, specimen.job)
    what = f"{base}:{specimen.picture}:{WEARS[specimen.wear]}:{specimen.seed}"
    key = hashlib.sha256(what.encode()).hexdigest()[:40]
    data = store.get(key)
    if data is None:
        data = _pictured(_held(store, base), specimen)
        store.put(key, data)
    return data


def _pictured(pdf: bytes, specimen: Specimen) -> bytes:
    from forms import pictures

    wear = WEARS[specimen.wear]
    writers = {"scan PDF": pictures.image_pdf, "PNG": pictures.png, "JPEG": pictures.jpeg, "TIFF": pictures.tiff}
    pages = pictures.page_pictures(pdf, wear, specimen.seed)
    kind: Picture = specimen.picture
    return writers[kind](pages, wear)


@cache
def _sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in _NOT_OF_PRODUCERS:
            digest.update(path.read_bytes())
    return digest.hexdigest()
