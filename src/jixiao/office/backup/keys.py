"""Keys of the office in a backup: as they are, sealed under a passphrase, or left out.

A key is a file of the data folder that says so in its name (`secret-key`, `journal-key.pub`), and those that
`JIXIAO_JOURNAL_KEY` and `JIXIAO_FIELD_KEY` name, with their companions; but not `first-key`, which opens an empty
office once. Sealed, they are one member: scrypt makes a key of the passphrase, Fernet (AES-128 in CBC mode with
HMAC-SHA-256) closes them; both are of `cryptography`.
"""

import base64
import os
import re
from pathlib import Path
from typing import Final

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from jixiao.desk.errors import WrongUse
from jixiao.office.backup.damage import Damaged

SECRET: Final = "secret-key"  # noqa: S105 -- the name of a file
_NAMED: Final = {"journal-key": "JIXIAO_JOURNAL_KEY", "field-key": "JIXIAO_FIELD_KEY"}
"""Keys that may lie elsewhere, and the setting that says where."""
_NAME: Final = re.compile(r"[a-z0-9-]*(?<![a-z0-9])key(?:\.[a-z0-9]+)*", re.ASCII)
_NOT: Final = "first-key"
_COST: Final = 2**16
"""Of scrypt: 64 MB and about a fifth of a second for each guess."""


class _Sealed(msgspec.Struct, frozen=True):
    way: str
    cost: int
    salt: bytes
    token: bytes


def found(data: Path) -> dict[str, bytes]:
    """The keys of an office, by their names in a data folder."""
    held = {path.name: path.read_bytes() for path in sorted(data.iterdir()) if path.is_file() and allowed(path.name)}
    for name, variable in _NAMED.items():
        if named := os.environ.get(variable, ""):
            held |= _elsewhere(Path(named), name)
    if given := os.environ.get("JIXIAO_SECRET_KEY", ""):
        held[SECRET] = given.encode()
    return held


def _elsewhere(named: Path, name: str) -> dict[str, bytes]:
    """A key and what lies beside it, under the names that they have in a data folder."""
    beside = (path for path in sorted(named.parent.glob(f"{named.name}*")) if path.is_file())
    return {f"{name}{path.name.removeprefix(named.name)}": path.read_bytes() for path in beside}


def allowed(name: str) -> bool:
    """Whether a file of that name is a key; it is a name and never a path."""
    return name != _NOT and _NAME.fullmatch(name) is not None


def sealed(keys: dict[str, bytes], passphrase: str) -> bytes:
    """The keys, closed under a passphrase."""
    salt = os.urandom(16)
    token = _lock(passphrase, salt, _COST).encrypt(msgspec.json.encode(keys))
    return msgspec.json.encode(_Sealed("scrypt r=8 p=1, Fernet", _COST, salt, token))


def unsealed(held: bytes, passphrase: str) -> dict[str, bytes]:
    """The keys that were closed.

    Raises:
        WrongUse: this is not the passphrase.
        Damaged: this is nothing that was sealed so.
    """
    try:
        box = msgspec.json.decode(held, type=_Sealed)
        return msgspec.json.decode(
            _lock(passphrase, box.salt, _sane(box.cost)).decrypt(box.token), type=dict[str, bytes]
        )
    except InvalidToken as error:
        raise WrongUse(
            "口令不对，备份中的密钥打不开。请核对口令文件；没有口令时用 --without-keys 恢复其余内容。",
            "The passphrase does not open the keys of the backup. Check the passphrase file; without it, restore the "
            "rest with --without-keys.",
        ) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise Damaged(
            "备份中的密钥无法读取。请换一份备份，或用 --without-keys 恢复其余内容。",
            "The keys in the backup cannot be read. Take another backup, or restore the rest with --without-keys.",
        ) from error


def _sane(cost: int) -> int:
    """A cost that scrypt takes and this machine can bear.

    Raises:
        ValueError: it is another.
    """
    if not 2**10 <= cost <= 2**20 or cost & (cost - 1):
        raise ValueError(cost)
    return cost


def _lock(passphrase: str, salt: bytes, cost: int) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(Scrypt(salt, 32, cost, 8, 1).derive(passphrase.encode())))


def passphrase_in(file: Path | None) -> str:
    """The first line of the passphrase file; empty where none is named.

    Raises:
        WrongUse: it cannot be read, or holds less than twelve letters.
    """
    if file is None:
        return ""
    try:
        text = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise WrongUse(
            f"口令文件 {file} 读不了（{why}）。请给出一个 UTF-8 文本文件，第一行是口令。",
            f"The passphrase file {file} cannot be read ({why}). Name a text in UTF-8 whose first line is "
            "the passphrase.",
        ) from error
    if len(text) < 12:
        raise WrongUse(
            f"口令文件 {file} 的第一行只有 {len(text)} 个字符，应至少 12 个。",
            f"The first line of the passphrase file {file} has {len(text)} letters; at least 12 are expected.",
        )
    return text
