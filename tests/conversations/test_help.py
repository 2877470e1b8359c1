"""Finding one's way: /start, /help, what every command is for, and what people we do not know are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import handlers.everything  # noqa: F401 - registers the commands
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Attachment, ContactCard, Content, Location, Press
from handlers.dispatch import perform
from handlers.hello import RUNNABLE
from handlers.rendering.texts import Reader, Texts
from handlers.router import ROUTES
from locales import LANGUAGES, sources
from tests.conversations.conftest import Chat
from tests.conversations.joining import Caller, phone

MENU_LIMIT = 256  # https://core.telegram.org/bots/api#botcommand


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(ROUTES.commands))
def test_every_command_has_a_usage_and_a_menu_text(name: str, language: str) -> None:
    written = "\n".join(sources(language).values())
    for key in (f"usage-{name}", f"menu-{name}"):
        assert f"\n{key} =" in written, key

    texts, reader, now = Texts("Guanxi"), Reader(language, "UTC"), datetime.now(UTC)
    assert 0 < len(texts.say(f"menu-{name}", {}, reader, now=now)) <= MENU_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(RUNNABLE))
def test_every_button_that_runs_a_command_has_a_label(name: str, language: str) -> None:
    assert f"\nrun-{name} =" in "\n".join(sources(language).values())


@pytest.mark.parametrize("role", ["rep", "agent", "manager", "admin"])
async def test_staff_get_a_hello_with_what_they_need_most(chat: Chat, role: str) -> None:
    tom = await chat.staff("Tom", role=role)

    hello = await tom.says("/start")

    assert hello.key == "start-hello"
    assert "Hello Tom" in hello.text
    assert "What can I say?" in hello.buttons


async def test_a_button_of_the_hello_runs_the_command_and_leaves_the_hello(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/start")

    answer = await tom.presses("What can I say?")

    assert answer.key == "help"
    assert answer.edits is None


async def test_only_harmless_commands_are_run_by_buttons(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.forges("run:undo")).key == "button-too-old"
    assert (await tom.forges("run:team")).key == "not-allowed"


async def test_help_differs_by_role(chat: Chat) -> None:
    tom, anna = await chat.staff("Tom"), await chat.staff("Anna", role="admin")

    rep, admin = await tom.says("/help"), await anna.says("/help")

    assert "/lead Acme" in rep.text
    assert "/team Mei, rep" not in rep.text
    assert "/team Mei, rep" in admin.text


async def test_help_speaks_chinese(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN")

    assert "线索 华新科技" in (await mei.says("帮助")).text


@pytest.mark.parametrize(
    "typed", ["/help lead", "help lead", "/help /lead", "／help　Ｌｅａｄ", "帮助 线索", "/help 线索"]
)
async def test_help_about_one_command(chat: Chat, typed: str) -> None:
    tom = await chat.staff("Tom")

    answer = await tom.says(typed)

    assert "/lead – Add a lead" in answer.text
    assert "Company first" in answer.text
    assert "线索" in answer.text


async def test_help_about_an_unknown_command_names_the_nearest(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert "Did you mean /lead?" in (await tom.says("/help leed")).text
    assert (await tom.says("/help team")).key == "unknown-command"


# ---------------------------------------------------------------- strangers


async def test_who_asks_is_always_answered(chat: Chat) -> None:
    phone(chat)
    eve = Caller(chat, "7", "Eve")

    assert [[said.key for said in await eve.says(words)] for words in ("/start", "/help", "/start")] == [
        ["welcome"]
    ] * 3


async def test_nothing_is_said_to_strangers_in_groups(chat: Chat) -> None:
    phone(chat)

    assert await Caller(chat, "7", "Eve").says("@bot hello", group="launch") == []


async def test_a_staff_command_by_a_stranger_is_refused(chat: Chat) -> None:
    phone(chat)

    [refused] = await Caller(chat, "7", "Eve").says("/team Eve, admin")

    assert refused.key == "for-staff-only"
    assert await chat.rows("staff") == []


async def test_a_stranger_is_spoken_to_in_the_platforms_language_until_they_choose(chat: Chat) -> None:
    phone(chat)
    li = Caller(chat, "7", "李雷", locale="zh-hans")

    welcome, taken = await li.says("你好")
    [changed] = await li.presses("English")
    chat.now += timedelta(days=2)
    [later] = await li.says("你好")

    assert "李雷，您好！" in welcome.text
    assert "收到" in taken.text
    assert "Hello 李雷!" in changed.text
    assert "Added to your message" in later.text


async def test_who_speaks_neither_of_our_languages_hears_the_companys(chat: Chat) -> None:
    phone(chat)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        (await uow.company.get()).locale = "zh-CN"

    await perform(chat.house.database.unit_of_work, act, now=chat.now)

    assert "Hans，您好！" in (await Caller(chat, "7", "Hans", locale="de").says("Hallo"))[0].text
    assert "Hello Tim!" in (await Caller(chat, "8", "Tim", locale="en-GB").says("hello"))[0].text


async def test_a_forged_language_is_refused(chat: Chat) -> None:
    phone(chat)

    [refused] = await Caller(chat, "7", "Eve").does(Press("hello.language:klingon"))

    assert refused.key == "button-too-old"


# ---------------------------------------------------------------- what is not words


async def test_a_contact_that_is_forwarded_becomes_a_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    [card] = await tom.does(ContactCard("+442071838750", "Jane Miller", is_own=False))

    assert "Jane Miller" in card.text
    assert [row["name"] or row["company"] for row in await chat.rows("leads")] == ["Jane Miller"]


async def test_ones_own_contact_is_no_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert [said.key for said in await tom.does(ContactCard("+442071838750", "Tom", is_own=True))] == ["contact-is-own"]


@pytest.mark.parametrize("sent", [Attachment("voice", "ref"), Location(1, 2), ContactCard("1", "x", is_own=True)])
async def test_whatever_a_stranger_sends_is_answered(chat: Chat, sent: Content) -> None:
    phone(chat)
    eve = Caller(chat, "7", "Eve")
    known = "phone-unknown" if isinstance(sent, ContactCard) else "inquiry-taken"

    assert [said.key for said in await eve.does(sent)] == ["welcome", known]
    assert await eve.does(sent, group="launch") == []


async def test_what_staff_may_say_is_not_suggested_to_others(chat: Chat) -> None:
    tom, stranger = await chat.staff("Tom"), chat.stranger("Sue")

    assert "/lead" in (await tom.says("/leda")).text
    for typed in ("/leda", "/todey", "/handovr", "/settngs"):
        said = await stranger.says(typed)
        assert not {"lead", "today", "handover", "settings"} & {said.facts.get("nearest")}
    assert (await stranger.says("/strat")).facts.get("nearest") == "start"
    assert "handover" not in (await tom.says("/handovr")).text
