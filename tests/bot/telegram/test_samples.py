"""Every recorded payload becomes an event: none raises, and none is lost."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.telegram.addressing import Me
from bot.telegram.receive import chat_event
from handlers.chat import Attachment, Blocked, ChatEvent, MembersChanged, Press, Text, Unknown

SAMPLES = Path(__file__).parents[4] / "shared" / "specs" / "telegram" / "samples"
ME = Me(8120034455, "desk_demo_bot")
FILES = sorted(path for path in SAMPLES.glob("*/*.json") if path.parent.name != "responses")

pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FILES, reason="the recorded payloads (../shared/specs/telegram) are not beside the project"),
]


def event_of(path: Path) -> ChatEvent:
    raw = json.loads(path.read_text())
    update = raw if "update_id" in raw else {"update_id": 1, "message": raw}
    return chat_event(update, me=ME, received_at=datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_becomes_an_event(path: Path) -> None:
    event = event_of(path)

    assert event.conversation.key
    assert event.at.tzinfo is not None
    if path.parent.name == "invalid-for-10.3":
        assert isinstance(event.content, Unknown)
        assert event.content.kind.startswith("rejected.")
    elif isinstance(event.content, Unknown):
        assert not event.content.kind.startswith(("rejected.", "untranslated."))


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("updates/message.text*.json", (Text, Unknown)),
        ("updates/message.photo*.json", Attachment),
        ("updates/message.voice*.json", Attachment),
        ("*/callback_query*.json", Press),
        ("derived/my_chat_member.blocked*.json", Blocked),
        ("derived/message.new_chat_members*.json", (MembersChanged, Unknown)),
        ("derived/message.text.utf16*.json", Text),
    ],
)
def test_known_kinds_are_understood(pattern: str, kind: type) -> None:
    paths = sorted(SAMPLES.glob(pattern))

    assert paths
    assert all(isinstance(event_of(path).content, kind) for path in paths)
