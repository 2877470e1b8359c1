"""Customers are asked, answer with a tap and a few words; a low score becomes somebody's task, and is told on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.defining import define_survey, read_definition
from handlers.chat import Press
from handlers.dispatch import perform
from storage import tables
from tests.conversations.conftest import START, Chat, Person, Said
from tests.conversations.visitors import a_contact, code_of, connected


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager")


@pytest.fixture
async def jane(chat: Chat, tom: Person) -> Person:
    """Of Acme, C1, and known in chat."""
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    return await connected(chat, chat.stranger("Jane"), contact, by=tom)


async def test_a_low_score_becomes_a_task_and_in_the_end_the_customer_hears_what_changed(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    sent = await ana.says("/survey send csat C1")
    assert (sent.facts["later"], sent.buttons[0]) == (START.replace(minute=30), "Send now")  # 9:00 in London
    await ana.presses("Send now")
    twice = await ana.forges("surveys.now:1")
    assert (twice.key, (await tom.forges("surveys.now:1")).key) == ("survey-nothing-waits", "not-allowed")
    await chat.tick()
    question = jane.heard[-1]
    scored = await jane.presses("2")
    kept = await jane.says("Nobody called me back")
    changed = await chat.tick()

    [answer] = await chat.rows("survey_answers")
    [followup] = await chat.rows("followups")
    assert (sent.key, question.key, scored.key) == ("survey-sent", "survey-visit", "survey-scored")
    assert question.buttons == ["1 very dissatisfied", "2", "3", "4", "5 very satisfied"]
    assert "What went wrong?" in scored.text
    assert kept.buttons == ["This is a new request"]
    assert (answer["score"], answer["is_low"], answer["comment"]) == (2, True, "Nobody called me back")
    assert answer["sent_at"] is not None
    assert (followup["owner_id"], followup["is_deadline"]) == (tom.id, True)
    assert followup["note"] == "CSAT 2/5 “Nobody called me back”"
    assert followup["due_at"] - START < timedelta(days=2)
    assert {"survey-low", "survey-low-told", "survey-card"} == {
        said.key for said in (*tom.heard, *ana.heard, *changed)
    } & {
        *("survey-low", "survey-low-told", "survey-card"),
    }
    assert "“Nobody called me back”" in [said for said in tom.heard if said.key.startswith("survey-low")][-1].text
    assert "Tom takes care of it" in [said for said in ana.heard if said.key == "survey-low-told"][-1].text

    await tom.says(f"F{followup['id']}")
    await tom.presses("Done")
    [offer] = [said for said in await chat.tick(after=timedelta(minutes=1)) if said.key == "survey-offer"]
    before = len(jane.heard)
    await tom.presses("Write to them")
    draft = await tom.says("You now have a number of your own: 020 1234")
    await chat.tick()
    assert len(jane.heard) == before
    await tom.presses("Send")
    await chat.tick()
    assert (offer.to, draft.key) == (tom.heard[0].to, "survey-tell-draft")
    assert "You now have a number of your own" in draft.text
    assert jane.heard[-1].text.endswith("You now have a number of your own: 020 1234\n– Tom, Guanxi")
    assert "survey-offer" not in {said.key for said in await chat.tick(after=timedelta(hours=1))}


async def asked(chat: Chat, ana: Person, jane: Person, name: str = "csat") -> Said:
    await ana.says(f"/survey send {name} C1")
    await ana.presses("Send now")
    await chat.tick()
    return jane.heard[-1]


async def the_answer(chat: Chat) -> dict[str, Any]:
    [answer] = await chat.rows("survey_answers")
    return dict(answer)


async def test_typed_answers_count_and_a_mind_may_change_within_the_hour(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    await asked(chat, ana, jane)
    typed = await jane.says("很差")
    assert (typed.key, (await the_answer(chat))["score"]) == ("survey-scored", 1)
    [task] = await chat.rows("followups")
    assert task["status"] == "open"

    chat.now += timedelta(minutes=20)
    assert (await jane.says("5")).key == "survey-scored"
    assert [row["status"] for row in await chat.rows("followups")] == ["cancelled"]
    await jane.presses("Change my answer")
    again = await jane.presses("4")
    await jane.presses("Change my answer")
    same = await jane.presses("4")
    assert (again.key, same.key, (await the_answer(chat))["score"]) == ("survey-scored", "survey-scored", 4)

    chat.now += timedelta(hours=1)
    late = await jane.forges("survey.score:1.2")
    assert (late.key, (await the_answer(chat))["score"]) == ("survey-answered", 4)
    assert (await jane.says("5")).key == "ticket-progress"  # long after, it is about something else


async def test_words_after_a_score_are_its_comment_or_a_request(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    await asked(chat, ana, jane)
    await jane.presses("4")
    kept = await jane.says("The lamp is broken")
    await jane.says("the one in the hall")
    await chat.tick()
    shown = [said for said in jane.heard if said.key == "survey-card"][-1]
    assert (kept.key, shown.edits is not None) == ("survey-comment-kept", True)
    assert "“The lamp is broken the one in the hall”" in shown.text

    request = await jane.presses("This is a new request")
    twice = await jane.forges("survey.request:1")
    assert (request.key, twice.key) == ("ticket-progress", "survey-request-made")
    assert [row["text"] for row in await chat.rows("ticket_messages")] == ["The lamp is broken\nthe one in the hall"]
    assert (await the_answer(chat))["comment"] is None


async def test_expired_not_theirs_and_taken_back_are_said_politely(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    await asked(chat, ana, jane)
    eve = chat.stranger("Eve")
    other = (
        await eve.forges("survey.score:1.5"),
        await tom.forges("survey.score:1.5"),
        await eve.forges("survey.score:9.5"),
    )
    assert [said.key for said in other] == ["survey-not-yours", "survey-not-yours", "survey-gone"]
    chat.now += timedelta(days=8, minutes=30)
    expired = await jane.presses("5")
    assert (expired.key, (await the_answer(chat))["score"]) == ("survey-expired", None)

    refused = await ana.says("/survey send csat C1")
    assert refused.key == "survey-sent"  # a week has passed
    await chat.tick()
    await ana.presses("Undo")
    gone = await jane.forges("survey.score:2.5")
    again = await ana.says("/survey send csat P1")
    assert (gone.key, again.key) == ("survey-gone", "survey-asked-lately")


async def test_the_edition_that_went_out_counts_on_any_channel_and_with_its_message_gone(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    await asked(chat, ana, jane)

    async def change(uow: UnitOfWork, actor: Staff | None) -> None:
        asks = {"name": "csat", "kind": "csat", "title": "Short", "ask": "All well?", "low": 4}
        await define_survey(uow, actor, read_definition(asks), now=chat.now)

    await perform(chat.house.database.unit_of_work, change, actor=ana.staff, now=chat.now)
    phone = chat.stranger("Jane on the phone")
    contact = [row["id"] for row in await chat.rows("contacts")]
    await phone.says(f"/start {code_of(await tom.says(f'/invite P{contact[0]}'))}")
    async with chat.house.database.unit_of_work() as uow:
        await uow.session.execute(delete(tables.local_messages))
        await uow.commit()

    scored = await phone.says("three")
    kept = await jane.says("could be quicker")
    shown = await chat.tick()
    answer = await the_answer(chat)
    assert (scored.key, kept.key) == ("survey-scored", "survey-comment-kept")
    assert (answer["score"], answer["is_low"], answer["comment"]) == (3, False, "could be quicker")
    assert [row["edition"] for row in await chat.rows("surveys")] == [1, 2]
    assert "survey-card" in {said.key for said in shown}
    assert (await jane.forges("survey.score:1.2")).key == "survey-thanked"


async def test_a_closed_ticket_asks_once_an_hour_later_in_the_hours_for_it(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    chat.now = START.replace(hour=12)  # a Wednesday, in London
    await jane.says("The printer is jammed")
    await jane.presses("Close")
    assert not [said for said in await chat.tick(after=timedelta(minutes=59)) if said.key == "survey-csat"]
    assert not [said for said in await chat.tick(after=timedelta(minutes=31)) if said.key == "survey-csat"]  # 13:30
    [question] = [said for said in await chat.tick(START.replace(hour=14)) if said.key == "survey-csat"]
    again = [said for said in await chat.tick(after=timedelta(hours=3)) if said.key == "survey-csat"]
    assert "“The printer is jammed”" in question.text
    assert (again, len(await chat.rows("survey_answers"))) == ([], 1)
    await jane.presses("5")
    assert (await the_answer(chat))["score"] == 5

    await jane.says("The lamp is broken")
    await jane.presses("This is a new request")
    await jane.presses("Close")
    await chat.tick(after=timedelta(days=1))
    [passed] = [
        row for row in await chat.rows("notifications") if row["key"] == "survey-csat" and row["state"] != "sent"
    ]
    assert (passed["state"], passed["reason"]) == ("skipped", "cool-down")


async def test_in_a_group_each_answers_for_themselves_and_others_are_refused(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    group, ben = chat.group("acme"), chat.stranger("Ben")
    contact = await a_contact(chat, 1, "Ben Hill", by=tom)
    await tom.says("/bind C1", place=group)
    await connected(chat, ben, contact, by=tom)
    await ana.says("/survey send csat C1")
    assert (await ana.presses("In the group")).key == "survey-nobody-there"
    for person in (jane, ben):
        await person.does_text("hello", place=group, addressed=False)
    await ana.says("/survey send csat C1")
    await ana.presses("In the group")
    await chat.tick(after=timedelta(hours=1))
    [question] = [said for said in chat.said if said.key == "survey-visit"]
    assert question.sent.place == group
    assert question.text.startswith("Jane Miller, Ben Hill: How satisfied")

    scored = await jane.presses("5", place=group)
    refused = await chat.stranger("Eve").does(Press("survey.score:1.1"), place=group)
    await ben.presses("2", place=group)
    assert (scored.sent.row.extra["to_user"], scored.key) == (jane.user, "survey-scored")
    assert (refused[0].key, "to_user" in refused[0].sent.row.extra) == ("survey-not-yours", True)
    assert [(row["contact_id"], row["score"]) for row in await chat.rows("survey_answers")] == [(1, 5), (2, 2)]
    assert not [said for said in chat.said if said.key == "survey-card"]  # what they said is not the group's
    assert [row["customer_id"] for row in await chat.rows("followups")] == [1]
    assert (await ana.says("/survey send csat P2")).key == "survey-asked-lately"  # Ben was asked in the group


async def test_a_groups_question_is_for_those_who_may_still_be_asked_when_it_goes_out(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    group, people = chat.group("acme"), {"Jane": jane}
    await tom.says("/bind C1", place=group)
    for name in ("Ben", "Cleo"):
        contact = await a_contact(chat, 1, name, by=tom)
        people[name] = await connected(chat, chat.stranger(name), contact, by=tom)
    for person in people.values():
        await person.does_text("hello", place=group, addressed=False)
    await ana.says("/survey send csat C1")
    await ana.presses("In the group")
    await jane.says("/stop")  # the first of them, before its hour
    asked = [said for said in await chat.tick(after=timedelta(hours=1)) if said.key == "survey-visit"]
    assert [said.text.partition(":")[0] for said in asked] == ["Ben, Cleo"]
    assert [row["sent_at"] is not None for row in await chat.rows("survey_answers")] == [False, True, True]

    chat.now += timedelta(days=8)
    await jane.says("/start")
    await jane.forges("consent.set:surveys.yes")
    for name in ("Ben", "Cleo"):
        await people[name].says("/stop")
    await ana.says("/survey send csat C1")
    await ana.presses("In the group")
    await jane.says("/stop")
    assert "survey-visit" not in {said.key for said in await chat.tick(after=timedelta(hours=1))}
    rows = [row for row in await chat.rows("notifications") if row["key"] == "survey-visit"]
    assert [(row["state"], row["reason"]) for row in rows] == [("sent", None), ("skipped", "opted-out")]


async def test_results_count_and_hide_what_few_said(chat: Chat, tom: Person, ana: Person, jane: Person) -> None:
    assert (await ana.says("/survey results csat")).text.endswith("Nobody was asked in the last 90 days.")
    await asked(chat, ana, jane)
    await jane.presses("2")
    await jane.says("=HYPERLINK too slow")
    digest = await ana.says("/digest")
    assert "☹ Low scores: 1 · Acme 2/5 “=HYPERLINK too slow”" in digest.text
    before = len(chat.said)
    await ana.presses("📊")
    pictures = [said for said in chat.said[before:] if said.body.picture]
    assert [said.key for said in pictures] == ["digest-satisfaction"]
    assert (pictures[0].body.picture or b"").startswith(b"\x89PNG")
    await ana.says("/digest")
    taken = await ana.presses("Take over")
    assert "Acme 2/5 “=HYPERLINK too slow” is yours now ✓" in taken.text
    assert [row["owner_id"] for row in await chat.rows("followups")] == [ana.id]
    assert any(said.key == "followup-passed" for said in await chat.delivered() if said.to == f"private:staff-{tom.id}")
    assert "yours already" in (await ana.forges("digest.take:1")).text
    await ana.says("/undo")
    assert [row["owner_id"] for row in await chat.rows("followups")] == [tom.id]
    await ana.says("/digest")
    assert (await ana.presses("Results")).key == "survey-results"
    chat.now += timedelta(days=8)
    await asked(chat, ana, jane)
    await jane.presses("5")

    shown = await ana.says("问卷 结果 csat")
    assert "2 of 2 answered (100 %)" in shown.text
    assert "4 or 5: 50 % · 3.5 on average" in shown.text
    assert "⚠ 2 “=HYPERLINK too slow” – Jane Miller, Acme" in shown.text
    assert "compared once two of them have 5 answers" in shown.text
    assert (shown.body.picture or b"").startswith(b"\x89PNG")
    low = await ana.presses("Low ones")
    assert low.buttons == ["F1"]
    workbook = await ana.presses("As a workbook")
    assert (workbook.body.document or b"").startswith(b"PK")
    assert workbook.body.document_name.endswith(".xlsx")
    other = await chat.staff("Olga", role="manager", team="Elsewhere")
    assert "Nobody was asked" in (await other.says("/survey results csat")).text
    assert (await tom.says("/survey")).key == "not-allowed"
