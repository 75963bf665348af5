"""Sample files with something changed inside: a part of a container, an object of a PDF, a tag of a page.

Random bytes die at the first check of a format; these keep what holds the file together sound, so that the change
reaches the reader.
"""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from hostile.hostile_files import DATA, form_pdf, zip_of
from reading.pdf_maker import assemble

_OBJECT: Final = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM: Final = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_NUMBER: Final = re.compile(rb"-?\d+(?:\.\d+)?")
_LARGE: Final = (b"0", b"-1", b"65536", b"2147483648", b"-99999999999", b"1e308", b"0.0000001", b"NaN")
_BUSH: Final = 100
"""An element of so many elements is not doubled: put into itself a few times it would be a bomb."""
_WELL_FORMED: Final = 0.6
"""The part of changes to XML after which it is still XML: the others die in the parser."""
_SIGNS: Final = b'<>"=/0129aA&()[] \x00\xff'


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes with one to nine changes: a sign, a number, a stretch left out, doubled, or moved."""
    for _ in range(chance.choice((1, 1, 3, 9))):
        content = chance.choice(_CHANGES)(content or b" ", chance)
    return content


def _sign(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.choice(_SIGNS)]) + content[at + 1 :]


def _number(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    found = _NUMBER.search(content, start)
    return content[: found.start()] + chance.choice(_LARGE) + content[found.end() :] if found else content


def _stretch(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice((1, 8, 64, 512)))


def _left_out(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:start] + content[end:]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _moved(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    at = chance.randrange(len(content))
    return content[:at] + content[start:end] + content[at:]


_CHANGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (_sign, _number, _left_out, _doubled, _moved)


def in_tree(content: bytes, chance: random.Random) -> bytes:
    """XML that stays well-formed, with one to nine of its elements left out, doubled, moved, emptied or altered."""
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError:
        return mutated(content, chance)
    elements = list(root.iter(etree.Element))[1:]
    for _ in range(chance.choice((1, 1, 3, 9)) if elements else 0):
        chance.choice(_GROWTHS)(chance.choice(elements), chance.choice(elements), chance)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _pruned(element: etree._Element, _: etree._Element, __: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _grafted(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    if len(list(islice(element.iter(), _BUSH))) < _BUSH:
        other.extend([deepcopy(element) for _ in range(chance.choice((1, 2, 20)))])


def _altered(element: etree._Element, _: etree._Element, chance: random.Random) -> None:
    if element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(_LARGE).decode())


def _stripped(element: etree._Element, _: etree._Element, __: random.Random) -> None:
    element.attrib.clear()


def _worded(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    element.text = chance.choice((None, other.text, "", "9" * 400, "得分", "-1e99", "☑"))


_GROWTHS: Final = (_pruned, _grafted, _altered, _stripped, _worded)
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def in_container(data: bytes, chance: random.Random) -> bytes:
    """A container with one part changed."""
    parts = _parts(data)
    name = chance.choice([name for name in parts if parts[name]])
    change = in_tree if parts[name].lstrip().startswith(b"<") and chance.random() < _WELL_FORMED else mutated
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(part), change(content, chance) if part == name else content, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


@cache
def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_pdf(data: bytes, chance: random.Random) -> bytes:
    """A PDF with one object changed (a pressed stream inside, too) and a sound table of contents."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    number = chance.choice(list(objects))
    found = _STREAM.fullmatch(objects[number])
    if found and b"/FlateDecode" in found[1] and chance.random() < 0.8:
        objects[number] = _streamed(found[1], zlib.decompress(found[2]), chance)
    else:
        objects[number] = mutated(objects[number], chance)
    listed = [objects.get(each, b"null").decode("latin-1") for each in range(1, max(objects) + 1)]
    root = re.search(rb"/Root (\d+) 0 R", data)
    return assemble(listed).replace(b"/Root 1 0 R", b"/Root %s 0 R" % (root[1] if root else b"1"))


def _streamed(entries: bytes, content: bytes, chance: random.Random) -> bytes:
    pressed = zlib.compress(mutated(content, chance))
    entries = re.sub(rb"/Length \d+( 0 R)?", b"/Length %d" % len(pressed), entries)
    return entries + b"\nstream\n" + pressed + b"\nendstream"


def in_text(data: bytes, chance: random.Random) -> bytes:
    """A text or page with something changed."""
    return mutated(data, chance)


def in_place(data: bytes, chance: random.Random) -> bytes:
    """A file of records, some of whose bytes after the first kilobyte are changed, none moved."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 40))):
        changed[chance.randrange(1024, len(data))] = chance.randrange(256)
    return bytes(changed)


SEED: Final = Path(__file__).parents[2] / "examples" / "shanghai-2024.txt"
SAMPLES: Final[dict[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes]]]] = {
    "PDF": ((DATA / "lo_docx3.pdf").read_bytes, in_pdf),
    "small PDF": (form_pdf, in_pdf),
    "XLSX": ((DATA / "forms7.xlsx").read_bytes, in_container),
    "DOCX": ((DATA / "forms7.docx").read_bytes, in_container),
    "OFD": ((DATA / "forms7.ofd").read_bytes, in_container),
    "HTML": ((DATA / "forms7.html").read_bytes, in_text),
    "text": (SEED.read_bytes, in_text),
    "zip": (lambda: zip_of({"a.pdf": form_pdf(), "b.txt": SEED.read_bytes()}), in_place),
}
"""Format → a sound sample, and how it is changed."""


HELD: Final = {
    "small PDF": (form_pdf, in_pdf, 5),
    "XLSX": ((DATA / "form1.xlsx").read_bytes, in_container, 5),
    "DOCX": ((DATA / "form1.docx").read_bytes, in_container, 5),
    "OFD": ((DATA / "form1.ofd").read_bytes, in_container, 2),
    "PDF of three": ((DATA / "lo_docx3.pdf").read_bytes, in_pdf, 1),
    "XLSX of seven": ((DATA / "forms7.xlsx").read_bytes, in_container, 1),
    "DOCX of seven": ((DATA / "forms7.docx").read_bytes, in_container, 1),
}
"""Kind → a sound sample held together by a container or a table of objects, how it is changed, how often in a turn."""


def held_mutants(seed: int) -> Iterator[tuple[str, bytes]]:
    """Changed files without end, whose containers are sound; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # reproducible files, no secret
    sound = {name: build() for name, (build, _, _) in HELD.items()}
    while True:
        for name, (_, change, times) in HELD.items():
            for _ in range(times):
                yield name, change(sound[name], chance)


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many changed files with their format, each format in turn; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # reproducible files, no secret
    sound = {name: build() for name, (build, _) in SAMPLES.items()}
    names = list(SAMPLES)
    for number in range(count):
        name = names[number % len(names)]
        yield name, SAMPLES[name][1](sound[name], chance)
