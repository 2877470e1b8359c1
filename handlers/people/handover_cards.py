"""What whoever gets records sees: the card to accept, a capsule of each customer, and an introduction if they wish one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.customers.mood import mood_of
from domain.handovers.actions import accept_handover, leave_handover, remind_taker
from domain.handovers.introducing import introduce, reachable_contacts
from domain.handovers.model import Handover
from domain.notifications.model import Notification
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import PAGE, asked_for, more_button, page_of
from handlers.notices import Batch, Decision, Skip, notice
from handlers.people.handovers import belongings_list
from handlers.records.lines import next_lines, note_shown
from handlers.rendering.secrets import Secret
from handlers.router import number, press

CONTACTS = 3  # the last ones that a capsule tells
MOST_OPEN = 5


# ---------------------------------------------------------------- accepting


@notice("records-received")
async def received(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """With Accept, where it is to be accepted."""
    return {row.id: await _received(uow, row) for row in batch.rows}


async def _received(uow: UnitOfWork, row: Notification) -> Decision:
    handover_id = row.facts.get("handover")
    handover = await uow.handovers.find(handover_id) if handover_id is not None else None
    buttons = _taker_buttons(handover) if handover is not None else ()
    card = f"handover:{handover.id}" if handover is not None else None
    facts = {**row.facts, "items": belongings_list(row.facts)}
    return Reply("records-received", facts, buttons=buttons, card=card)


def _taker_buttons(handover: Handover) -> tuple[Button, ...]:
    accept = (Button("button-accept", press=f"handover.accept:{handover.id}", is_main=True),) if handover.waits else ()
    return (*accept, Button("handover-customers-button", press=f"handover.customers:{handover.id}.0"))


@notice("handover-asked")
async def asked_again(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        handover = await uow.handovers.find(row.facts["handover"])
        if handover is None or not handover.waits:
            decisions[row.id] = Skip("accepted-meanwhile")
        else:
            facts = {"by": row.facts["by"], "from": row.facts["from"], "count": handover.records}
            decisions[row.id] = Reply("handover-asked", facts, buttons=_taker_buttons(handover))
    return decisions


@press("handover.accept")
async def accept(ctx: ChatContext, argument: str) -> Reply:
    handover = await accept_handover(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    giver = await ctx.uow.staff.get(handover.giver_id)
    facts = {"from": giver.name, "count": handover.records}
    return Reply("handover-taken", facts, buttons=_taker_buttons(handover), card=f"handover:{handover.id}")


# ---------------------------------------------------------------- what nobody accepted


@notice("handover-returned")
async def returned(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        handover = await uow.handovers.find(row.facts["handover"])
        waits = handover is not None and handover.waits
        decisions[row.id] = await _open_card(uow, handover) if handover and waits else Skip("accepted-meanwhile")
    return decisions


async def _open_card(uow: UnitOfWork, handover: Handover, *, said: tuple[Line, ...] = ()) -> Reply:
    giver, taker = await uow.staff.get(handover.giver_id), await uow.staff.get(handover.taker_id)
    facts = {"taker": taker.name, "from": giver.name, "count": handover.records, "at": handover.at}
    if not handover.waits:
        key = "handover-is-left" if handover.accepted_at is None else "handover-is-accepted"
        return Reply(key, facts, card=f"handover:{handover.id}", private=True)
    buttons = (
        Button("handover-remind-button", press=f"handover.remind:{handover.id}", facts={"name": taker.name}),
        Button("button-hand-over", press=f"team.hand:{taker.id}"),
        Button("handover-back-button", press=f"history.undo:{handover.action_id}"),
        Button("handover-leave-button", press=f"handover.leave:{handover.id}"),
    )
    return Reply("handover-returned", facts, lines=said, buttons=buttons, card=f"handover:{handover.id}", private=True)


@press("handover.remind")
async def remind(ctx: ChatContext, argument: str) -> Reply:
    handover = await remind_taker(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    taker = await ctx.uow.staff.get(handover.taker_id)
    return await _open_card(ctx.uow, handover, said=(Line("handover-reminded", {"name": taker.name}),))


@press("handover.leave")
async def leave(ctx: ChatContext, argument: str) -> Reply:
    return await _open_card(ctx.uow, await leave_handover(ctx.uow, ctx.actor, number(argument), now=ctx.now))


# ---------------------------------------------------------------- a capsule of each customer


@press("handover.customers")
async def customers(ctx: ChatContext, argument: str) -> Reply:
    """Those that came and are still theirs; ``3.17``: of handover 3, behind customer 17."""
    handover_id, _, after = argument.partition(".")
    handover = await ctx.uow.handovers.find(number(handover_id))
    mine = handover is not None and handover.taker_id == ctx.actor.id
    found = (
        await ctx.uow.handovers.list_customers(
            handover.action_id, ctx.actor.id, limit=asked_for(), after=number(after or "0")
        )
        if handover is not None and mine
        else ()
    )
    page = page_of(found, PAGE)
    lines = tuple(
        Line(
            "handover-customer",
            {"code": f"C{customer_id}", "name": Secret("name", title)},
            buttons=(Button("button-open-of", press=f"handover.capsule:{customer_id}", facts={"name": title[:20]}),),
        )
        for customer_id, title in page.shown
    )
    more = more_button(page, f"handover.customers:{handover_id}.{page.shown[-1][0]}") if page.shown else ()
    return Reply("handover-customers", {"count": len(lines)}, lines=lines, buttons=more, private=True, fresh=True)


@press("handover.capsule")
async def capsule(ctx: ChatContext, argument: str) -> Reply:
    """All that somebody new must know of a customer, on one card."""
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    activities = await ctx.uow.activities.list_of(customer_id=customer.id, limit=CONTACTS)
    followups = await ctx.uow.followups.list_open(customer_id=customer.id, limit=asked_for(2))
    sales = [each for each in await ctx.uow.opportunities.list_of(customer.id, limit=20) if each.is_open]
    tickets = await ctx.uow.tickets.list_of_customer(ctx.actor, customer.id, limit=20)
    active = [each for each in tickets if each.is_active]
    recent = await ctx.uow.activities.list_of(customer_id=customer.id, limit=10)
    complains = any(each.category == "complaint" for each in active)
    lines = [
        Line("capsule-mood", {"mood": Phrase(f"mood-{mood_of(recent, complains=complains)}")}),
        *(_happened(activity) for activity in activities),
        *(_sale(sale) for sale in sales[:MOST_OPEN]),
        *(
            Line("capsule-ticket", {"ticket": each.id, "name": Secret("name", each.title)})
            for each in active[:MOST_OPEN]
        ),
        *next_lines(followups),
    ]
    buttons = (
        Button("button-open-of", press=f"today.open:customer.{customer.id}", facts={"name": customer.title[:20]}),
        Button("handover-introduce-button", press=f"handover.introduce:{customer.id}"),
    )
    facts = {"code": f"C{customer.id}", "name": Secret("name", customer.title), "grade": customer.grade}
    return Reply("capsule", facts, lines=tuple(lines), buttons=buttons, private=True, fresh=True)


def _happened(activity: Any) -> Line:
    facts = {
        "kind": Phrase(f"activity-{activity.kind}"),
        "at": activity.at,
        "note": note_shown(activity.note, most=150),
    }
    return Line("card-last", facts)


def _sale(sale: Any) -> Line:
    amount = Secret("amount", sale.amount) if sale.amount is not None else None
    return Line(
        "capsule-sale", {"name": Secret("name", sale.name), "stage": Phrase(f"stage-{sale.stage}"), "amount": amount}
    )


# ---------------------------------------------------------------- the introduction, if they wish one


@press("handover.introduce")
async def ask_introduction(ctx: ChatContext, argument: str) -> Reply:
    """What the customer's people would read, and who of them can be reached; nothing goes out yet."""
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    contacts = await reachable_contacts(ctx.uow, customer)
    send = (Button("button-send", press=f"handover.send:{customer.id}", is_main=True),) if contacts else ()
    back = Button("button-back", press=f"handover.capsule:{customer.id}")
    facts = {"names": [contact.name for contact in contacts] or None}
    text = Line("introduction-preview", {"words": Phrase("introduction", {"name": ctx.actor.name})})
    return Reply("introduction-ask", facts, lines=(text,) if contacts else (), buttons=(*send, back), private=True)


@press("handover.send")
async def send_introduction(ctx: ChatContext, argument: str) -> Reply:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    told = await introduce(ctx.uow, ctx.actor, customer, now=ctx.now)
    return Reply("introduction-sent", {"names": _names(told), "name": Secret("name", customer.title)}, private=True)


def _names(contacts: Sequence[Any]) -> list[str]:
    return [contact.name for contact in contacts]
