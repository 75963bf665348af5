"""Why a file could not be read: one exception, with a sentence in 中文 and English that says what to do.

Each sentence names the file, what was read and what was expected. The codes are stable; scripts may rely on them.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from jixiao.layout.crafts import Refused

CODES: Final = frozenset({
    "empty", "not_a_form", "scan_without_text", "glyphs_without_letters", "encrypted", "truncated_or_damaged",
    "unsupported_format", "unreadable_text_encoding", "too_large", "expands_too_much", "unsafe_content", "time_out",
    "wrong_extension", "memory", "crashed", "not_found", "is_a_directory", "not_a_file", "no_permission",
    "cannot_be_opened", "cannot_be_changed", "no_cell",
})  # fmt: skip
"""Every code there is."""

_LONGEST = 4000


class Unreadable(Exception):
    """A file that could not be read.

    Attributes:
        code: stable slug (`empty`, `encrypted` …).
        file: the file as the caller named it.
        zh, en: the sentence.
        advice_zh, advice_en: what to do.
    """

    def __init__(self, code: str, file: str, message: tuple[str, str], advice: tuple[str, str]) -> None:
        """Take the code, the file's label, and message and advice as (中文, English)."""
        super().__init__(code, file, message, advice)
        self.code, self.file = code, file
        self.zh, self.en = message
        self.advice_zh, self.advice_en = advice

    def __str__(self) -> str:
        """The English sentence and advice."""
        return f"{self.en} {self.advice_en}"

    @classmethod
    def from_wire(cls, file: str, value: object) -> "Unreadable":
        """An error as it came from the child process, which is not trusted: its texts are cut, its code checked.

        Raises:
            ValueError: the value is no such object.
        """
        code = value.get("code") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping) or not isinstance(code, str) or code not in CODES:
            raise ValueError("no error of the contract")
        return cls(code, file, _pair(value.get("message")), _pair(value.get("advice")))

    def wire(self) -> dict[str, Any]:
        """The `error` object of the contract: code, message, advice, each in both languages."""
        return {
            "code": self.code,
            "message": {"zh": self.zh, "en": self.en},
            "advice": {"zh": self.advice_zh, "en": self.advice_en},
        }


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, Mapping) or not isinstance(value.get("zh"), str) or not isinstance(value.get("en"), str):
        raise ValueError("a sentence needs zh and en")  # noqa: TRY004  # callers catch one kind for all bad answers
    return value["zh"][:_LONGEST], value["en"][:_LONGEST]


_RESEND = ("请向提供者重新索取，或重新导出后再试。", "Ask for the file again, or export it again.")
_READABLE = (
    "PDF、XLSX、XLS、DOCX、DOC、OFD、网页、CSV、纯文本、zip，装有附加组件 ocr 时还有扫描件和照片",
    "PDF, XLSX, XLS, DOCX, DOC, OFD, web pages, CSV, plain text, zip; scans and photos with the extra ocr",
)


def empty(file: str, size: int) -> Unreadable:
    """A file of no bytes, or of white space only."""
    bare, blank = (
        ("文件是空的（0 字节）", "the file is empty (0 bytes)"),
        ("文件里只有空白", "it holds only white space"),
    )
    what = blank if size else bare
    return Unreadable("empty", file, (f"{file}：{what[0]}。", f"{file}: {what[1]}."), _RESEND)


def not_a_form(file: str, found_zh: str, found_en: str) -> Unreadable:
    """Readable content, but no form in it."""
    return Unreadable(
        "not_a_form", file,
        (f"{file}：读到了{found_zh}，但其中没有绩效自评表。",
         f"{file}: {found_en} read, but no self-evaluation form among it."),
        (
            "自评表应有“项目名称”、项目资金和绩效指标等标签；请核对是否拿错了文件。",
            "A form has labels such as 项目名称, 项目资金 and 绩效指标; check that this is the right file.",
        ),
    )  # fmt: skip


_EYES = (
    '识别扫描件和图片需另装一项：pip install "jixiao[ocr]"；或请提供由 Word、Excel、报表系统直接导出的 PDF、XLSX。',
    'Scans and pictures need an extra: pip install "jixiao[ocr]". Or provide the exported PDF or XLSX.',
)


