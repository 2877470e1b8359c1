"""What was begun goes on: in another conversation, on another channel, or not at all."""

from __future__ import annotations

from datetime import timedelta

from domain.drafts.actions import forget_old_drafts
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.conversations.conftest import Chat
from tests.conversations.joining import Caller, code_in, phone


async def test_an_unsaved_card_waits_while_a_new_sentence_comes(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote, follow up Friday 10am")
    chat.now += timedelta(minutes=5)
    await tom.says("met Globex about the renewal of their contract")

    waiting = await tom.says("/resume")

    assert "2 things wait" in waiting.text
    assert waiting.text.index("met Globex") < waiting.text.index("called Acme")

    await tom.presses("Go on ②")
    await tom.presses("Save")

    assert [row["company"] for row in await chat.rows("leads")] == ["Acme"]


async def test_nothing_waits(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says("继续")).key == "resume-nothing"


async def test_a_draft_goes_on_with_its_question_on_another_channel(chat: Chat) -> None:
    phone(chat)
    tom = await chat.staff("Tom")
    on_the_way = Caller(chat, "9", "Tom")
    await on_the_way.says(f"/join {code_in(await tom.says('/link'))}")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Note")

    await on_the_way.says("/resume")
    [question] = await on_the_way.presses("Go on")
    [card] = await on_the_way.says("they want twenty seats")

    assert question.key == "entry-ask-note"
    assert "they want twenty seats" in card.text
    [draft] = await chat.rows("drafts")
    assert (draft["channel"], draft["place"], draft["asking"]) == ("phone", "private-9", None)


async def test_the_question_that_comes_silences_the_one_that_was_open(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    group = chat.group("launch")
    await tom.says("called Acme, they want a quote", place=group)
    await tom.presses("Note", place=group)
    await tom.says("met Globex about the renewal of their contract")
    await tom.presses("Note")

    await tom.says("/resume")
    await tom.presses("Go on ②")

    asking = {row["content"]["text"].split()[1].strip(","): row["asking"] for row in await chat.rows("drafts")}
    assert asking == {"Acme": "note", "Globex": None}


async def test_a_second_card_may_ask_while_the_first_still_does(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Note")
    await tom.says("/log met Globex about the renewal of their contract")

    question = await tom.presses("Note")
    card = await tom.says("for two years")

    assert question.key == "entry-ask-note"
    assert "Globex" in card.text
    assert "for two years" in card.text


async def test_a_form_waits_too(chat: Chat) -> None:
    phone(chat)
    anna = await chat.staff("Anna", role="admin")
    on_the_way = Caller(chat, "9", "Anna")
    await on_the_way.says(f"/join {code_in(await anna.says('/link'))}")
    await on_the_way.says("/team Mei")

    waiting = await anna.says("/resume")
    card = await anna.presses("Go on")

    assert "A new teammate" in waiting.text
    assert card.key == "form-waits"


async def test_dropping_leaves_the_rest(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    for company in ("Acme", "Globex"):
        await tom.says(f"called {company}, they want a quote")
    await tom.says("/resume")

    left = await tom.presses("Drop ①")
    last = await tom.presses("Drop")

    assert left.key == "resume-dropped"
    assert "One thing" in left.text
    assert last.key == "resume-nothing"
    assert await chat.rows("drafts") == []


async def test_somebody_elses_draft_is_not_shown(chat: Chat) -> None:
    tom, eve = await chat.staff("Tom"), await chat.staff("Eve")
    await tom.says("called Acme, they want a quote")
    [draft] = await chat.rows("drafts")

    assert (await eve.forges(f"resume.show:{draft['id']}")).key == "resume-nothing"
    assert (await eve.forges(f"resume.drop:{draft['id']}")).key == "resume-nothing"
    assert len(await chat.rows("drafts")) == 1


async def test_a_long_list_says_how_many_more(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    for number in range(7):
        await tom.says(f"called Company{number}, they want a quote")

    first = await tom.says("/resume")
    second = await tom.presses("2 more")

    assert first.text.count("Company") == 5
    assert second.text.count("Company") == 2


async def test_searches_do_not_wait(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/find Acme")

    assert (await tom.says("/resume")).key == "resume-nothing"


async def test_what_waited_for_two_weeks_is_removed(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote")
    chat.now += timedelta(days=13)
    await tom.says("called Globex, they want a quote")

    async def act(uow: UnitOfWork, actor: Staff | None) -> int:
        return await forget_old_drafts(uow, chat.now + timedelta(days=2))

    assert await perform(chat.house.database.unit_of_work, act, now=chat.now) == 1
    [draft] = await chat.rows("drafts")
    assert "Globex" in draft["content"]["text"]


async def test_a_lead_in_doubt_goes_on(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Hush Harbour Jane")

    waiting = await tom.says("/resume")

    assert "Hush Harbour Jane (new lead)" in waiting.text
    assert (await tom.presses("Go on")).key == "lead-which"
    await tom.presses("Hush Harbour · Jane")
    assert [row["company"] for row in await chat.rows("leads")] == ["Hush Harbour"]
    assert (await tom.says("/resume")).key == "resume-nothing"


async def test_a_lead_that_was_known_goes_on(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="North")
    await mei.says("/lead Acme Ltd")
    assert (await tom.says("/lead Acme Ltd")).key == "duplicate-found"

    await tom.says("/resume")

    assert (await tom.presses("Go on")).key == "duplicate-found"
    assert (await tom.presses("Save anyway")).key == "lead-added"
    assert (await tom.says("/resume")).key == "resume-nothing"


async def test_open_questions_go_on(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme Ltd")
    await tom.forges("lead.lose:1.other")
    await tom.forges("record.log:lead.1")
    await tom.forges("settings.away:")

    waiting = await tom.says("/resume")

    assert waiting.text.count("A question about L1") == 2
    assert "Time away" in waiting.text
    assert (await tom.presses("Go on ①")).key == "settings-ask-until"
    await tom.says("/resume")
    assert (await tom.presses("Go on ②")).key == "record-ask-log"
    await tom.says("they went bust")
    assert [row["kind"] for row in await chat.rows("drafts")].count("record-log") == 0
