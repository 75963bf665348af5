"""Roles given, taken back, asked for and declined. Whoever makes accounts asks; whoever grants roles decides."""

from django.db import transaction

from jixiao.office.journal.record import record
from jixiao.office.people.duties import why_not
from jixiao.office.people.models import Organisation, Proposal, Role, User
from jixiao.office.people.refusal import Refusal


@transaction.atomic
def grant(user: User, organisation: Organisation, kind: str, *, by: User | None) -> Role:
    """Give a role; a proposal of the same role is done with.

    Raises:
        Refusal: the separation of duties forbids it, it does not fit there, or the person or place is out of use.
    """
    user = User.objects.select_for_update().get(pk=user.pk)  # two grants at once to one person wait for each other
    _check(user, organisation, kind, by)
    role, made = Role.objects.get_or_create(user=user, organisation=organisation, kind=kind)
    Proposal.objects.filter(user=user, organisation=organisation, kind=kind).delete()
    if made:
        _record("role.granted", user, organisation, kind, by)
    return role


@transaction.atomic
def take_back(role: Role, *, by: User) -> None:
    """Take a role back.

    Raises:
        Refusal: it is one's own, or nobody could grant roles any more.
    """
    if role.user_id == by.pk:
        raise Refusal(
            "不能撤销自己的角色。请由另一位安全管理员操作。",
            "Nobody takes back their own role. Ask another security administrator.",
        )
    role.delete()
    _record("role.taken_back", role.user, role.organisation, role.kind, by)


@transaction.atomic
def propose(user: User, organisation: Organisation, kind: str, *, by: User) -> Proposal | None:
    """Ask for a role on somebody's behalf; none where it is held or asked for already.

    Raises:
        Refusal: it could not be granted.
    """
    if Role.objects.filter(user=user, organisation=organisation, kind=kind).exists():
        return None
    _check(user, organisation, kind, by, asking=True)
    proposal, made = Proposal.objects.get_or_create(
        user=user, organisation=organisation, kind=kind, defaults={"by": by}
    )
    if made:
        _record("role.proposed", user, organisation, kind, by)
    return proposal if made else None


@transaction.atomic
def decline(proposal: Proposal, *, by: User) -> None:
    """Do not give a role that was asked for."""
    proposal.delete()
    _record("role.declined", proposal.user, proposal.organisation, proposal.kind, by)


def _check(user: User, organisation: Organisation, kind: str, by: User | None, *, asking: bool = False) -> None:
    if by is not None and user.pk == by.pk and not asking:
        raise Refusal(
            "不能给自己授予角色。请由另一位安全管理员操作。",
            "Nobody grants a role to themselves. Ask another security administrator.",
        )
    if not user.is_active:
        raise Refusal(
            f"“{user}”的账号已停用。请先启用。", f"The account of “{user}” is switched off. Switch it on first."
        )
    if organisation.closed:
        raise Refusal(f"“{organisation}”已撤销。请另选机构。", f"“{organisation}” is closed. Choose another.")
    held = set(Role.objects.filter(user=user).values_list("kind", flat=True))
    if asking:
        held |= set(Proposal.objects.filter(user=user).values_list("kind", flat=True))
    if reason := why_not(kind, organisation.kind, held):
        raise Refusal(*reason)


def _record(act: str, user: User, organisation: Organisation, kind: str, by: User | None) -> None:
    record(
        act, f"user/{user.pk}", actor=by, organisation=organisation.path,
        username=user.username, role=kind, where=organisation.name,
    )  # fmt: skip
