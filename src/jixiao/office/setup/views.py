"""The first page: whoever holds the key makes the administrators, or loads the demo."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.office.people.models import AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN
from jixiao.office.setup.acts import take_office
from jixiao.office.setup.first import forget_key, nobody_yet, opens
from jixiao.office.setup.forms import ADMINISTRATORS, Administrator, Bureau, is_whole
from jixiao.scoring.sheet import Text

_WORDS: Final = {
    SYSTEM_ADMIN: (
        Text("系统管理员", "System administrator"),
        Text("管理机构和账号", "Organisations and accounts"),
    ),
    SECURITY_ADMIN: (
        Text("安全管理员", "Security administrator"),
        Text("授予和收回角色", "Grants roles and takes them back"),
    ),
    AUDIT_ADMIN: (
        Text("审计管理员", "Audit administrator"),
        Text("查看日志", "Reads the journal"),
    ),
}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """The two ways to begin; without the key, how to find it; once somebody is there, the sign-in page."""
    if not nobody_yet():
        return HttpResponseRedirect(reverse("account_login"))
    key = request.POST.get("key", "") or request.GET.get("key", "")
    if not opens(key):
        return render(request, "setup/closed.html", {"wrong": bool(key)}, status=403 if key else 200)
    data = request.POST if request.method == "POST" else None
    bureau = Bureau(data, prefix="office")
    administrators = [Administrator(data, prefix=kind) for kind in ADMINISTRATORS]
    if data is not None and is_whole(bureau, administrators):
        take_office(bureau.cleaned_data["bureau"], [form.cleaned_data for form in administrators])
        return HttpResponseRedirect(reverse("account_login"))
    people = [(*_WORDS[kind], form) for kind, form in zip(ADMINISTRATORS, administrators, strict=True)]
    return render(request, "setup/first.html", {"key": key, "bureau": bureau, "people": people})


@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Load the demo round and its accounts, then show the sign-in page, where they stand."""
    if not opens(request.POST.get("key", "")):
        return HttpResponseRedirect(reverse("setup:first"))
    from jixiao.office.demo.making import make_demo

    make_demo()
    forget_key()
    return HttpResponseRedirect(reverse("account_login"))
