"""A sealed verdict as data, contract `jixiao/seal/1`: forms, rulebooks, checks, scores and findings in one document."""

import base64
import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, Literal

import msgspec
from msgspec import Raw, Struct

from jixiao.writing.json_report import FormEntry, encode_form
from jixiao.writing.report import FormReport

SEAL_SCHEMA: Final = "jixiao/seal/1"
_WIDTH: Final = 100
_MOST: Final = 32 * 1024 * 1024
"""Bytes that packed texts may have unpacked."""


class Source(Struct, frozen=True):
    """The file that the forms were read from: its name and digest."""

    file: str
    sha256: str


class EvidenceFile(Struct, frozen=True):
    """A file of evidence: name, bytes, digests. The file itself is not in the seal."""

    file: str
    bytes: int
    sha256: str
    sm3: str


class SealedBook(Struct, frozen=True):
    """A rulebook resolved for a day: its id, the day, and its files, the place's own first, what it inherits after."""

    id: str
    on: str
    files: tuple[str, ...]


class SealedText(Struct, frozen=True):
    """A file of a rulebook, line by line."""

    file: str
    sha256: str
    lines: tuple[str, ...]


class SealedChecks(Struct, frozen=True):
    """The pages of the checks and their word lists: counts, a digest over them, and the texts, zlib and base64."""

    sha256: str
    pages: int
    lexicons: int
    packed: tuple[str, ...]


class SealPart(Struct, frozen=True):
    """The seal: the hash of each line above it, the signed checkpoint over them, the public key."""

    leaves: tuple[str, ...]
    note: str
    key: str


class _Said(Struct, frozen=True):
    """What document and body of a seal have alike; `SealDocument` tells what it means."""

    program: str
    sealed: str
    source: Source
    evidence: tuple[EvidenceFile, ...]
    override: str | None
    trial: bool
    rulebooks: tuple[SealedBook, ...]
    texts: tuple[SealedText, ...]
    checks: SealedChecks


class SealDocument(_Said, frozen=True):
    """What `jixiao seal` writes. `verdicts` are the forms as in `jixiao/review/1`, one entry each.

    `sealed` is when; `override` the rulebook that was asked for, `null` where the place was recognised; `trial` whether
    checks on trial asked, too.
    """

    verdicts: tuple[FormEntry, ...]
    seal: SealPart
    schema: Literal["jixiao/seal/1"] = SEAL_SCHEMA


class Body(_Said, frozen=True, forbid_unknown_fields=True):
    """The document without its seal, verdicts as they stand in the text."""

    verdicts: tuple[Raw, ...]
    schema: Literal["jixiao/seal/1"]


def seal_schema() -> dict[str, Any]:
    """JSON Schema of the contract, generated from its structures."""
    return msgspec.json.schema(SealDocument)


def body_bytes(body: Body) -> bytes:
    """The document without its seal, indented by two spaces; always the same bytes for the same content."""
    return msgspec.json.format(msgspec.json.encode(body), indent=2)


def read_body(data: bytes) -> Body:
    """The document read back.

    Raises:
        msgspec.MsgspecError: it is not of the contract.
    """
    return msgspec.json.decode(data, type=Body)


def verdict_of(report: FormReport) -> Raw:
    """One form with scores and findings, as JSON."""
    return Raw(msgspec.json.format(encode_form(report).data, indent=-1))


def sealed_texts(texts: Mapping[str, str]) -> tuple[SealedText, ...]:
    """Files of rulebooks, by name."""
    return tuple(
        SealedText(file, sha256(text.encode()).hexdigest(), tuple(text.split("\n")))
        for file, text in sorted(texts.items())
    )


def sealed_checks(pages: Mapping[str, str], lexicons: Mapping[str, str]) -> SealedChecks:
    """Checks and word lists, packed."""
    packed = base64.b64encode(zlib.compress(_joined(pages, lexicons), 9)).decode()
    lines = tuple(packed[at : at + _WIDTH] for at in range(0, len(packed), _WIDTH))
    return SealedChecks(checks_digest(pages, lexicons), len(pages), len(lexicons), lines)


def checks_digest(pages: Mapping[str, str], lexicons: Mapping[str, str]) -> str:
    """SHA-256 over checks and word lists."""
    return sha256(_joined(pages, lexicons)).hexdigest()


def unpacked(checks: SealedChecks) -> tuple[dict[str, str], dict[str, str]]:
    """The pages of the checks and the word lists.

    Raises:
        ValueError: they cannot be unpacked, or have another digest than is told.
    """
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode("".join(checks.packed), validate=True), _MOST)
        pages, lexicons = msgspec.json.decode(data, type=tuple[dict[str, str], dict[str, str]])
    except (zlib.error, msgspec.MsgspecError) as error:
        raise ValueError(str(error)) from error
    if checks_digest(pages, lexicons) != checks.sha256:
        raise ValueError("checks.sha256")
    return pages, lexicons


def _joined(pages: Mapping[str, str], lexicons: Mapping[str, str]) -> bytes:
    return json.dumps([dict(sorted(pages.items())), dict(sorted(lexicons.items()))], ensure_ascii=False).encode()
