"""Keys in a file of the office's own, one a line, the newest last: SM4-GCM, or AES-256-GCM where chosen.

Sources: SM4 is GB/T 32907, its authenticated mode GCM as for AES (NIST SP 800-38D); keys are derived by RFC 5869.
"""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from jixiao.office.sealing.port import WrongKey
from jixiao.office.secret import keep_secret

_NONCE: Final = 12
_TAG: Final = 16
_LENGTHS: Final = {"sm4": 16, "aes": 32}


class OwnKeys:
    """Seals with the newest key, opens with any."""

    def __init__(self) -> None:
        """Read the keys; make the first where there is none."""
        self._keys = read_keys()

    def seal(self, plain: bytes, about: bytes) -> str:
        """`ALGORITHM:KEY:BASE64` of nonce, cipher text and tag."""
        name, key = self._newest()
        algorithm, nonce = settings.FIELD_CIPHER, os.urandom(_NONCE)
        encryptor = _cipher(algorithm, key, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(about)
        sealed = encryptor.update(plain) + encryptor.finalize()
        return f"{algorithm}:{name}:{base64.b64encode(nonce + sealed + encryptor.tag).decode()}"

    def open(self, sealed: str, about: bytes) -> bytes:
        """The bytes.

        Raises:
            WrongKey: it is of no key here, was changed, or is about something else.
        """
        algorithm, name, body = _parts(sealed)
        data = base64.b64decode(body, validate=True)
        nonce, text, tag = data[:_NONCE], data[_NONCE:-_TAG], data[-_TAG:]
        try:
            decryptor = _cipher(algorithm, self._key(name), modes.GCM(nonce, tag)).decryptor()
            decryptor.authenticate_additional_data(about)
            return decryptor.update(text) + decryptor.finalize()
        except (InvalidTag, ValueError) as error:
            raise WrongKey(f"a value sealed with the key {name} was changed") from error

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key and the chosen cipher sealed it."""
        return sealed.startswith(f"{settings.FIELD_CIPHER}:{self._newest()[0]}:")

    def turn(self) -> str:
        """Add a key, which seals from now on; gives its name."""
        name = f"k{len(self._keys) + 1}"
        self._keys |= {name: secrets.token_hex(32)}
        _write(self._keys)
        return name

    def _newest(self) -> tuple[str, str]:
        if not self._keys:
            self._keys = read_keys()
        return list(self._keys.items())[-1]

    def _key(self, name: str) -> str:
        """A key by name; one that another process has added since is read."""
        if name not in self._keys:
            self._keys = read_keys()
        if name not in self._keys:
            raise WrongKey(f"the key {name} is not in {keys_file()}")
        return self._keys[name]


def keys_file() -> Path:
    """Where the keys are."""
    return Path(settings.FIELD_KEY_FILE)


def read_keys() -> dict[str, str]:
    """Names and keys, the newest last; the first is made where there is none."""
    file = keys_file()
    text = file.read_text(encoding="ascii") if file.is_file() else ""
    return _parsed(text or keep_secret(file, f"k1 {secrets.token_hex(32)}\n"))


def _parsed(text: str) -> dict[str, str]:
    lines = (line.split() for line in text.splitlines())
    return {line[0]: line[1] for line in lines if len(line) == 2}


def _write(keys: dict[str, str]) -> None:
    """The file anew, whole or as it was."""
    aside = keys_file().with_name(".field-key-new")
    aside.unlink(missing_ok=True)
    keep_secret(aside, "".join(f"{name} {key}\n" for name, key in keys.items()))
    aside.replace(keys_file())


def _parts(sealed: str) -> tuple[str, str, str]:
    algorithm, _, rest = sealed.partition(":")
    name, _, body = rest.partition(":")
    if algorithm not in _LENGTHS:
        raise WrongKey(f"a value sealed by {algorithm!r}, which is unknown here")
    return algorithm, name, body


def _cipher(algorithm: str, key: str, mode: modes.GCM) -> Cipher[modes.GCM]:
    derived = _derived(algorithm, key)
    return Cipher(algorithms.SM4(derived) if algorithm == "sm4" else algorithms.AES(derived), mode)


@lru_cache(maxsize=32)
def _derived(algorithm: str, key: str) -> bytes:
    """A key for one algorithm from a key of the file."""
    info = f"jixiao field {algorithm}".encode()
    return HKDF(hashes.SHA256(), _LENGTHS[algorithm], salt=None, info=info).derive(bytes.fromhex(key))


def has_sm4() -> bool:
    """Whether this machine's cryptography knows SM4; some certified builds of OpenSSL leave it out."""
    try:
        Cipher(algorithms.SM4(bytes(16)), modes.GCM(bytes(_NONCE))).encryptor()
    except UnsupportedAlgorithm:
        return False
    return True
