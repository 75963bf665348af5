"""What a password may not be, beside Django's own rules: one that was used before; and when it is too old."""

import unicodedata
from datetime import timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from jixiao.office.look.words import say
from jixiao.office.people.models import UsedPassword, User


class NotUsedBefore:
    """Refuses the last passwords of a person."""

    def __init__(self, last: int = 5) -> None:
        """Take how many are refused."""
        self.last = last

    def validate(self, password: str, user: User | None = None) -> None:
        """Compare with the hashes that are kept.

        Raises:
            ValidationError: it was one of the last.
        """
        if user is None or user.pk is None:
            return
        used = UsedPassword.objects.filter(user=user).values_list("hash", flat=True)[: self.last]
        if any(check_password(password, each) for each in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """The rule in words."""
        return say(f"不能与最近 {self.last} 次用过的密码相同。", f"Not one of your last {self.last} passwords.")


class NotGuessable:
    """Refuses a common password, or a word of the office, dressed up with digits and signs: Passw0rd!2024, 绩效-2024.

    Django's own rule compares whole passwords with its list of 20,000, of which few are as long as ours must be.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Undress and compare.

        Raises:
            ValidationError: what is left is a common password or a word of the office.
        """
        place = user.organisation.name if user is not None and user.organisation else ""
        if not undressed(password).isdisjoint(_common() | OFFICE_WORDS | {place.casefold()}):
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def get_help_text(self) -> str:
        """The rule in words."""
        return say(
            "不能是常见密码或本系统、本单位的名称加上数字和符号。",
            "Not a common password, nor a name of this system or your organisation, with digits and signs added.",
        )


OFFICE_WORDS: Final = frozenset({
    "jixiao", "jixiaoziping", "caizheng", "caizhengju", "yusuan", "yusuanju", "zhichu", "ziping", "mima", "guanliyuan",
    "绩效", "绩效自评", "绩效评价", "财政", "财政局", "预算", "预算绩效", "支出", "自评", "自评表", "密码", "管理员",
    "budget", "performance", "evaluation", "finance",
})  # fmt: skip
"""Words of the trade that anybody would try here."""
_PLAIN: Final = str.maketrans("@0134$57!", "aoleassti")
_OTHER: Final = str.maketrans("@0134$57!", "aoieassti")


def undressed(password: str) -> frozenset[str]:
    """What a password is without case, added digits and signs, and letters written as digits; never empty texts."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    ends = plain.strip("".join({letter for letter in plain if not letter.isalpha()}))
    found = [plain, ends, *(_letters(text.translate(table)) for text in (plain, ends) for table in (_PLAIN, _OTHER))]
    return frozenset(text for text in (*found, _letters(plain)) if text)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


class ManyKinds:
    """Refuses passwords of one kind of letter only, as 等保 asks for complexity."""

    def __init__(self, kinds: int = 2) -> None:
        """Take how many kinds there must be: of lower case, upper case, digits, everything else."""
        self.kinds = kinds

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002  # Django's form of a rule
        """Count the kinds.

        Raises:
            ValidationError: there are too few.
        """
        tests = (str.islower, str.isupper, str.isdigit, lambda letter: not (letter.isascii() and letter.isalnum()))
        if sum(any(test(letter) for letter in password) for test in tests) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        """The rule in words."""
        return say(
            f"小写字母、大写字母、数字、其他字符中至少有 {self.kinds} 种。",
            f"At least {self.kinds} of: lower case, upper case, digits, other characters.",
        )


def is_too_old(user: User) -> bool:
    """Whether the password must be changed: only where the setting sets an age, and the person has a password."""
    if not settings.PASSWORD_DAYS or not user.has_usable_password():
        return False
    since = user.password_set or user.joined
    return timezone.now() - since > timedelta(days=settings.PASSWORD_DAYS)
