"""What people do with leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.company.keeping import sources_of
from domain.company.named import Sources
from domain.customers.model import ContactPoint
from domain.customers.points import email_point, handle_point, phone_point, replace_points, without_repeats
from domain.followups.model import Followup
from domain.leads.errors import DuplicateFound, NothingToSave, TooLong
from domain.leads.model import GRADES, Lead, LeadStatus
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import Found
from domain.values.companies import company_key
from domain.values.money import Money
from domain.values.writing import tidy

LIMITS = {"company": 200, "person": 100, "source": 100, "campaign": 100, "tag": 40, "note": 4000, "reason": 500}
MOST_TAGS = 30
MOST_LOOKED_AT = 50  # notifications about a record, to find who handed it over
MOST_MOVED = 500  # activities and follow-ups that a conversion carries along
EDITED_POINTS = ("phone", "email", "wechat", "qq", "whatsapp")


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A lead that was given up, and its follow-ups that are no longer wanted."""

    lead: Lead
    cancelled: Sequence[Followup]


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """A lead as somebody names it. Phones are read in ``country`` unless they carry a country code.

    ``handles`` are (wechat | qq | whatsapp, name). ``despite``: the person has seen the look-alikes and wants it all
    the same; contact points stay unique."""

    company: str = ""
    person: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    source: str | None = None
    campaign: str | None = None
    note: str | None = None
    country: str = "US"
    despite: bool = False
    handles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Added:
    """A new lead, and the records that share a switchboard or an info@ with it: worth a look, no obstacle."""

    lead: Lead
    look_alikes: Sequence[Found] = ()


def contact_points(
    phones: Sequence[str], emails: Sequence[str], *, country: str, handles: Sequence[tuple[str, str]] = ()
) -> list[ContactPoint]:
    """Typed phones, e-mails and handles as contact points, each once.

    Raises WrongPhone, WrongEmail and WrongHandle with what was typed.
    """
    return without_repeats(
        [
            *(phone_point(typed, country=country) for typed in phones),
            *(email_point(typed) for typed in emails),
            *(handle_point(kind, typed, country=country) for kind, typed in handles),
        ]
    )


def lead_from(actor: Staff, new: NewLead, sources: Sources, *, now: datetime) -> Lead:
    """The lead, not yet kept; a source that is on the company's list is kept by its key. Raises NothingToSave, TooLong, WrongPhone, WrongEmail, WrongHandle."""
    company, person = tidy(new.company), tidy(new.person or "") or None
    if not company and not person:
        raise NothingToSave
    points = contact_points(new.phones, new.emails, country=new.country, handles=new.handles)
    return Lead(
        company=within("company", company),
        name=within("person", person) if person else None,
        company_key=company_key(company) if company else "",
        owner_id=actor.id,
        source=_source(sources, new.source),
        campaign=_optional("campaign", new.campaign),
        note=within("note", new.note.strip()) if new.note else None,
        created_at=now,
        points=points,
    )


def within(name: str, text: str) -> str:
    """The text, if it is not longer than a field of that name may be. Raises TooLong."""
    if len(text) > LIMITS[name]:
        raise TooLong(field=name, limit=LIMITS[name])
    return text


def _optional(name: str, text: str | None) -> str | None:
    return within(name, tidy(text)) or None if text else None


def _source(sources: Sources, typed: str | None) -> str | None:
    text = _optional("source", typed)
    return sources.find_by_name(text) or text if text else None


def tidy_tags(tags: Sequence[str]) -> list[str]:
    """Each once, without ``#``. Raises TooLong."""
    plain = [within("tag", tidy(tag).lstrip("#").strip()) for tag in tags]
    return list(dict.fromkeys(tag for tag in plain if tag))[:MOST_TAGS]


async def new_lead(uow: UnitOfWork, actor: Staff, new: NewLead, *, now: datetime) -> Added:
    """Add a lead owned by the actor, and name its look-alikes.

    Raises DuplicateFound, NothingToSave, TooLong, WrongPhone, WrongEmail, WrongHandle.
    """
    lead = lead_from(actor, new, sources_of(await uow.company.get()), now=now)
    look_alikes = await refuse_duplicates(
        uow, company_key=None if new.despite else lead.company_key or None, points=lead.points
    )
    if not new.despite:
        await _refuse_near(uow, lead, met=look_alikes)
    await uow.leads.add(lead)
    uow.happened("lead-added", lead=lead.id)
    return Added(lead=lead, look_alikes=look_alikes)


