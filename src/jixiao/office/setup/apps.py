"""The room as a Django application."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """首次设置."""

    name = "jixiao.office.setup"
    label = "setup"
    verbose_name = "首次设置"
