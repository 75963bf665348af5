"""Evidence 佐证 at the desk: a list in a file, or a folder of files, beside the form it belongs to.

Beside `自评表.pdf` stands `自评表.pdf.evidence.toml`, a list, or `自评表.pdf.evidence/`, a folder whose files are
named for what they bear out (`指标3 签到表.pdf`, `预算执行 支付明细.xlsx`); a folder may hold a list, too, as
`evidence.toml`. Files are hashed, never opened. `docs/howto/attach-evidence.md` has the format.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any, Final

from msgspec import Struct

from jixiao.desk.errors import WrongUse
from jixiao.form import Form
from jixiao.scoring.evidence import EXECUTION, Attached, Item
from jixiao.scoring.sheet import Text

SUFFIX: Final = ".evidence"
_LIST: Final = "evidence.toml"
_KEYS: Final = frozenset({"form", "indicator", "execution", "file", "at", "ledger", "sha256", "note"})
_LARGEST: Final = 1 << 20
_MOST: Final = 10_000
_ABOUT: Final = re.compile(r"(?:表(\d+)[-—_ 　]*)?(?:指标\s*(\d+)|(预算执行|资金))(?!\d)")


class Sidecar(Struct, frozen=True):
    """The evidence of one file's forms, and what could not be attached.

    Attributes:
        source: the list or folder; "" where there is none.
        forms: number of the form in its file, from 1 → its evidence. With a source, every form has an entry.
        problems: what could not be attached, and why.
    """

    source: str = ""
    forms: Mapping[int, Attached] = {}
    problems: tuple[Text, ...] = ()

    def of(self, number: int) -> Attached | None:
        """The evidence of a form; `None` where nothing stands beside its file."""
        return self.forms.get(number)


NO_EVIDENCE: Final = Sidecar()


class _Refused(Exception):
    """One entry that cannot be attached: its sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def beside(file: str, forms: Sequence[Form]) -> Sidecar:
    """The evidence that stands beside a file of forms.

    Args:
        file: the file as the caller named it; a member of a zip has none.
        forms: its forms, in order.

    Raises:
        WrongUse: the list is no TOML, or has keys that no entry has.
    """
    listed, folder = Path(f"{file}{SUFFIX}.toml"), Path(f"{file}{SUFFIX}")
    if listed.is_file():
        return _gathered(listed, _listed(listed, listed.parent, forms), forms)
    if not folder.is_dir():
        return NO_EVIDENCE
    found = list(_named(folder, forms))
    if (folder / _LIST).is_file():
        found += _listed(folder / _LIST, folder, forms)
    return _gathered(folder, found, forms)


Found = tuple[int, Item] | Text


def _gathered(source: Path, found: Iterable[Found], forms: Sequence[Form]) -> Sidecar:
    items: dict[int, list[Item]] = {number: [] for number in range(1, len(forms) + 1)}
    problems: list[Text] = []
    for entry in found:
        if isinstance(entry, Text):
            problems.append(entry)
        else:
            items[entry[0]].append(entry[1])
    kept = {number: Attached(tuple(dict.fromkeys(mine))) for number, mine in items.items()}
    return Sidecar(str(source), kept, tuple(problems))


def _listed(path: Path, folder: Path, forms: Sequence[Form]) -> Iterator[Found]:
    for at, entry in enumerate(_entries(path), 1):
        try:
            yield _entry(entry, folder, forms)
        except _Refused as refused:
            text = refused.text
            yield Text(f"{path} 第 {at} 项：{text.zh}", f"{path}, entry {at}: {text.en}")


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _unusable(path, "超过 1 MB", "is larger than 1 MB")
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        raise _unusable(path, f"不是可读的 TOML（{error}）", f"is no readable TOML ({error})") from error
    entries = table.get("evidence")
    if table.keys() - {"evidence"} or not isinstance(entries, list) or len(entries) > _MOST:
        raise _unusable(path, "应只有 [[evidence]] 各项", "should hold [[evidence]] entries and nothing else")
    for entry in entries:
        unknown = entry.keys() - _KEYS if isinstance(entry, dict) else {str(entry)}
        if unknown:
            names, known = ", ".join(sorted(unknown)), ", ".join(sorted(_KEYS))
            raise _unusable(path, f"没有 {names} 这一项；可用：{known}", f"has unknown keys: {names}; known: {known}")
    return entries


def _unusable(path: Path, zh: str, en: str) -> WrongUse:
    return WrongUse(
        f"佐证清单 {path} {zh}。请按 docs/howto/attach-evidence.md 改正。",
        f"The evidence list {path} {en}. Mend it as docs/howto/attach-evidence.md says.",
    )


