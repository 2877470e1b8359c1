"""What people hear when a leader asks from the digest: their own records, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.customers.comments import comment_on
from domain.digests.model import Digest, Item, Part, Question, Section
from domain.errors import RecordNotFound
from domain.followups.actions import finish_followup
from domain.followups.queries import FollowupView
from domain.notifications.agenda import Due, due_state
from domain.notifications.model import Notification
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import local, start_of_day
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import ask_words, open_question
from handlers.dialogs.only_answers import answers
from handlers.followups.cards import facts_of
from handlers.followups.reminders import view_of
from handlers.followups.standing import refresh_cards
from handlers.notices import Batch, Decision, Skip, notice
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, number, press, question

SHOWN = 8
MOST_LISTED = 60
WHY = "slip-why"  # a draft: the next words say why a sale slipped


# ---------------------------------------------------------------- overdue follow-ups


@notice("nudged-overdue")
async def nudged_overdue(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """As they are when it is said: who did everything meanwhile is not asked."""
    overdue = await _overdue(uow, list(batch.staff.values()), batch.now)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        mine = overdue.get(row.staff_id or 0, ())
        decisions[row.id] = _nudge(mine, by=row.facts["by"], of=row.staff_id or 0) if mine else Skip("done-meanwhile")
    return decisions


async def _overdue(uow: UnitOfWork, people: Sequence[Staff], now: datetime) -> Mapping[int, Sequence[FollowupView]]:
    zones = {person.id: person.timezone for person in people}
    found = await uow.agenda.list_due(sorted(zones), before=now, per_owner=MOST_LISTED)
    mine: dict[int, list[FollowupView]] = {}
    for view in found:
        if due_state(view, now=now, zone=zones[view.owner_id]) is Due.OVERDUE:
            mine.setdefault(view.owner_id, []).append(view)
    return mine


def _nudge(
    views: Sequence[FollowupView], *, of: int, by: str | None, said: tuple[Line, ...] = (), undo: bool = False
) -> Reply:
    """``of``: whose they are; a deputy may be the one who reads it."""
    lines = [
        Line(
            "followup-line",
            facts_of(view),
            buttons=(
                Button("button-done", press=f"nudge.done:{view.id}.{of}"),
                Button("button-more", press=f"today.open:followup.{view.id}"),
            ),
        )
        for view in views[:SHOWN]
    ]
    left = len(views) - len(lines)
    if left > 0:
        lines.append(Line("my-day-more", {"count": left}))
    key = "nudged-overdue" if views else "nudged-nothing-left"
    buttons = (undo_button(),) if undo else ()
    return Reply(key, {"by": by, "count": len(views)}, lines=(*said, *lines), buttons=buttons)


@press("nudge.done")
async def done(ctx: ChatContext, argument: str) -> Reply:
    """Ticked off on the card, which shows what is left."""
    followup_id, _, owner_id = argument.partition(".")
    view = await view_of(ctx, number(followup_id))
    owner = await ctx.uow.staff.get(number(owner_id))
    if view.owner_id != owner.id:
        raise RecordNotFound(record=f"F{view.id}")
    was_open = view.is_open
    if was_open:
        await finish_followup(ctx.uow, ctx.actor, view.id, now=ctx.now)
        await refresh_cards(ctx, view.id)
        await ctx.uow.flush()
    left = (await _overdue(ctx.uow, [owner], ctx.now)).get(owner.id, ())
    line = Line("my-day-done", {"subject": facts_of(view)["subject"]})
    return _nudge(left, of=owner.id, by=None, said=(line,), undo=was_open)


# ---------------------------------------------------------------- what is read from the digest


async def _parts(uow: UnitOfWork, batch: Batch, section: Section) -> Mapping[int, Part]:
    """By row: what stands now in the section of its reader. One statement for those who were asked from one digest."""
    found: dict[int, Part] = {}
    for digest_id in {row.facts["digest"] for row in batch.rows}:
        made = await uow.digests.find(digest_id)
        rows = [row for row in batch.rows if row.facts["digest"] == digest_id]
        leader = await uow.staff.get(made.staff_id) if made is not None else None
        if made is None or leader is None:
            continue
        question = _question(rows, made, leader, batch.now)
        parts = await uow.digests.list_of_owners(section, question, per_owner=SHOWN)
        found |= {row.id: parts[row.staff_id] for row in rows if row.staff_id in parts}
    return found


def _question(rows: Sequence[Notification], made: Digest, leader: Staff, now: datetime) -> Question:
    today = local(now, leader.timezone).date()
    return Question(
        owners=tuple(sorted({row.staff_id for row in rows if row.staff_id is not None})),
        since=made.since,
        until=now,
        today=start_of_day(today, leader.timezone),
        first=local(made.since, leader.timezone).date(),
        last=today,
    )


@notice("nudged-risk")
async def nudged_risk(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    parts = await _parts(uow, batch, Section.RISK)
    return {row.id: _risk(row, parts[row.id]) if row.id in parts else Skip("touched-meanwhile") for row in batch.rows}


def _risk(row: Notification, part: Part) -> Reply:
    lines = tuple(
        Line("nudged-lead", {"name": Secret("name", item.title)}, buttons=(_opens(item),)) for item in part.items
    )
    return Reply("nudged-risk", {"by": row.facts["by"], "count": part.count}, lines=lines)


def _opens(item: Item) -> Button:
    return Button("button-open-of", press=f"today.open:{item.record}.{item.id}", facts={"name": item.title[:20]})


@notice("praised")
async def praised(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    parts = await _parts(uow, batch, Section.WON)
    return {row.id: _praise(row, parts[row.id]) if row.id in parts else Skip("gone") for row in batch.rows}


def _praise(row: Notification, part: Part) -> Reply:
    names = [Secret("name", item.title) for item in part.items]
    return Reply("praised", {"by": row.facts["by"], "names": names, "count": part.count})


# ---------------------------------------------------------------- why did it slip?


@notice("slip-asked")
async def slip_asked(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    parts = await _parts(uow, batch, Section.SLIPPED)
    return {row.id: _slip(row, parts[row.id]) if row.id in parts else Skip("done-meanwhile") for row in batch.rows}


def _slip(row: Notification, part: Part) -> Reply:
    lines = tuple(
        Line(
            "slip-line",
            {"name": Secret("name", item.title), "on": item.on},
            buttons=(Button("button-say-why", press=f"slip.why:{item.id}.{row.facts['by_id']}"), _opens(item)),
        )
        for item in part.items
    )
    return Reply("slip-asked", {"by": row.facts["by"], "count": part.count}, lines=lines)


@press("slip.why")
async def ask_why(ctx: ChatContext, argument: str) -> Reply:
    """The next words are the answer. The card with the other ones stays."""
    sale_id, _, asker_id = argument.partition(".")
    sale = await ctx.uow.opportunities.get_for(ctx.actor, number(sale_id))
    asker = await ctx.uow.staff.get(number(asker_id))
    await ask_words(ctx, WHY, "words", sale=sale.id, asker=asker.id)
    return Reply("slip-why", {"name": Secret("name", sale.name), "by": asker.name}, fresh=True)


@question(WHY)
async def take_why(ctx: ChatContext, text: str) -> Answer:
    """Kept as a comment on the sale; whoever asked hears it."""
    draft = await open_question(ctx, WHY)
    if draft is None or not await answers(ctx, draft, text, "words"):
        return None
    asker = await ctx.uow.staff.get(draft.content["asker"])
    told = [asker] if asker.is_active and asker.id != ctx.actor.id else []
    card = ("opportunity", draft.content["sale"])
    await comment_on(ctx.uow, ctx.actor, card, clean(text), told=told, now=ctx.now)
    await ctx.uow.drafts.remove(draft)
    return Reply("slip-answered", {"by": asker.name}, buttons=(undo_button(),))
