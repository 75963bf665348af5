"""E1: who may do what, where, in which state: every cell by page, by API and by file link, held against the rules."""

import logging

from drills.row import Drill, Outcome, Row


def run(drill: Drill) -> Outcome:
    """Try cells of a whole town; the long form tries each by every address it has."""
    from drills.office import open_office

    open_office(drill.folder)
    from django.db import transaction

    from matrix.cells import every_cell, one_address_each, unthought
    from matrix.judging import Judge
    from matrix.town import make_town

    logging.disable()
    with transaction.atomic():
        town = make_town(drill.seed)
        cells = list(every_cell(town))
        judge = Judge(town)
        for cell in cells if drill.full else one_address_each(cells, drill.seed):
            judge.judge(cell)
        told = f"{judge.allowed} allowed, {judge.done - judge.allowed} not", f"{len(town.people)} people"
        transaction.set_rollback(True)
    return Outcome(judge.done, (*unthought(cells), *judge.faults), told)


ROW = Row(
    id="E1",
    zh="权限矩阵：角色×状态×动作×关系，经页面、接口和文件链接，每格与手写的规则一致",
    en="access matrix: role, state, act, relation, by page, API and file link, each as the rules written by hand say",
    ci=5_000,
    full=20_000,
    unit="cells",
    run=run,
)
