"""Forms of this room: labels in two languages, and a field that finds an organisation by code or name."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from jixiao.office.look.words import say
from jixiao.office.people.duties import KIND_NAMES, ROLE_NAMES
from jixiao.office.people.models import Organisation, User

Pair = tuple[str, str]


class Worded(forms.Form):
    """A form whose labels and helps are pairs of 中文 and English."""

    labels: ClassVar[dict[str, Pair]] = {}
    helps: ClassVar[dict[str, Pair]] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Put the words of the page's language in; tie errors and helps to their fields for screen readers."""
        super().__init__(*arguments, **named)
        for name, field in self.fields.items():
            field.label = say(*self.labels[name]) if name in self.labels else field.label
            field.help_text = say(*self.helps[name]) if name in self.helps else field.help_text


class PlaceField(forms.CharField):
    """An organisation, typed as its code, its name, or both as the list of suggestions gives them."""

    def __init__(self, **named: Any) -> None:
        """Suggest while typing; among which organisations is set by the form that has the field."""
        super().__init__(max_length=200, **named)
        self.among: QuerySet[Organisation] = Organisation.objects.none()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Suggestions come from the server as one types."""
        return super().widget_attrs(widget) | {"list": "places", "autocomplete": "off", "data-places": "yes"}

    def bound_to(self, among: QuerySet[Organisation]) -> None:
        """Take the organisations that may be chosen."""
        self.among = among
        self.widget.attrs |= {
            "hx-get": reverse("organisation-find"),
            "hx-trigger": "input changed delay:200ms, focus once",
            "hx-target": "#places", "hx-sync": "this:replace",
        }  # fmt: skip

    def clean(self, value: Any) -> Any:
        """The organisation.

        Raises:
            ValidationError: none, or several, are meant.
        """
        text = super().clean(value)
        return found(self.among, text) if text else None


def found(among: QuerySet[Organisation], text: str) -> Organisation:
    """The one organisation that a text means: a code, a code and a name, or a name.

    Raises:
        ValidationError: none, or several, are meant.
    """
    head = text.split(maxsplit=1)[0]
    by_code = among.filter(code=head).first()
    if by_code is not None:
        return by_code
    several = list(among.filter(name=text)[:2])
    if len(several) == 1:
        return several[0]
    if several:
        raise ValidationError(
            say(f"有多个机构叫“{text}”，请输入编码。", f"Several are called “{text}”: enter the code.")
        )
    raise ValidationError(
        say(
            f"没有编码或名称为“{text}”的机构。请从提示中选择。",
            f"None has the code or name “{text}”. Choose a suggestion.",
        )
    )


def as_typed(organisation: Organisation | None) -> str:
    """An organisation as the field shows it."""
    return f"{organisation.code} {organisation.name}".strip() if organisation else ""


class OrganisationForm(Worded):
    """An organisation's names, code and type."""

    labels: ClassVar = {
        "name": ("名称", "Name"), "kind": ("类型", "Type"), "code": ("编码", "Code"),
        "name_en": ("英文名称", "English name"),
    }  # fmt: skip
    helps: ClassVar = {
        "code": ("预算平台中的单位编码，可留空", "The code of the budget platform; may be empty"),
        "name_en": ("公开网站的英文页面用，可留空", "For the English pages of the public site; may be empty"),
    }

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField()
    code = forms.RegexField(r"^[0-9A-Za-z][0-9A-Za-z_-]*$", max_length=40, required=False)
    name_en = forms.CharField(max_length=200, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Name the types in the page's language."""
        super().__init__(*arguments, **named)
        kinds = self.fields["kind"]
        if isinstance(kinds, forms.ChoiceField):
            kinds.choices = [(kind, say(*names)) for kind, names in KIND_NAMES.items()]


class MoveForm(Worded):
    """Where a subtree shall hang."""

    labels: ClassVar = {"parent": ("新的上级", "New parent")}
    parent = PlaceField()

    def __init__(self, among: QuerySet[Organisation], *arguments: Any, **named: Any) -> None:
        """Take where it may hang."""
        super().__init__(*arguments, **named)
        bind(self, "parent", among)


class PersonForm(Worded):
    """What an account says of a person."""

    labels: ClassVar = {
        "username": ("用户名", "User name"), "name": ("姓名", "Full name"),
        "organisation": ("所属机构", "Organisation"),
        "email": ("邮箱", "Email"), "phone": ("电话", "Phone"),
    }  # fmt: skip
    helps: ClassVar = {
        "username": (
            "登录时输入；字母、数字和 . - _ @ +，以后不能改",
            "Typed at sign-in: letters, digits, . - _ @ +",
        ),
        "organisation": ("输入编码或名称，从提示中选择", "Type a code or a name and choose a suggestion"),
    }

    username = forms.CharField(max_length=60)
    name = forms.CharField(max_length=60)
    organisation = PlaceField()
    email = forms.EmailField(required=False)
    phone = forms.CharField(max_length=30, required=False)

    def __init__(self, among: QuerySet[Organisation], *arguments: Any, known: bool = False, **named: Any) -> None:
        """Take where the person may belong, and whether the account is there already."""
        super().__init__(*arguments, **named)
        bind(self, "organisation", among)
        if known:
            del self.fields["username"]


class RoleForm(Worded):
    """A role to be given."""

    labels: ClassVar = {"kind": ("角色", "Role"), "organisation": ("机构", "Organisation")}
    kind = forms.ChoiceField()
    organisation = PlaceField()

    def __init__(self, among: QuerySet[Organisation], *arguments: Any, **named: Any) -> None:
        """Take where roles may be given."""
        super().__init__(*arguments, **named)
        bind(self, "organisation", among)
        kinds = self.fields["kind"]
        if isinstance(kinds, forms.ChoiceField):
            kinds.choices = [(kind, say(*names)) for kind, names in ROLE_NAMES.items()]


class MeForm(Worded):
    """What one may change of one's own account."""

    labels: ClassVar = {"email": ("邮箱", "Email"), "phone": ("电话", "Phone"), "language": ("语言", "Language")}
    email = forms.EmailField(required=False)
    phone = forms.CharField(max_length=30, required=False)
    language = forms.ChoiceField(choices=[("", "—"), ("zh-hans", "中文"), ("en", "English")], required=False)


class NewPasswordForm(Worded):
    """A password, twice."""

    labels: ClassVar = {"password1": ("新密码", "New password"), "password2": ("再输一遍", "Once more")}
    password1 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)
    password2 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    def __init__(self, user: User, *arguments: Any, **named: Any) -> None:
        """Take whose password it will be."""
        super().__init__(*arguments, **named)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both are the same, and the rules for passwords hold."""
        cleaned = super().clean() or {}
        one, other = cleaned.get("password1"), cleaned.get("password2")
        if one and other and one != other:
            self.add_error("password2", say("两次输入不一样。", "The two are not the same."))
        elif one:
            try:
                validate_password(one, self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class ListForm(Worded):
    """A workbook to upload."""

    labels: ClassVar = {"file": ("名单文件（XLSX）", "List (XLSX)")}
    file = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))


def bind(form: forms.Form, name: str, among: QuerySet[Organisation]) -> None:
    """Let a form's place field choose among some organisations, none of them closed."""
    field = form.fields[name]
    assert isinstance(field, PlaceField)  # noqa: S101  # of the form above
    field.bound_to(among.filter(closed=False))


def password_rules() -> list[str]:
    """The rules for passwords in words."""
    return password_validators_help_texts()
