"""Addresses of the first page."""

from django.urls import path

from jixiao.office.setup import views

app_name = "setup"
urlpatterns = [path("", views.first, name="first"), path("demo/", views.demo, name="demo")]
