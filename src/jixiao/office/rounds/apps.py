"""The room as a Django application."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """年度."""

    name = "jixiao.office.rounds"
    label = "rounds"
    verbose_name = "年度"