def scan(file: str, pages: int, pictures: int) -> Unreadable:
    """A document without a text layer: pictures of pages, letters drawn as outlines, or blank pages."""
    zh, en = f"只有 {pictures} 幅图像", f"with {pictures} images"
    if not pictures:
        zh = "既无文字也无图像（空白，或文字以线条画出）"
        en = "with neither text nor images (blank, or letters drawn as lines)"
    return Unreadable(
        "scan_without_text", file,
        (f"{file}：{pages} 页，{zh}，没有文字层，是扫描件或图片。",
         f"{file}: {pages} pages {en} and no text layer: a scan."), _EYES,
    )  # fmt: skip


def picture(file: str) -> Unreadable:
    """A picture, and no eyes to read it with."""
    return Unreadable(
        "scan_without_text", file,
        (f"{file}：这是图片，没有文字。", f"{file}: this is a picture, without text."), _EYES,
    )  # fmt: skip


def pictures_only(file: str, pictures: int) -> Unreadable:
    """An office document that holds pictures and no words."""
    return Unreadable(
        "scan_without_text", file,
        (f"{file}：文档里只有 {pictures} 幅图片，没有文字。", f"{file}: it holds {pictures} pictures and no words."),
        ("请提供含文字的文档，或把图片存成图片文件、PDF 再试。",
         "Provide a document with words, or save the pictures as picture files or a PDF."),
    )  # fmt: skip


def letters_without_code(file: str, unknown: int, letters: int) -> Unreadable:
    """A PDF most of whose glyphs say no letter."""
    return Unreadable(
        "glyphs_without_letters", file,
        (f"{file}：{letters} 个字形中有 {unknown} 个没有对应的文字编码，读出来会是乱码。",
         f"{file}: {unknown} of {letters} glyphs have no letter behind them; reading on would be guessing."),
        ("请重新导出 PDF 并嵌入字体，或提供 XLSX。", "Export the PDF again with embedded fonts, or provide XLSX."),
    )  # fmt: skip


def wrong_extension(file: str, ending: str, content: tuple[str, str], right: str) -> Unreadable:
    """A name that says another kind of file than the content is."""
    return Unreadable(
        "wrong_extension", file,
        (f"{file}：扩展名是 {ending}，内容却是 {content[0]}。",
         f"{file}: the name ends in {ending}, but the content is {content[1]}."),
        (f"请核对是否拿错了文件；若没有拿错，请把扩展名改成 {right} 再试。",
         f"Check that this is the right file; if it is, rename it to end in {right} and try again."),
    )  # fmt: skip


def encrypted(file: str, kind: str) -> Unreadable:
    """A file that asks for a password."""
    return Unreadable(
        "encrypted", file,
        (f"{file}：{kind} 设有密码，打不开。", f"{file}: this {kind} is protected by a password."),
        ("请去掉密码后另存一份。", "Save a copy without the password."),
    )  # fmt: skip


def damaged(file: str, kind: str, zh: str, en: str) -> Unreadable:
    """A file that is cut off or broken inside."""
    return Unreadable(
        "truncated_or_damaged", file,
        (f"{file}：{kind} 不完整或已损坏：{zh}。", f"{file}: this {kind} is cut off or damaged: {en}."), _RESEND,
    )  # fmt: skip


def unsupported(file: str, zh: str, en: str) -> Unreadable:
    """A format that is known but not read yet, or not known."""
    return Unreadable(
        "unsupported_format", file,
        (f"{file}：内容是 {zh}，目前还不能读。", f"{file}: its content is {en}, which cannot be read yet."),
        (f"现在能读：{_READABLE[0]}。请另存为其中一种。", f"Readable now: {_READABLE[1]}. Save it as one of these."),
    )  # fmt: skip


def archive(file: str, zh: str, en: str) -> Unreadable:
    """An archive that is not opened: of another kind than zip, or inside another."""
    return Unreadable(
        "unsupported_format", file,
        (f"{file}：内容是{zh}，不会解开。", f"{file}: its content is {en}, which is not opened."),
        ("请先解压，再读取其中的文件或文件夹。", "Unpack it first, then read the files or the folder."),
    )  # fmt: skip


