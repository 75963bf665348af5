"""What a password may not be, beside Django's own rules: one that was used before; and when it is too old."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
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
