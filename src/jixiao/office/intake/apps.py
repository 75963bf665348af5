"""The room as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Documents read and filed."""

    name = "jixiao.office.intake"
    label = "intake"
    verbose_name = "导入"
