"""A request that would fill the disk is refused before its files are taken in."""

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES: Final = 544 * 2**20
"""Bytes of one request with files at most: those of the largest import, and what stands around them."""


class Quota(FileUploadHandler):
    """The first of the upload handlers: looks at how much is announced, and counts what really comes."""

    def __init__(self, request: Any = None) -> None:
        """Nothing has come yet."""
        super().__init__(request)
        self._come = 0

    def handle_raw_input(self, *given: Any, **_: Any) -> None:
        """Refuse what announces too much: the third argument is how much.

        Raises:
            RequestDataTooBig: it does; the answer is 400.
        """
        if given[2] > MOST_BYTES:
            raise RequestDataTooBig(f"a request of {given[2]} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 -- the signature of Django
        """Count, and let through.

        Raises:
            RequestDataTooBig: more came than was announced and may come.
        """
        self._come += len(raw_data)
        if self._come > MOST_BYTES:
            raise RequestDataTooBig("more than may come")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
