"""The room as a Django application."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """外观."""

    name = "jixiao.office.look"
    label = "look"
    verbose_name = "外观"
