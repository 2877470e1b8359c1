"""Managers define surveys in chat, send them to many, and reps fill in what a lead needs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys import planning
from domain.surveys.defining import define_survey, read_definition
from domain.surveys.definition import Question, Rule
from domain.surveys.templates import TEMPLATES
from handlers.dispatch import perform
from handlers.surveys.lines import read_questions, read_rules, write_questions, write_rules
from handlers.surveys.said_answers import said_answer
from storage import tables
from tests.conversations.conftest import START, Chat, Person
from tests.conversations.visitors import a_contact, code_of, connected


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager")


FORM = {
    "name": "Fair 2027",
    "kind": "form",
    "title": "The fair",
    "ask": "Two questions?",
    "questions": "Which plan? * | Basic, Pro\nHow many seats? | number | if 1 = Pro\nWhen? | date",
    "rules": "",
    "days": "7",
}


async def definition(chat: Chat, name: str) -> dict[str, Any]:
    [row] = [row for row in await chat.rows("surveys") if row["name"] == name and row["is_current"]]
    return dict(row["definition"])


async def test_a_form_is_defined_in_chat_answered_step_by_step_and_changed(
    chat: Chat, tom: Person, ana: Person
) -> None:
    refused = await ana.fills("surveys.save:", {**FORM, "questions": "Which? | Basic, Pro\nWhy? | text | if 3 = Pro"})
    assert refused is None
    assert list(ana.receipt.field_errors) == ["questions"]
    saved = await ana.fills("surveys.save:", FORM)
    assert saved is not None
    assert (saved.key, "3. When?" in saved.text) == ("survey-is-saved", True)
    taken = await ana.fills("surveys.save:", FORM)
    assert (taken, list(ana.receipt.field_errors)) == (None, ["name"])

    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane", by=tom)
    jane = await connected(chat, chat.stranger("Jane"), contact, by=tom)
    await ana.says("/survey send fair-2027 C1")
    await ana.presses("Send now")
    await chat.tick()
    first = await jane.presses("Begin")
    second = await jane.presses("Pro")
    wrong = await jane.says("many")
    third = await jane.says("20")
    done = await jane.says("next friday")
    assert (first.buttons, "How many seats?" in second.text) == (["Basic", "Pro"], True)
    assert [wrong.key, "When?" in third.text, done.key] == ["survey-wrong-answer", True, "survey-finished"]
    [answer] = await chat.rows("survey_answers")
    assert answer["answers"] == {"q1": "Pro", "q2": "20", "q3": "2026-11-27"}
    old = await jane.forges("survey.answer:1.0.0")
    assert (old.key, (await chat.rows("survey_answers"))[0]["answers"]["q1"]) == ("survey-finished", "Pro")

    await ana.fills("surveys.save:fair-2027", {**FORM, "questions": "Which plan? | Basic, Pro, Max"})
    assert [row["edition"] for row in await chat.rows("surveys")] == [1, 2]
    assert (await ana.says("/survey fair-2027")).text.count("Which plan?") == 1
    await ana.says("/undo")
    assert len((await definition(chat, "fair-2027"))["questions"]) == 3
    said = [await ana.says(words) for words in ("survey Fair-2027", "问卷 wishes", "survey fair-2029")]
    assert [(each.key, each.facts.get("name")) for each in said[:2]] == [
        ("survey-one", "fair-2027"),
        ("survey-one", "wishes"),
    ]
    assert said[2].key != "survey-one"
    assert (await tom.says("问卷 wishes")).key != "survey-one"
    assert "Which plan? Basic 0" not in (await ana.says("/survey results fair-2027")).text


async def test_a_template_is_changed_in_one_language_and_tried_out(chat: Chat, ana: Person) -> None:
    mei = await chat.staff("Mei", role="manager", locale="zh-CN")
    await mei.does_text("/survey edit csat")
    values = {"kind": "csat", "title": "满意度", "ask": "满意吗？", "lowest": "差", "highest": "好", "bad": "怎么了？"}
    saved = await mei.fills("surveys.save:csat", {**values, "rules": "ticket_closed 2h 1/5", "days": "7"})
    asks = await definition(chat, "csat")
    assert saved is not None
    assert (asks["ask"]["zh-CN"], asks["ask"]["en"]) == ("满意吗？", "How satisfied are you with our help?")
    assert asks["rules"] == [{"on": "ticket_closed", "after": 7200, "one_in": 5}]

    test = await mei.says("问卷 试发 csat")
    assert test.buttons == ["1 差", "2", "3", "4", "5 好"]
    assert (await mei.presses("1")).key == "survey-scored"
    assert (await chat.rows("followups"), (await mei.says("/survey results csat")).facts["sent"]) == ([], 0)
    assert (await ana.forges("survey.score:1.5")).key == "survey-not-yours"
    paused = await ana.says("/survey pause csat")
    assert (paused.key, "paused" in (await ana.says("/survey")).text) == ("survey-is-paused", True)


async def test_a_rep_fills_in_what_a_lead_needs(chat: Chat, tom: Person) -> None:
    await tom.says("/lead Globex, Hank Scott, hank@globex.com")
    await tom.says("/needs L1")
    await tom.says("A shop for 40 branches")
    await tom.says("250")
    await tom.presses("Skip")
    await tom.presses("Yes, fixed")
    await tom.presses("Skip")
    await tom.presses("No")
    [lead] = await chat.rows("leads")
    [answer] = await chat.rows("survey_answers")
    assert lead["custom"] == {
        "what": "A shop for 40 branches",
        "people": "250",
        "budget": "fixed",
        "others": "no",
    }
    assert (answer["lead_id"], answer["finished_at"] is not None) == (1, True)
    assert (await tom.says("/needs L1")).key == "survey-step"
    other = await chat.staff("Olga", team="Elsewhere")
    assert (await other.says("/needs L1")).key == "record-not-found"


async def test_a_segment_is_counted_asked_in_parts_and_only_once(chat: Chat, tom: Person, ana: Person) -> None:
    people = []
    for number in range(3):
        customer = await chat.customer(f"Firm {number}", owner=tom)
        contact = await a_contact(chat, customer.id, f"Person {number}", by=tom)
        people.append(await connected(chat, chat.stranger(f"P{number}"), contact, by=tom))
    await people[2].says("/stop")
    preview = await ana.says("/survey send wishes all")
    assert "2 of 3 people" in preview.text
    assert "1: they switched this off" in preview.text
    sent = await ana.presses("Send")
    again = await ana.forges("surveys.ask-all:wishes.*")
    asked = [said for said in await chat.tick(after=timedelta(hours=1)) if said.key == "survey-form"]
    assert (sent.facts["count"], again.key, len(asked)) == (2, "survey-nobody", 2)
    assert (await ana.says("/survey send wishes #vip")).buttons == ["Back"]
    assert (await ana.says("/survey send needs all")).key == "survey-for-leads"


async def test_questions_and_rules_are_written_as_they_are_read(chat: Chat) -> None:
    typed = "Which plan? * | Basic, Pro\nHow many? | number | if 1 = Pro, Basic\nWhy?"
    made = {"name": "x", "kind": "form", "title": "X", "ask": "X", "questions": read_questions(typed, (), "en")}
    asks = read_definition(json.loads(json.dumps(made)))
    assert write_questions(asks.questions, "en") == f"{typed} | text"
    rules = "ticket_closed 1h\nactivity visit 2h A B\nevery_months 3 1/10\nfirst_days 7"
    assert write_rules([Rule.model_validate(rule) for rule in read_rules(rules)]) == rules

    async def act(uow: UnitOfWork, actor: Staff | None) -> bool:
        first = await define_survey(uow, None, asks, now=chat.now)
        return first is await define_survey(uow, None, asks, now=chat.now)

    assert await perform(chat.house.database.unit_of_work, act, now=chat.now)


async def test_each_is_asked_in_their_own_working_hours(chat: Chat, tom: Person, ana: Person) -> None:
    chat.now = START.replace(day=22)  # a Sunday
    customer = await chat.customer("Huaxin", owner=tom)
    li = await a_contact(chat, customer.id, "Li Na", by=tom, phone="+8613911112222")
    await connected(chat, chat.stranger("Li"), li, by=tom)
    sent = await ana.says("/survey send csat C1")
    early = [said for said in await chat.tick(after=timedelta(hours=4)) if said.key == "survey-visit"]
    monday = [said for said in await chat.tick(START.replace(day=23, hour=1, minute=30)) if said.key == "survey-visit"]
    assert (sent.facts["later"], early, len(monday)) == (START.replace(day=23, hour=1, minute=30), [], 1)


async def test_who_was_passed_over_at_a_rhythm_has_their_turn_again(chat: Chat, tom: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    jane = await connected(chat, chat.stranger("Jane"), await a_contact(chat, acme.id, "Jane", by=tom), by=tom)

    async def change(uow: UnitOfWork, actor: Staff | None) -> None:
        rules = [{"on": "every_months", "months": 6}]
        asks = {"name": "often", "kind": "csat", "title": "Often", "ask": "All well?", "rules": rules}
        await define_survey(uow, None, read_definition(asks), now=chat.now)

    chat.now += timedelta(days=200)
    await perform(chat.house.database.unit_of_work, change, actor=tom.staff, now=chat.now)
    await jane.says("/stop")
    await chat.tick(after=timedelta(days=1))
    await chat.tick(after=timedelta(days=1))
    assert [row["sent_at"] for row in await chat.rows("survey_answers")] == [None]
    await jane.says("/start")
    await jane.forges("consent.set:surveys.yes")
    before = len(jane.heard)
    await chat.tick(after=timedelta(days=14))
    await chat.tick(after=timedelta(days=3))
    assert "survey-visit" in [said.key for said in jane.heard[before:]]
    assert len(await chat.rows("survey_answers")) == 2


async def test_a_template_with_conditions_is_edited_and_answered_in_words(chat: Chat, tom: Person) -> None:
    """Choices by their words, also in a condition; numbers and days as people say them; the first question, too."""
    mei = await chat.staff("Mei", role="manager", locale="zh-CN")
    typed = write_questions(TEMPLATES["wishes"].questions, "zh-CN")
    assert typed.splitlines()[1].endswith("if 1 = 质量, 速度, 服务, 价格")
    more = f"多少人用？ | number\n什么时候要？ | date\n{typed.splitlines()[0]}\n再说一点 | text | 如果 3 = 质量"
    values = {"kind": "form", "title": "愿望", "ask": "两个问题？", "questions": more, "days": "7"}
    assert await mei.fills("surveys.save:wishes", values) is not None
    assert (await definition(chat, "wishes"))["questions"][3]["when"] == {"what": ["quality"]}

    acme = await chat.customer("Acme", owner=tom)
    jane = await connected(chat, chat.stranger("Jane"), await a_contact(chat, acme.id, "Jane", by=tom), by=tom)
    await mei.says("/survey send wishes C1")
    await mei.presses("现在就发")
    await chat.tick()
    await jane.presses("Begin")
    request = await jane.says("ten of our machines are broken again, please call")
    assert (request.key, len(await chat.rows("tickets"))) == ("ticket-progress", 1)
    steps = [(await jane.says(words)).key for words in ("about two hundred people", "下周五", "the quality, mostly")]
    done = await jane.says("tighter seams")
    assert (steps, done.key) == (["survey-step"] * 3, "survey-finished")
    [answer] = await chat.rows("survey_answers")
    assert sorted(answer["answers"].values()) == ["200", "2026-11-27", "quality", "tighter seams"]


@pytest.mark.parametrize(
    ("said", "number"),
    [("20", "20"), ("大概二十个人", "20"), ("两百", "200"), ("1.5万", "15000"), ("1,200 seats", "1200"), ("3k", "3000"),
     ("twenty-five", "25"), ("a dozen", "12"), ("约 30 台", "30"), ("many", "many"), ("2 or 3", "2 or 3"), ("10-20", "10-20"),
     ("we have about two hundred people", "200"), ("a thousand and twenty", "1020"), ("two or three", "two or three"),
     ("That depends on one thing", "That depends on one thing"), ("ten of our machines are broken again", "ten of our machines are broken again")],
)  # fmt: skip
def test_numbers_as_people_say_them(said: str, number: str) -> None:
    asked = Question(name="people", type="number", ask="How many?")
    assert said_answer(asked, said) == number


@pytest.mark.parametrize(
    ("said", "value"),
    [("是的", "yes"), ("No.", "no"), ("2", "no"), ("第一个", "yes"), ("yes, my boss", "yes"), ("maybe", "maybe")],
)
def test_choices_as_people_say_them(said: str, value: str) -> None:
    asked = TEMPLATES["needs"].questions[5]
    assert said_answer(asked, said) == value


async def test_at_a_rhythm_contacts_are_looked_at_in_turns(
    chat: Chat, tom: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "LOOKED_AT", 1)
    acme = await chat.customer("Acme", owner=tom)
    for name in ("Jane", "Ben"):
        await connected(chat, chat.stranger(name), await a_contact(chat, acme.id, name, by=tom), by=tom)

    async def switch_on(uow: UnitOfWork, actor: Staff | None) -> None:
        rules = [{"on": "every_months", "months": 1}]
        asks = {"name": "often", "kind": "csat", "title": "Often", "ask": "All well?", "rules": rules}
        await define_survey(uow, None, read_definition(asks), now=chat.now)

    chat.now += timedelta(days=40)
    await perform(chat.house.database.unit_of_work, switch_on, actor=tom.staff, now=chat.now)
    asked = []
    for _ in range(4):  # the third turn is the end of the numbers
        await chat.tick(after=timedelta(seconds=30))
        asked.append(len(await chat.rows("survey_answers")))
    assert asked == sorted(asked)
    assert asked[0] < 2 == asked[-1]


async def test_rules_ask_after_what_happened(chat: Chat, tom: Person) -> None:
    """A visit of a customer of the grade, the first days, a lead that became one; of ten thousand visits one. A survey that cannot be read
    stops none of them."""
    rules: dict[str, list[dict[str, Any]]] = {
        "visited": [{"on": "activity", "kind": "visit", "after": "2h", "grades": ["A"]}],
        "other-grade": [{"on": "activity", "kind": "visit", "grades": ["B"]}],
        "rare": [{"on": "activity", "kind": "visit", "one_in": 1000}],
        "later": [{"on": "delivery_done", "after": "1d"}],
        "first": [{"on": "first_days", "days": 2}],
        "won": [{"on": "lead_converted", "after": "1h"}],
        "unreadable": [{"on": "lead_converted", "after": "1h"}],
    }

    async def define(uow: UnitOfWork, actor: Staff | None) -> None:
        for name, each in rules.items():
            asks = {"name": name, "kind": "csat", "title": name, "ask": "All well?", "rules": each}
            await define_survey(uow, None, read_definition(asks), now=chat.now)

    await perform(chat.house.database.unit_of_work, define, actor=tom.staff, now=chat.now)
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.forges("lead.convert:1")
    async with chat.house.database.unit_of_work() as uow:
        await uow.session.execute(update(tables.customers).values(grade="A"))
        unreadable = update(tables.surveys).where(tables.surveys.c.name == "unreadable")
        await uow.session.execute(unreadable.values(definition={"of": "another version"}))
        await uow.commit()
    [contact] = await chat.rows("contacts")
    jane = chat.stranger("Jane")
    invited = await tom.says(f"/invite P{contact['id']}")
    await jane.says(f"/start {code_of(invited)}")
    await tom.says("visited Acme, they liked the lamps")
    await tom.presses("Save")
    chat.now += timedelta(hours=1)  # ten in the morning
    asked: list[list[str]] = []
    for _ in range(3):
        await chat.tick(after=timedelta(days=1))
        asked.append(sorted(f"{row['survey']} {row['cause']}" for row in await chat.rows("survey_answers")))
    assert asked[0] == ["visited activity:1", "won converted:1"]
    assert asked[1] == asked[2] == ["first first:1", "visited activity:1", "won converted:1"]
    assert [row["about_id"] for row in await chat.rows("survey_answers")] == [tom.id] * 3
    assert len([said for said in jane.heard if said.key == "survey-visit"]) == 1  # one in seven days
