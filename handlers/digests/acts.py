"""What a leader does with a digest's buttons: nudge, ask why, praise, give away what nobody has."""

from __future__ import annotations

from domain.digests.actions import ASKS, ask_people
from domain.digests.model import Digest, Section
from domain.digests.reading import MOST_COUNTED
from domain.errors import RecordNotFound
from domain.followups.actions import reassign_followup
from domain.leads.actions import assign_lead
from domain.notifications.agenda import team_of
from domain.notifications.quiet import is_absent
from domain.people.model import Role, Staff
from domain.values.zones import local
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.digests.digest import news_of, own_digest, present_digest
from handlers.digests.lines import LONGEST_TITLE
from handlers.followups.standing import refresh_cards
from handlers.rendering.secrets import Secret
from handlers.router import ButtonTooOld, number, press

MOST_CHOICES = 12


@press("digest.ask")
async def ask(ctx: ChatContext, argument: str) -> Reply:
    """Everybody behind a section gets a card with their own records; twice is once."""
    made, name = await own_digest(ctx, argument)
    if name not in set(ASKS):
        raise ButtonTooOld
    section = Section(name)
    asked = await ask_people(ctx.uow, ctx.actor, await news_of(ctx, made), section, now=ctx.now)
    if not asked:
        return await present_digest(ctx, made)
    # Planned, and not yet in the outbox: the card is told what it will find there.
    line = Line(f"digest-asked-{section}", {"names": [person.name for person in asked]})
    return await present_digest(ctx, made, said=(line,), just_asked={(section, person.id) for person in asked})


@press("digest.take")
async def take_over(ctx: ChatContext, argument: str) -> Reply:
    """What is to be done about the worst low score becomes the reader's; pressed again, about the next one."""
    made, _ = await own_digest(ctx, argument)
    news = await news_of(ctx, made, shown=MOST_COUNTED)
    low = news.parts[Section.LOW].items if Section.LOW in news.parts else ()
    ids = [item.id for item in low if item.record == "followup"]
    views = {view.id: view for view in await ctx.uow.followups.list_views(ids)} if ids else {}
    open_ones = [item for item in low if item.id in views and item.record == "followup" and views[item.id].is_open]
    theirs = next((item for item in open_ones if views[item.id].owner_id != ctx.actor.id), None)
    if theirs is None:
        return await present_digest(ctx, made, said=(Line("digest-none-to-take"),))
    await reassign_followup(ctx.uow, ctx.actor, theirs.id, ctx.actor, now=ctx.now)
    await refresh_cards(ctx, theirs.id)
    line = Line("digest-taken-over", {"name": Secret("name", theirs.title[:LONGEST_TITLE])})
    return await present_digest(ctx, made, said=(line,), last=(undo_button(),))


# ---------------------------------------------------------------- what nobody owns


@press("digest.assign")
async def choose_owner(ctx: ChatContext, argument: str) -> Reply:
    """The oldest lead that nobody owns, behind the one that was skipped; and people, those with least to do first."""
    made, after = await own_digest(ctx, argument)
    return await _next_lead(ctx, made, after=number(after))


async def _next_lead(
    ctx: ChatContext, made: Digest, *, after: int = 0, said: tuple[Line, ...] = (), last: tuple[Button, ...] = ()
) -> Reply:
    await ctx.uow.flush()
    waiting = await ctx.uow.digests.list_unassigned(shown=1, most=MOST_COUNTED, after=after)
    if not waiting.items:
        return await present_digest(ctx, made, said=said, last=last)
    [lead] = waiting.items
    people = await _with_load(ctx)
    buttons = [
        Button(
            "button-person-load",
            press=f"digest.give:{made.id}.{lead.id}.{person.id}",
            facts={"name": person.name, "count": load},
        )
        for person, load in people
    ]
    if waiting.count > 1:
        buttons.append(Button("button-skip", press=f"digest.assign:{made.id}.{lead.id}", starts_row=True))
    buttons += [*last, Button("button-back", press=f"digest.back:{made.id}", starts_row=waiting.count == 1)]
    facts = {"lead": lead.id, "name": Secret("name", lead.title), "at": lead.at, "left": waiting.count - 1}
    return Reply("digest-assign", facts, lines=said, buttons=tuple(buttons), private=True, card=f"digest:{made.id}")


async def _with_load(ctx: ChatContext) -> list[tuple[Staff, int]]:
    """The team's reps who are here, and how many open leads each has; the leader too, at the end."""
    everybody = list(await ctx.uow.staff.list_active())
    today = local(ctx.now, ctx.actor.timezone).date()
    team = [each for each in team_of(ctx.actor, everybody) if not is_absent(each, today)]
    sellers = [each for each in team if each.role is Role.REP] or [each for each in team if each.id != ctx.actor.id]
    loads = await ctx.uow.digests.count_open_leads([each.id for each in (*sellers, ctx.actor)])
    sellers.sort(key=lambda each: (loads.get(each.id, 0), each.name.casefold()))
    others = [each for each in sellers if each.id != ctx.actor.id][: MOST_CHOICES - 1]
    return [(each, loads.get(each.id, 0)) for each in (*others, ctx.actor)]


@press("digest.give")
async def give(ctx: ChatContext, argument: str) -> Reply:
    """Theirs from now on, and the next one is asked. A lead that somebody took meanwhile is left to them."""
    made, rest = await own_digest(ctx, argument)
    lead_id, _, staff_id = rest.partition(".")
    lead = await ctx.uow.leads.get_for(ctx.actor, number(lead_id))
    taker = await ctx.uow.staff.get(number(staff_id))
    if not taker.is_active:
        raise RecordNotFound(record=f"@{taker.name}")
    if lead.owner_id is not None or not lead.is_open:
        return await _next_lead(ctx, made, said=(Line("digest-lead-taken", {"name": Secret("name", lead.title)}),))
    await assign_lead(ctx.uow, ctx.actor, lead.id, taker, now=ctx.now)
    line = Line("digest-assigned", {"name": Secret("name", lead.title), "owner": taker.name})
    return await _next_lead(ctx, made, said=(line,), last=(undo_button(),))
