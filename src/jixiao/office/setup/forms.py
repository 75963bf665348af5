"""The form of the first page: the bureau, and the three administrators that no one person may be at once."""

from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jixiao.office.look.words import say
from jixiao.office.people.models import AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN, User

ADMINISTRATORS: Final = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN)


class Bureau(forms.Form):
    """The root of the tree."""

    bureau = forms.CharField(max_length=120, strip=True)


class Administrator(forms.Form):
    """One account with its password."""

    username = forms.CharField(max_length=60, strip=True, widget=forms.TextInput({"autocomplete": "off"}))
    name = forms.CharField(max_length=60, strip=True)
    password = forms.CharField(strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))
    again = forms.CharField(strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def clean(self) -> dict[str, Any]:
        """The password follows the policy and was typed twice alike."""
        given = super().clean() or {}
        password = given.get("password", "")
        if password and password != given.get("again"):
            self.add_error("again", say("两次输入的密码不同，请重输。", "The two passwords differ; type them again."))
        elif password:
            try:
                validate_password(password, User(username=given.get("username", ""), name=given.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return given


def is_whole(bureau: Bureau, administrators: list[Administrator]) -> bool:
    """Whether everything is filled in rightly, and the three user names are three; errors stand at their fields."""
    valid = [form.is_valid() for form in (bureau, *administrators)]
    seen: set[str] = set()
    for form in administrators:
        username = form.cleaned_data.get("username", "")
        if username and username.casefold() in seen:
            words = say(
                "三个账号须由三人分别使用，用户名不能相同。", "Three people, three accounts: choose another user name."
            )
            form.add_error("username", words)
            valid.append(False)
        seen.add(username.casefold())
    return all(valid)
