"""Slack names a channel by its id alone: what it is called is asked for once, and learned when it is renamed."""

from __future__ import annotations

from domain.people.model import Role
from tests.bot.slack.stage import Stage


async def test_a_report_is_sent_for_into_a_channel_by_its_name(stage: Stage) -> None:
    server = stage.server
    ann = await stage.staff("Ann", role=Role.MANAGER)
    room = server.channel("field-sales", ann)
    for words in ("good morning", "anybody?"):
        server.says(ann, words, channel=room)
        await stage.settles()
    assert [call.method for call in server.calls].count("conversations.info") == 1
    assert [(row["place"], row["title"]) for row in await stage.rows("known_groups")] == [(room.id, "field-sales")]

    server.says(ann, "/report funnel every Monday 9:00 to #field-sales")
    await stage.settles()
    server.says(ann, f"/report funnel every Friday 9:00 to <#{room.id}|>")
    await stage.settles()
    said = [message.plain for message in server.messages_in(server.dm(ann)) if message.is_by_bot]
    assert all("It comes into field-sales" in words for words in said[-2:])
    assert "Ann set it up" in server.messages_in(room)[-1].plain

    server.push_event(
        {
            "type": "message",
            "subtype": "channel_name",
            "channel": room.id,
            "user": ann.id,
            "ts": f"{server.world.now():.6f}",
            "old_name": "field-sales",
            "name": "hunters",
            "text": "renamed",
        }
    )
    await stage.settles()
    assert [row["title"] for row in await stage.rows("known_groups")] == ["hunters"]
