"""The use case of a folder: every form read once and put aside, paired with last year's, reviewed, ranked, summed.

Memory holds a brief of each form; the forms and what is told of them lie in temporary files until the reports are
written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.formsfile import FormsFileFault, elements, form_of, is_forms_file, no_form
from jixiao.desk.errors import WrongUse
from jixiao.desk.evidence import beside
from jixiao.desk.folder_work import Job, Reviewed, Way, review_batch
from jixiao.desk.known import Known
from jixiao.desk.library import checks, known_rulebook, priority
from jixiao.desk.reviewing import documents_of, trials_left_out
from jixiao.desk.spool import Spool
from jixiao.desk.working import in_order
from jixiao.form import Form, encode, to_wire
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.review.folder.brief import Brief, FormKey
from jixiao.review.folder.priority import Rank, rank_of, ranked
from jixiao.review.folder.sampling import Candidate, draw, numbered, size_of
from jixiao.review.folder.summary import sums_by, sums_of
from jixiao.review.folder.waivers import State, Waiver, WaiversRefused, load_waivers
from jixiao.review.folder.years import Pair, Pairing, Single, pair_up
from jixiao.review.wording import squeeze
from jixiao.scoring import Attached, Text
from jixiao.writing.folder.report import Coverage, Detail, FileError, FolderReport, Sample, UsedWaiver
from jixiao.writing.forms_report import FileForms

Watch = Callable[[Iterable[Any], int], Iterable[Any]]
"""Is given what is worked through and how much it is, and gives it back: for showing progress."""

_BATCH: Final = 32
_DETAIL: Final = msgspec.msgpack.Decoder(Detail)
_LONGEST_SEED: Final = 64
_LARGEST_WAIVERS: Final = 16 * 2**20


class Asked(Struct, frozen=True):
    """What is asked of a folder.

    Attributes:
        day: on which waivers are looked at.
        rulebook: id of the book for every form; `None` recognises the place.
        trial: whether checks on trial ask, too.
        sample: size of the sample, "20" or "10%"; `None` for none.
        seed: of the sample.
        each_unit: whether each unit gives at least one form.
        waivers: the waivers.
        known: approved targets and statistics of similar projects, where they were handed in.
        limits: what reading a document may cost.
    """

    day: date
    rulebook: str | None = None
    trial: bool = False
    sample: str | None = None
    seed: str = "1"
    each_unit: bool = False
    waivers: tuple[Waiver, ...] = ()
    known: Known | None = None
    limits: Limits = DEFAULT_LIMITS


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        WrongUse: it cannot be read, or is not of the format; the sentence names the waiver and the key.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > _LARGEST_WAIVERS):
            raise WrongUse(f"{path}：不是不超过 16 MB 的文件。", f"{path}: this is no file of at most 16 MB.")
        return load_waivers(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WrongUse(f"{path}：读不了（{reason}）。", f"{path}: cannot be read ({reason}).") from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"{path}：不是 UTF-8 文本。", f"{path}: this is no UTF-8 text.") from error
    except WaiversRefused as refused:
        raise WrongUse(f"{path}：{refused.zh}", f"{path}: {refused.en}") from refused


def check_asked(asked: Asked) -> None:
    """Say before anything is read that a size, a seed or a rulebook is none.

    Raises:
        WrongUse: it is none.
    """
    if asked.rulebook is not None:
        known_rulebook(asked.rulebook)
    if not asked.seed.isprintable() or not 1 <= len(asked.seed) <= _LONGEST_SEED:
        raise WrongUse(
            f"种子应为 1 到 {_LONGEST_SEED} 个可见字符。", f"A seed is 1 to {_LONGEST_SEED} letters that can be seen."
        )
    try:
        size_of(asked.sample or "1", 1)
    except ValueError as error:
        zh = f"“{asked.sample}”不是抽样数。请写张数（如 20）或比例（如 10%，不超过 100%）。"
        en = f"{asked.sample!r} is no sample size. Write a number of forms (20) or a share (10%, at most 100%)."
        raise WrongUse(zh, en) from error


def _all(items: Iterable[Any], _length: int) -> Iterable[Any]:
    return items


@contextmanager
def review_folder(paths: Sequence[Path], asked: Asked, watch: Watch = _all) -> Iterator[FolderReport]:
    """Review all forms of a folder; the report can be written while the block lasts.

    Args:
        paths: documents, and forms as data.
        asked: what is asked of it.
        watch: is given what is worked through and how much it is, and gives it back: for showing progress.

    Raises:
        WrongUse: the sample is smaller than the number of units, of which each was to give one.
    """
    with ExitStack() as files:
        forms, details = files.enter_context(Spool()), files.enter_context(Spool())
        run = _Run(asked, forms, details)
        run.read(paths, watch)
        run.review(watch)
        yield run.report(len(paths))


class Given(Struct, frozen=True):
    """A form that is handed in by itself.

    Attributes:
        name: unlike that of every other form; stands where a file's name would.
        data: its text, of contract jixiao/form/1.
        approved: the text of its approved targets; `None` without.
        evidence: what bears it out; `None` where nobody was asked.
    """

    name: str
    data: bytes
    approved: bytes | None = None
    evidence: Attached | None = None


@contextmanager
def review_given(given: Iterable[Given], asked: Asked, watch: Watch = _all) -> Iterator[FolderReport]:
    """Review forms that are handed in one by one, as `review_folder` does those of files, in this process alone.

    Args:
        given: the forms, those of last year among them.
        asked: what is asked of them.
        watch: is given what is worked through and how much it is, and gives it back: for showing progress.

    Raises:
        WrongUse: the sample is smaller than the number of units, of which each was to give one.
    """
    with ExitStack() as files:
        forms, details = files.enter_context(Spool()), files.enter_context(Spool())
        run = _Run(asked, forms, details, processes=1)
        count = run.take(given)
        run.review(watch)
        yield run.report(count)


class _Source(Struct, frozen=True):
    """Where a form that was put aside stands, which it is, its evidence, what is said of that, its targets."""

    file: str
    number: int
    key: FormKey | None
    evidence: Attached | None = None
    remarks: tuple[Text, ...] = ()
    approved: bytes | None = None


class _Run:
    """One run over a folder."""

    def __init__(self, asked: Asked, forms: Spool, details: Spool, processes: int | None = None) -> None:
        self._asked, self._forms, self._details, self._processes = asked, forms, details, processes
        self._sources: list[_Source] = []
        self._errors: list[FileError] = []
        self._briefs: list[Brief] = []
        self._places: dict[int, int] = {}
        self._states: dict[int, Counter[State]] = {}
        self._pairing = Pairing()

    def read(self, paths: Sequence[Path], watch: Watch) -> None:
        """Put every form aside, and learn which it is."""
        documents = documents_of([path for path in paths if not is_forms_file(path)], self._asked.limits)
        for path in watch(paths, len(paths)):
            if is_forms_file(path):
                self._read_data(path)
                continue
            for result in documents.of(path):
                if result.error is not None:
                    self._errors.append(FileError(result.file, result.error))
                self._keep_document(result)

    def take(self, given: Iterable[Given]) -> int:
        """Put forms aside that are handed in by themselves; how many there were."""
        for one in given:
            self._keep(one.data, _Source(one.name, 0, None, one.evidence, approved=one.approved))
        return len(self._sources)

    def _keep_document(self, result: FileForms) -> None:
        evidence = beside(result.file, result.forms)
        for number, form in enumerate(result.forms):
            remarks = () if number else evidence.problems
            self._keep(encode(to_wire(form)), _Source(result.file, number, None, evidence.of(number + 1), remarks))

    def _read_data(self, path: Path) -> None:
        before = len(self._sources)
        try:
            for number, data in enumerate(elements(path)):
                self._keep(data, _Source(str(path), number, None))
        except FormsFileFault as fault:
            self._errors.append(FileError(str(path), fault.error))
        else:
            if len(self._sources) == before:
                self._errors.append(FileError(str(path), no_form(path)))

    def _keep(self, data: bytes, source: _Source) -> None:
        self._forms.add(data)
        self._sources.append(msgspec.structs.replace(source, key=_key(data)))

    def review(self, watch: Watch) -> None:
        """Review every form beside last year's."""
        nobody = FormKey(0, "", "", "")
        pairing = pair_up([source.key or nobody for source in self._sources])
        last = {pair.now: pair.then for pair in pairing.pairs}
        asked = self._asked
        way = Way(asked.rulebook, asked.trial, asked.waivers, asked.day, asked.known)
        batches = in_order(partial(review_batch, way), self._batches(last), processes=self._processes)
        results = (result for batch in batches for result in batch)
        for at, result in enumerate(watch(results, len(self._sources))):
            self._take(at, result)
        self._pairing = self._placed(pairing)

    def _batches(self, last: dict[int, int]) -> Iterator[list[Job]]:
        jobs = (
            Job(
                file=source.file,
                number=source.number,
                data=self._forms.get(at),
                last=self._forms.get(last[at]) if at in last else None,
                approved=source.approved,
                evidence=source.evidence,
                remarks=source.remarks,
            )
            for at, source in enumerate(self._sources)
        )
        for _, batch in groupby(enumerate(jobs), key=lambda job: job[0] // _BATCH):
            yield [job for _, job in batch]

    def _take(self, at: int, result: Reviewed) -> None:
        if result.brief is None:
            source = self._sources[at]
            if result.error is not None:
                self._errors.append(FileError(f"{source.file}#/{source.number}", result.error))
            return
        self._places[at] = len(self._briefs)
        self._briefs.append(result.brief)
        self._details.add(result.detail)
        for waiver, state in result.rulings:
            self._states.setdefault(waiver, Counter())[state] += 1

    def _placed(self, pairing: Pairing) -> Pairing:
        """The pairing by places among the briefs; a form that could not be taken has none."""
        here = self._places
        pairs = [Pair(here[p.now], here[p.then], p.by) for p in pairing.pairs if p.now in here and p.then in here]
        singles = [Single(here[single.at], single.why) for single in pairing.singles if single.at in here]
        for pair in pairing.pairs:
            left = [at for at in (pair.now, pair.then) if at in here]
            singles += [Single(here[at], "unread") for at in left if len(left) == 1]
        return Pairing(tuple(pairs), tuple(sorted(singles, key=lambda single: single.at)))

    def report(self, files: int) -> FolderReport:
        """Rank, sum and draw."""
        weights = priority()
        known = checks()
        measured = {code: one.fairness.share for code, one in known.items() if one.fairness and one.family == "doubt"}
        ranks = [rank_of(brief, known, weights, measured) for brief in self._briefs]
        here = {place: at for at, place in self._places.items()}
        return FolderReport(
            program=__version__,
            day=self._asked.day,
            files=files,
            errors=self._errors,
            briefs=self._briefs,
            ranks=ranks,
            order=ranked(self._briefs, ranks),
            checks=known,
            whole=sums_of(self._briefs, known),
            units=sums_by(self._briefs, "unit", known),
            departments=sums_by(self._briefs, "department", known),
            pairing=self._pairing,
            sample=self._sample(ranks, weights.base),
            waivers=[UsedWaiver(one, dict(self._states.get(at, {}))) for at, one in enumerate(self._asked.waivers)],
            detail=lambda place: _DETAIL.decode(self._details.get(place)),
            form=lambda place: _form(self._forms.get(here[place])),
            trials_left_out=trials_left_out(asking=True, trial=self._asked.trial),
        )

    def _sample(self, ranks: Sequence[Rank], base: Fraction) -> Sample | None:
        asked = self._asked
        if asked.sample is None:
            return None
        numbers = numbered([brief.identity for brief in self._briefs])
        candidates = [
            Candidate(brief.digest, number, base + rank.weight, brief.key.unit)
            for brief, number, rank in zip(self._briefs, numbers, ranks, strict=True)
        ]
        size = size_of(asked.sample, len(candidates))
        units = len({candidate.unit for candidate in candidates})
        if asked.each_unit and size < units:
            zh = f"有 {units} 个单位，抽 {size} 张不够每个单位一张。请把抽样数加到 {units} 以上，或不要求每个单位都有。"
            en = f"There are {units} units; {size} forms are not one of each. Draw {units} or more, or drop that wish."
            raise WrongUse(zh, en)
        drawn = draw(candidates, size, asked.seed, each_unit=asked.each_unit)
        coverage = _coverage(self._briefs, drawn.chosen)
        return Sample(asked.sample, asked.seed, asked.each_unit, drawn.chosen, drawn.probabilities, coverage)


def _coverage(briefs: Sequence[Brief], chosen: Iterable[int]) -> Coverage:
    drawn = [briefs[at] for at in chosen]

    def both(count: Callable[[Sequence[Brief]], Fraction]) -> tuple[Fraction, Fraction]:
        return count(drawn), count(briefs)

    return Coverage(
        forms=both(lambda some: Fraction(len(some))),
        money=both(lambda some: sum((Fraction(brief.money.greatest) for brief in some), Fraction(0))),
        findings=both(lambda some: Fraction(sum(sum(brief.asked.values()) for brief in some))),
        units=both(lambda some: Fraction(len({brief.key.unit for brief in some}))),
    )


class _HeadProject(Struct, frozen=True):
    name: str = ""
    code: str | None = None


class _Head(Struct, frozen=True):
    """As much of a form as tells which it is."""

    project: _HeadProject = _HeadProject()
    unit: str = ""
    department: str = ""
    fiscal_year: int | None = None


_HEAD: Final = msgspec.json.Decoder(_Head)


def _key(data: bytes) -> FormKey | None:
    """Which form it is; `None` where that cannot be told, and the review will say why."""
    try:
        head = _HEAD.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    unit, code = squeeze(head.unit or head.department), squeeze(head.project.code or "")
    return FormKey(head.fiscal_year or 0, unit, code, squeeze(head.project.name))


def _form(data: bytes) -> Form:
    return form_of(data, 0, "")
