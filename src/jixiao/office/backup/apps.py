"""The room as a Django application."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """备份."""

    name = "jixiao.office.backup"
    label = "backup"
    verbose_name = "备份"
