"""A zip of many forms, unpacked in the child: every member a file of its own, never more than the directory declared.

The archive is judged as any container is. A member that cannot be unpacked, or should not be, costs only itself.
"""

import re
import zipfile
from collections.abc import Iterator

from jixiao.reading import container, errors
from jixiao.reading.errors import Unreadable
from jixiao.reading.handover import Member
from jixiao.reading.limits import Limits

_UTF8_FLAG = 0x800
_LONGEST_NAME = 200
_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def members(data: bytes, file: str, limits: Limits) -> Iterator[Member]:
    """The files in a zip, in the order of its directory, without what systems leave in it (`__MACOSX`, `~$…`).

    Args:
        data: the whole archive.
        file: its label; a member's is this, a slash, and its name.
        limits: what it may hold, and each member.

    Raises:
        Unreadable: it is no whole zip, holds too much, its parts overlap, or it holds no file.
    """
    archive, infos = container.open_zip(data, file, "ZIP", limits)
    found = [(info, name) for info in infos if not _JUNK.search(name := name_of(info))]
    if not found:
        raise errors.empty_archive(file)
    seen: set[str] = set()
    for info, name in found:
        label = f"{file}/{name}"
        try:
            if name in seen:
                raise errors.suspicious(label, "压缩包里有两个同名的文件", "two files in the archive have this name")
            container.judge_part(info, label, "ZIP")
            yield Member(name, _content(archive, info, label, limits))
        except Unreadable as refusal:
            yield Member(name, refusal)
        seen.add(name)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name as its writer meant it: in GBK on Chinese systems, in UTF-8 on others, mostly without a mark."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        name = _decoded(name)
    name = _UNPRINTABLE.sub("\ufffd", name.replace("\\", "/"))
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")  # what zipfile took the bytes for
    except UnicodeEncodeError:
        return name
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return name


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, limits: Limits) -> bytes:
    if info.file_size > limits.file_bytes:
        size = f"{limits.file_megabytes} MB"
        raise errors.too_large(label, "文件过大", "the file is too large", size, size)
    return container.unpacked(archive, info, label, "ZIP")
