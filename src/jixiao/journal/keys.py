"""Keys that sign checkpoints and seals, in the text forms of C2SP signed-note, so that other tools read them, too.

A public key is one line, `name+id+base64(01 + key)`; a private key the same after `PRIVATE+KEY+`. `Signer` is the
port: an SM2 key or a signing device stands behind it as another `Signer` and another `Public` with a type byte of its
own; `cryptography` has no SM2 signature (version 50).
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jixiao.journal.words import Unreadable

ED25519: Final = b"\x01"
"""The type byte of Ed25519 in signed-note."""
_NAME: Final = re.compile(r"[^\s+]{1,200}")
_PRIVATE: Final = "PRIVATE+KEY+"


class Signer(Protocol):
    """What signs: a key in a file, or a device.

    Attributes:
        name: whose key it is; no spaces and no plus.
        key_id: four bytes that, with the name, tell this key from others.
    """

    @property
    def name(self) -> str:
        """Whose key it is."""

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell the key."""

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""


@dataclass(frozen=True, slots=True)
class Public:
    """A public Ed25519 key with a name.

    Attributes:
        name: whose it is.
        key: 32 bytes.
    """

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, type and key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one line."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class KeyInFile:
    """An Ed25519 key that signs here."""

    def __init__(self, name: str, seed: bytes) -> None:
        """Take the name and the 32 secret bytes."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._seed = seed
        self.public = Public(_named(name), self._key.public_key().public_bytes_raw())

    @property
    def name(self) -> str:
        """Whose key it is."""
        return self.public.name

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell the key."""
        return self.public.key_id

    @property
    def text(self) -> str:
        """The secret key as one line."""
        secret = base64.b64encode(ED25519 + self._seed).decode()
        return f"{_PRIVATE}{self.name}+{self.key_id.hex()}+{secret}"

    def sign(self, message: bytes) -> bytes:
        """The signature of a message, 64 bytes."""
        return self._key.sign(message)


def new_key(name: str) -> KeyInFile:
    """A new key, kept nowhere yet.

    Raises:
        Unreadable: the name has a space or a plus, or is empty.
    """
    return KeyInFile(name, Ed25519PrivateKey.generate().private_bytes_raw())


def make_key(path: Path, name: str) -> KeyInFile:
    """Make a key and keep it in a file that only its owner can read.

    Raises:
        FileExistsError: there is a file already; a key is never overwritten.
        Unreadable: the name has a space or a plus, or is empty.
    """
    key = new_key(name)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key.text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def load_key(path: Path) -> KeyInFile:
    """The key kept in a file.

    Raises:
        OSError: the file cannot be read.
        Unreadable: it holds no private key.
    """
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not text.startswith(_PRIVATE):
        raise Unreadable(
            f"{path}：这不是签名私钥，应以 {_PRIVATE} 开头", f"{path}: no private key; one begins with {_PRIVATE}"
        )
    name, key_id, seed = _parts(text.removeprefix(_PRIVATE))
    key = KeyInFile(name, seed)
    if key.key_id != key_id:
        raise _broken(name)
    return key


def public(text: str) -> Public:
    """The public key of its line.

    Raises:
        Unreadable: it is written in another way, or its id is another key's.
    """
    name, key_id, key = _parts(text.strip())
    found = Public(name, key)
    if found.key_id != key_id:
        raise _broken(name)
    return found


def _parts(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, key = rest.partition("+")
    try:
        material = from_base64(key)
        number = bytes.fromhex(key_id) if re.fullmatch("[0-9a-f]{8}", key_id) else b""
    except Unreadable:
        material = number = b""
    if not number or len(material) != 33 or material[:1] != ED25519:
        raise Unreadable(
            f"密钥读到“{text[:20]}…”，应为一行：名称+8 位编号+base64（Ed25519）",
            f'the key reads "{text[:20]}…"; expected one line: name+8 digits+base64 (Ed25519)',
        )
    return _named(name), number, material[1:]


def from_base64(text: str) -> bytes:
    """The bytes of standard base64, written in the one right way.

    Raises:
        Unreadable: it is not.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or base64.b64encode(data).decode() != text:
        raise Unreadable(f"“{text[:20]}…”不是 base64", f'"{text[:20]}…" is not base64')
    return data


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Unreadable(
            f"密钥名称“{name}”不能为空，不能有空格或加号",
            f'the key\'s name "{name}" must not be empty and holds no space and no plus',
        )
    return name


def _broken(name: str) -> Unreadable:
    return Unreadable(
        f"密钥 {name} 的编号与密钥不符：抄错或被改过", f"the id of key {name} is not this key's: miscopied or changed"
    )
