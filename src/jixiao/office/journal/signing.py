"""The key that signs checkpoints: a file in the data folder, or where `JIXIAO_JOURNAL_KEY` says.

Beside it lies a file of all public keys that ever signed here, a line each, so that old checkpoints can be verified
after a change of the key.
"""

import secrets
from pathlib import Path

from django.conf import settings

from jixiao.journal.keys import KeyInFile, Public, load_key, make_key, public
from jixiao.journal.words import Unreadable


class NoKey(RuntimeError):
    """The key is not there, or cannot be read."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.zh, self.en = zh, en


def key_file() -> Path:
    """Where the key is."""
    return Path(settings.JOURNAL_KEY)


def signer() -> KeyInFile:
    """The key.

    Raises:
        NoKey: it is not there, or cannot be read.
    """
    file = key_file()
    try:
        return load_key(file)
    except (OSError, Unreadable) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NoKey(
            f"日志签名密钥 {file} 无法读取（{why}）。请从备份放回；"
            "确已丢失时用 jixiao journal key --new --reason 换新的。",
            f"The key {file} that signs the journal cannot be read ({why}). Put it back from the backup; if it is "
            "lost, jixiao journal key --new --reason makes another.",
        ) from error


def key_or_new() -> KeyInFile:
    """The key; made where no file is there yet.

    Raises:
        NoKey: it cannot be read or made.
    """
    file = key_file()
    if not file.exists():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            made = make_key(file, f"jixiao-office-{secrets.token_hex(4)}")
        except FileExistsError:  # another process was first
            return signer()
        except OSError as error:
            raise NoKey(
                f"无法生成日志签名密钥 {file}（{error.strerror}）。",
                f"The key {file} that signs the journal cannot be made ({error.strerror}).",
            ) from error
        _know(made.public)
    return signer()


def renewed() -> KeyInFile:
    """A new key of the same name in place of the old one, which is kept beside it under its number, if it is there."""
    file = key_file()
    try:
        old: KeyInFile | None = signer()
    except NoKey:
        old = None
    name = old.name if old else _name_before() or f"jixiao-office-{secrets.token_hex(4)}"
    aside = file.with_name(f"{file.name}.new")
    aside.unlink(missing_ok=True)
    made = make_key(aside, name)
    if old is not None:
        file.replace(file.with_name(f"{file.name}.{old.key_id.hex()}"))
    aside.replace(file)
    _know(made.public)
    return made


def public_keys() -> list[Public]:
    """Every key that signed here, the present one last.

    Raises:
        NoKey: none is known, and the present one cannot be read.
    """
    known = [public(line) for line in _known()]
    try:
        now = signer().public
    except NoKey:
        if not known:
            raise
        return known
    return [*(each for each in known if each != now), now]


def _name_before() -> str:
    lines = _known()
    return public(lines[-1]).name if lines else ""


def _known_file() -> Path:
    file = key_file()
    return file.with_name(f"{file.name}.pub")


def _known() -> list[str]:
    file = _known_file()
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def _know(key: Public) -> None:
    if key.text not in _known():
        with _known_file().open("a", encoding="utf-8") as file:
            file.write(key.text + "\n")
