"""Staff come and go, and link their chat accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import available_timezones

from domain.errors import NotAllowed
from domain.people.codes import new_code, read_code
from domain.people.errors import (
    HoursReversed,
    IdentityTaken,
    InvitationInvalid,
    LastAdmin,
    NameMissing,
    NameTaken,
    UnknownZone,
)
from domain.people.model import Identity, Invitation, Role, Scope, Staff
from domain.people.team_tree import known_teams
from domain.people.teams import as_written, find_team, is_below, is_within, tidy_team
from domain.ports import UnitOfWork
from domain.values.writing import tidy

CODE_LIFETIME = timedelta(days=7)
LONGEST_NAME = 60
LONGEST_TYPED = 1000  # what is longer than this is no name, and is not read to its end


@dataclass(frozen=True, kw_only=True)
class NewStaff:
    """Unset language, zone and hours are the company's."""

    name: str
    role: Role
    team: str | None = None
    locale: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """What the channel guesses of whoever opens a link; the person confirms it afterwards."""

    name: str = ""
    locale: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Joined:
    """``is_first``: by the first link, as admin. ``is_new``: the person has spoken nowhere yet."""

    staff: Staff
    is_first: bool
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a person says of themselves. ``timezone`` is an IANA name."""

    name: str
    locale: str
    timezone: str
    work_start: time
    work_end: time


def may_look_after(actor: Staff | None, person: Staff) -> bool:
    """May ``actor`` (None: the operator) invite, change and deactivate this person?

    Whoever hands out somebody's link could open it themselves, so managers do it for those who see no more than they: the
    reps and agents of their team and of the teams below it, and who manages one of these.
    """
    if actor is None or actor.role is Role.ADMIN:
        return True
    if actor.role is not Role.MANAGER or person.role is Role.ADMIN or person.sees is Scope.ALL:
        return False
    if person.role is Role.MANAGER:
        return person.team is not None and (actor.team is None or is_below(person.team, actor.team))
    return actor.team is None or is_within(person.team, actor.team)


def may_undo(actor: Staff, did: Staff | None) -> bool:
    """May ``actor`` put back what ``did`` (None: the system or the operator) has done?

    Everybody their own; managers what those did whom they look after, else one could undo that an admin took a role away.
    """
    if actor.role is Role.ADMIN:
        return True
    return did is not None and (did.id == actor.id or may_look_after(actor, did))


async def add_staff(uow: UnitOfWork, actor: Staff | None, new: NewStaff, *, now: datetime) -> Staff:
    """Add somebody to the staff; a manager's newcomers are in the manager's team, or in one below it.

    ``actor`` None is the operator. Raises NameMissing, NameTaken, NotAllowed.
    """
    company = await uow.company.get()
    staff = Staff(
        name=await _free_name(uow, new.name),
        role=new.role,
        team=await _team(uow, actor, new),
        locale=new.locale or company.locale,
        timezone=new.timezone or company.timezone,
        work_start=company.work_start,
        work_end=company.work_end,
        created_at=now,
    )
    if not may_look_after(actor, staff):
        raise NotAllowed
    await uow.staff.add(staff)
    uow.happened("staff-added", staff=staff.id)
    return staff


async def _team(uow: UnitOfWork, actor: Staff | None, new: NewStaff) -> str | None:
    """One that is there is meant by its own name too; a manager's newcomers are in the manager's team or below it."""
    wanted = tidy_team(new.team)
    known = await known_teams(uow) if wanted else []
    found = find_team(wanted, known) if wanted else None
    if actor is not None and actor.role is Role.MANAGER and actor.team:
        return found if is_within(found, actor.team) else actor.team
    return found or (as_written(wanted, known) if wanted else None)


async def _free_name(uow: UnitOfWork, typed: str, *, of: Staff | None = None) -> str:
    name = tidy(typed[:LONGEST_TYPED]).lstrip("@")[:LONGEST_NAME].strip()
    if not name:
        raise NameMissing
    holder = await uow.staff.find_by_name(name)
    if holder is not None and (of is None or holder.id != of.id):
        raise NameTaken(name=name)
    return name


async def link_identity(
    uow: UnitOfWork, staff: Staff, channel: str, user: str, *, private_place: str | None = None
) -> Identity:
    """Say that this chat account is theirs. Raises IdentityTaken when it is a customer's or an active colleague's."""
    identity = await uow.identities.find(channel, user)
    if identity is None:
        added = Identity(channel=channel, user=user, staff_id=staff.id, name=staff.name, private_place=private_place)
        return await uow.identities.add(added)
    await _must_be_free(uow, identity, for_staff=staff.id)
    identity.staff_id = staff.id
    identity.private_place = private_place or identity.private_place
    uow.happened("identity-linked", staff=staff.id)
    return identity


async def unlink_identity(uow: UnitOfWork, actor: Staff, staff_id: int, identity_id: int) -> bool:
    """Say that a chat account is no longer theirs; False where it was not. Raises NotAllowed and RecordNotFound."""
    staff = await _looked_after(uow, actor, staff_id)
    for identity in await uow.identities.list_for_staff(staff.id):
        if identity.id == identity_id:
            identity.staff_id = None
            uow.happened("identity-unlinked", staff=staff.id)
            return True
    return False


async def _must_be_free(uow: UnitOfWork, identity: Identity, *, for_staff: int | None) -> None:
    """The account of somebody who left is free: they may come back under a new entry."""
    if identity.contact_id is not None:
        raise IdentityTaken
    if identity.staff_id is not None and identity.staff_id != for_staff:
        holder = await uow.staff.get(identity.staff_id)
        if holder.is_active:
            raise IdentityTaken


# ---------------------------------------------------------------- one-time codes


async def invite(
    uow: UnitOfWork, actor: Staff | None, *, staff: Staff | None, role: Role | None = None, now: datetime
) -> Invitation:
    """A one-time code: for somebody who is on the staff already, or (``staff`` None) for whoever opens it first.

    Anybody may ask for a code for themselves. Raises NotAllowed.
    """
    if actor is not None and (staff is None or (staff.id != actor.id and not may_look_after(actor, staff))):
        raise NotAllowed
    invitation = Invitation(
        code=new_code(),
        staff_id=staff.id if staff else None,
        role=role,
        created_by=actor.id if actor else None,
        expires_at=now + CODE_LIFETIME,
    )
    if staff is not None:
        uow.happened("staff-invited", staff=staff.id)
    return await uow.identities.add_invitation(invitation)


async def invite_first_admin(uow: UnitOfWork, *, now: datetime) -> Invitation | None:
    """A code whose opener becomes admin, while nobody is on the staff; it replaces the one given out before.

    None when there is somebody already.
    """
    if await uow.staff.list_active():
        return None
    await uow.identities.withdraw_open_invitations(now=now)
    uow.happened("first-admin-invited")
    return await invite(uow, None, staff=None, role=Role.ADMIN, now=now)


async def accept_invitation(
    uow: UnitOfWork, identity: Identity, code: str, *, newcomer: Newcomer, now: datetime
) -> Joined:
    """Link the chat account that sent the code. Raises InvitationInvalid and IdentityTaken; a second time is refused."""
    invitation = await _valid(uow, code, now)
    await _must_be_free(uow, identity, for_staff=invitation.staff_id)
    joined = await redeem_code(uow, code, newcomer=newcomer, now=now)
    await link_identity(uow, joined.staff, identity.channel, identity.user, private_place=identity.private_place)
    uow.happened("staff-joined" if joined.is_new else "identity-linked", staff=joined.staff.id)
    return joined


async def redeem_code(uow: UnitOfWork, code: str, *, newcomer: Newcomer = Newcomer(), now: datetime) -> Joined:
    """Use up a one-time code and give whom it names; the first link makes its opener admin. Raises InvitationInvalid.

    Of two who open it at once one is refused: the row is locked, and its version must be what was read.
    """
    invitation = await _valid(uow, code, now)
    if invitation.staff_id is None:
        staff = await _make_first_admin(uow, invitation, newcomer, now=now)
        invitation.used_at = now
        return Joined(staff=staff, is_first=True, is_new=True)
    staff = await uow.staff.get(invitation.staff_id)
    if not staff.is_active:
        raise InvitationInvalid
    invitation.used_at = now
    is_new = not any(each.last_spoke_at for each in await uow.identities.list_for_staff(staff.id))
    if is_new:
        await take_guesses(uow, staff, newcomer)
    return Joined(staff=staff, is_first=False, is_new=is_new)


async def _valid(uow: UnitOfWork, code: str, now: datetime) -> Invitation:
    invitation = await uow.identities.find_invitation(read_code(code))
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now:
        raise InvitationInvalid
    return invitation


async def _make_first_admin(uow: UnitOfWork, invitation: Invitation, newcomer: Newcomer, *, now: datetime) -> Staff:
    """Only while there is nobody: a link that was lost must not open a company that has started meanwhile."""
    if invitation.role is None or await uow.staff.list_active():
        raise InvitationInvalid
    new = NewStaff(
        name=newcomer.name.strip() or "Admin",
        role=invitation.role,
        locale=newcomer.locale,
        timezone=_known_zone(newcomer.timezone),
    )
    return await add_staff(uow, None, new, now=now)


async def take_guesses(uow: UnitOfWork, staff: Staff, newcomer: Newcomer) -> None:
    """The channel's guess beats the company's default, but not what somebody entered for the person."""
    company = await uow.company.get()
    if newcomer.locale is not None and staff.locale == company.locale:
        staff.locale = newcomer.locale
    zone = _known_zone(newcomer.timezone)
    if zone is not None and staff.timezone == company.timezone:
        staff.timezone = zone


def _known_zone(name: str | None) -> str | None:
    return name if name in available_timezones() else None


# ---------------------------------------------------------------- what people say of themselves


async def change_profile(uow: UnitOfWork, actor: Staff, profile: Profile) -> Staff:
    """Raises NameMissing, NameTaken, UnknownZone, HoursReversed."""
    if _known_zone(profile.timezone) is None:
        raise UnknownZone(typed=profile.timezone)
    if profile.work_end <= profile.work_start:
        raise HoursReversed
    actor.name = await _free_name(uow, profile.name, of=actor)
    actor.locale, actor.timezone = profile.locale, profile.timezone
    actor.work_start, actor.work_end = profile.work_start, profile.work_end
    uow.happened("profile-changed", staff=actor.id)
    return actor


async def set_up_company(uow: UnitOfWork, actor: Staff) -> bool:
    """While the admin is alone, their language, zone and hours become the defaults for those who come after.

    Gives whether anything changed. Raises NotAllowed.
    """
    if actor.role is not Role.ADMIN:
        raise NotAllowed
    company = await uow.company.get()
    ours = (company.locale, company.timezone, company.work_start, company.work_end)
    theirs = (actor.locale, actor.timezone, actor.work_start, actor.work_end)
    if ours == theirs or len(await uow.staff.list_active()) > 1:
        return False
    company.locale, company.timezone, company.work_start, company.work_end = theirs
    uow.happened("company-set-up")
    return True


# ---------------------------------------------------------------- looking after the staff


async def change_role(uow: UnitOfWork, actor: Staff | None, staff_id: int, role: Role) -> Staff:
    """Raises NotAllowed, also for making somebody what the actor may not look after, and LastAdmin."""
    staff = await _looked_after(uow, actor, staff_id)
    if actor is not None and actor.role is not Role.ADMIN and role not in {Role.REP, Role.AGENT}:
        raise NotAllowed
    if staff.role is Role.ADMIN and role is not Role.ADMIN:
        await _must_leave_an_admin(uow, staff)
    staff.role = role
    uow.happened("staff-role-changed", staff=staff.id)
    return staff


async def deactivate_staff(uow: UnitOfWork, actor: Staff | None, staff_id: int) -> Staff:
    """Somebody has left: they can no longer speak here, and what they were asked is closed. Their records stay theirs
    until they are handed over.

    Raises NotAllowed and, but for the operator, LastAdmin.
    """
    staff = await _looked_after(uow, actor, staff_id)
    if not staff.is_active:
        return staff
    if actor is not None and staff.role is Role.ADMIN:
        await _must_leave_an_admin(uow, staff)
    staff.is_active = False
    await uow.drafts.end_all_of(staff.id)
    uow.happened("staff-deactivated", staff=staff.id)
    return staff


async def _looked_after(uow: UnitOfWork, actor: Staff | None, staff_id: int) -> Staff:
    staff = await uow.staff.get(staff_id)
    if not may_look_after(actor, staff):
        raise NotAllowed
    return staff


async def _must_leave_an_admin(uow: UnitOfWork, leaving: Staff) -> None:
    if all(each.id == leaving.id for each in await uow.staff.list_admins()):
        raise LastAdmin
