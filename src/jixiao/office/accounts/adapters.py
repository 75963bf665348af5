"""How allauth is told what is different here: nobody signs up, codes are used once, providers lead to accounts."""

from time import time_ns
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.office.accounts import guessing, sealed
from jixiao.office.accounts.factors import must_have_second_factor
from jixiao.office.accounts.oidc import username_in
from jixiao.office.look.words import say
from jixiao.office.people.accounts import normal_username
from jixiao.office.people.models import User

_YEAR = 365 * 24 * 3600


class Texts(dict[str, Any]):
    """Error messages in two languages, chosen when they are asked for; others as the library says them."""

    own: ClassVar[dict[str, tuple[str, str]]] = {
        "username_password_mismatch": (
            "用户名或密码不对。请重试；连续输错会被暂时锁定。",
            "User name or password is wrong. Try again; too many wrong ones lock you out for a while.",
        ),
        "incorrect_code": (
            "验证码不对或已用过。请输入新显示的 6 位数字。",
            "The code is wrong or was used. Enter the one shown now.",
        ),
        "incorrect_password": ("密码不对。", "The password is wrong."),
        "enter_current_password": ("现在的密码不对。", "Your present password is wrong."),
        "too_many_login_attempts": ("尝试次数过多，请稍后再试。", "Too many attempts. Try again later."),
        "rate_limited": ("操作太频繁，请稍后再试。", "Too many requests. Try again later."),
        "account_inactive": ("账号已停用。", "The account is switched off."),
        "cannot_delete_authenticator": (
            "您的角色必须使用两步验证，不能关闭。",
            "Your role needs a second factor; it cannot be switched off.",
        ),
    }

    def __getitem__(self, key: str) -> Any:
        """The message of a key."""
        return say(*self.own[key]) if key in self.own else super().__getitem__(key)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts: made by administrators only."""

    error_messages = Texts(DefaultAccountAdapter.error_messages)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the library's form
        """Nobody makes an account for themselves."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """After a change, back to one's own account."""
        return reverse("my-account")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who has just typed a password, or shown a second factor, is not asked again at once."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        request = context.request
        fresh = time_ns() // 10**9 - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > fresh for record in get_authentication_records(request, request.user))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Password or code; who has neither signs in again by their provider."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": say("用密码确认", "Use your password"),
            "mfa_reauthenticate": say("用验证码确认", "Use a code"),
        }
        methods = [{**each, "description": words.get(each["id"], each["description"])} for each in methods]
        if methods or not user.is_authenticated:
            return methods
        again = say("重新登录", "Sign in again")
        return [{"id": "sign_in_again", "description": again, "url": reverse("sign-in-again")}]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse strangers while an account is being guessed at from many places.

        Raises:
            ValidationError: it is, and the request comes from none of the places where its person signed in before.
        """
        if guessing.keeps_out(request, str(credentials.get("username", ""))):
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Go on in the language the person has chosen."""
        answer: HttpResponse = super().post_login(request, user, **more)
        if user.language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            name, secure = settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_COOKIE_SECURE
            answer.set_cookie(name, user.language, max_age=_YEAR, samesite="Lax", httponly=True, secure=secure)
        return answer

    def add_message(self, *_: Any, **__: Any) -> None:
        """No messages of the library: pages say what happened."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """No mails of the library: the journal tells."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers: they lead to accounts that exist, by the user name that they tell."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody gets an account by signing in elsewhere."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find whose account it is; the first time by user name, from then on by the provider's own number.

        Raises:
            ImmediateHttpResponse: there is no such account, or it is switched off.
        """
        if not sociallogin.is_existing:
            claim = sociallogin.provider.app.settings["claim"]
            told = normal_username(username_in(sociallogin.account.extra_data, claim))
            user = User.objects.filter(username__iexact=told, is_active=True).first() if told else None
            if user is None:
                raise ImmediateHttpResponse(render(request, "accounts/no_account.html", {"told": told}, status=403))
            sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are kept encrypted, and administrators keep theirs."""

    error_messages = Texts(DefaultMFAAdapter.error_messages)

    def get_totp_label(self, user: User) -> str:
        """What the app on the phone calls the account."""
        return user.username

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls the office."""
        return f"Jixiao {context.request.get_host()}"

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        return sealed.closed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret that was kept."""
        return sealed.opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whoever must have one cannot switch it off."""
        return not must_have_second_factor(authenticator.user)

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """No mails of the library: the journal tells."""
