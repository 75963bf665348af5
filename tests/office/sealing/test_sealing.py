"""Sealed texts: what the database holds, what a changed letter does, keys turned, earlier secrets, the port."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import process_time_ns
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection

from jixiao.office.accounts import sealed
from jixiao.office.accounts.hashing import PBKDF2SM3PasswordHasher
from jixiao.office.accounts.turning import turn_key
from jixiao.office.people.models import PeopleList, User
from jixiao.office.sealing.own import OwnKeys, has_sm4, read_keys
from jixiao.office.sealing.port import MARK, WrongKey, opened, seal, sealer
from office.making import Office

PHONE, MAIL = "13800138000", "zhang.san@example.gov.cn"


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Keys of the test's own."""
    settings.FIELD_KEY_FILE = tmp_path / "field-key"
    sealer.cache_clear()
    yield
    sealer.cache_clear()


def stored(table: str, column: str, number: int) -> str:
    """What the database really holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [number])  # noqa: S608  # names of this test's own
        return str(cursor.fetchone()[0])


@pytest.fixture
def person(office: Office) -> User:
    """Somebody with a telephone number and a mail address."""
    who = office.people["clerk"]
    who.phone, who.email = PHONE, MAIL
    who.save()
    return who


def test_the_database_holds_no_number_or_address(person: User) -> None:
    """Nor an uploaded list of people; the program reads all of them as they were."""
    kept = PeopleList.objects.create(by=person, name="名单.xlsx", sha256="", lists=f'["{PHONE}"]')
    for table, column, number in (
        ("people_user", "phone", person.pk), ("people_user", "email", person.pk), ("people_list", "lists", kept.pk),
    ):  # fmt: skip
        text = stored(table, column, number)
        assert text.startswith(MARK)
        assert PHONE not in text
        assert MAIL not in text
    again = User.objects.get(pk=person.pk)
    assert (again.phone, again.email) == (PHONE, MAIL)
    assert PeopleList.objects.get(pk=kept.pk).lists == f'["{PHONE}"]'


def test_sm4_is_what_is_used(person: User) -> None:
    """SM4-GCM as it comes; the same text is another each time."""
    assert has_sm4()
    assert stored("people_user", "phone", person.pk).startswith(f"{MARK}sm4:k1:")
    assert seal(PHONE, "x") != seal(PHONE, "x")


def test_aes_is_the_other_way(settings: Any) -> None:
    """What one cipher sealed opens whichever is chosen now."""
    by_sm4 = seal(PHONE, "x")
    settings.FIELD_CIPHER = "aes"
    by_aes = seal(PHONE, "x")
    assert by_aes.startswith(f"{MARK}aes:k1:")
    assert (opened(by_sm4, "x"), opened(by_aes, "x")) == (PHONE, PHONE)


def test_a_changed_letter_is_seen() -> None:
    """Every letter of a seal counts, and so does the column it is of."""
    text = seal(PHONE, "people_user.phone")
    body = text.rindex(":") + 1
    for place in range(body, len(text), 5):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises((WrongKey, ValueError)):
            opened(text[:place] + other + text[place + 1 :], "people_user.phone")
    with pytest.raises(WrongKey):
        opened(text, "people_user.email")


def test_an_empty_text_can_be_asked_for(person: User) -> None:
    """Who has an address is found; by which address, no query can ask."""
    assert list(User.objects.exclude(email="")) == [person]
    for asked in ({"email": MAIL}, {"phone__contains": "138"}, {"email__iexact": MAIL}):
        with pytest.raises(FieldError):
            list(User.objects.filter(**asked))


def test_keys_are_turned(person: User) -> None:
    """All is sealed anew with a second key, second factors too; the first stays in the file, for backups."""
    factor = Authenticator.objects.create(user=person, type="totp", data={"secret": sealed.closed("ABCDEF")})
    before = seal(PHONE, "x")
    assert turn_key() == 2
    assert stored("people_user", "phone", person.pk).startswith(f"{MARK}sm4:k2:")
    again = Authenticator.objects.get(pk=factor.pk).data["secret"]
    assert again.startswith(f"{MARK}sm4:k2:")
    assert (sealed.opened(again), User.objects.get(pk=person.pk).email) == ("ABCDEF", MAIL)
    assert list(read_keys()) == ["k1", "k2"]
    assert opened(before, "x") == PHONE


def test_another_process_finds_a_new_key() -> None:
    """Who has read the keys before they were turned opens what the new one sealed."""
    elsewhere = OwnKeys()
    sealed_first = elsewhere.seal(b"a", b"x")
    here = OwnKeys()
    here.turn()
    assert elsewhere.open(here.seal(b"b", b"x"), b"x") == b"b"
    assert here.open(sealed_first, b"x") == b"a"


def test_the_keys_are_their_owners_alone(settings: Any) -> None:
    """Nobody else may read the file, before and after a turn."""
    seal("x", "y")
    sealer().turn()  # type: ignore[attr-defined]  # of our own keys
    assert Path(settings.FIELD_KEY_FILE).stat().st_mode & 0o077 == 0


def test_without_the_key_nothing_opens(settings: Any) -> None:
    """Another office's keys do not open ours."""
    text = seal(PHONE, "x")
    Path(settings.FIELD_KEY_FILE).unlink()
    sealer.cache_clear()
    with pytest.raises(WrongKey):
        opened(text, "x")


