"""Addresses of the look: the language switch."""

from django.urls import path

from jixiao.office.look.views import language

urlpatterns = [path("language/", language, name="language")]
