"""The columns of the two lists, and the words that stand for kinds and roles: what people write, in 中文 or English."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

Words = tuple[str, str]
"""中文 and English."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        field: its name in rows.
        title: the label a template prints.
        labels: all labels it is known by, as `bare` gives them.
        required: whether a row of labels must have it.
        hint: what belongs in it.
    """

    field: str
    title: Words
    labels: frozenset[str]
    required: bool
    hint: Words


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the two lists: its name and its columns in the order of a template."""

    name: str
    title: Words
    columns: tuple[Column, ...]

    def field_of(self, label: str) -> str:
        """The field a label stands for; empty if none."""
        known = bare(label)
        return next((column.field for column in self.columns if known in column.labels), "")

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a row is no row of labels."""
        return frozenset(column.field for column in self.columns if column.required)


def bare(label: str) -> str:
    """A label without what varies: width, case, spaces, a star that says required, a note in brackets."""
    text = unicodedata.normalize("NFKC", label).casefold()
    return re.sub(r"\(.*?\)|[\s*:_-]", "", text)


def _column(field: str, labels: str, hint: Words, *, required: bool = False) -> Column:
    """A column; of its labels, divided by spaces, the first two are its titles; an underscore stands for a space."""
    listed = labels.split()
    known = frozenset(bare(label.replace("_", " ")) for label in listed)
    return Column(field, (listed[0], listed[1].replace("_", " ")), known, required, hint)


UNITS: Final = ListKind(
    "units",
    ("单位", "Organisations"),
    (
        _column(
            "code",
            "编码 Code 单位编码 机构编码 单位代码 编号 Organisation_code Unit_code",
            (
                "字母、数字、-、_，不超过 40 位，不重复；请设为文本格式",
                "letters, digits, - and _, at most 40, each once; as text",
            ),
            required=True,
        ),
        _column(
            "name",
            "名称 Name 单位名称 机构名称 Organisation Organisation_name Unit_name",
            ("全称，不超过 120 字", "the full name, at most 120 letters"),
            required=True,
        ),
        _column(
            "kind",
            "类型 Type 单位类型 机构类型 Kind",
            ("财政局、主管部门 或 预算单位", "bureau, department or unit"),
            required=True,
        ),
        _column(
            "parent",
            "上级编码 Parent_code 上级单位编码 上级 上级代码 Parent",
            ("上级的编码；最上级留空", "the code of what it belongs to; empty at the top"),
        ),
        _column("name_en", "英文名称 English_name 英文名", ("可留空", "may be empty")),
    ),
)
PEOPLE: Final = ListKind(
    "people",
    ("人员", "People"),
    (
        _column("name", "姓名 Full_name Name 人员姓名", ("不超过 60 字", "at most 60 letters"), required=True),
        _column(
            "username",
            "用户名 User_name Username 登录名 账号 Login Account",
            ("字母、数字、. - _ @ +，不超过 60 位", "letters, digits, . - _ @ +, at most 60"),
            required=True,
        ),
        _column(
            "unit",
            "单位编码 Organisation_code Unit_code 编码 所属单位编码 单位代码",
            ("单位表或系统中已有的编码", "a code of the list of organisations, or one the office has"),
            required=True,
        ),
        _column(
            "roles",
            "角色 Roles Role 岗位",
            ("如 经办人；多个以“、”分隔；留空为不设", "such as clerk; several by commas; empty for none"),
        ),
        _column("email", "邮箱 Email E-mail 电子邮箱 电子邮件 Mail", ("可留空", "may be empty")),
        _column("phone", "电话 Phone 联系电话 手机 Telephone", ("可留空", "may be empty")),
    ),
)
KINDS: Final = (UNITS, PEOPLE)

_KIND_WORDS: Final = {
    "bureau": "财政局 财政 财政部门 财政厅 bureau finance finance_bureau",
    "department": "主管部门 部门 department",
    "unit": "预算单位 单位 实施单位 基层单位 unit",
}
_ROLE_WORDS: Final = {
    "clerk": "经办人 填报人 经办 clerk",
    "head": "单位负责人 负责人 单位领导 head unit_head",
    "department": "主管部门审核人 部门审核人 主管部门审核 部门审核 department_reviewer department",
    "finance": "财政审核人 财政审核 finance_reviewer finance",
    "auditor": "审计 审计(只读) 审计人员 只读 auditor",
    "publisher": "公开人 信息公开人 公开 publisher",
    "system_admin": "系统管理员 system_administrator system_admin",
    "security_admin": "安全管理员 安全保密管理员 security_administrator security_admin",
    "audit_admin": "审计管理员 安全审计员 audit_administrator audit_admin",
}


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {bare(word.replace("_", " ")): value for value, listed in words.items() for word in listed.split()}


KIND_OF_WORD: Final = _by_word(_KIND_WORDS)
"""A bare word to the kind of organisation."""
ROLE_OF_WORD: Final = _by_word(_ROLE_WORDS)
"""A bare word to the kind of role."""


def roles_in(text: str) -> list[tuple[str, str]]:
    """The roles a cell lists: what was written, and the kind it stands for (empty if none)."""
    written = [part.strip() for part in re.split(r"[、,，;；/\n]", text)]
    return [(part, ROLE_OF_WORD.get(bare(part), "")) for part in written if part]