def test_secrets_of_before_are_read(settings: Any) -> None:
    """A second factor that was set up before there were seals still works."""
    import base64

    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"jixiao second factor").derive(settings.SECRET_KEY.encode())
    old = Fernet(base64.urlsafe_b64encode(key)).encrypt(b"ABCDEF").decode()
    assert sealed.opened(old) == "ABCDEF"


def test_going_back_opens_what_was_sealed(person: User) -> None:
    """The migration seals what is there, and backwards leaves plain text."""
    steps = import_module("jixiao.office.people.migrations.0003_seal_rows")
    steps.open_all(apps, SimpleNamespace(connection=connection))
    assert stored("people_user", "phone", person.pk) == PHONE
    assert User.objects.get(pk=person.pk).phone == PHONE
    steps.seal_all(apps, SimpleNamespace(connection=connection))
    assert re.fullmatch(MARK + r"sm4:k1:[A-Za-z0-9+/=]+", stored("people_user", "phone", person.pk))


def test_a_sealer_of_another_kind_is_taken(settings: Any) -> None:
    """A class that an office names, such as one that asks an HSM."""
    settings.FIELD_SEALER = f"{__name__}.Backwards"
    sealer.cache_clear()
    assert seal("abc", "x") == f"{MARK}cba"
    assert opened(f"{MARK}cba", "x") == "abc"
    with pytest.raises(TypeError):
        turn_key()


class Backwards:
    """No cipher at all."""

    def seal(self, plain: bytes, about: bytes) -> str:
        """Backwards."""
        assert about
        return plain.decode()[::-1]

    def open(self, sealed: str, about: bytes) -> bytes:
        """Forwards."""
        assert about
        return sealed[::-1].encode()

    def is_newest(self, sealed: str) -> bool:
        """Always."""
        return bool(sealed)


def test_opening_is_cheap() -> None:
    """Reading a person costs less than 0.2 ms of processor time for a sealed field."""
    text = seal(MAIL, "x")
    best = min(_spent(text) for _ in range(5))
    assert best < 200_000


def _spent(text: str) -> int:
    """Nanoseconds of one opening, over a hundred."""
    before = process_time_ns()
    for _ in range(100):
        opened(text, "x")
    return (process_time_ns() - before) // 100


def test_passwords_can_be_hashed_with_sm3() -> None:
    """PBKDF2 on SM3: known by its name, checked, and told from another password."""
    hasher = PBKDF2SM3PasswordHasher()
    told = hasher.encode("pass-Word-2024", "salt", 1_000)
    assert told.startswith("pbkdf2_sm3$1000$salt$")
    assert hasher.verify("pass-Word-2024", told)
    assert not hasher.verify("pass-Word-2025", told)