async def add_lead(uow: UnitOfWork, actor: Staff, new: NewLead, *, now: datetime) -> Lead:
    """``new_lead`` for callers that ask nothing about look-alikes."""
    return (await new_lead(uow, actor, new, now=now)).lead


async def refuse_duplicates(
    uow: UnitOfWork, *, company_key: str | None, points: Sequence[ContactPoint], own: frozenset[str] = frozenset()
) -> Sequence[Found]:
    """Raise DuplicateFound for a shared unique contact point or company name; give those who share only a switchboard.

    ``own`` are codes (L12) of the records that are being changed.
    """
    if company_key is None and not points:
        return ()
    everybody = await uow.customers.find_duplicates(company_key=company_key, points=points)
    others = [found for found in everybody if found.code not in own]
    if not others:
        return ()
    certain = await _certain(uow, points, others, own=own)
    if certain is not None:
        raise DuplicateFound(certain)
    for found in others:
        if found.matched == "company":
            raise DuplicateFound(found)
    return others


async def _refuse_near(uow: UnitOfWork, lead: Lead, *, met: Sequence[Found]) -> None:
    """Raise DuplicateFound for a company under another spelling, or a company's e-mail domain that somebody else has.
    Who shares a switchboard is named already, and by no less."""
    emails = [point.value for point in lead.points if point.kind == "email"]
    if not lead.company and not emails:
        return
    codes = {found.code for found in met}
    near = await uow.customers.find_near(company=lead.company, emails=emails)
    for found in near:
        if found.code not in codes:
            raise DuplicateFound(found)


async def _certain(
    uow: UnitOfWork, points: Sequence[ContactPoint], others: Sequence[Found], *, own: frozenset[str]
) -> Found | None:
    """Who has one of the unique points. Where a switchboard is shared as well, many may be met before the one with the
    mobile, so it is asked for alone."""
    keys = [point.unique_key for point in points if point.unique_key]
    if not keys:
        return None
    if len(keys) == len(points):
        return next((found for found in others if found.matched != "company"), None)
    taken = await uow.customers.find_taken(company_keys=[], unique_keys=keys)
    return next((found for found in taken.values() if found.code not in own), None)


# ---------------------------------------------------------------- moving on


async def advance_lead(uow: UnitOfWork, actor: Staff, lead_id: int, status: LeadStatus) -> Lead:
    """Mark an open lead as new, working or qualified. Raises RecordNotFound and LeadAlreadyClosed."""
    lead = await uow.leads.get_for(actor, lead_id)
    lead.advance(status)
    uow.happened(f"lead-{status.value}", lead=lead.id)
    return lead


async def lose_lead(uow: UnitOfWork, actor: Staff, lead_id: int, *, reason: str, now: datetime) -> Lost:
    """Give it up, for one of the company's reasons or in words, and its open follow-ups with it.

    Raises RecordNotFound, LeadAlreadyClosed, TooLong."""
    lead = await uow.leads.get_for(actor, lead_id)
    lead.lose(within("reason", reason.strip()))
    followups = await uow.followups.list_of(lead_id=lead.id, limit=MOST_MOVED)
    cancelled = [followup for followup in followups if followup.falls_away(now=now)]
    uow.happened("lead-lost", lead=lead.id)
    return Lost(lead=lead, cancelled=cancelled)


async def reopen_lead(uow: UnitOfWork, actor: Staff, lead_id: int) -> Lead:
    """Try a lost lead again. Raises RecordNotFound and LeadAlreadyClosed."""
    lead = await uow.leads.get_for(actor, lead_id)
    lead.reopen()
    uow.happened("lead-reopened", lead=lead.id)
    return lead


# ---------------------------------------------------------------- changing


