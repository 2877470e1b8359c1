"""Every recorded payload through the whole house, twice, by Socket Mode and by signed HTTP: no error, one effect, life goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.slack.receive import chat_event
from handlers.chat import (
    Album,
    Attachment,
    Edited,
    FormClosed,
    FormFilled,
    HomeOpened,
    MembersChanged,
    Press,
    Reaction,
    Text,
    Unknown,
)
from tests.bot.slack.desk import NOW, known
from tests.bot.slack.stage import on_stage, served

SAMPLES = Path(__file__).parents[4] / "shared" / "specs" / "slack" / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*.json") if not {"responses", "views"} & set(path.parts))
FILES = [path for path in FILES if path.name != "INDEX.json"]

EFFECTS = "activities approvals attachments cards drafts followups identities journal_actions leads notifications staff".split()
"""Tables in which an event could have an effect twice."""

pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FILES, reason="the recorded payloads (../shared/specs/slack) are not beside the project"),
]


def payload_of(path: Path) -> tuple[str, Mapping[str, Any]] | None:
    """How Slack would send it: the kind of envelope and the payload; None for frames of the connection itself."""
    raw = json.loads(path.read_text())
    folder = path.relative_to(SAMPLES).parts[:-1]
    if "socket-mode" in folder:
        return (raw["type"], raw["payload"]) if "payload" in raw else None
    if "slash-commands" in folder or "slash" in folder:
        return "slash_commands", raw
    if "interactive" in folder:
        return "interactive", raw
    if "inner-events" in folder:
        number = sum(path.name.encode())
        raw = {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": f"Ev{number}{path.stem}",
            "event_time": 1720000000,
            "event": raw,
        }
    return "events_api", raw


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_becomes_an_event(path: Path) -> None:
    found = payload_of(path)
    if found is None:
        return
    event = chat_event(found[1], known=known(), received_at=NOW)

    if event is None:
        assert "message_changed" in path.name  # in the one that is recorded no word changed
        return
    assert event.conversation.key
    assert event.delivery_id
    assert event.at.tzinfo is not None
    if isinstance(event.content, Unknown):
        assert not event.content.kind.startswith("untranslated.")


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        ("derived/events/message.channel.json", Text),
        ("derived/events/message.im.json", Text),
        ("derived/events/message.thread_reply.json", Text),
        ("derived/events/message.message_deleted.json", Edited),
        ("derived/events/reaction_removed.json", Reaction),
        ("events/event.reaction_added.*.json", (Reaction, Unknown)),
        ("events/event.message.file_share.*.json", (Attachment, Album, Unknown)),
        ("events/event.app_home_opened.*.json", (HomeOpened, Unknown)),
        ("events/event.member_*.json", MembersChanged),
        ("interactive/block_actions.button.*.json", (Press, Unknown)),
        ("derived/interactive/block_actions.static_select.json", Press),
        ("*/slash*.json", Text),
        ("interactive/view_submission.*.json", (FormFilled, Unknown)),
        ("interactive/view_closed.*.json", (FormClosed, Unknown)),
    ],
)
def test_known_kinds_are_understood(pattern: str, kinds: Any) -> None:
    events = [chat_event(payload_of(path)[1], known=known(), received_at=NOW) for path in sorted(SAMPLES.glob(pattern))]

    assert events
    assert all(event is not None and isinstance(event.content, kinds) for event in events)


@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_every_sample_twice_harms_nobody(tmp_path: Path, over_http: bool) -> None:
    async with on_stage(tmp_path, over_http=over_http) as stage, served(stage) if over_http else nothing():
        tom = await stage.staff("Tom")
        rows: list[dict[str, int]] = []
        for _ in range(2):
            for path in FILES:
                found = payload_of(path)
                if found is not None:
                    kind, raw = found
                    stage.server.push(dict(raw), kind=kind)
                    await stage.server.until_taken()
            await stage.settles()
            rows.append({table: len(await stage.rows(table)) for table in EFFECTS})
        assert rows[0] == rows[1]
        assert rows[0]["notifications"]
        assert not [one for one in stage.server.deliveries if not one.is_taken]
        assert not stage.house.dispatcher.counters.incidents

        stage.server.says(tom, "/lead Beta Ltd, Jane Miller")
        await stage.settles()
        await stage.server.sees(tom, "Saved ✓")
        assert len(await stage.rows("leads")) == 1


@asynccontextmanager
async def nothing() -> Any:
    yield None
