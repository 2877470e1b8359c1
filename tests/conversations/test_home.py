"""The home page, on a channel that has one: My day, and what its buttons lead to, in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Capabilities, FormFilled, HomeOpened
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, PhoneChannel, code_in, phone


@pytest.fixture
def channel(chat: Chat) -> PhoneChannel:
    return phone(chat)


@pytest.fixture
async def tom(chat: Chat, channel: PhoneChannel) -> Caller:
    """Tom at his phone, with a follow-up of today."""
    at_desk = await chat.staff("Tom")
    caller = await linked(chat, at_desk)
    await caller.says("/lead Acme, Jane")
    await caller.says("/next Acme, send the quote today")
    return caller


async def linked(chat: Chat, person: Person) -> Caller:
    caller = Caller(chat, "9", person.name)
    await caller.says(f"/join {code_in(await person.says('/link'))}")
    return caller


async def test_opening_it_shows_my_day_and_nothing_in_the_chat(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    [page] = await tom.does(HomeOpened())

    sent = channel.sent[-1]
    assert (sent.home, sent.to_user, sent.edit) == (True, "9", None)
    assert page.key == "my-day"
    assert "send the quote" in page.text
    assert page.buttons[-2:] == ["Unfinished", "Settings"]
    assert not any(row["place"] == "private-9" and row["message"] == "" for row in await chat.rows("cards"))


async def test_a_press_on_it_changes_it(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    await tom.does(HomeOpened())

    [page] = await tom.presses("Done", home=True)

    assert channel.sent[-1].home
    assert page.key == "my-day"
    assert page.buttons[-2:] == ["Unfinished", "Settings"]
    assert [row["status"] for row in await chat.rows("followups")] == ["done"]
    await tom.presses("Undo", home=True)
    assert [row["status"] for row in await chat.rows("followups")] == ["open"]
    assert channel.sent[-1].home


async def test_what_a_button_leads_to_takes_its_place_with_the_way_back(
    chat: Chat, channel: PhoneChannel, tom: Caller
) -> None:
    await tom.does(HomeOpened())

    [settings] = await tom.presses("Settings", home=True)
    assert (settings.key, channel.sent[-1].home) == ("settings", True)
    [chinese] = await tom.presses("中文", home=True)
    assert channel.sent[-1].home
    assert chinese.buttons[-1] == "今天"
    [day] = await tom.presses("今天", home=True)

    assert (day.key, channel.sent[-1].home) == ("my-day", True)


async def test_a_refusal_is_said_there_too(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    await tom.does(HomeOpened())
    mei = await chat.staff("Mei")
    await mei.says("/lead Nordwind, Eva")
    page = tom.heard[-1]
    button = page.body.rows[-1][-1]
    assert button.label == "Settings"

    from handlers.chat import Press

    [refused] = await tom.does(Press("today.open:lead.2", home=True))

    assert (refused.key, channel.sent[-1].home) == ("record-not-found", True)
    assert refused.buttons == ["My day"]


async def test_a_form_opened_there_is_answered_there(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    channel.capabilities = Capabilities(forms=True)
    await tom.does(HomeOpened())
    values = {"name": "Thomas", "language": "en", "timezone": "London", "work_start": "9", "work_end": "17"}

    [card] = await tom.does(FormFilled("start.profile", values, home=True))

    assert (card.key, channel.sent[-1].home) == ("profile-card", True)


async def test_a_picture_stays_a_message(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    from handlers.chat import Press

    [code] = await tom.does(Press("run:link", home=True))

    assert code.key == "link-code"
    assert channel.sent[-1].body.picture is not None
    assert not channel.sent[-1].home


async def test_who_is_not_on_the_staff_sees_how_to_join(chat: Chat, channel: PhoneChannel) -> None:
    await chat.staff("Ana", role="admin")
    mei = Caller(chat, "8", "Mei", is_member=True)

    [page] = await mei.does(HomeOpened())
    assert (page.key, channel.sent[-1].home) == ("member-welcome", True)
    [waiting] = await mei.presses("Join as sales rep", home=True)
    assert (waiting.key, channel.sent[-1].home) == ("join-waiting", True)


async def test_opening_it_is_being_there(chat: Chat, channel: PhoneChannel, tom: Caller) -> None:
    """What falls due goes to where somebody was last."""
    [at_desk] = [row for row in await chat.rows("identities") if row["channel"] == "local"]
    await Person(chat, "Tom", at_desk["user"]).says("/next Acme, call in 2 hours")
    chat.now += timedelta(hours=1)
    await tom.does(HomeOpened())
    before = len(channel.sent)

    await chat.tick(after=timedelta(hours=1))

    assert [sent.home for sent in channel.sent[before:]] == [False]
    assert "call" in channel.sent[-1].body.text


async def test_it_follows_what_others_change_while_it_is_looked_at(
    chat: Chat, channel: PhoneChannel, tom: Caller
) -> None:
    ana = await chat.staff("Ana", role="manager")
    await tom.does(HomeOpened())
    before = len(channel.sent)
    chat.now += timedelta(seconds=40)
    await ana.says("/next L1 today 17:00 call about the price @Tom")
    await chat.tick(after=timedelta(seconds=30))

    [page] = [sent for sent in channel.sent[before:] if sent.home]
    assert (page.place, page.to_user) == ("private-9", "9")
    assert "call about the price" in page.body.text
    assert [button.label for row in page.body.rows for button in row][-2:] == ["Unfinished", "Settings"]
    await chat.tick(after=timedelta(seconds=30))
    assert len([sent for sent in channel.sent[before:] if sent.home]) == 1  # it shows that already
    assert "home" not in (await ana.says("/why")).text


@pytest.mark.parametrize("reason", ["own", "elsewhere", "unlinked", "long-ago"])
async def test_it_stays_as_it_is(chat: Chat, channel: PhoneChannel, tom: Caller, reason: str) -> None:
    ana = await chat.staff("Ana", role="manager")
    await tom.does(HomeOpened())
    if reason == "own":  # the answer showed it, with an Undo that is not to be taken away
        await tom.presses("Done", home=True)
    elif reason == "elsewhere":
        await tom.presses("Settings", home=True)
    elif reason == "unlinked":
        async with chat.house.database.unit_of_work() as uow:
            account = await uow.identities.find("phone", "9")
            assert account is not None
            account.staff_id = None
            await uow.commit()
    else:
        chat.now += timedelta(hours=11)
    if reason != "own":
        chat.now += timedelta(seconds=1)
        await ana.says("/next L1 today 17:00 call about the price @Tom")
    before = len(channel.sent)
    await chat.tick(after=timedelta(seconds=30))

    assert not any(sent.home for sent in channel.sent[before:])
