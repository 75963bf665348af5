"""Why an original is not changed, in sentences that all crafts share."""

from jixiao.layout.crafts import Refused

_REPORT = (
    "标注不了的原件，可用 jixiao check 出报告，用 jixiao read --show 看读到了什么。",
    "Where an original cannot be marked, jixiao check reports, and jixiao read --show shows what was read.",
)


def encrypted(kind: str) -> Refused:
    """An original with a password, or with rights that only its owner may change."""
    return Refused(
        "encrypted",
        (f"{kind} 已加密（设有密码或权限），不能在上面添加内容。",
         f"this {kind} is encrypted (a password or permissions are set); nothing can be added to it."),
        (f"请去掉密码和权限后另存一份再试。{_REPORT[0]}",
         f"Save a copy without password and permissions and try again. {_REPORT[1]}"),
    )  # fmt: skip


def damaged(kind: str, zh: str, en: str) -> Refused:
    """An original in which something could be read, but to which nothing can be added safely."""
    return Refused(
        "truncated_or_damaged",
        (f"{kind} 内部有损坏：{zh}；在上面添加内容可能使它打不开。",
         f"this {kind} is damaged inside: {en}; adding to it could leave it unreadable."),
        (f"请在阅读器中打开并另存一份，或重新导出后再试。{_REPORT[0]}",
         f"Open it in a viewer and save a copy, or export it again, and try again. {_REPORT[1]}"),
    )  # fmt: skip


def certified(permission: int) -> Refused:
    """A PDF whose author's signature allows no notes."""
    allowed = (
        ("不允许任何改动", "no change") if permission == 1 else ("只允许填写和签名", "only filling in and signing")
    )
    return Refused(
        "cannot_be_changed",
        (f"PDF 带有认证签名，签名人{allowed[0]}；加上标注会使签名失效。",
         f"this PDF is certified, and its author allows {allowed[1]}; notes would break the signature."),
        (f"请索取未签名的文件，或只出报告。{_REPORT[0]}", f"Ask for an unsigned copy, or report only. {_REPORT[1]}"),
    )  # fmt: skip


def wrong_job() -> Refused:
    """A job that is none; only a fault of our own makes one."""
    return Refused(
        "cannot_be_changed",
        ("标注内容不合约定，没有改动。", "what was to be put in is not of the contract; nothing was changed."),
        ("这是程序的错误，请报告。", "This is a fault of the program; please report it."),
    )
