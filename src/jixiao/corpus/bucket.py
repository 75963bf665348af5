"""A corpus in S3-compatible storage, by obstore; keys, region and endpoint come from the usual AWS_… variables.

A put is whole or not there at all. A lock of the system keeps two builds of one machine apart, and a lease, a small
file that is written again and again while a build lasts, those of two machines. Nothing of the keys is printed.
"""

import os
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from jixiao.corpus.faults import CorpusFault, Missing
from jixiao.corpus.storage import LOCK, damaged, in_use, taken

if TYPE_CHECKING:
    import polars as pl
    from obstore.store import S3Config, S3Store

_LEASE: Final = timedelta(seconds=120)
_RENEWED: Final = 30
"""Seconds after which a lease is written again."""
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_KEYS: Final = {
    "aws_access_key_id": ("AWS_ACCESS_KEY_ID",),
    "aws_secret_access_key": ("AWS_SECRET_ACCESS_KEY",),
    "aws_session_token": ("AWS_SESSION_TOKEN",),
    "aws_region": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    "aws_endpoint_url": _ENDPOINTS,
}


def options() -> dict[str, str]:
    """What the environment says of the storage, as Polars takes it."""
    named = {name: next(filter(None, map(os.environ.get, keys)), None) for name, keys in _KEYS.items()}
    found = {name: value for name, value in named.items() if value}
    if found.get("aws_endpoint_url", "").startswith("http://"):
        found["aws_allow_http"] = "true"
    return found


def store_of(where: str) -> "S3Store":
    """The store of "s3://bucket/prefix".

    Raises:
        CorpusFault: the address names no bucket, or obstore is not installed.
    """
    bucket, _, prefix = where.removeprefix("s3://").partition("/")
    if not bucket:
        zh = f"{where}：没有写出存储桶。请写成 s3://存储桶/前缀。"
        raise CorpusFault(zh, f"{where}: no bucket is named. Write s3://bucket/prefix.")
    try:
        from obstore.store import S3Store
    except ImportError as error:
        zh = '读写 s3:// 需要附加组件：请运行 pip install "jixiao[s3]"。'
        raise CorpusFault(zh, 's3:// needs an extra: run pip install "jixiao[s3]".') from error
    config = {name.removeprefix("aws_"): value for name, value in options().items()}
    allowed = config.pop("allow_http", "") == "true"
    endpoint = config.pop("endpoint_url", "")
    try:
        return S3Store(
            bucket, prefix=prefix.strip("/") or None, client_options={"allow_http": allowed},
            config=cast("S3Config", config | ({"endpoint": endpoint} if endpoint else {})),
        )  # fmt: skip
    except Exception as error:
        raise _failed(where, error) from error


class BucketStorage:
    """A prefix of a bucket."""

    def __init__(self, where: str) -> None:
        """Open the store; nothing is asked of it yet."""
        self._where = where.rstrip("/")
        self._store = store_of(where)

    @property
    def label(self) -> str:
        """The address as it was named."""
        return self._where

    def put(self, name: str, data: bytes) -> None:
        """One put, which the storage takes whole or not at all."""
        import obstore

        try:
            obstore.put(self._store, name, data)
        except Exception as error:
            raise _failed(f"{self._where}/{name}", error) from error

    def get(self, name: str) -> bytes:
        """The object's bytes."""
        import obstore

        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError as error:
            raise Missing(f"{self._where}/{name}") from error
        except Exception as error:
            raise _failed(f"{self._where}/{name}", error) from error

    def remove(self, names: Iterable[str]) -> None:
        """Delete the objects."""
        import obstore

        every = list(names)
        try:
            if every:
                obstore.delete(self._store, every)
        except FileNotFoundError:
            return
        except Exception as error:
            raise _failed(self._where, error) from error

    def names(self, folder: str) -> list[str]:
        """The objects below."""
        import obstore

        try:
            return sorted(meta["path"] for some in obstore.list(self._store, folder or None) for meta in some)
        except Exception as error:
            raise _failed(f"{self._where}/{folder}", error) from error

    def frame(self, name: str, columns: Sequence[str] | None = None) -> "pl.DataFrame":
        """The whole file fetched, or only the columns asked for."""
        import polars as pl

        try:
            if columns is None:
                return pl.read_parquet(BytesIO(self.get(name)))
            where, settings = self.for_polars(name)
            return pl.scan_parquet(where, storage_options=dict(settings)).select(columns).collect()
        except FileNotFoundError as error:
            raise Missing(f"{self._where}/{name}") from error
        except (OSError, pl.exceptions.PolarsError) as error:
            raise damaged(f"{self._where}/{name}") from error

    def for_polars(self, name: str) -> tuple[str, Mapping[str, str]]:
        """The address, and the options of the environment."""
        return f"{self._where}/{name}", options()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold a lock of this machine, and a lease in the storage."""
        mark = sha256(self._where.encode()).hexdigest()[:16]
        path = Path(tempfile.gettempdir()) / f"jixiao-corpus-{mark}.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not taken(handle) or self._leased():
                raise in_use(self._where)
            with self._lease():
                yield
        finally:
            os.close(handle)

    def _leased(self) -> bool:
        """Whether another machine builds here; one that says no more for two minutes is dead."""
        import obstore

        try:
            holder = self.get(LOCK).decode(errors="replace")
            written = obstore.head(self._store, LOCK)["last_modified"]
        except (Missing, FileNotFoundError):
            return False
        return holder != socket.gethostname() and datetime.now(UTC) - written < _LEASE

    @contextmanager
    def _lease(self) -> Iterator[None]:
        over = threading.Event()

        def renew() -> None:
            while not over.wait(_RENEWED):
                self.put(LOCK, name)

        name = socket.gethostname().encode()
        self.put(LOCK, name)
        keeper = threading.Thread(target=renew, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()
            self.remove([LOCK])


def _failed(where: str, error: Exception) -> CorpusFault:
    """What is said of a storage that failed: the kind of fault, never the settings."""
    reason = type(error).__name__
    zh = f"{where}：存储没有答应（{reason}）。请检查地址、网络和 AWS_… 环境变量中的端点、区域和密钥。"
    en = f"{where}: the storage refused ({reason}). Check the address, the network, and endpoint, region and keys"
    return CorpusFault(zh, f"{en} in the AWS_… variables.")
