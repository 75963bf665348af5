"""What was named as the source of a corpus, as files of this machine: a folder, or what an address lists.

An address is only asked because a person named it. What is fetched lies below it and on its host: links elsewhere are
not followed, redirects to another host are refused. A fetch that fails stops the build before anything is changed, so
that no form leaves a corpus because a server was away.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Final
from urllib.error import URLError
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from jixiao.corpus.formsfile import FORMS_FILES, is_forms_file
from jixiao.corpus.storage import open_storage
from jixiao.desk.corpus.building import Found, files_of, told_as_wrong_use
from jixiao.desk.errors import WrongUse
from jixiao.desk.inputs import DOCUMENTS
from jixiao.reading import Limits

_ENDINGS: Final = DOCUMENTS | FORMS_FILES
_SECONDS: Final = 60
_DEEPEST: Final = 5
MOST_FILES: Final = 100_000
MOST_LISTING: Final = 16 * 2**20
MOST_OF_FORMS: Final = 2 * 2**30
"""Bytes of one file of forms as data."""
MOST_IN_ALL: Final = 20 * 2**30


@contextmanager
def sources_of(source: str, limits: Limits) -> Iterator[Found]:
    """The files that a folder holds or an address lists, for as long as the block lasts.

    Args:
        source: a folder or file, "https://host/folder/", "s3://bucket/prefix", or one file there.
        limits: what a document may cost; of a larger one only as much is fetched as shows that it is.

    Raises:
        WrongUse: there is no such folder; the address cannot be read, leads to another host, or lists too much.
    """
    kind = source.partition("://")[0]
    _refuse_no_address(source)
    if kind == source:
        yield files_of(Path(source))
    elif kind in {"http", "https", "s3"}:
        with TemporaryDirectory(prefix="jixiao-sources-") as folder, told_as_wrong_use():
            fetched = _of_storage(source, Path(folder)) if kind == "s3" else _Site(source, limits).files(Path(folder))
            yield fetched
    else:
        zh = f"{source}：不认识这种地址。请给文件夹，或 http://、https://、s3:// 地址。"
        raise WrongUse(
            zh, f"{source}: an address of this kind is not known. Name a folder, http://, https:// or s3://."
        )


def _refuse_no_address(source: str) -> None:
    if not source.strip():
        raise WrongUse("没有写出要读的文件夹或地址。", "No folder or address to be read is named.")
    try:
        urlsplit(source)
    except ValueError as error:
        raise WrongUse(f"{source}：不是地址（{error}）。", f"{source}: this is no address ({error}).") from error


def _of_storage(source: str, folder: Path) -> Found:
    """The objects below a prefix, or the one of that name."""
    above, _, last = source.rstrip("/").rpartition("/")
    single = PurePosixPath(last).suffix.lower() in _ENDINGS and above != "s3:/"
    storage = open_storage(above if single else source)
    names = [last] if single else [name for name in storage.names("") if not name.startswith(".")]
    wanted = [name for name in names if PurePosixPath(name).suffix.lower() in _ENDINGS]
    _refuse_too_many(source, wanted)
    files: dict[str, Path] = {}
    for at, name in enumerate(wanted):
        files[name] = folder / f"{at:06}"
        files[name].write_bytes(storage.get(name))
        _refuse_too_much(source, sum(path.stat().st_size for path in files.values()))
    return Found(files, len(names) - len(wanted))


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect on the host that was named, and no other."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request for the new address.

        Raises:
            WrongUse: it is one of another host, or no longer encrypted.
        """
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if old.hostname != new.hostname or (old.scheme, new.scheme) == ("https", "http"):
            zh = f"{req.full_url}：被转到另一台主机（{new.hostname}）。如确需从那里读，请直接写那个地址。"
            en = f"{req.full_url}: leads to another host ({new.hostname}). If you mean that one, name it."
            raise WrongUse(zh, en)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Site:
    """A folder on a web server, or one file."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._opener: OpenerDirector = build_opener(_SameHost)
        self._sizes = 0

    def files(self, folder: Path) -> Found:
        """Fetch all of it."""
        if PurePosixPath(urlsplit(self._source).path).suffix.lower() in _ENDINGS:
            name = unquote(PurePosixPath(urlsplit(self._source).path).name)
            return Found(self._fetched({name: self._source}, folder))
        start = self._source if urlsplit(self._source).path.endswith("/") else f"{self._source}/"
        found, others = self._listed(start)
        _refuse_too_many(self._source, found)
        return Found(self._fetched(found, folder), others)

    def _listed(self, start: str) -> tuple[dict[str, str], int]:
        """Name and address of each file that pages below an address list, and how many of other kinds."""
        found: dict[str, str] = {}
        others = 0
        seen, waiting = {start}, [(start, 0)]
        while waiting:
            page, depth = waiting.pop()
            for link in self._links(page):
                name = unquote(link.removeprefix(start))
                if link in seen or not link.startswith(start) or ".." in PurePosixPath(name).parts:
                    continue
                seen.add(link)
                if link.endswith("/"):
                    waiting += [(link, depth + 1)] if depth < _DEEPEST else []
                elif PurePosixPath(name).suffix.lower() in _ENDINGS:
                    found[name] = link
                else:
                    others += 1
            _refuse_too_many(self._source, found)
        return found, others

    def _links(self, page: str) -> Iterator[str]:
        from selectolax.lexbor import LexborHTMLParser

        data = self._read(page, MOST_LISTING)
        for node in LexborHTMLParser(data.decode("utf-8", "replace")).css("a[href]"):
            try:
                parts = urlsplit(urljoin(page, node.attributes.get("href") or ""))
            except ValueError:
                continue
            if not parts.query:
                yield SplitResult(parts.scheme, parts.netloc, parts.path, "", "").geturl()

    def _read(self, address: str, most: int) -> bytes:
        with self._open(address) as answer:
            return answer.read(most)

    @contextmanager
    def _open(self, address: str) -> Iterator[IO[bytes]]:
        try:
            with self._opener.open(Request(address), timeout=_SECONDS) as answer:  # noqa: S310 -- http or https, as asked
                yield answer
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            zh = f"{address}：取不到（{reason}）。数据库没有改动，请稍后再试或检查地址。"
            en = f"{address}: cannot be fetched ({reason}). The corpus is as it was; try later, or check the address."
            raise WrongUse(zh, en) from error

    def _fetched(self, found: Mapping[str, str], folder: Path) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for at, (name, address) in enumerate(sorted(found.items())):
            files[name] = folder / f"{at:06}"
            most = MOST_OF_FORMS if is_forms_file(Path(name)) else self._limits.file_bytes
            with self._open(address) as answer, files[name].open("wb") as file:
                shutil.copyfileobj(_First(answer, most + 1), file)
            size = files[name].stat().st_size
            if is_forms_file(Path(name)) and size > most:
                _refuse_too_much(address, MOST_IN_ALL + 1)
            self._sizes += size
            _refuse_too_much(self._source, self._sizes)
        return files


class _First:
    """As much of a stream as may be read."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int = -1, /) -> bytes:
        """Some more."""
        data = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


def _refuse_too_many(source: str, names: Iterable[str]) -> None:
    count = sum(1 for _ in names)
    if count > MOST_FILES:
        zh = f"{source}：列出超过 {MOST_FILES:,} 个文件。请分几次建，或先下载到文件夹。"
        raise WrongUse(zh, f"{source}: lists more than {MOST_FILES:,} files. Name a part of it, or fetch it yourself.")


def _refuse_too_much(source: str, size: int) -> None:
    if size > MOST_IN_ALL:
        zh = f"{source}：文件过大，超过 {MOST_IN_ALL >> 30} GB（表数据每个 {MOST_OF_FORMS >> 30} GB）。请先下载。"
        en = (
            f"{source}: more than {MOST_IN_ALL >> 30} GB ({MOST_OF_FORMS >> 30} GB a file of forms). Fetch it yourself."
        )
        raise WrongUse(zh, en)
