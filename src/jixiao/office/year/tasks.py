"""What takes longer than a page may wait: opening a round of very many projects."""

from jixiao.office.jobs import task
from jixiao.office.jobs.run import Run
from jixiao.office.people.models import User
from jixiao.office.rounds.models import Round
from jixiao.office.year.opening import begin_chunk, coming
from jixiao.scoring.sheet import Text


@task("year.open")
def open_round(run: Run, number: int, source: str, by: int) -> None:
    """Begin the filings of a round; begun again after a stop it goes on where it was."""
    round_, user = Round.objects.select_related("bureau").get(pk=number), User.objects.get(pk=by)
    total = coming(round_).count()
    done = 0
    while made := begin_chunk(round_, source, user):
        done += made
        run.progress(done, max(total, done), Text(f"已建 {done} 张表", f"{done} forms begun"))
