"""All texts of an answer, whatever it is packed in."""

import io
import zipfile
from typing import Any
from urllib.parse import unquote


def text_of(answer: Any) -> str:
    """All texts of an answer: its headers, its body, the members of a packed file, the text of a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(unquote(text) for text in answer.headers.values())
    cookies = " ".join(morsel.value for morsel in answer.cookies.values())
    return f"{headers} {cookies} {_of_bytes(body)}"


def _of_bytes(body: bytes) -> str:
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(_of_bytes(packed.read(name)) for name in packed.namelist())
    if body[:4] == b"%PDF":
        return _of_pdf(body)
    if body[:4] == b"PAR1":
        import polars as pl

        return pl.read_parquet(io.BytesIO(body)).write_csv()
    return body.decode("utf-8", "ignore")


def _of_pdf(body: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(body) as held:
        pages = [page.get_textpage().get_text_bounded() for page in held]
    return "".join("".join(pages).split())
