"""The room as a Django application."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """汇总."""

    name = "jixiao.office.overview"
    label = "overview"
    verbose_name = "汇总"