def empty_archive(file: str) -> Unreadable:
    """An archive without a file in it."""
    return Unreadable(
        "empty", file, (f"{file}：压缩包里没有文件。", f"{file}: there is no file in the archive."), _RESEND
    )


def too_large(file: str, found_zh: str, found_en: str, limit_zh: str, limit_en: str) -> Unreadable:
    """A file beyond a limit of size."""
    return Unreadable(
        "too_large", file,
        (f"{file}：{found_zh}，超过上限 {limit_zh}。", f"{file}: {found_en}, more than the limit of {limit_en}."),
        ("请拆分后再试。", "Split it and try again."),
    )  # fmt: skip


def expands_too_much(file: str, found_zh: str, found_en: str) -> Unreadable:
    """A small file with far too much inside."""
    return Unreadable(
        "expands_too_much", file,
        (f"{file}：{found_zh}，过大，已拒绝解开。", f"{file}: {found_en}; refused before unpacking."),
        ("正常的自评表不会这样；请核对来源，或重新导出。",
         "No real form does that; check where it came from, or export it again."),
    )  # fmt: skip


def suspicious(file: str, zh: str, en: str) -> Unreadable:
    """A container that holds what no office program writes."""
    return Unreadable(
        "unsafe_content", file,
        (f"{file}：{zh}，已拒绝读取。", f"{file}: {en}; refused."),
        ("请核对来源，或重新导出。", "Check where it came from, or export it again."),
    )  # fmt: skip


def unreadable_encoding(file: str) -> Unreadable:
    """Bytes that are no known format and no text."""
    return Unreadable(
        "unreadable_text_encoding", file,
        (f"{file}：既不是认识的格式，也不是 UTF-8 或 GB18030 编码的文字。",
         f"{file}: no known format, and no text in UTF-8 or GB18030."),
        (f"现在能读：{_READABLE[0]}。", f"Readable now: {_READABLE[1]}."),
    )  # fmt: skip


class Doing(NamedTuple):
    """What a child does with a file, in words: the verb in 中文, its participle in English, and what there is not."""

    zh: str
    en: str
    nothing: tuple[str, str]


READING: Final = Doing("读", "read", ("没有读出内容", "nothing was read"))
REWORKING: Final = Doing(
    "改", "changed", ("原件没有改动，也没有写出文件", "the original is as it was, no file was written")
)


def time_out(file: str, seconds: int, doing: Doing = READING) -> Unreadable:
    """A child took longer than a file may take."""
    return Unreadable(
        "time_out", file,
        (f"{file}：{doing.zh}了 {seconds} 秒还没{doing.zh}完，已停止。",
         f"{file}: not {doing.en} within {seconds} seconds; stopped."),
        ("正常的自评表用不到一秒；请核对来源，或拆分、重新导出。",
         "A real form takes less than a second; check where it came from, split it or export it again."),
    )  # fmt: skip


def memory(file: str, megabytes: int) -> Unreadable:
    """A child needed more memory than a file may have."""
    return Unreadable(
        "memory", file,
        (f"{file}：处理所需内存超过 {megabytes} MB，已停止。", f"{file}: it needs more than {megabytes} MB; stopped."),
        ("请核对来源，或拆分、重新导出。", "Check where it came from, split it or export it again."),
    )  # fmt: skip


def crashed(file: str, zh: str, en: str, doing: Doing = READING) -> Unreadable:
    """The child process died or gave no sensible answer."""
    return Unreadable(
        "crashed", file,
        (f"{file}：读取进程中途停止（{zh}），{doing.nothing[0]}；本程序不受影响。",
         f"{file}: the reading process stopped ({en}); {doing.nothing[1]}, nothing else is affected."),
        ("文件多半已损坏或有意造坏；请核对来源，或重新导出。",
         "The file is probably damaged or made to harm; check where it came from, or export it again."),
    )  # fmt: skip


def refused(file: str, refusal: Refused) -> Unreadable:
    """A craft does not change the original; with a code that is none it is told all the same."""
    code = refusal.code if refusal.code in CODES else "cannot_be_changed"
    zh, en = refusal.message
    return Unreadable(code, file, (f"{file}：{zh}", f"{file}: {en}"), refusal.advice)


