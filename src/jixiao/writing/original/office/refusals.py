"""Why a workbook or a document is not changed, in sentences."""

from jixiao.layout.crafts import Refused

_ADVICE = (
    "请用 Office 或 WPS 打开另存一份再试，或只出报告（jixiao check）。",
    "Open it in Office or WPS, save a copy and try again, or report only (jixiao check).",
)


def damaged(zh: str, en: str) -> Refused:
    """An original that is broken inside, or that holds what no office program writes."""
    return Refused(
        "truncated_or_damaged",
        (f"文件不完整或有异常：{zh}，没有改动。", f"damaged or unusual: {en}; nothing was changed."), _ADVICE,
    )  # fmt: skip


def suspicious(zh: str, en: str) -> Refused:
    """An original that holds what can only be meant to harm."""
    return Refused("unsafe_content", (f"{zh}，没有改动。", f"{en}; nothing was changed."), _ADVICE)


def too_large(zh: str, en: str) -> Refused:
    """An original that unpacks to far too much."""
    return Refused("expands_too_much", (f"{zh}，没有改动。", f"{en}; nothing was changed."), _ADVICE)


def encrypted() -> Refused:
    """An original with a password."""
    return Refused(
        "encrypted",
        ("文件设有密码，不能在上面添加内容。", "it is protected by a password; nothing can be added to it."),
        ("请去掉密码后另存一份再试。", "Save a copy without the password and try again."),
    )  # fmt: skip


def signed() -> Refused:
    """An original with a digital signature, which any mark would break."""
    return Refused(
        "cannot_be_changed",
        ("文件带有数字签名，加上任何内容都会使签名失效，没有改动。",
         "it is digitally signed, and anything added would break the signature; nothing was changed."),
        ("请另存一份去掉签名的副本再试，签名的原件请留存；或只出报告（jixiao check）。",
         "Save a copy without the signature and try again, and keep the signed one; or report only (jixiao check)."),
    )  # fmt: skip
