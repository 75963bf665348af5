"""The address of the room."""

from django.urls import path

from jixiao.office.backup import pages

urlpatterns = [path("backups/", pages.backups, name="backups")]
