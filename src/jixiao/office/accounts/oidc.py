"""Signing in by an OpenID Connect provider 统一身份认证, from the environment: any provider with discovery.

`JIXIAO_OIDC_SERVER` its address · `JIXIAO_OIDC_CLIENT` · `JIXIAO_OIDC_SECRET` · `JIXIAO_OIDC_NAME` what the link
says · `JIXIAO_OIDC_CLAIM` the claim that is the user name here, preferred_username if unset.
"""

from collections.abc import Mapping
from typing import Any, Final

PROVIDER: Final = "sso"
"""How addresses name the provider: accounts/oidc/sso/login/callback/ is what it has to allow."""
_USUAL_CLAIM: Final = "preferred_username"


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """The providers as allauth takes them; none where no server is named."""
    server = environment.get("JIXIAO_OIDC_SERVER", "")
    if not server:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": environment.get("JIXIAO_OIDC_NAME", "") or "统一身份认证",
        "client_id": environment.get("JIXIAO_OIDC_CLIENT", ""),
        "secret": environment.get("JIXIAO_OIDC_SECRET", ""),
        "settings": {"server_url": server, "claim": environment.get("JIXIAO_OIDC_CLAIM", "") or _USUAL_CLAIM},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def username_in(data: Mapping[str, Any], claim: str) -> str:
    """The user name a provider tells, from its userinfo, else from its token; empty if it tells none."""
    for source in ("userinfo", "id_token"):
        told = data.get(source)
        if isinstance(told, Mapping) and isinstance(told.get(claim), str):
            return str(told[claim])
    return ""
