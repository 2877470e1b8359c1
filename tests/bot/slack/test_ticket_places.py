"""On Slack a ticket's place is a thread in the channel that was chosen."""

from __future__ import annotations

from datetime import timedelta

from domain.people.model import Role
from tests.bot.places import asked, went_on
from tests.bot.slack.stage import Stage


async def test_a_ticket_is_a_thread_and_words_in_it_are_notes(stage: Stage) -> None:
    server, database = stage.server, stage.house.database
    ann = await stage.staff("Ann", role=Role.ADMIN)
    room = server.channel("support", ann)
    server.says(ann, f"<@{server.bot.id}> /triage", channel=room)
    await stage.settles()
    assert any("Nothing is missing" in message.plain for message in server.messages_in(server.dm(ann)))
    async with database.unit_of_work() as uow:
        [actor] = await uow.staff.list_active()
    before = len(server.messages_in(room))

    await asked(database, "The printer is jammed", now=stage.now)
    await went_on(database, actor, "still jammed", now=stage.now)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=5))
    head, words = server.messages_in(room)[before:]
    server.says(ann, "he always says that", channel=room, thread_ts=head)
    server.says(ann, "lunch?", channel=room)
    await stage.settles()
    await server.presses(head, "Open", user=ann).answered()
    await stage.settles()

    assert "T1 The printer is jammed" in head.plain
    assert head.thread_ts in {None, head.ts}
    assert ("still jammed" in words.plain, words.thread_ts) == (True, head.ts)
    assert [m.thread_ts for m in server.messages_in(room) if m.is_by_bot and m.ts > words.ts] == [head.ts]
    said = [(row["lane"].value, row["text"]) for row in await stage.rows("ticket_messages")]
    assert said[2:] == [("internal", "he always says that")]


async def test_an_archived_channel_is_given_up_and_who_chose_it_is_told(stage: Stage) -> None:
    server = stage.server
    ann = await stage.staff("Ann", role=Role.ADMIN)
    room = server.channel("support", ann)
    server.says(ann, f"<@{server.bot.id}> /triage", channel=room)
    await stage.settles()
    server.archives(room, by=ann)
    await stage.settles()
    await asked(stage.house.database, "The printer is jammed", now=stage.now)
    await stage.comes(stage.now + timedelta(seconds=5))

    told = [m for m in server.messages_in(server.dm(ann)) if "can’t write to the ticket group" in m.plain]
    assert [call.error for call in server.refusals] == ["is_archived"]
    server.calls.clear()
    assert len(told) == 1
    assert not [m for m in server.messages_in(room) if "jammed" in m.plain]
