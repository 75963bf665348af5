"""The room as a Django application."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """填报."""

    name = "jixiao.office.filing"
    label = "filing"
    verbose_name = "填报"
