"""/stop ends surveys and news on every channel of that person, and is kept with its moment and words."""

from __future__ import annotations

from domain.people.consent import wishes_of
from domain.people.model import Topic
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, phone
from tests.conversations.visitors import a_contact, code_of, connected

NOTHING = {"surveys": False, "marketing": False, "greetings": False}


async def wishes(chat: Chat, user: str) -> dict[str, bool]:
    async with chat.house.database.read() as uow:
        [row] = [row for row in await chat.rows("identities") if row["user"] == user]
        wanted = await wishes_of(uow, await uow.identities.get(row["id"]))
    return {topic.value: wanted[topic] for topic in Topic}


async def test_stop_counts_on_every_channel(chat: Chat) -> None:
    phone(chat)
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane", by=tom)
    jane = await connected(chat, chat.stranger("janey"), contact, by=tom)
    await Caller(chat, "7", "Jane").says(f"/start {code_of(await tom.says(f'/invite P{contact.id}'))}")

    before = await wishes(chat, "7")
    stopped = await jane.says("退订")
    after = await wishes(chat, "7")
    await jane.presses("News are welcome")

    assert stopped.key == "stopped"
    assert (before, after) == ({"surveys": True, "marketing": False, "greetings": True}, NOTHING)
    assert await wishes(chat, "7") == {"surveys": True, "marketing": True, "greetings": True}
    kept = [(row["topic"], row["given"], row["words"], row["at"]) for row in await chat.rows("consents")][: len(Topic)]
    assert kept == [(topic.value, False, "退订", chat.now) for topic in Topic]


async def test_what_a_stranger_stopped_stays_when_we_know_them(chat: Chat) -> None:
    tom, eve = await chat.staff("Tom"), chat.stranger("Eve")
    acme = await chat.customer("Acme", owner=tom)
    await eve.says("stop")
    await connected(chat, eve, await a_contact(chat, acme.id, "Eve", by=tom), by=tom)

    assert await wishes(chat, eve.user) == NOTHING


async def test_staff_have_settings_for_that(chat: Chat) -> None:
    tom: Person = await chat.staff("Tom")

    assert (await tom.says("/stop")).key == "stop-for-customers"
    assert (await tom.forges("consent.yes:")).key == "stop-for-customers"
    assert await chat.rows("consents") == []
