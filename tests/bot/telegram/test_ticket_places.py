"""On Telegram a ticket's place is a topic of its own where the bot may open one, else the chain of replies to its head."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from domain.people.model import Role
from tests.bot.places import asked, went_on
from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import User
from tests.fakes.telegram.people import Group

CODE = re.compile(r"join ([0-9A-Z]{12})")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


async def test_replies_to_the_head_and_to_what_is_below_it_are_notes(stage: Stage) -> None:
    server, database = stage.server, stage.house.database
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = server.group(-100777, "support", [ann])
    await ann.says("/triage", to=room)
    await stage.settles()
    async with database.unit_of_work() as uow:
        [actor] = await uow.staff.list_active()
    before = len(room.chat.messages)

    await asked(database, "The printer is jammed", now=stage.now)
    await went_on(database, actor, "still jammed", now=stage.now)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=5))
    head, words = room.chat.messages[before:]
    await ann.says("he always says that", to=room, reply_to=head)
    await ann.says("ask Tom", to=room, reply_to=words)
    await stage.settles()

    assert "T1 The printer is jammed" in head.text
    assert "still jammed" in words.text
    assert words.reply_to is head
    said = [(row["lane"].value, row["text"]) for row in await stage.rows("ticket_messages")]
    assert said[2:] == [("internal", "he always says that"), ("internal", "ask Tom")]
    assert [(call.method, call.description) for call in server.refusals] == []


async def test_a_group_that_threw_the_bot_out_is_told_once(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = stage.server.group(-100777, "support", [ann])
    await ann.says("/triage", to=room)
    await stage.settles()
    await room.kicks_bot(by=ann)
    await asked(stage.house.database, "The printer is jammed", now=stage.now)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=5))

    assert len([m for m in ann.chat.messages if "can’t write to the ticket group" in m.text]) == 1
    assert not [m for m in room.chat.messages if "jammed" in m.text]


async def a_customer(stage: Stage, ann: User) -> User:
    """Jane of Acme, who came in by her code."""
    await ann.says("/lead Acme, Jane Miller, 07911 123456")
    await stage.settles()
    await ann.presses(await ann.sees("", button="To customer"), "To customer")
    await stage.settles()
    await ann.says("/invite C1")
    await stage.settles()
    [code] = [found[1] for message in ann.chat.messages if (found := CODE.search(message.text))]
    jane = stage.server.user(31, first_name="Jane", language_code="en")
    await jane.says(f"join {code}")
    await stage.settles()
    return jane


def refused(stage: Stage) -> list[str]:
    """What the platform said no to, but for edits that changed nothing."""
    words = [call.description for call in stage.server.refusals]
    return [each for each in words if "not modified" not in each]


async def a_forum(stage: Stage, ann: User, *, rights: Sequence[str] = ("can_manage_topics",)) -> Group:
    """A supergroup with topics, chosen for tickets; the bot is an administrator with these rights."""
    room = stage.server.group(-100777, "support", [ann])
    room.turns_topics_on()
    room.makes_administrator(rights=rights)
    await ann.says("/triage", to=room)
    await stage.settles()
    return room


async def later(stage: Stage) -> None:
    await stage.comes(stage.now + timedelta(seconds=5))
    await stage.comes(stage.now + timedelta(seconds=5))


async def test_in_a_forum_a_ticket_has_a_topic_which_closes_and_opens_with_it(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    jane = await a_customer(stage, ann)
    room = await a_forum(stage, ann)

    await jane.says("The printer is jammed")
    await later(stage)
    stage.server.advance(300)
    await jane.says("still jammed")
    await later(stage)
    [(topic, opened)] = room.chat.topics.items()
    in_topic = [message for message in room.messages if message.thread_id == topic]

    assert opened.name == "T1 · The printer is jammed"
    assert [bool(words in m.text) for words, m in zip(("T1 The printer", "still jammed"), in_topic, strict=True)] == [
        True
    ] * 2

    await ann.says("he always says that", to=room, thread=topic)
    await ann.says("lunch?", to=room)
    await ann.says("/r please restart it", to=room, thread=topic)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=11))
    assert [m.text for m in jane.chat.messages if "please restart it" in m.text]
    assert not [m.text for m in jane.chat.messages if "always" in m.text or "lunch" in m.text]
    assert [row["text"] for row in await stage.rows("ticket_messages") if row["lane"].value == "internal"] == [
        "he always says that"
    ]

    await ann.says("/close T1 cleared the paper path")
    await later(stage)
    await jane.presses(await jane.sees("", button="Yes, solved"), "Yes, solved")
    await later(stage)
    assert opened.is_closed
    await jane.presses(await jane.sees("", button="Not solved"), "Not solved")
    await later(stage)
    assert not opened.is_closed
    assert [m.text[:1] for m in room.messages if m.thread_id == topic][-3:] == ["✅", "✔", "↩"]
    assert refused(stage) == []


async def test_a_topic_that_somebody_deletes_is_told_once_and_the_ticket_goes_on_in_replies(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    jane = await a_customer(stage, ann)
    room = await a_forum(stage, ann)
    await jane.says("The printer is jammed")
    await later(stage)
    room.deletes_topic(*room.chat.topics)
    for words in ("still jammed", "and it smokes"):
        stage.server.advance(300)
        await jane.says(words)
        await later(stage)
    await later(stage)

    [head, *below] = [message for message in room.messages if "T1" in message.text or message.reply_to]
    assert "T1 The printer is jammed" in head.text
    assert [(m.text.rpartition(" ")[2], m.reply_to) for m in below] == [("jammed", head), ("smokes", head)]
    assert {m.thread_id for m in (head, *below)} == {None}
    assert len([m for m in ann.chat.messages if "The topic of T1 was removed" in m.text]) == 1
    assert set(refused(stage)) == {"Bad Request: message thread not found"}


async def test_without_the_right_tickets_stand_in_replies_and_check_says_what_is_missing(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = await a_forum(stage, ann, rights=())
    await asked(stage.house.database, "The printer is jammed", now=stage.now)
    await stage.settles()
    assert room.chat.topics == {}
    assert any("T1 The printer is jammed" in message.text for message in room.messages)
    assert await ann.sees("may not manage topics")

    room.chat.has_topics_on = False
    room.chat.administrators.clear()
    await ann.says("/triage")
    await ann.presses(await ann.sees("", button="Check"), "Check")
    await stage.settles()
    found = ann.chat.last.text
    assert [word in found for word in ("no topics", "only hear replies", "don’t see reactions")] == [True] * 3

    room.turns_topics_on()
    room.makes_administrator(rights=["can_manage_topics"])
    await ann.says("/triage")
    await ann.presses(await ann.sees("", button="Check"), "Check")
    await stage.settles()
    assert "Nothing is missing" in ann.chat.last.text
    assert [(call.method, call.description) for call in stage.server.refusals] == []


async def test_a_topic_opened_for_words_that_could_not_go_is_used_when_they_go(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = await a_forum(stage, ann)
    stage.server.fail_next("sendMessage", 500, "Internal Server Error")
    await asked(stage.house.database, "The printer is jammed", now=stage.now)
    await later(stage)
    await later(stage)

    [topic] = room.chat.topics
    assert [m.thread_id for m in room.messages if "T1" in m.text] == [topic]
