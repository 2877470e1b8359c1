import asyncio
from dataclasses import replace

import pytest

from bot.local.channel import LocalChannel
from bot.local.history import REMEMBERED_DELIVERIES
from bot.local.messages import file_of
from bot.local.people import LocalPerson
from domain.errors import RecipientUnreachable
from handlers.chat import Channel, Outgoing, Rendered
from tests.bot.local.stage import CARD, FORM, GROUP, SAVED, THURSDAY, Stage, picture


async def shown(stage: Stage, place: str) -> list[str]:
    rows, _ = await stage.channel.history.page(place, limit=50)
    return [row["body"]["title"] or row["body"]["text"] for row in rows]


async def test_it_is_a_channel_with_forms_and_private_answers() -> None:
    channel: Channel = Stage().channel

    assert channel.capabilities.forms
    assert channel.capabilities.private_in_group


async def test_what_is_sent_is_kept_whole() -> None:
    stage = Stage()

    message = await stage.say("private:tom", replace(CARD, form=FORM), reply_to="7")

    row = await stage.channel.history.find("private:tom", message)
    assert row is not None
    assert row["sender"] is None
    assert row["at"] == THURSDAY
    assert row["body"]["title"] == "Call · Acme"
    button = row["body"]["rows"][0][0]
    assert (button["label"], button["press"], button["url"]) == ("Save", "draft.save:1", None)
    assert row["body"]["form"]["fields"][1]["kind"] == "date"
    assert row["body"]["reply_to"] == "7"


async def test_an_edit_takes_the_place_of_the_message() -> None:
    stage = Stage()
    first = await stage.say("private:tom", CARD)
    await stage.say("private:tom", Rendered(text="in between"))

    assert await stage.say("private:tom", SAVED, edit=first) == first

    assert await shown(stage, "private:tom") == ["Saved · Acme", "in between"]


@pytest.mark.parametrize("gone", ["999", "rubbish", "", "-1"])
async def test_an_edit_of_a_message_that_is_gone_sends_a_fresh_one(gone: str) -> None:
    stage = Stage()
    await stage.say("private:tom", CARD)

    assert await stage.say("private:tom", SAVED, edit=gone) != gone

    assert await shown(stage, "private:tom") == ["Call · Acme", "Saved · Acme"]


async def test_an_edit_reaches_neither_another_place_nor_what_a_person_said() -> None:
    stage = Stage()
    of_mei = await stage.say("private:mei", CARD)
    said = await stage.channel.hear("private:tom", sender="tom", text="hello", delivery="d" * 8, reply_to=None)

    await stage.say("private:tom", SAVED, edit=of_mei)
    await stage.say("private:tom", SAVED, edit=said)

    assert await shown(stage, "private:mei") == ["Call · Acme"]


async def test_an_edit_never_shows_a_private_answer_to_the_group() -> None:
    stage = Stage()
    private = await stage.say(GROUP, CARD, to_user="tom")

    await stage.say(GROUP, SAVED, edit=private)

    row = await stage.channel.history.find(GROUP, private)
    assert row is not None
    assert row["body"]["only"] == "tom"


@pytest.mark.parametrize("place", ["private:nobody", "group:nothing", "reading:tom", ""])
async def test_a_place_that_is_not_there_cannot_be_reached(place: str) -> None:
    stage = Stage()

    with pytest.raises(RecipientUnreachable):
        await stage.channel.send(Outgoing(place=place, body=CARD))

    assert stage.store.rows == []


async def test_somebody_who_joined_meanwhile_can_be_reached() -> None:
    stage = Stage()
    await stage.say("private:tom", CARD)
    stage.company.staff.append(LocalPerson(user="li", name="Li", role="rep"))

    await stage.say("private:li", CARD)

    assert await shown(stage, "private:li") == ["Call · Acme"]


async def test_pictures_and_documents_are_kept_with_their_bytes() -> None:
    stage = Stage()
    message = await stage.say(
        "private:tom",
        Rendered(text="", picture=picture(), picture_alt="By stage", document=b"a,b", document_name="线索.csv"),
    )
    row = await stage.channel.history.find("private:tom", message)
    assert row is not None

    drawn, saved = file_of(row["body"], "picture"), file_of(row["body"], "document")

    assert drawn is not None
    assert (drawn.content, drawn.media_type) == (picture(), "image/png")
    assert saved is not None
    assert (saved.content, saved.media_type, saved.name) == (b"a,b", "application/octet-stream", "线索.csv")


async def test_a_picture_that_is_none_is_never_served_as_one() -> None:
    stage = Stage()
    message = await stage.say("private:tom", Rendered(text="", picture=b"<svg onload=alert(1)>"))
    row = await stage.channel.history.find("private:tom", message)
    assert row is not None

    file = file_of(row["body"], "picture")

    assert file is not None
    assert file.media_type == "application/octet-stream"


async def test_reading_positions_only_grow() -> None:
    history = Stage().channel.history

    assert await history.read("tom", "private:tom", 5, at=THURSDAY)
    assert await history.read("tom", GROUP, 3, at=THURSDAY)
    assert not await history.read("tom", "private:tom", 4, at=THURSDAY)

    assert await history.positions("tom") == {"private:tom": 5, GROUP: 3}
    assert await history.positions("mei") == {}


async def test_history_comes_in_pages() -> None:
    stage = Stage()
    for number in range(5):
        await stage.say("private:tom", Rendered(text=str(number)))

    newest, has_older = await stage.channel.history.page("private:tom", limit=2)
    older, has_still_older = await stage.channel.history.page("private:tom", limit=3, before=newest[0]["id"])

    assert ([row["body"]["text"] for row in newest], has_older) == (["3", "4"], True)
    assert ([row["body"]["text"] for row in older], has_still_older) == (["0", "1", "2"], False)


async def test_words_that_are_repeated_are_kept_once_also_while_they_are_being_kept_and_after_a_restart() -> None:
    stage = Stage()
    words = {"sender": "tom", "text": "hello", "reply_to": None}

    twice = await asyncio.gather(*[stage.channel.hear("private:tom", delivery="d" * 8, **words) for _ in range(2)])
    anew = LocalChannel(open_unit=stage.store.open_unit, now=stage.clock.now, people=stage.company, files=stage.files)
    again = await anew.hear("private:tom", delivery="d" * 8, **words)
    other = await anew.hear("private:tom", delivery="e" * 8, **words)

    assert {*twice, again} == {"1"}
    assert other == "2"


async def test_only_so_many_deliveries_are_remembered() -> None:
    channel = Stage().channel
    for number in range(REMEMBERED_DELIVERIES + 50):
        await channel.hear("private:tom", sender="tom", text="x", delivery=str(number), reply_to=None)

    assert len(channel.history._heard["private:tom"]) == REMEMBERED_DELIVERIES
