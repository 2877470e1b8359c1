"""A customer's message on Slack becomes a ticket from its own menu."""

from __future__ import annotations

from datetime import timedelta

from domain.customers.model import Customer
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.values.companies import company_key
from handlers.dispatch import perform
from tests.bot.slack.stage import Stage


async def test_a_customers_message_is_opened_once_and_answered_in_its_thread(stage: Stage) -> None:
    server = stage.server
    ann = await stage.staff("Ann", role=Role.ADMIN)
    guest = server.person("Jane", team_id="T0OTHER", is_stranger=True)
    room = server.channel("acme", ann, guest, is_shared=True)

    async def customer(uow: UnitOfWork, actor: Staff | None) -> None:
        [owner] = await uow.staff.list_active()
        acme = Customer(name="Acme", name_key=company_key("Acme"), owner_id=owner.id, created_at=stage.now)
        await uow.customers.add(acme)

    await perform(stage.house.database.unit_of_work, customer, now=stage.now)
    server.says(ann, f"<@{server.bot.id}> /bind C1", channel=room)
    await stage.settles()
    asked = server.says(guest, "The printer is jammed", channel=room)
    own = server.says(ann, "I will look", channel=room, thread_ts=asked)
    await stage.settles()
    smoke = server.says(guest, "The oven smokes", channel=room)
    await stage.settles()
    for message in (asked, asked, own):
        await server.shortcut("ticket", user=ann, message=message).answered()
        await stage.settles()
    server.says(ann, f"<@{server.bot.id}> /r T1 please restart it", channel=room)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=12))

    for _ in range(2):
        server.reacts(ann, smoke, "ticket")
        await stage.settles()
        server.unreacts(ann, smoke, "ticket")
        await stage.settles()
    leak = server.says(guest, "The roof leaks", channel=room)
    await stage.settles()
    server.says(ann, f"<@{server.bot.id}> ticket", channel=room, thread_ts=leak)
    await stage.settles()
    ticket, by_reaction, by_reply = await stage.rows("tickets")
    assert (by_reply["title"], by_reply["place"]) == ("The roof leaks", f"{room.id}/{leak.ts}")
    [theirs] = [m for m in server.messages_in(room) if m.is_by_bot and "T3 The roof leaks" in m.plain]
    assert theirs.thread_ts == leak.ts
    said = [(row["lane"].value, row["text"]) for row in await stage.rows("ticket_messages")]
    shown = [m.plain for m in [*server.messages_in(server.dm(ann)), *server.ephemerals_of(ann)]]
    assert (ticket["customer_id"], ticket["place"]) == (1, f"{room.id}/{asked.ts}")
    assert (by_reaction["title"], by_reaction["place"]) == ("The oven smokes", f"{room.id}/{smoke.ts}")
    assert said[0] == ("from_customer", "The printer is jammed")
    assert len([words for words in shown if "T1" in words and "jammed" in words]) >= 2
    assert any("is a colleague" in words for words in shown)
    [answer] = [m for m in server.messages_in(room) if m.is_by_bot and "please restart it" in m.plain]
    assert answer.thread_ts == asked.ts
