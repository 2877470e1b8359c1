"""Who closed their chat with us is left in peace; a group that moves takes what waits along; who hides is told so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import (
    Blocked,
    ChatEvent,
    Conversation,
    ConversationMoved,
    MembersChanged,
    PlaceKind,
    Text,
    Unknown,
)
from tests.conversations.conftest import Chat, Person


async def unreachable(person: Person) -> bool:
    [row] = [row for row in await person.chat.rows("identities") if row["user"] == person.user]
    return row["unreachable_since"] is not None


async def test_a_block_lasts_until_they_speak_again(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/next Acme today 11:00 call back")

    assert await tom.does(Blocked(blocked=True)) == []
    assert await unreachable(tom)
    assert await chat.tick(after=timedelta(hours=3)) == []

    await tom.says("/today")
    assert not await unreachable(tom)


async def test_an_unblock_alone_is_enough(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.does(Blocked(blocked=True))
    await tom.does(Blocked(blocked=False))

    assert not await unreachable(tom)


async def test_a_strangers_block_is_kept_too(chat: Chat) -> None:
    eve = chat.stranger("Eve")
    await eve.does(Blocked(blocked=True))

    assert await unreachable(eve)


async def test_an_open_question_moves_with_the_group(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    old, new = chat.group("sales"), chat.group("sales-super")
    await tom.does(Text("/log called Acme, follow up Friday 10am"), place=old)
    for place in (new, old):  # both say so, in either order
        await tom.does(ConversationMoved(old, new), place=place)

    [draft] = await chat.rows("drafts")
    assert draft["place"] == new


@pytest.mark.parametrize(("hears_all", "first"), [(True, "Say my name first"), (False, "Begin with a command")])
async def test_a_colleague_who_brings_the_bot_along_hears_what_it_does_there(
    chat: Chat, hears_all: bool, first: str
) -> None:
    tom, eve = await chat.staff("Tom"), chat.stranger("Eve")
    group = chat.group("acme-and-us")

    [hello] = await tom.does(MembersChanged(bot_joined=True, hears_all=hears_all), place=group)
    theirs = await eve.does(MembersChanged(bot_joined=True, hears_all=hears_all), place=group)

    assert hello.key == "group-hello"
    assert first in hello.text
    assert ("the rest of your talk stays among you" in hello.text) is not hears_all
    assert theirs == []
    assert await tom.does(MembersChanged(bot_left=True), place=group) == []


async def unnamed(chat: Chat, text: str) -> list[str]:
    before = len(chat.said)
    await chat.house.dispatcher.dispatch(
        ChatEvent(
            channel="local",
            delivery_id=f"unnamed:{text}",
            conversation=Conversation(channel="local", key=chat.group("sales"), kind=PlaceKind.GROUP),
            sender=None,
            at=chat.now,
            content=Text(text),
        )
    )
    await chat.settle()
    return [said.key for said in chat.said[before:]]


async def test_who_writes_unnamed_is_told_why_nothing_happens(chat: Chat) -> None:
    assert await unnamed(chat, "/today") == ["speaker-hidden"]
    assert await unnamed(chat, "called Acme, follow up Friday") == []
    assert await unnamed(chat, "/no_such_command") == []


async def test_what_nobody_understood_is_kept_with_its_delivery(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.does(Unknown("a_kind_of_tomorrow", {"id": 5, "text": "\0 \ud800"}), delivery="unknown:1")
    await tom.does(Unknown("very_long", {"text": "x" * 100_000}), delivery="unknown:2")
    for delivery in ("\0\ud800", "\0\ud801", "\0\ud801", "y" * 9000):
        await tom.does(Unknown("odd", {}), delivery=delivery)

    async with chat.house.database.connection() as connection:
        rows = await connection.exec_driver_sql("SELECT delivery, unknown FROM inbox WHERE unknown IS NOT NULL")
        kept = {row.delivery: row.unknown for row in rows}
    assert '"a_kind_of_tomorrow"' in kept["unknown:1"]
    assert len(kept["unknown:2"]) < 1000
    assert len(kept) == 5
    assert chat.house.dispatcher.counters.incidents == 0
    assert chat.house.dispatcher.unknown["local", "very_long"] == 1
