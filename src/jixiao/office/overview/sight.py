"""What one looks at: a round, a node of the tree, filters; with the rows and the places below, behind the door."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from jixiao.desk.library import checks
from jixiao.office.doors.ask import may_here, within
from jixiao.office.doors.table import OFFICE
from jixiao.office.look.words import in_english, say
from jixiao.office.overview.counting import filings_of, rows_of
from jixiao.office.overview.filters import Filters, chosen, filters_of
from jixiao.office.overview.links import linking, page_link
from jixiao.office.overview.rows import Place, Row, by_place
from jixiao.office.overview.tables import Language
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round


@dataclass
class Sight:
    """What one person looks at.

    Attributes:
        user: who looks.
        round: the round.
        node: the node; what is below it is looked at, too.
        filters: what is filtered.
        page: the name of the page, which links to other nodes keep.
    """

    user: Any
    round: Round
    node: Organisation
    filters: Filters
    page: str = "overview-node"

    @property
    def language(self) -> Language:
        """The language of the page being made."""
        return "en" if in_english() else "zh"

    @cached_property
    def every(self) -> list[Row]:
        """All rows, whatever is filtered."""
        return rows_of(self.user, self.round, self.node)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that pass the filters."""
        return chosen(self.every, self.filters, checks()) if self.filters.is_set else self.every

    @cached_property
    def filings(self) -> list[Row]:
        """Those of the rows that have a filing."""
        return [row for row in self.rows if row.key]

    @cached_property
    def before(self) -> Round | None:
        """The round of the year before in the same bureau."""
        earlier = Round.objects.filter(bureau_id=self.round.bureau_id, fiscal_year=self.round.fiscal_year - 1)
        return earlier.order_by("-pk").first()

    @cached_property
    def then(self) -> list[Row]:
        """The filings of the year before; none without such a round."""
        return filings_of(self.user, self.before, self.node) if self.before else []

    @cached_property
    def places(self) -> list[Place]:
        """The nodes right below, and the node itself where forms are its own."""
        below = (
            Organisation.objects.filter(parent=self.node).order_by("path").values_list("pk", "path", "name", "closed")
        )
        found = [Place(path, name, self.at(pk)) for pk, path, name, closed in below if not closed or self._holds(path)]
        if not found or any(row.node == self.node.path for row in self.every):
            own = f"{self.node.name}（本级）" if found and self.language == "zh" else self.node.name
            found.append(Place(self.node.path, own))
        return found

    def _holds(self, path: str) -> bool:
        return any(row.node.startswith(path) for row in self.every)

    @cached_property
    def placed(self) -> list[tuple[Place, list[Row]]]:
        """The rows of each place."""
        return by_place(self.rows, self.node.path, self.places)

    @cached_property
    def placed_filings(self) -> list[tuple[Place, list[Row]]]:
        """The filings of each place that has some."""
        placed = by_place(self.filings, self.node.path, self.places)
        return [(place, rows) for place, rows in placed if rows]

    def at(self, node: int, page: str = "") -> str:
        """The same page with the same filters at another node."""
        return page_link(page or self.page, self.round.pk, node, self.filters)

    def here(self, page: str, **more: str) -> str:
        """Another page with the same filters at this node."""
        return page_link(page, self.round.pk, self.node.pk, self.filters, **more)

    def at_same(self, **changed: str) -> str:
        """This page with some filters changed."""
        return linking(self.page, self.round.pk, self.node.pk, self.filters)(**changed)

    def link(self, **changed: str) -> str:
        """The list of forms with some filters changed."""
        return linking("overview-forms", self.round.pk, self.node.pk, self.filters)(**changed)

    def link_at(self, place: Place) -> Callable[..., str]:
        """The list of forms of a place, with some filters changed."""
        node = int(place.path.strip("/").rpartition("/")[2])
        return linking("overview-forms", self.round.pk, node, self.filters)

    def findings_link(self, **changed: str) -> str:
        """The page of findings with some filters changed."""
        return linking("overview-findings", self.round.pk, self.node.pk, self.filters)(**changed)

    def crumbs(self) -> list[tuple[str, str]]:
        """Names and addresses of the nodes above that the person may see, and the name of this one."""
        ids = [int(part) for part in self.node.path.strip("/").split("/")[:-1]]
        above = Organisation.objects.filter(pk__in=ids).order_by("path")
        seen = [one for one in above if may_here(self.user, "see_overview", one)]
        return [*((one.name, self.at(one.pk)) for one in seen), (self.node.name, "")]

    def rounds(self) -> list[tuple[str, str, bool]]:
        """Every round of the bureau: title, address, whether it is this one."""
        found = Round.objects.filter(bureau_id=self.round.bureau_id)
        return [
            (one.title, page_link(self.page, one.pk, self.node.pk, self.filters), one.pk == self.round.pk)
            for one in found
        ]


def sight_of(
    request: HttpRequest, round_id: int, node_id: int, page: str = "overview-node", act: str = "see_overview"
) -> Sight:
    """What a request looks at.

    Raises:
        Http404: there is no such round or node, the round is of another tree, or the person may not see it here.
    """
    node = Organisation.objects.filter(pk=node_id).first()
    round_ = Round.objects.select_related("bureau").filter(pk=round_id).first()
    if node is None or round_ is None or not node.path.startswith(round_.bureau.path):
        raise Http404
    if not may_here(request.user, act, node):
        raise Http404
    return Sight(request.user, round_, node, filters_of(request.GET.dict()), page)


def nodes_of(user: Any, act: str = "see_overview") -> QuerySet[Organisation]:
    """The nodes whose overview a person may see, from the top down."""
    return Organisation.objects.filter(within(user, OFFICE, act)).order_by("path")


def no_round() -> str:
    """What is said where there is nothing to look at yet."""
    return say("还没有自评批次。请财政审核人先建一个批次。", "There is no round yet. Ask finance to set one up.")
