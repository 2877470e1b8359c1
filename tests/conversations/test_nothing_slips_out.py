"""No code path leads from an internal message to a customer's chat without /r or Send."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.local.people import private_place
from domain.customers.model import Customer
from domain.ports import UnitOfWork
from handlers.chat import Attachment
from tests.conversations.conftest import Chat, Person
from tests.conversations.test_ticket_corners import PNG
from tests.conversations.visitors import a_contact, connected

SECRET = "hunter2"
SAYS = [
    f"/note {{t}} {SECRET}",
    f"/close {{t}} {SECRET}",
    f"/transfer {{t}} @{{other}} {SECRET}",
    f"/ticket {{c}} {SECRET}",
    "/merge {t} {u}",
    "{t}",
    "{u}",
    "/take {t}",
    "/queue",
    SECRET,  # the answer to whatever is asked just then
]
PRESSES = [
    "Reply",
    "Solved",
    "Without words",
    "Accept",
    "Pass on",
    "Take",
    "Cancel",
    "Back",
    "Change",
    "Waits for them",
    "Goes on",
    "More",
    "complaint",
    "Reopen",
    "Undo",
]
BELOW = ["words in its place", "a photo in its place", "a reply to its card"]
ASKS = ["the customer goes on", "the customer reopens", "the customer closes"]
# Each of these ways led to a customer's card once, or would if it was made too short.
LEAKED_ONCE = [
    "/take {t}",
    "Reply",
    SECRET,
    "the customer goes on",
    f"/ticket {{c}} {SECRET}",
    "the customer goes on",
    f"/close {{t}} {SECRET}",
    "the customer reopens",
]
EVERY = [(is_first, step) for step in [*SAYS, *PRESSES, *BELOW, *ASKS] for is_first in (True, False)]
# A scene costs as much as thirty steps; each step once, so that no example is one step again and again.
STEPS = st.lists(st.sampled_from(EVERY), min_size=20, max_size=40, unique=True)


class Scene:
    """Two agents, their room with a place for each ticket, and a customer who asked in private and in their group."""

    def __init__(self, chat: Chat, people: list[Person], jane: Person, group: str, room: str) -> None:
        self.chat, self.people, self.jane, self.group, self.room = chat, people, jane, group, room
        self.customer, self.tickets = 0, ("", "")

    def read(self) -> str:
        """All that the customer ever read, in private and in the group, cards as they were and as they became."""
        theirs = {private_place(self.jane.user), self.group}
        said = [said for said in self.chat.said if said.sent.place in theirs and said.sent.body is not None]
        return "\n".join(each.text for each in said if "to_user" not in each.sent.row.extra)

    async def head(self) -> str | None:
        """Where the first ticket's place is."""
        record = f"place:{self.tickets[0].removeprefix('T')}"
        found = [row["message"] for row in await self.chat.rows("cards") if row["record"] == record]
        return str(found[-1]) if found else None

    async def does(self, step: str, *, is_first: bool) -> None:
        who, other = self.people if is_first else reversed(self.people)
        mine, another = self.tickets
        if step in ASKS:
            await self._asks(step)
        elif step in PRESSES:
            with suppress(AssertionError):  # there is no such button now
                await who.presses(step)
        elif step == "words in its place":
            await who.does_text(SECRET, place=self.room, addressed=False)
        elif step == "a photo in its place":
            stored = self.chat.house.page_files.put(PNG)
            photo = Attachment("photo", stored, name="x.png", mime="image/png", size=len(PNG), caption=SECRET)
            await who.does(replace(photo, addressed=False), place=self.room, reply_to=await self.head())
        elif step == "a reply to its card":
            card = await who.says(mine)
            cards = [row for row in await self.chat.rows("cards") if row["record"] == card.sent.row.card]
            await who.says(SECRET, reply_to=str(cards[-1]["message"]) if cards else None)
        else:
            said = step.format(t=mine, u=another, c=f"C{self.customer}", other=other.name)
            await who.says(said)

    async def _asks(self, step: str) -> None:
        await self.chat.delivered()  # their card is as it stands now
        if step == "the customer goes on":
            await self.jane.does_text("and it smokes")
            return
        with suppress(AssertionError):
            await self.jane.presses("Not solved" if step == "the customer reopens" else "Close")


async def scene(chat: Chat) -> Scene:
    number = next(chat.deliveries)
    boss = await chat.staff(f"Ann{number}", role="manager", team=None)
    people = [await chat.staff(f"{name}{number}", role="agent") for name in ("Sam", "Ida")]
    owner = await chat.staff(f"Tom{number}")  # a rep, so that the agents get what is asked
    made: Customer = await chat.customer(f"Firm {number}", owner=owner)
    contact = await a_contact(chat, made.id, f"Jane {number}", by=boss)
    jane = await connected(chat, chat.stranger(f"Jane {number}"), contact, by=boss)
    room, group = chat.group(f"support {number}"), chat.group(f"launch {number}")
    await boss.says("/triage", place=room)
    await boss.says(f"/bind C{made.id}", place=group)
    found = Scene(chat, people, jane, group, room)
    await jane.says("the printer is jammed")
    await jane.says("the oven smokes", place=group)
    async with chat.house.database.read() as uow:
        found.tickets = await _newest(uow, made.id, boss)
    found.customer = made.id
    chat.now += timedelta(seconds=15)
    await chat.delivered()
    return found


async def _newest(uow: UnitOfWork, customer_id: int, reader: Person) -> tuple[str, str]:
    assert reader.staff is not None
    in_group, private = await uow.tickets.list_of_customer(reader.staff, customer_id, limit=2)
    return f"T{private.id}", f"T{in_group.id}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[(True, step) for step in LEAKED_ONCE])
async def test_nothing_internal_reaches_a_customer_without_r_or_send(chat: Chat, steps: list[tuple[bool, str]]) -> None:
    """Whatever two agents type and press but /r and Send, and whatever the customer does meanwhile."""
    seen = await scene(chat)
    for is_first, step in steps:
        await seen.does(step, is_first=is_first)
        chat.now += timedelta(minutes=3)
    await chat.tick(after=timedelta(minutes=2))
    assert "the printer is jammed" in seen.read()  # their card is among what is looked at
    assert SECRET not in seen.read()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_act_itself_is_seen_by_that_very_test(chat: Chat) -> None:
    """Else it could not fail."""
    seen = await scene(chat)
    await seen.people[0].says(f"/r {seen.tickets[0]} {SECRET}")
    await chat.tick(after=timedelta(seconds=11))
    assert seen.read().count(SECRET) == 1
    await seen.people[1].says(f"/r {seen.tickets[1]} {SECRET}")
    await chat.tick(after=timedelta(seconds=11))
    assert seen.read().count(SECRET) == 2
