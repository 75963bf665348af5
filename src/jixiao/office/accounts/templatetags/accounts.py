"""Tags of this room's templates: the identity provider, if there is one."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from jixiao.office.accounts.oidc import PROVIDER

register = template.Library()


@register.simple_tag(takes_context=True)
def provider(context: dict[str, Any]) -> dict[str, str] | None:
    """Name and address of the identity provider; none where none is set."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    if not apps:
        return None
    request = context.get("request")
    after = request.GET.get("next", "") if request else ""
    address = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})
    return {"name": apps[0]["name"], "address": f"{address}?{urlencode({'next': after})}" if after else address}
