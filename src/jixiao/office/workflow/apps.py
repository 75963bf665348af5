"""The room as a Django application."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """流转."""

    name = "jixiao.office.workflow"
    label = "workflow"
    verbose_name = "流转"
