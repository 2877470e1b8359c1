"""The team's digest: five lines and a button for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from domain.notifications.days import previous_moment
from domain.notifications.team_digest import TeamDigest, list_overdue, read_digest
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.followup_cards import when_of
from handlers.router import LEADERS, command, press

MOST_NAMES = 5
MOST_PEOPLE = 15
MOST_EACH = 5
DETAILS = Button("button-details", press="digest.details:")


def digest_lines(digest: TeamDigest) -> tuple[Line, ...]:
    """At most four lines under their heading; that nothing is to be said is one line."""
    since = {"since": digest.since}
    if digest.is_empty:
        return (Line("digest-nothing", since),)
    lines = [Line("digest-team", since)]
    if digest.logged:
        by_name = Counter[str]()
        for each in digest.logged:
            by_name[each.staff_name] += each.count
        lines.append(Line("digest-logged", _counted(by_name)))
    if digest.overdue:
        lines.append(
            Line("digest-overdue", _counted(Counter({each.staff_name: each.count for each in digest.overdue})))
        )
    if digest.new_leads:
        titles = [lead.title for lead in digest.new_leads[:MOST_NAMES]]
        lines.append(Line("digest-new-leads", {"count": len(digest.new_leads), "names": titles}))
    if digest.at_risk:
        titles = [lead.title for lead in digest.at_risk[:MOST_NAMES]]
        lines.append(Line("digest-at-risk", {"count": len(digest.at_risk), "names": titles}))
    return tuple(lines)


def _counted(by_name: Counter[str]) -> dict[str, Any]:
    names = [Phrase("digest-of", {"name": name, "count": count}) for name, count in by_name.most_common(MOST_NAMES)]
    return {"count": by_name.total(), "names": names}


@command("digest", "日报", who=LEADERS)
async def digest(ctx: ChatContext, rest: str) -> Reply:
    """The same at any hour: since the hour of the digest on the working day before."""
    return await _present(ctx)


async def _present(ctx: ChatContext) -> Reply:
    found = await _read(ctx)
    return Reply("digest", lines=digest_lines(found), buttons=() if found.is_empty else (DETAILS,), private=True)


async def _read(ctx: ChatContext) -> TeamDigest:
    since = previous_moment(ctx.actor, ctx.company, ctx.now)
    return await read_digest(ctx.uow, ctx.actor, since=since, now=ctx.now)


@press("digest.back")
async def back(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await _present(ctx)


@press("digest.details")
async def details(ctx: ChatContext, argument: str) -> Reply:
    """Person by person, then what is overdue, new and at risk, each with a button that opens it."""
    ctx.allow(*LEADERS)
    found = await _read(ctx)
    lines = [*_people(found), *await _overdue(ctx, found)]
    lines += [
        _lead_line("digest-new-lead", lead.id, lead.title, lead.owner_name) for lead in found.new_leads[:MOST_EACH]
    ]
    lines += [_lead_line("digest-risk", lead.id, lead.title, lead.owner_name) for lead in found.at_risk[:MOST_EACH]]
    left = max(0, len(found.new_leads) - MOST_EACH) + max(0, len(found.at_risk) - MOST_EACH)
    if left:
        lines.append(Line("digest-more", {"count": left}))
    return Reply(
        "digest-details",
        {"since": found.since},
        lines=tuple(lines),
        buttons=(Button("button-back", "digest.back:"),),
        private=True,
    )


def _people(found: TeamDigest) -> Sequence[Line]:
    overdue = {each.staff_id: each.count for each in found.overdue}
    lines = []
    for person in found.team[:MOST_PEOPLE]:
        mine = [each for each in found.logged if each.staff_id == person.id]
        kinds = [
            Phrase("digest-kind", {"kind": Phrase(f"activity-{each.kind.value}"), "count": each.count}) for each in mine
        ]
        facts = {"name": person.name, "kinds": kinds or None, "overdue": overdue.get(person.id, 0)}
        if mine or person.id in overdue:
            lines.append(Line("digest-person", facts))
    return lines


async def _overdue(ctx: ChatContext, found: TeamDigest) -> Sequence[Line]:
    views = await list_overdue(ctx.uow, found, per_owner=MOST_EACH)
    lines = [
        Line(
            "digest-late",
            {"name": view.owner_name, "subject": view.title or view.contact_name or view.note, "when": when_of(view)},
            buttons=(_open(f"followup.{view.id}", view.title or view.contact_name or f"F{view.id}"),),
        )
        for view in views[:MOST_EACH]
    ]
    left = sum(each.count for each in found.overdue) - len(lines)
    return [*lines, Line("digest-more-late", {"count": left})] if left > 0 else lines


def _lead_line(key: str, lead_id: int, title: str, owner: str | None) -> Line:
    return Line(key, {"name": title, "owner": owner}, buttons=(_open(f"lead.{lead_id}", title),))


def _open(record: str, name: str) -> Button:
    return Button("button-open-of", press=f"today.open:{record}", facts={"name": name[:20]})
