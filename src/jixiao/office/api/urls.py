"""Addresses of the API."""

from django.urls import path, re_path

from jixiao.office.api.address import api, nowhere

urlpatterns = [path("v1/", api.urls), re_path(r"^(?P<rest>.*)$", nowhere)]
