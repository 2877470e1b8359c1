"""Colleagues of the workspace that installed us ask to join; an admin lets them in."""

from __future__ import annotations

from datetime import datetime

from domain.approvals.actions import approve, ask_approval, tell_asker
from domain.approvals.model import Approval
from domain.errors import NotAllowed
from domain.people.actions import Newcomer, NewStaff, add_staff, link_identity, take_guesses
from domain.people.errors import IdentityTaken, NameTaken
from domain.people.model import Identity, Role, Staff
from domain.ports import UnitOfWork

KIND = "join"
# Admins are made by admins, on purpose.
JOINABLE = (Role.REP, Role.AGENT, Role.MANAGER)
MOST_NAMESAKES = 20


def subject_of(identity: Identity) -> str:
    return f"identity:{identity.id}"


async def ask_to_join(
    uow: UnitOfWork, identity: Identity, role: Role, *, newcomer: Newcomer, now: datetime
) -> Approval:
    """Ask all admins; the first answer counts. Asked again, it is the request that stands already.

    ``newcomer`` is what the channel says of them, and what they start with. Raises NotAllowed for a role that is not
    asked for, IdentityTaken for somebody's account, and NobodyToApprove while there is no admin.
    """
    if role not in JOINABLE:
        raise NotAllowed
    await _must_be_nobodys(uow, identity)
    facts = {
        "role": role.value,
        "name": newcomer.name,
        "locale": newcomer.locale,
        "timezone": newcomer.timezone,
        "channel": identity.channel,
    }
    return await ask_approval(uow, KIND, subject_of(identity), by=identity, facts=facts, now=now)


async def _must_be_nobodys(uow: UnitOfWork, identity: Identity) -> None:
    if identity.contact_id is not None:
        raise IdentityTaken
    if identity.staff_id is not None and (await uow.staff.get(identity.staff_id)).is_active:
        raise IdentityTaken


async def let_in(
    uow: UnitOfWork, actor: Staff, approval_id: int, *, as_staff: int | None = None, now: datetime
) -> Approval:
    """Approve: they become staff in the role they asked for, or are linked to somebody who is on the staff already.

    One action, with one undo. Raises ApprovalNotFound, ApprovalClosed, ApprovalExpired, IdentityTaken, NotAllowed.
    """
    approval = await approve(uow, actor, approval_id, now=now)
    identity = await _asker(uow, approval)
    newcomer = _newcomer(approval)
    if as_staff is None:
        staff = await _new_staff(uow, actor, approval, newcomer, now=now)
    else:
        staff = await uow.staff.get(as_staff)
        if not staff.is_active:
            raise NotAllowed
        if not any(each.last_spoke_at for each in await uow.identities.list_for_staff(staff.id)):
            await take_guesses(uow, staff, newcomer)
    await link_identity(uow, staff, identity.channel, identity.user, private_place=identity.private_place)
    uow.happened("join-approved", staff=staff.id)
    await tell_asker(uow, approval, now=now)
    return approval


async def _asker(uow: UnitOfWork, approval: Approval) -> Identity:
    identity = await uow.identities.get(approval.identity_id or 0)
    await _must_be_nobodys(uow, identity)  # they may have come in by a code meanwhile
    return identity


def _newcomer(approval: Approval) -> Newcomer:
    facts = approval.facts
    return Newcomer(name=facts["name"], locale=facts["locale"], timezone=facts["timezone"])


async def _new_staff(uow: UnitOfWork, actor: Staff, approval: Approval, newcomer: Newcomer, *, now: datetime) -> Staff:
    asker = await uow.identities.get(approval.identity_id or 0)
    new = NewStaff(name=await _own_name(uow, newcomer.name.strip() or asker.user), role=Role(approval.facts["role"]))
    staff = await add_staff(uow, actor, new, now=now)
    await take_guesses(uow, staff, newcomer)
    return staff


async def _own_name(uow: UnitOfWork, name: str) -> str:
    """Two of one name cannot both be @Tom: the second is Tom 2 until they say otherwise. Raises NameTaken at the twentieth."""
    wanted = name.strip()[:50].strip()
    for candidate in (wanted, *(f"{wanted} {number}" for number in range(2, MOST_NAMESAKES))):
        if await uow.staff.find_by_name(candidate) is None:
            return candidate
    raise NameTaken(name=wanted)


async def namesake(uow: UnitOfWork, approval: Approval) -> Staff | None:
    """Somebody on the staff who is called so and has no account on that channel: perhaps the same person.

    The whole name counts, else the first name where one only is called by it.
    """
    name = approval.facts["name"].strip().casefold()
    everybody = await uow.staff.list_active()
    called = [person for person in everybody if name.split()[:1] == person.name.casefold().split()[:1]]
    if not called:
        return None
    taken = await uow.identities.list_staff_on(approval.facts["channel"], [person.id for person in called])
    free = [person for person in called if person.id not in taken]
    found = [person for person in free if person.name.casefold() == name] or free
    return found[0] if len(found) == 1 else None
