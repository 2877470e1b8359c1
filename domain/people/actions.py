"""Staff come and go, and link their chat accounts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import NotAllowed
from domain.people.errors import IdentityTaken, InvitationInvalid, NameTaken
from domain.people.model import Identity, Invitation, Role, Staff
from domain.ports import UnitOfWork

CODE_LIFETIME = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class NewStaff:
    """Unset language, zone and hours are the company's."""

    name: str
    role: Role
    team: str | None = None
    locale: str | None = None
    timezone: str | None = None


async def add_staff(uow: UnitOfWork, actor: Staff | None, new: NewStaff, *, now: datetime) -> Staff:
    """Add somebody to the staff. ``actor`` None is the operator or the very first admin. Raises NameTaken, NotAllowed."""
    if actor is not None and not actor.leads_others:
        raise NotAllowed
    if actor is not None and actor.role is not Role.ADMIN and new.role is Role.ADMIN:
        raise NotAllowed
    name = " ".join(new.name.split())
    if not name or await uow.staff.find_by_name(name) is not None:
        raise NameTaken(name=name)
    company = await uow.company.get()
    staff = Staff(
        name=name,
        role=new.role,
        team=new.team,
        locale=new.locale or company.locale,
        timezone=new.timezone or company.timezone,
        work_start=company.work_start,
        work_end=company.work_end,
        created_at=now,
    )
    await uow.staff.add(staff)
    uow.happened("staff-added", staff=staff.id)
    return staff


async def link_identity(
    uow: UnitOfWork, staff: Staff, channel: str, user: str, *, private_place: str | None = None
) -> Identity:
    """Say that this chat account is theirs. Raises IdentityTaken when it is somebody else's."""
    identity = await uow.identities.find(channel, user)
    if identity is None:
        added = Identity(channel=channel, user=user, staff_id=staff.id, name=staff.name, private_place=private_place)
        return await uow.identities.add(added)
    if identity.staff_id not in {None, staff.id} or identity.contact_id is not None:
        raise IdentityTaken
    await uow.identities.bind(identity.id, staff_id=staff.id)
    uow.happened("identity-linked", staff=staff.id)
    return identity


async def invite(
    uow: UnitOfWork, actor: Staff | None, *, staff: Staff | None, role: Role | None = None, now: datetime
) -> Invitation:
    """A one-time code: for somebody who is on the staff already, or (``staff`` None) for whoever opens it first."""
    invitation = Invitation(
        code=secrets.token_urlsafe(9),
        staff_id=staff.id if staff else None,
        role=role,
        created_by=actor.id if actor else None,
        expires_at=now + CODE_LIFETIME,
    )
    return await uow.identities.add_invitation(invitation)


async def accept_invitation(uow: UnitOfWork, identity: Identity, code: str, *, now: datetime) -> Staff:
    """Link the chat account that sent the code. Raises InvitationInvalid and IdentityTaken; a second time is refused."""
    invitation = await uow.identities.find_invitation(code.strip())
    if invitation is None or invitation.used_at is not None or invitation.expires_at < now:
        raise InvitationInvalid
    if identity.staff_id is not None and identity.staff_id != invitation.staff_id:
        raise IdentityTaken
    staff = await redeem_code(uow, code, now=now)
    await link_identity(uow, staff, identity.channel, identity.user, private_place=identity.private_place)
    return staff


async def redeem_code(uow: UnitOfWork, code: str, *, now: datetime) -> Staff:
    """Use up a one-time code that names somebody of the staff, and give them. Raises InvitationInvalid."""
    invitation = await uow.identities.find_invitation(code.strip())
    if invitation is None or invitation.used_at is not None or invitation.expires_at < now:
        raise InvitationInvalid
    if invitation.staff_id is None:
        raise InvitationInvalid
    staff = await uow.staff.get(invitation.staff_id)
    if not staff.is_active:
        raise InvitationInvalid
    invitation.used_at = now
    return staff