def _entry(entry: Mapping[str, Any], folder: Path, forms: Sequence[Form]) -> tuple[int, Item]:
    number = _form_number(entry.get("form", 1), len(forms))
    pointer = _pointer(entry, forms[number - 1])
    texts = {key: _text(entry, key) for key in ("file", "ledger", "at", "sha256", "note")}
    if bool(texts["file"]) == bool(texts["ledger"]):
        raise _Refused("file 与 ledger 应给出其中一个", "give either file or ledger")
    digest = _hashed(folder, texts["file"], texts["sha256"]) if texts["file"] else ""
    source = texts["file"] or texts["ledger"]
    return number, Item(pointer, source, texts["at"], digest, texts["note"])


def _form_number(number: object, count: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= count:
        raise _Refused(f"form = {number!r}：文件中有 {count} 张表", f"form = {number!r}: the file has {count} forms")
    return number


def _pointer(entry: Mapping[str, Any], form: Form) -> str:
    indicator, execution = entry.get("indicator"), entry.get("execution", False)
    if (indicator is None) is (execution is not True):
        raise _Refused("indicator 与 execution = true 应给出其中一个", "give either indicator or execution = true")
    return EXECUTION if indicator is None else f"/indicators/{_row(indicator, form)}"


def _row(indicator: object, form: Form) -> int:
    """The row of an indicator named by its number from 1, or by its name where that stands once."""
    if isinstance(indicator, str):
        rows = [at for at, line in enumerate(form.indicators) if line.name.strip() == indicator.strip()]
        if len(rows) == 1:
            return rows[0]
        raise _Refused(
            f"表中有 {len(rows)} 条指标名为“{indicator}”，请改用序号",
            f"{len(rows)} indicators are named {indicator!r}; give its number",
        )
    if isinstance(indicator, bool) or not isinstance(indicator, int) or not 1 <= indicator <= len(form.indicators):
        count = len(form.indicators)
        raise _Refused(
            f"indicator = {indicator!r}：表中有 {count} 条指标",
            f"indicator = {indicator!r}: the form has {count} indicators",
        )
    return indicator - 1


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if isinstance(value, int) and not isinstance(value, bool) and key == "at":
        return str(value)
    if not isinstance(value, str):
        raise _Refused(f"{key} 应为文字", f"{key} should be a text")
    return value.strip()


def _hashed(folder: Path, name: str, expected: str) -> str:
    """The digest of a file that stands below the list's folder.

    Raises:
        _Refused: it does not, it cannot be read, or it is not the one whose digest was given.
    """
    path = folder / PurePosixPath(name.replace("\0", ""))
    if "\0" not in name and not path.resolve().is_relative_to(folder.resolve()):
        zh = f"{name} 不在清单所在的文件夹 {folder} 之内"
        raise _Refused(zh, f"{name} does not stand in the folder of the list, {folder}")
    if "\0" in name or not path.is_file():
        raise _Refused(f"没有文件 {path}", f"there is no file {path}")
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _Refused(f"{path} 读不了（{error.strerror}）", f"{path} cannot be read ({error.strerror})") from error
    if expected and expected.lower() != digest:
        raise _Refused(
            f"{path} 的内容已变：清单记 {expected}，现为 {digest}",
            f"{path} has changed: the list says {expected}, it is {digest}",
        )
    return digest


def _named(folder: Path, forms: Sequence[Form]) -> Iterator[Found]:
    """The files of a folder, each attached to what its name (or its folder's) says."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name == _LIST or any(part.startswith((".", "~$")) for part in name.split("/")):
            continue
        try:
            yield _by_name(name, folder, forms)
        except _Refused as refused:
            text = refused.text
            yield Text(f"{path}：{text.zh}", f"{path}: {text.en}")


def _by_name(name: str, folder: Path, forms: Sequence[Form]) -> tuple[int, Item]:
    found = _ABOUT.match(name)
    if not found:
        raise _Refused(
            "文件名没有说明佐证什么；应以“指标3”“表2-指标3”或“预算执行”开头",
            "its name does not say what it bears out; begin it with 指标3, 表2-指标3 or 预算执行",
        )
    number = _form_number(int(found[1] or 1), len(forms))
    pointer = EXECUTION if found[2] is None else f"/indicators/{_row(int(found[2]), forms[number - 1])}"
    return number, Item(pointer, name, "", _hashed(folder, name, ""))
