"""Settings that rules ask for: passwords hashed slowly, composition left free where wanted, no debug mode."""

import ast
from pathlib import Path

from django.conf import global_settings
from django.utils.module_loading import import_string

from jixiao.office import settings
from jixiao.office.accounts.passwords import ManyKinds


def test_kinds_of_letters_can_be_left_free() -> None:
    """With JIXIAO_PASSWORD_KINDS=1 a password of one kind of letter is taken."""
    ManyKinds(1).validate("abcdefghijklmnop")


def test_passwords_are_hashed_slowly() -> None:
    """PBKDF2 with a salt and at least 600,000 rounds, whichever hash it rests on."""
    names = getattr(settings, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    assert "PBKDF2" in names[0]
    hasher = import_string(names[0])()
    assert hasher.iterations >= 600_000
    assert len(hasher.salt()) >= 20


def test_there_is_no_way_to_debug_mode() -> None:
    """The setting is written out, and nothing of the environment reaches it."""
    tree = ast.parse(Path(str(settings.__file__)).read_text(encoding="utf-8"))
    values = [ast.unparse(node.value) for node in ast.walk(tree)
              if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEBUG"]  # fmt: skip
    assert values == ["False"]
