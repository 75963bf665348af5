"""Texts with signatures below, in the form of C2SP signed-note."""

import base64
import re
from collections.abc import Sequence
from typing import Final

from jixiao.journal.keys import Public, Signer, from_base64
from jixiao.journal.words import Unreadable

_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURES: Final = 64
"""Signatures that are read; the form asks for 16 at least."""


class Unsigned(Unreadable):
    """No known key signed the text."""


class Forged(Unsigned):
    """A signature under a known key is not that key's over this text."""


def sign(text: str, *signers: Signer) -> str:
    """The text with an empty line and a signature line for each signer.

    Raises:
        Unreadable: the text does not end with a newline or holds a control character.
    """
    _proper(text)
    lines = (_line(each.name, each.key_id + each.sign(text.encode())) for each in signers)
    return text + "\n" + "".join(lines)


def _line(name: str, signature: bytes) -> str:
    return f"\u2014 {name} {base64.b64encode(signature).decode()}\n"


def parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note and its signatures, not verified: name, and id with signature.

    Raises:
        Unreadable: it is no note.
    """
    head, gap, tail = note.rpartition("\n\n")
    lines = tail.removesuffix("\n").split("\n")
    if not gap or not tail.endswith("\n") or len(lines) > _SIGNATURES:
        raise _no_note()
    text = _proper(head + "\n")
    return text, [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    match line.split(" "):
        case ["\u2014", name, signature] if name:
            data = from_base64(signature)
            if len(data) > 4:
                return name, data
    raise _no_note()


def read(note: str, keys: Sequence[Public]) -> str:
    """The text of a note that at least one of the keys signed; signatures of unknown keys are passed over.

    Raises:
        Unreadable: it is no note.
        Unsigned: no key of these signed it.
        Forged: a signature under the name and id of one of them is false.
    """
    text, signatures = parts(note)
    signed = False
    for name, data in signatures:
        for key in keys:
            if (key.name, key.key_id) != (name, data[:4]):
                continue
            if not key.verifies(data[4:], text.encode()):
                raise Forged(f"{name} 的签名不符：内容或签名被改过", f"the signature of {name} is false: changed")
            signed = True
    if not signed:
        names, known = (_listed(each) for each in ([name for name, _ in signatures], [key.name for key in keys]))
        raise Unsigned(
            f"签名来自 {names}，不是所给的密钥（{known}）", f"signed by {names}, by none of the keys given ({known})"
        )
    return text


def _listed(names: list[str]) -> str:
    return ", ".join(names)


def _proper(text: str) -> str:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise _no_note()
    return text


def _no_note() -> Unreadable:
    return Unreadable(
        "不是带签名的文本：应为正文、一个空行、以“— 名称 base64”写的签名",
        "no signed text: expected the text, an empty line, signatures written “— name base64”",
    )
