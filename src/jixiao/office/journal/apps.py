"""The room as a Django application."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """日志."""

    name = "jixiao.office.journal"
    label = "journal"
    verbose_name = "日志"
