"""Whoever looks at an old card of a ticket, or at their queue, sees how it stands."""

from __future__ import annotations

from datetime import timedelta

from bot.local.people import private_place
from tests.conversations.conftest import Chat, Person
from tests.conversations.test_tickets import asks


async def standing(person: Person) -> list[tuple[str, tuple[str, ...]]]:
    """What the bot said that stands in the person's private chat now, the oldest first, and its buttons."""
    async with person.chat.house.database.read() as uow:
        rows = await uow.local_messages.list_of(private_place(person.user), limit=200)
    shown = [row["body"] for row in rows if row["sender"] is None]
    return [
        (
            f"{body.get('title')} {body.get('text')}",
            tuple(button["label"] for row in body.get("rows") or () for button in row),
        )
        for body in shown
    ]


async def test_every_card_follows_the_ticket_wherever_it_stands(chat: Chat) -> None:
    boss = await chat.staff("Ada", role="admin", team=None)
    sam, ida = await chat.staff("Sam", role="agent"), await chat.staff("Ida", role="agent")
    await asks(chat, chat.stranger("Wang"))  # offered to Sam
    await boss.says("T1")
    await ida.says("/queue")
    await sam.presses("Pass on")  # so that it is offered to Ida
    await sam.says("T1")
    await sam.says("/queue")
    await chat.delivered()
    queue, offer = await standing(ida)
    assert "Accept" in queue[1]  # it came into the list that stood there empty
    assert "Accept" in offer[1]

    await ida.says("/take T1")
    await chat.delivered()

    for text, buttons in await standing(ida):
        assert "Accept" not in buttons
        assert "T1" in text
    assert any("Ida" in text and "T1" in text for text, _ in await standing(sam))
    assert all(not {"Accept", "Take", "Pass on"} & set(buttons) for _, buttons in await standing(sam))
    [(card, _)] = await standing(boss)
    assert "Ida" in card

    await ida.says("/r T1 on my way")
    await chat.delivered()
    [(card, _)] = await standing(boss)
    assert "(going)" in card
    await chat.tick(after=timedelta(seconds=11))
    await chat.delivered()
    [(card, _)] = await standing(boss)
    assert "on my way" in card
    assert "(going)" not in card

    solved = await ida.says("/close T1 new toner")
    await chat.delivered()
    [(card, buttons)] = await standing(boss)
    assert "new toner" in card
    assert buttons == ("Reopen",)
    assert "Undo" in solved.buttons
    assert [buttons for _, buttons in await standing(ida)].count(tuple(solved.buttons)) == 1

    await ida.presses("Undo")
    await chat.delivered()
    [(card, buttons)] = await standing(boss)
    assert "new toner" not in card
    assert buttons[0] == "Reply"


async def test_a_card_that_asks_is_left_alone_and_who_sees_it_no_more_keeps_what_they_saw(chat: Chat) -> None:
    sam, boss = await chat.staff("Sam", role="agent"), await chat.staff("Ada", role="admin", team=None)
    rep = await chat.staff("Rob", team="north")
    acme = await chat.customer("ACME", owner=rep)
    await asks(chat, chat.stranger("Wang"), customer_id=acme.id)
    await sam.presses("Accept")
    await rep.says("T1")
    await sam.presses("Reply")
    await boss.says(f"/handover C{acme.id} to @Ada")
    seen = await standing(rep)

    await boss.forges("ticket.urgent:1.urgent")
    await chat.tick(after=timedelta(seconds=1))

    asked = await standing(sam)
    assert any("Back" in buttons for _, buttons in asked)
    draft = await sam.says("We come at 3")
    assert draft.key == "ticket-draft"
    assert await standing(rep) == seen
    assert not any("urgent" in text for text, _ in seen)
