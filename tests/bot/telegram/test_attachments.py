"""Photos, files, voice notes and places from Telegram to the disk and back, through the platform's real client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.attachments.model import LARGEST, FileState
from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import Message, User
from tests.fakes.telegram.people import PNG_DOT

PDF = b"%PDF-1.7 the quote"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


async def presses(stage: Stage, user: User, label: str) -> None:
    pressed = user.chat.find("", button=label)
    assert pressed is not None, f"no button {label!r}"
    await user.presses(pressed, label)
    await stage.settles()


async def saved_call(stage: Stage, user: User) -> None:
    await user.says("called Acme, they want a quote")
    await stage.settles()
    await presses(stage, user, "Save")


def answers(user: User) -> list[Message]:
    return [message for message in user.chat.messages if message.sender["id"] != user.id]


async def test_a_photo_with_words_is_kept_and_comes_back(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await tom.sends_photo(PNG_DOT, caption="called Acme, they want a quote")
    await stage.settles()
    assert "📎 1 attachment" in tom.chat.last.text
    await presses(stage, tom, "Save")

    await stage.house.fetching.fetch_due()
    [file] = await stage.rows("attached_files")
    await tom.says("L1")
    await stage.settles()
    await presses(stage, tom, "📎 1")

    assert (file["state"], file["media_type"]) == (FileState.KEPT, "image/png")
    assert stage.house.store.get(file["stored"]) == PNG_DOT
    shown = tom.chat.last
    assert shown.media is not None
    assert (shown.media.kind, shown.media.content) == ("photo", PNG_DOT)


async def test_an_album_is_answered_once_and_undone_as_one(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await tom.sends_album(PNG_DOT, PNG_DOT, PNG_DOT, caption="called Acme, they want a quote")
    await stage.settles()

    assert len(answers(tom)) == 1
    await presses(stage, tom, "Save")
    assert "📎 3 attachments" in tom.chat.last.text
    assert len(await stage.rows("attachments")) == 3
    await presses(stage, tom, "Undo")
    assert await stage.rows("attachments") == []


async def test_a_file_a_moment_later_goes_to_what_was_saved(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await saved_call(stage, tom)

    await tom.sends_document(PDF, name="报价.pdf")
    await stage.settles()
    await stage.house.fetching.fetch_due()
    assert tom.chat.last.text.startswith("📎 Added to Acme")
    await tom.says("L1")
    await stage.settles()
    await presses(stage, tom, "📎 1")

    shown = tom.chat.last
    assert shown.media is not None
    assert (shown.media.kind, shown.media.name, shown.media.content) == ("document", "报价.pdf", PDF)


async def test_a_voice_note_and_a_place(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await saved_call(stage, tom)
    await stage.comes(stage.now.replace(minute=40))

    await tom.sends_voice()
    await stage.settles()
    assert "Dictate with your keyboard" in tom.chat.last.text
    await tom.sends_location(31.2304, 121.4737)
    await stage.settles()
    await presses(stage, tom, "Save for Acme")

    assert [row["kind"] for row in await stage.rows("attachments")] == ["location"]
    assert (await stage.rows("activities"))[-1]["kind"] == "check_in"


async def test_what_the_platform_will_not_give_is_said(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await tom.sends_document(bytes(LARGEST + 1), name="film.mov")
    await stage.settles()
    said_at_once = tom.chat.last.text
    stage.server.rules.download_bytes = 10
    await tom.sends_document(PDF, name="quote.pdf")
    await stage.settles()
    await stage.house.fetching.fetch_due()
    await stage.settles()

    assert said_at_once.startswith("That file is larger than 20 MB")
    assert tom.chat.last.text == "quote.pdf not kept: it is larger than 20 MB"


async def test_a_reply_to_a_card_goes_to_its_record(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await saved_call(stage, tom)
    await stage.comes(stage.now.replace(minute=40))
    await tom.says("L1")
    await stage.settles()
    card = tom.chat.last

    await tom.sends_photo(PNG_DOT, reply_to=card)
    await stage.settles()

    [row] = await stage.rows("attachments")
    assert row["lead_id"] == 1
    assert tom.chat.last.text.startswith("📎 Added to Acme")


async def test_an_album_that_comes_again_in_other_pieces_is_kept_once(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await tom.sends_album(PNG_DOT, PNG_DOT, PNG_DOT, caption="called Acme, they want a quote")
    parts = stage.server.updates[-3:]
    await stage.settles()
    for part in reversed(parts):
        stage.server.repeat(part)
        await stage.settles()
    for part in parts:
        stage.server.repeat(part)
    await stage.settles()

    assert len(answers(tom)) == 1
    assert len(await stage.rows("attached_files")) == 3


async def test_words_beside_a_later_photo_of_an_album_are_heard(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    first, second = await tom.sends_album(PNG_DOT, PNG_DOT)
    await stage.settles()
    stage.server.push({"message": {**first.raw(), "media_group_id": "77", "message_id": 901}})
    stage.server.push(
        {
            "message": {
                **second.raw(),
                "media_group_id": "77",
                "message_id": 902,
                "caption": "called Beta about the quote",
            }
        }
    )
    await stage.settles()

    assert "called Beta about the quote" in tom.chat.last.text
