"""A zip container judged by its directory before anything is unpacked, and bounded while it is.

Office files (XLSX, DOCX, OFD) are zip containers. A megabyte can hold gigabytes; names can lie. Both are refused with
a sentence, from the directory alone; the true size is checked again while a part is unpacked.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from jixiao.reading import errors
from jixiao.reading.limits import DEFAULT_LIMITS, Limits

_SMALL = 4 * 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_SYMLINK, _KIND_BITS = 0xA000, 0xF000
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Container:
    """An opened container whose directory was found harmless."""

    file: str
    kind: str
    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]

    def has(self, name: str) -> bool:
        """Whether there is a part of that name (case does not matter, as in Office)."""
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """A part's bytes, never more than the directory declared.

        Raises:
            Unreadable: the part is missing, broken, or larger than declared.
        """
        info = self.names.get(name.lower())
        if info is None:
            raise errors.damaged(self.file, self.kind, f"缺少部件 {name}", f"the part {name} is missing")
        return unpacked(self.archive, info, self.file, self.kind)

    def xml(self, name: str, most_tags: int = 0) -> etree._Element:
        """A part parsed as XML, without DTD, entities or network.

        Args:
            name: the part.
            most_tags: how many tags it may have, judged before it is parsed; 0 for as many as its size allows.

        Raises:
            Unreadable: it is missing, no XML, declares a DTD, or has too many tags.
        """
        data = self.read(name)
        self.refuse_dtd(name, data)
        if most_tags and (tags := data.count(b"<")) > most_tags:
            raise errors.too_large(
                self.file, f"部件 {name} 有 {tags} 个标记", f"the part {name} has {tags} tags",
                f"{most_tags} 个", f"{most_tags}",
            )  # fmt: skip
        try:
            root = etree.fromstring(data, safe_parser())
        except etree.XMLSyntaxError as error:
            raise self.broken_xml(name, error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.has_dtd(name)
        return root

    def refuse_dtd(self, name: str, data: bytes) -> None:
        """Refuse a part that declares a document type, before any parser sees it.

        Raises:
            Unreadable: it does.
        """
        if any(mark in data for mark in _DOCTYPE):
            raise self.has_dtd(name)

    def has_dtd(self, name: str) -> errors.Unreadable:
        """The refusal of a document type."""
        return errors.suspicious(
            self.file, f"部件 {name} 声明了 DTD 或实体", f"the part {name} declares a document type or entities"
        )

    def broken_xml(self, name: str, error: etree.XMLSyntaxError) -> errors.Unreadable:
        """The sentence for a part that is no XML.

        Raises:
            MemoryError: it may be XML, but memory ran out over it; lxml tells both alike.
        """
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError(name) from error
        return errors.damaged(
            self.file, self.kind, f"部件 {name} 不是完整的 XML", f"the part {name} is not well-formed XML"
        )


def safe_parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing and keeps libxml2's own limits."""
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)


def open_container(data: bytes, file: str, kind: str, limits: Limits = DEFAULT_LIMITS) -> Container:
    """Open a zip container after judging its directory.

    Args:
        data: the whole file.
        file: its label, for sentences.
        kind: what it is, for sentences ("XLSX").
        limits: what it may hold.

    Raises:
        Unreadable: it is no whole zip, holds too much, or holds what no office program writes.
    """
    archive, infos = open_zip(data, file, kind, limits)
    seen: set[str] = set()
    for info in infos:
        judge_part(info, file, kind)
        if info.filename.lower() in seen:
            name = info.filename
            raise errors.suspicious(file, f"部件 {name!r} 出现两次", f"the part {name!r} occurs twice")
        seen.add(info.filename.lower())
    return Container(file, kind, archive, {info.filename.lower(): info for info in infos})


def open_zip(data: bytes, file: str, kind: str, limits: Limits) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """A zip whose directory was found harmless as a whole, and its parts; their names are not judged yet.

    Raises:
        Unreadable: it is no whole zip, holds too much, or its parts overlap.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise errors.damaged(file, kind, "压缩包的目录读不出来", "the directory of the zip cannot be read") from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _judge_sizes(infos, len(data), file, limits)
    _judge_overlaps(infos, len(data), file, kind)
    return archive, infos


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, kind: str) -> bytes:
    """A part's bytes, never more than the directory declared.

    Raises:
        Unreadable: the part is broken, or larger than declared.
    """
    name = info.filename
    try:
        with archive.open(info) as part:
            data = part.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise errors.damaged(file, kind, f"部件 {name} 解不开", f"the part {name} cannot be unpacked") from error
    if len(data) != info.file_size:
        raise errors.damaged(file, kind, f"部件 {name} 大小不符", f"the size of the part {name} is wrong")
    return data


def _judge_sizes(infos: list[zipfile.ZipInfo], size: int, file: str, limits: Limits) -> None:
    if len(infos) > limits.parts:
        raise errors.expands_too_much(
            file, f"内含 {len(infos)} 个部件（上限 {limits.parts} 个）",
            f"it holds {len(infos)} parts (limit: {limits.parts})",
        )  # fmt: skip
    total, most = sum(info.file_size for info in infos), limits.unpacked_bytes
    if total > most or (total > _SMALL and total > limits.ratio * size):
        raise errors.expands_too_much(
            file,
            f"{_kilobytes(size)} KB 的文件解开后有 {_kilobytes(total)} KB（上限 {most // 1024} KB、{limits.ratio} 倍）",
            f"{_kilobytes(size)} KB unpack to {_kilobytes(total)} KB (limits: {most // 1024} KB, {limits.ratio} times)",
        )


def _kilobytes(size: int) -> int:
    return -(-size // 1024)


def judge_part(info: zipfile.ZipInfo, file: str, kind: str) -> None:
    """Refuse a part that is encrypted, points outside, or is a link.

    Raises:
        Unreadable: it is.
    """
    name = info.filename
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise errors.encrypted(file, kind)
    if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
        raise errors.suspicious(file, f"部件名 {name!r} 指向容器之外", f"the part name {name!r} points outside")
    if (info.external_attr >> 16) & _KIND_BITS == _SYMLINK:
        raise errors.suspicious(file, f"部件 {name!r} 是符号链接", f"the part {name!r} is a symbolic link")


def _judge_overlaps(infos: list[zipfile.ZipInfo], size: int, file: str, kind: str) -> None:
    """Parts that share bytes are how a small file unpacks to much more than a ratio tells."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise errors.suspicious(file, "部件在文件中互相重叠", "its parts overlap in the file")
        end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size
    if end > size:
        raise errors.damaged(file, kind, "部件超出文件末尾", "a part ends beyond the end of the file")
