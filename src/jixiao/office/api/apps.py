"""The room as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口."""

    name = "jixiao.office.api"
    label = "api"
    verbose_name = "接口"
