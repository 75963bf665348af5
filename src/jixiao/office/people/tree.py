"""The tree of organisations: new nodes with their path and public name, moving subtrees, closing and opening again."""

import secrets
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr

from jixiao.office.journal.record import record
from jixiao.office.people.duties import KIND_NAMES
from jixiao.office.people.models import Organisation, User
from jixiao.office.people.refusal import Refusal

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_RANK: Final = ("bureau", "department", "unit")
_DEEPEST: Final = 240
_ROOMS: Final = "jixiao.office."
_COLUMN: Final = "path"


def new_uid() -> str:
    """Ten letters that name a thing in public addresses: no look-alikes, 10^14 of them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


@transaction.atomic
def add_organisation(
    parent: Organisation | None, kind: str, name: str, *, by: User | None = None, **more: str
) -> Organisation:
    """A new node below `parent`, with its path.

    Raises:
        Refusal: a node of this kind cannot stand there, or its code is taken.
    """
    _check_place(kind, parent)
    _check_code(more.get("code", ""), None, parent)
    made = Organisation.objects.create(parent=parent, kind=kind, name=name, uid=new_uid(), **more)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    record("organisation.added", _subject(made), actor=by, organisation=made.path, name=name, kind=kind, **more)
    return made


@transaction.atomic
def change_organisation(node: Organisation, *, by: User, **fields: str) -> bool:
    """Change names, code or kind; tells whether anything did change.

    Raises:
        Refusal: the code is taken, or the kind does not fit its place in the tree.
    """
    before = {name: getattr(node, name) for name, value in fields.items() if getattr(node, name) != value}
    if not before:
        return False
    if "code" in before:
        _check_code(fields["code"], node, node)
    if "kind" in before:
        _check_place(fields["kind"], node.parent)
        _check_below(fields["kind"], node)
    for name in before:
        setattr(node, name, fields[name])
    node.save(update_fields=sorted(before))
    changes = {name: [old, fields[name]] for name, old in before.items()}
    record("organisation.changed", _subject(node), actor=by, organisation=node.path, **changes)
    return True


@transaction.atomic
def move_organisation(node: Organisation, parent: Organisation, *, by: User) -> bool:
    """Hang a subtree somewhere else: every path below is written anew; tells whether it did move.

    Raises:
        Refusal: the new place is inside the subtree, is closed, or does not fit.
    """
    node = Organisation.objects.select_for_update().get(pk=node.pk)
    if node.parent_id == parent.pk:
        return False
    if parent.path.startswith(node.path):
        raise Refusal(
            f"“{parent}”就在“{node}”之内，不能移到自己下面。请另选上级。",
            f"“{parent}” is inside “{node}”: it cannot hang below itself. Choose another place.",
        )
    _check_place(node.kind, parent)
    old, new = node.path, f"{parent.path}{node.pk}/"
    moved_before = node.parent
    Organisation.objects.filter(pk=node.pk).update(parent=parent)
    for model in with_paths():
        rewrite(model._default_manager.all(), old, new)  # noqa: SLF001 -- as Django names it
    record(
        "organisation.moved", _subject(node), actor=by, organisation=new,
        before=str(moved_before or ""), after=str(parent), path_before=old, path_after=new,
    )  # fmt: skip
    return True


def with_paths() -> Iterator[type[Model]]:
    """Every kind of thing that keeps the path of its place, in whichever room: all of them move with a subtree."""
    for model in apps.get_models():
        if model.__module__.startswith(_ROOMS) and any(field.name == _COLUMN for field in model._meta.fields):  # noqa: SLF001 -- the way to a model's fields
            yield model


def rewrite(rows: Any, old: str, new: str, column: str = _COLUMN) -> None:
    """Give every row at or below the path `old` the same place below `new`.

    Args:
        rows: a query set.
        old: path of a node before it moved.
        new: its path after.
        column: the name of the column that holds paths.
    """
    below = rows.filter(**{f"{column}__startswith": old})
    below.update(**{column: Concat(Value(new), Substr(column, len(old) + 1))})


@transaction.atomic
def close_organisation(node: Organisation, *, by: User) -> None:
    """Say that it has ceased; its past stays.

    Raises:
        Refusal: something below it is still open.
    """
    if open_below := Organisation.objects.filter(parent=node, closed=False).count():
        raise Refusal(
            f"“{node}”下面还有 {open_below} 个未撤销的机构。请先撤销或移走它们。",
            f"“{node}” has {open_below} organisations below it that are not closed. Close or move them first.",
        )
    _set_closed(node, by, closed=True)


@transaction.atomic
def open_organisation(node: Organisation, *, by: User) -> None:
    """Say that it has not ceased after all.

    Raises:
        Refusal: what it belongs to is closed.
    """
    if node.parent and node.parent.closed:
        raise Refusal(
            f"上级“{node.parent}”已撤销。请先恢复上级，或先移到别处。",
            f"“{node.parent}” above it is closed. Open that first, or move this one.",
        )
    _set_closed(node, by, closed=False)


def _set_closed(node: Organisation, by: User, *, closed: bool) -> None:
    if node.closed == closed:
        return
    node.closed = closed
    node.save(update_fields=["closed"])
    act = "organisation.closed" if closed else "organisation.opened"
    record(act, _subject(node), actor=by, organisation=node.path, name=node.name)


def _check_place(kind: str, parent: Organisation | None) -> None:
    if parent is None:
        if kind != "bureau":
            raise Refusal(
                "只有财政局可以没有上级。请选择上级。", "Only a bureau stands at the top. Choose where it belongs."
            )
        return
    if parent.closed:
        raise Refusal(
            f"上级“{parent}”已撤销。请另选上级，或先恢复它。",
            f"“{parent}” is closed. Choose another place, or open it first.",
        )
    if _RANK.index(parent.kind) > _RANK.index(kind):
        above, below = KIND_NAMES[parent.kind], KIND_NAMES[kind]
        raise Refusal(
            f"{below[0]}的上级不能是{above[0]}“{parent}”。请另选上级。",
            f"A {below[1]} cannot belong to the {above[1]} “{parent}”. Choose another place.",
        )
    if len(parent.path) > _DEEPEST:
        raise Refusal("机构层级太深。请挂在更高的上级下。", "The tree is too deep here. Hang it higher up.")


def _check_below(kind: str, node: Organisation) -> None:
    higher = _RANK[: _RANK.index(kind)]
    if found := Organisation.objects.filter(parent=node, kind__in=higher, closed=False).first():
        raise Refusal(
            f"其下有{KIND_NAMES[found.kind][0]}“{found}”，类型不能低于它。",
            f"The {KIND_NAMES[found.kind][1]} “{found}” is below it: it cannot be of a lower type.",
        )


def _check_code(code: str, node: Organisation | None, beside: Organisation | None) -> None:
    """A code is nobody else's; whose it is, is told within the same tree alone."""
    taken = Organisation.objects.filter(code=code).first() if code else None
    if taken is None or (node is not None and taken.pk == node.pk):
        return
    if beside is None or _root(taken) != _root(beside):
        raise Refusal(f"编码 {code} 已被使用。请换一个。", f"The code {code} is in use. Choose another.")
    raise Refusal(f"编码 {code} 已是“{taken}”的。请换一个。", f"The code {code} belongs to “{taken}”. Choose another.")


def _root(node: Organisation) -> str:
    return node.path.split("/")[1]


def _subject(node: Organisation) -> str:
    return f"organisation/{node.pk}"
