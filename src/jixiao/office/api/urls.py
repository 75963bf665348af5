"""Addresses of the API, and of the page of its tokens."""

from django.urls import path, re_path

from jixiao.office.api.address import api, nowhere
from jixiao.office.api.pages import end, make, tokens

urlpatterns = [
    path("tokens/", tokens, name="api-tokens"),
    path("tokens/make/", make, name="api-token-make"),
    path("tokens/<int:number>/end/", end, name="api-token-end"),
    path("v1/", api.urls),
    re_path(r"^(?P<rest>.*)$", nowhere),
]