@dataclass(frozen=True, kw_only=True)
class LeadChange:
    """All that the form shows, as it is to be. ``points`` are those of the edited kinds."""

    company: str
    person: str | None
    points: Sequence[ContactPoint] = field(default_factory=list)
    source: str | None = None
    campaign: str | None = None
    grade: str | None = None
    tags: Sequence[str] = ()
    note: str | None = None
    amount: Money | None = None


async def change_lead(uow: UnitOfWork, actor: Staff, lead_id: int, change: LeadChange) -> Lead:
    """Write what a form says. Raises RecordNotFound, NothingToSave, TooLong, and DuplicateFound for a contact point
    of somebody else; a company name that another record has is kept, the person sees both."""
    lead = await uow.leads.get_for(actor, lead_id)
    company, person = within("company", tidy(change.company)), _optional("person", change.person)
    if not company and not person:
        raise NothingToSave
    await refuse_duplicates(uow, company_key=None, points=change.points, own=frozenset({f"L{lead.id}"}))
    if company != lead.company:
        lead.company, lead.company_key = company, company_key(company) if company else ""
    lead.name = person
    lead.source = _source(sources_of(await uow.company.get()), change.source)
    lead.campaign = _optional("campaign", change.campaign)
    lead.grade = change.grade if change.grade in GRADES else None
    lead.tags = tidy_tags(change.tags)
    lead.note = within("note", change.note.strip()) or None if change.note else None
    lead.amount = change.amount
    replace_points(lead.points, change.points, kinds=EDITED_POINTS)
    uow.happened("lead-changed", lead=lead.id)
    return lead


# ---------------------------------------------------------------- whose it is


async def assign_lead(uow: UnitOfWork, actor: Staff, lead_id: int, owner: Staff, *, now: datetime) -> Lead:
    """Give it, with its open follow-ups, to somebody, who is told with Accept and Pass on. Raises RecordNotFound."""
    lead = await uow.leads.get_for(actor, lead_id)
    is_theirs = lead.owner_id == owner.id
    if lead.owner_id == actor.id and not is_theirs:
        await tell_giver(uow, "lead", lead.id, by=actor, to=owner, now=now)
    for followup in await uow.followups.list_of(lead_id=lead.id, limit=MOST_MOVED):
        followup.goes_along(giver_id=lead.owner_id, taker_id=owner.id)
    lead.owner_id = owner.id
    if owner.id != actor.id and not is_theirs:
        uow.plan(assignment("lead", lead.id, to=owner, by=actor, now=now))
    uow.happened("lead-assigned", lead=lead.id, staff=owner.id)
    return lead


def assignment(record: str, record_id: int, *, to: Staff, by: Staff, now: datetime) -> Planned:
    """The card that tells somebody that a record is theirs now."""
    return Planned(
        key=f"{record}-assigned",
        facts={record: record_id, "by": by.name, "by_id": by.id},
        due_at=now,
        staff_id=to.id,
        urgency=Urgency.URGENT,
        about=f"{record}:{record_id}",
        card=f"{record}:{record_id}",
    )


async def tell_giver(uow: UnitOfWork, record: str, record_id: int, *, by: Staff, to: Staff, now: datetime) -> None:
    """Who handed ``by`` a record hears who has it now; nobody where it was theirs from the start, or goes back."""
    told = await uow.notifications.list_about(f"{record}:{record_id}", limit=MOST_LOOKED_AT)
    given = next((row for row in told if row.key == f"{record}-assigned" and row.staff_id == by.id), None)
    giver_id = given.facts.get("by_id") if given is not None else None
    if giver_id is None or giver_id in {by.id, to.id}:
        return
    uow.plan(
        Planned(
            key=f"{record}-passed",
            facts={record: record_id, "by": by.name, "owner": to.name},
            due_at=now,
            staff_id=giver_id,
            about=f"{record}:{record_id}",
        )
    )


async def accept_lead(uow: UnitOfWork, actor: Staff, lead_id: int) -> Lead:
    """The new owner takes it on: their open follow-ups count as accepted, and a new lead is being worked on."""
    lead = await uow.leads.get_for(actor, lead_id)
    if lead.owner_id == actor.id and lead.is_open:
        lead.work_on()
        uow.happened("lead-accepted", lead=lead.id)
    return lead
