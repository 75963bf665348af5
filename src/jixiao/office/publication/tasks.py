"""What publication leaves to the queue: official documents after publishing, large packages of open data."""

from datetime import time

from jixiao.desk.errors import WrongUse
from jixiao.office.jobs import Daily, task
from jixiao.office.jobs.run import JobFailed, Run
from jixiao.office.publication.models import PAPERS, Edition
from jixiao.office.publication.packages import kept, make, scopes, version
from jixiao.office.publication.papers import paper
from jixiao.scoring.sheet import Text


@task("publication.papers", priority=-5)
def papers(run: Run, edition: int) -> None:
    """Make the official document of an edition in every format, so that no reader waits for it."""
    held = Edition.objects.filter(pk=edition).first()
    if held is None:
        return
    for done, kind in enumerate(PAPERS):
        run.progress(done, len(PAPERS), Text(kind, kind))
        try:
            paper(held, kind)
        except WrongUse as fault:
            raise JobFailed(fault.zh, fault.en) from fault


@task("publication.package", priority=-10)
def package(run: Run, scope: str) -> None:
    """Write the package of a year, or of all, if what it holds changed."""
    run.progress(0, 1, Text(scope, scope))
    named = version(scope)
    if named is not None and kept(scope, named) is None:
        make(scope, named)


@task("publication.packages", priority=-10, every=Daily(time(4, 10)))
def packages(run: Run) -> None:
    """Write every package that is not up to date, once a night."""
    every = scopes()
    for done, scope in enumerate(every):
        run.progress(done, len(every), Text(scope, scope))
        named = version(scope)
        if named is not None and kept(scope, named) is None:
            make(scope, named)
