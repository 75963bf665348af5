"""The room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员与机构."""

    name = "jixiao.office.people"
    label = "people"
    verbose_name = "人员与机构"