def no_cell(file: str) -> Unreadable:
    """A system that can hold the reading process to no limit at all."""
    return Unreadable(
        "no_cell", file,
        (f"{file}：本系统无法限制读取进程的内存和处理器时间，未读取。",
         f"{file}: not read, for this system can limit neither memory nor processor time of the reading process."),
        ("请在 Linux 或 macOS 上读取；只读可信的文件时，可设环境变量 JIXIAO_READ_WITHOUT_CELL=yes 再试。",
         "Read it on Linux or macOS; for files you trust, set JIXIAO_READ_WITHOUT_CELL=yes in the environment."),
    )  # fmt: skip


def layouts_at_fault(file: str, fault: str) -> Unreadable:
    """A file of the layouts is faulty, so nothing can be read; `fault` names the file and the fault."""
    return Unreadable(
        "crashed", file,
        (f"{file}：未能开始读取，版式文件或词表有误（{fault}）。",
         f"{file}: nothing was read, for a file of the layouts or of their words is faulty ({fault})."),
        ("请改正该文件（jixiao/layout 下的 TOML），或撤回对它的改动，再试。",
         "Mend that file (a TOML below jixiao/layout), or undo what was changed in it, and try again."),
    )  # fmt: skip


def needs_office(file: str) -> Unreadable:
    """A document that LibreOffice would have to convert, which is not installed."""
    return Unreadable(
        "unsupported_format", file,
        (f"{file}：内容是旧版 Word/WPS 文字、RTF 或 Word 2003 XML，要先由 LibreOffice 转换，本机没有安装。",
         f"{file}: an old Word document, WPS, RTF or Word 2003 XML; LibreOffice, not installed, must convert it."),
        ("请安装 LibreOffice（命令 soffice）后再试，或在 Word、WPS 中另存为 DOCX。",
         "Install LibreOffice (the command soffice) and try again, or save the document as DOCX in Word or WPS."),
    )  # fmt: skip


def not_converted(file: str) -> Unreadable:
    """A document that LibreOffice could not convert."""
    return Unreadable(
        "truncated_or_damaged", file,
        (f"{file}：LibreOffice 打不开这个文件，多半不完整或已损坏。",
         f"{file}: LibreOffice cannot open it; it is probably cut off or damaged."),
        ("请在 Word、WPS 中打开并另存为 DOCX 后再试。", "Open it in Word or WPS, save it as DOCX and try again."),
    )  # fmt: skip


def not_found(file: str) -> Unreadable:
    """No file of that name."""
    return Unreadable(
        "not_found", file, (f"{file}：没有这个文件。", f"{file}: there is no such file."),
        ("请核对文件名和路径。", "Check the name and the folder."),
    )  # fmt: skip


def is_a_directory(file: str) -> Unreadable:
    """A folder where a file was expected."""
    return Unreadable(
        "is_a_directory", file, (f"{file}：这是文件夹，不是文件。", f"{file}: this is a folder, not a file."),
        ("请给出文件夹中的文件。", "Name the files in it."),
    )  # fmt: skip


def not_a_file(file: str) -> Unreadable:
    """A device, pipe or socket."""
    return Unreadable(
        "not_a_file", file, (f"{file}：这是设备或管道，不是普通文件。", f"{file}: a device or pipe, no ordinary file."),
        ("请先存成普通文件。", "Save it as an ordinary file first."),
    )  # fmt: skip


def no_permission(file: str) -> Unreadable:
    """A file that may not be opened."""
    return Unreadable(
        "no_permission", file, (f"{file}：没有读取权限。", f"{file}: no permission to read it."),
        ("请更改文件权限，或换一个有权限的用户。", "Change its permissions, or use an account that may read it."),
    )  # fmt: skip


def cannot_be_opened(file: str, reason: str) -> Unreadable:
    """Any other trouble of the file system."""
    return Unreadable(
        "cannot_be_opened", file, (f"{file}：打不开（{reason}）。", f"{file}: cannot be opened ({reason})."),
        ("请检查磁盘或网络位置。", "Check the disk or network place."),
    )  # fmt: skip
