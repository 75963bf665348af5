"""The room as a Django application; its models are those of `rounds`."""

from django.apps import AppConfig


class YearConfig(AppConfig):
    """年度."""

    name = "jixiao.office.year"
    label = "year"
    verbose_name = "年度"
