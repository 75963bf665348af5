"""jobs: work that is done outside a request, kept in one table, which survives the sudden death of its worker."""

from jixiao.office.jobs.registry import Daily, Task, beside, task

__all__ = ["Daily", "Task", "beside", "task"]
