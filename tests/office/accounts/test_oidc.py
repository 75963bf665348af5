"""Signing in by an OpenID Connect provider, against a provider that runs in the test."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_socket import disable_socket, enable_socket

from jixiao.office.accounts.oidc import providers, username_in
from jixiao.office.journal.models import Event
from office.making import Office

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config", "ignore:.*module is deprecated")
"""What the provider in the test is told off for is none of the office's."""
Provider = str


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider on the loopback that the office is set up for."""
    import oidc_provider_mock

    enable_socket()
    with oidc_provider_mock.run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = providers({
            "JIXIAO_OIDC_SERVER": address, "JIXIAO_OIDC_CLIENT": "jixiao", "JIXIAO_OIDC_SECRET": "hidden",
            "JIXIAO_OIDC_NAME": "市统一认证",
        })  # fmt: skip
        yield address
    disable_socket(allow_unix_socket=True)


def come_in(provider: Provider, told: str, sub: str, client: Client | None = None) -> tuple[Client, Any]:
    """Go to the provider, be known there as `sub`, come back; `told` is the user name it tells."""
    client = client or Client()
    requests.put(f"{provider}/users/{sub}", json={"preferred_username": told, "name": "某人"}, timeout=5)
    to_provider = client.get("/accounts/oidc/sso/login/").headers["Location"]
    assert to_provider.startswith(provider)
    back = requests.post(to_provider, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return client, client.get(f"{parts.path}?{parts.query}")


def test_the_sign_in_page_leads_to_the_provider(provider: Provider, office: Office) -> None:
    """The link names it; without a provider there is none."""
    assert "市统一认证" in Client().get("/accounts/login/").content.decode()


def test_without_a_provider_there_is_no_link(office: Office) -> None:
    """Nothing is set, so nothing is offered, and its address is missing."""
    assert "sso" not in Client().get("/accounts/login/").content.decode()
    assert Client().get("/accounts/oidc/sso/login/").status_code == 404


def test_who_has_an_account_comes_in(provider: Provider, office: Office) -> None:
    """By the user name the first time; then by the provider's number, whatever name it tells."""
    client, answer = come_in(provider, "clerk", "42")
    assert answer.headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert list(Event.objects.values_list("act", flat=True)) == ["user.provider_linked", "user.signed_in"]
    client, _ = come_in(provider, "head", "42")
    assert client.get("/account/").context["user"].username == "clerk"
    assert SocialAccount.objects.count() == 1


def test_who_has_none_is_told(provider: Provider, office: Office) -> None:
    """No account is made; the page says which user name was told. One that is switched off is none."""
    office.people["head"].is_active = False
    office.people["head"].save()
    for told in ("stranger", "head"):
        client, answer = come_in(provider, told, told)
        assert answer.status_code == 403
        assert told in answer.content.decode()
        assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_for_all_the_same(provider: Provider, office: Office) -> None:
    """An administrator who comes by the provider has to set one up like everybody of the three."""
    client, _ = come_in(provider, "audit_admin", "7")
    assert client.get("/journal/").headers["Location"] == "/accounts/2fa/totp/activate/"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"userinfo": {"preferred_username": "a"}, "id_token": {"preferred_username": "b"}}, "a"),
        ({"userinfo": {}, "id_token": {"preferred_username": "b"}}, "b"),
        ({"userinfo": {"preferred_username": 7}}, ""),
        ({}, ""),
    ],
)
def test_the_claim(data: dict[str, Any], name: str) -> None:
    """Userinfo before token; nothing where neither tells a text."""
    assert username_in(data, "preferred_username") == name
