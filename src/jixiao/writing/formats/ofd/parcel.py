"""A zip that is handed out part by part: however many pages there are, one part at a time is held."""

import zipfile
from io import BytesIO
from typing import Final, Self

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The day a zip counts from: the same document gives the same bytes whenever it is written."""
_LEVEL: Final = 6


class Parcel:
    """A zip under way; left by its `with`, it takes no more."""

    def __init__(self) -> None:
        """Begin one that holds nothing."""
        self._sink = _Sink()
        self._archive = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        """The parcel itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever happened: what was not handed out is dropped."""
        self._archive.close()

    def put(self, name: str, data: bytes) -> bytes:
        """Add a part; gives the bytes of the zip since the last call."""
        info = zipfile.ZipInfo(name, _DAY)
        info.create_system, info.external_attr = 3, 0o644 << 16
        self._archive.writestr(info, data, zipfile.ZIP_DEFLATED, _LEVEL)
        return self._sink.taken()

    def close(self) -> bytes:
        """End the zip; gives its last bytes."""
        self._archive.close()
        return self._sink.taken()


class _Sink(BytesIO):
    """A file of which only the part being written is held; what was handed out counts for its positions."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def tell(self) -> int:
        """The position in the whole file."""
        return self._before + super().tell()

    def seek(self, position: int, whence: int = 0) -> int:
        """Go to a position in the whole file, never before what was handed out."""
        return self._before + super().seek(position - (self._before if whence == 0 else 0), whence)

    def taken(self) -> bytes:
        """What was written since the last call."""
        data = self.getvalue()
        self._before += len(data)
        super().seek(0)
        self.truncate()
        return data
