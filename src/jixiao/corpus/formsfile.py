"""Forms as a file of data: one JSON array, or one form after another; taken piece by piece, never held whole."""

import re
from collections.abc import Iterator
from errno import EINVAL
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from jixiao.form import Form, decode_form
from jixiao.scoring.sheet import Text
from jixiao.writing.report import ReportError

FORMS_FILES: Final = frozenset({".json", ".jsonl", ".ndjson"})
"""Endings of files that hold forms as data."""

MOST_BYTES: Final = 2 * 2**20
"""Bytes of one form at most: a form of a hundred indicators with every place takes a tenth of it."""
MOST_INDICATORS: Final = 1000
"""Indicators of one form at most."""
MOST_LETTERS: Final = 50_000
"""Letters of one text of a form at most."""
_PIECE: Final = 2**20
_DEEPEST: Final = 10
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'


def _nested() -> re.Pattern[bytes]:
    """A JSON object with whatever it holds, brackets within brackets as deep as a form has them and some more."""
    inner = rb"(?!)"
    for _ in range(_DEEPEST):
        inner = rb'[\[{](?:[^"\[\]{}]++|' + _STRING + b"|" + inner + rb")*+[\]}]"
    return re.compile(rb"(?=\{)" + inner, re.DOTALL)


_OBJECT: Final = _nested()
_BLANKS: Final = re.compile(rb"[ \t\r\n]*+")


class FormsFileFault(Exception):
    """A file of forms, or one form of it, that cannot be taken; `number` counts the forms from 0.

    Attributes:
        number: of the form at fault; of the first one that could not be reached, where the file breaks off.
        error: the sentence and what to do.
        ends: whether nothing after it can be taken.
    """

    def __init__(self, number: int, error: ReportError, *, ends: bool) -> None:
        """Keep all three."""
        super().__init__(error.message.en)
        self.number, self.error, self.ends = number, error, ends


def is_forms_file(path: Path) -> bool:
    """Whether a file holds forms as data, by its name."""
    return path.suffix.lower() in FORMS_FILES


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes; empty where they cannot be had."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def elements(path: Path, label: str | None = None) -> Iterator[bytes]:
    """The JSON text of each form, in order.

    Args:
        path: the file.
        label: its name in sentences; the path if `None`.

    Raises:
        FormsFileFault: the file cannot be opened, or breaks off; what came before was given.
    """
    named = label or str(path)
    try:
        with _opened(path) as file:
            yield from _Splitter(file, named)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        zh, en = f"{named}：打不开（{reason}）。", f"{named}: cannot be opened ({reason})."
        advice = Text("请检查路径和权限。", "Check the path and the permissions.")
        raise FormsFileFault(0, ReportError("cannot-open", Text(zh, en), advice), ends=True) from error


def _opened(path: Path) -> BinaryIO:
    """An ordinary file, opened.

    Raises:
        OSError: it is none (a folder, a pipe that would never end), or may not be opened.
    """
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "不是普通文件 not an ordinary file")
    return path.open("rb")


def form_of(data: bytes, number: int, label: str) -> Form:
    """One form, held to the contract.

    Raises:
        FormsFileFault: it is not of the contract; the sentence names the form and the field.
    """
    try:
        form = decode_form(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FormsFileFault(number, _not_of_the_contract(str(error), number, label), ends=False) from error
    if len(form.indicators) > MOST_INDICATORS or any(len(text) > MOST_LETTERS for text in _texts(form)):
        raise FormsFileFault(number, _too_much(number, label), ends=False)
    return form


def no_form(path: Path | str) -> ReportError:
    """What is said of a file that holds none."""
    said = Text(f"{path}：里面没有表。", f"{path}: there is no form in it.")
    return ReportError("no-form", said, Text("请检查它是怎么生成的。", "Check how it was made."))


class _Splitter:
    """Cuts the text of a file into the texts of its forms."""

    def __init__(self, file: BinaryIO, label: str) -> None:
        self._file, self._label = file, label
        self._held, self._at, self._number = b"", 0, 0
        self._over = False

    def __iter__(self) -> Iterator[bytes]:
        self._more()
        if self._held.startswith(_UTF8_MARK):
            self._at = len(_UTF8_MARK)
        if self._next() == b"[":
            self._at += 1
            yield from self._of_array()
        else:
            yield from self._one_after_another()
        if self._next():
            raise self._broken()

    def _of_array(self) -> Iterator[bytes]:
        closed = self._next() == b"]"
        while not closed:
            yield self._object()
            closed = self._next() == b"]"
            if not closed:
                self._take(b",")
                self._next()
        self._take(b"]")

    def _one_after_another(self) -> Iterator[bytes]:
        while self._next() == b"{" or not self._number:
            yield self._object()

    def _take(self, expected: bytes) -> None:
        if self._next() != expected:
            raise self._broken()
        self._at += 1

    def _next(self) -> bytes:
        """The first byte that is no blank, not taken; empty at the end of the file."""
        while True:
            match = _BLANKS.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def _object(self) -> bytes:
        while True:
            match = _OBJECT.match(self._held, self._at)
            if match and match.end() - self._at <= MOST_BYTES:
                self._at = match.end()
                self._number += 1
                return match[0]
            if len(self._held) - self._at > MOST_BYTES or not self._more():
                raise self._broken()

    def _more(self) -> bool:
        piece = b"" if self._over else self._file.read(_PIECE)
        self._over = not piece
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)

    def _broken(self) -> FormsFileFault:
        number, rest = self._number, self._held[self._at :]
        if not self._held and not number:
            zh, en = f"{self._label}：文件是空的（0 字节）。", f"{self._label}: the file is empty (0 bytes)."
            return FormsFileFault(0, ReportError("not-forms", Text(zh, en), _EXPECTED), ends=True)
        if len(rest) > MOST_BYTES:
            size = f"{MOST_BYTES >> 20} MB"
            what = Text(f"超过 {size}，或嵌套过深", f"there are more than {size}, or it is nested too deep")
        elif not rest:
            what = Text("文件断了，后面没有内容", "the file breaks off")
        else:
            what = Text("不是表的 JSON 数据", "this is not JSON of forms")
        said = Text(
            f"{self._label}：第 {number + 1} 张表处（/{number}）{what.zh}。",
            f"{self._label}: at form {number + 1} (/{number}) {what.en}.",
        )
        return FormsFileFault(number, ReportError("not-forms", said, _EXPECTED), ends=True)


_EXPECTED: Final = Text(
    "应为 jixiao read --format json 的输出：一个数组，或一行一张表。这里之后的内容没有读。",
    "What jixiao read --format json prints is expected: one array, or a form a line. Nothing after this was read.",
)


def _texts(value: object) -> Iterator[str]:
    """The texts of a form but those of its places."""
    waiting: list[object] = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, str):
            yield held
        elif isinstance(held, msgspec.Struct):
            waiting += (getattr(held, name) for name in held.__struct_fields__ if name != "places")
        elif isinstance(held, tuple):
            waiting += held


def _too_much(number: int, label: str) -> ReportError:
    which = Text(f"{label}：第 {number + 1} 张表（/{number}）", f"{label}: form {number + 1} (/{number})")
    zh = f"{which.zh}超过 {MOST_INDICATORS} 个指标，或有超过 {MOST_LETTERS} 字的文本。"
    en = f"{which.en} has more than {MOST_INDICATORS} indicators or a text of more than {MOST_LETTERS} letters."
    return ReportError("too-large", Text(zh, en), Text("请检查这张表的来源。", "Check where this form comes from."))


_FAULTS: Final = (
    (re.compile(r"Expected `(.+)`, got `(.+)`"), "应为 {0}，读到 {1}"),
    (re.compile(r"Object contains unknown field `(.+)`"), "没有“{0}”这个字段"),
    (re.compile(r"Object missing required field `(.+)`"), "缺少字段“{0}”"),
    (re.compile(r"Invalid enum value (.+)"), "不能取 {0} 这个值"),
    (re.compile(r"Expected `(.+)`"), "应为 {0}"),
    (re.compile(r"Expected a number of at most (\d+) digits"), "应为不超过 {0} 位的数"),
    (re.compile(r"Expected a value that suits the operator (.+), got (.+)"), "与比较符 {0} 不配的值 {1}"),
    (re.compile(r"JSON is malformed: (.+)"), "不是有效的 JSON（{0}）"),
    (re.compile(r"Input data was truncated"), "数据不完整"),
)
_KINDS: Final = {
    "str": "文字", "int": "整数", "object": "对象", "array": "列表", "null": "空", "decimal": "数", "bool": "真假值",
}  # fmt: skip


def _not_of_the_contract(fault: str, number: int, label: str) -> ReportError:
    said, _, path = fault.partition(" - at `$")
    pointer = re.sub(r"\[(\d+)\]", r"/\1", path.rstrip("`").replace("[...]", "/*").replace(".", "/"))
    place = f"/{number}{pointer}"
    zh = f"{label}：第 {number + 1} 张表 {place}：{_in_chinese(said)}。"
    en = f"{label}: form {number + 1}, {place}: {said}."
    advice = Text(
        "请改成 jixiao/form/1 的样子（docs/reference/form.schema.json），其余各表照常复核。",
        "Make it what jixiao/form/1 says (docs/reference/form.schema.json); the other forms are reviewed.",
    )
    return ReportError("not-of-the-contract", Text(zh, en), advice)


def _in_chinese(said: str) -> str:
    for pattern, words in _FAULTS:
        match = pattern.fullmatch(said)
        if match:
            return words.format(*(_kinds(part) for part in match.groups()))
    return f"不符合格式（{said}）"


def _kinds(said: str) -> str:
    return "或".join(_KINDS.get(kind, kind) for kind in said.split(" | "))
