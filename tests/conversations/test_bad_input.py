"""Whatever is typed gets a clear answer, and nothing breaks: empty, endless, invisible, impossible, hostile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from handlers.chat import (
    Attachment,
    ContactCard,
    Content,
    Edited,
    FormFilled,
    Location,
    Press,
    Reaction,
    Text,
    Unknown,
)
from tests.campaign import IS_LONG
from tests.conversations.conftest import Chat, Person, Said

TEXTS = {
    "empty": "",
    "blank": " \n\t\u3000 ",
    "invisible": "\u200b\u200e\u2066\ufeff",
    "nul": "called Acme\0 they want a quote\0",
    "control": "called \x07\x1b[31mAcme\x1b[0m \x08\x7f",
    "right-to-left": "called \u202eemcA\u202c \u2067Acme\u2069 tomorrow",
    "half a surrogate": "called Acme \ud800 tomorrow \udfff",
    "script": "called <script>alert(1)</script> & <b>Acme</b> {{7*7}} ${x} %s",
    "markup": "*_<&>_* `[Acme](tg://user?id=1)` || ~ \\",
    "letters": "a" * 100_000,
    "words": "called Acme " * 8_000,
    "characters": "联系华新" * 25_000,
    "digits": "1" * 100_000,
    "marks": "e" + "\u0301" * 100_000,
    "emoji": "👨\u200d👩\u200d👧" * 10_000,
    "slashes": "/" * 100_000,
    "long command": "/" + "a" * 100_000,
    "long find": "/find " + "华" * 100_000,
    "long lead": "/lead " + "Acme, " * 20_000,
    "long next": "/next " + "C1 " * 30_000,
    "long name": "/next C1 tomorrow @" + "x" * 100_000,
    "lines": "\n".join(f"Company {number}, Person, 0207946{number:04}" for number in range(10_000)),
    "empty lines": "\n" * 100_000,
    "huge amount": "called Acme, they want to pay 1" + "0" * 30 + " GBP",
    "huge amount in words": "called Acme, 99999999999999999999亿, offer 1e400",
    "impossible day": "called Acme, follow up 31 February 10am",
    "impossible hour": "call Acme tomorrow 25:99",
    "year 99999": "call Acme on 99999-12-31, or in 999999999999 days",
    "ago": "/next C1 yesterday 10am call",
    "huge id": "L999999999999999",
    "endless id": "/customer C" + "9" * 400,
    "other digits": "/customer C٣",
    "another's": "/history L1",
    "wrong phone": "/lead Acme, Tom, 12345678",
    "wrong e-mail": "/lead Acme, Tom, tom@@acme",
    "unknown command": "/frobnicate",
    "bare slash": "/",
}
# What may be said of a text, however long it was.
LONGEST_ANSWER = 8_000
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


async def _calm(chat: Chat, person: Person, content: Content, *, reply_to: str | None = None) -> list[Said]:
    """No incident, and nothing hidden or endless in the answer."""
    answers = await person.does(content, reply_to=reply_to)
    assert chat.house.dispatcher.counters.incidents == 0
    for said in answers:
        shown = "\n".join([said.text, *said.buttons])
        assert len(shown) < LONGEST_ANSWER, (said.key, len(shown))
        assert not HIDDEN.search(shown), said.key
    return answers


# What a database might refuse is tried on both; what is only long or odd to us costs time, so on SQLite alone.
# What is asked takes no answer of a fifth of this; a whole endless one is typed above, and in the campaign.
LONG_ENOUGH = None if IS_LONG else 10_000
REFUSED_BY_SOME = {
    "empty",
    "nul",
    "control",
    "half a surrogate",
    "letters",
    "huge amount",
    "year 99999",
    "huge id",
    "endless id",
}


def on_databases(values: Mapping[str, Any], on_both: Iterable[str], *, name: str) -> pytest.MarkDecorator:
    """Each value on SQLite, those named on PostgreSQL as well."""
    on_sqlite = [pytest.param("sqlite", value, id=f"sqlite-{key}") for key, value in values.items()]
    on_postgres = [
        pytest.param("postgres", values[key], id=f"postgres-{key}", marks=pytest.mark.postgres)
        for key in (values if IS_LONG else on_both)
    ]
    return pytest.mark.parametrize(("database_url", name), [*on_sqlite, *on_postgres], indirect=["database_url"])


TYPED = on_databases(TEXTS, sorted(REFUSED_BY_SOME), name="text")


@TYPED
async def test_whatever_is_typed_is_answered(chat: Chat, text: str) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    answers = await _calm(chat, tom, Text(text))

    assert answers
    for said in answers:
        if "Save" in said.buttons:
            await _calm(chat, tom, Press(next(b.press for row in said.body.rows for b in row if b.label == "Save")))


QUESTIONS = {
    "entry.who": "entry.who:{draft}",
    "entry.when": "entry.when:{draft}",
    "entry.note": "entry.note:{draft}",
    "entry.amount": "entry.amount:{draft}",
    "record.log": "record.log:customer.{customer}",
    "followup.when": "followup.when:{followup}",
    "followup.pass": "followup.pass:{followup}",
    "followup.log": "followup.log:{followup}",
    "lead.lose": "lead.lose:{lead}.other",
    "lead.assign": "lead.assign:{lead}",
    "lead.edit": "lead.edit:{lead}",
    "customer.assign": "customer.assign:{customer}",
    "settings.away": "settings.away:",
}


@on_databases(QUESTIONS, ["entry.note", "settings.away"], name="question")
async def test_whatever_answers_a_question_is_taken_or_refused(chat: Chat, question: str) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/lead Globex, 020 7946 0999")
    await tom.says(f"/next C{acme.id} friday 10am call")
    await tom.says("called Acme, they want a quote")
    [draft, *_] = [row["id"] for row in await chat.rows("drafts")]
    payload = question.format(draft=draft, customer=acme.id, lead=1, followup=1)
    for text in TEXTS.values():
        await tom.does(Press(payload))
        await _calm(chat, tom, Text(text[:LONG_ENOUGH]))
        if question.startswith("lead.lose"):
            await tom.does(Press("lead.reopen:1"))


VALUES = {
    "empty": "",
    "nul": "\0",
    "half a surrogate": "\ud800",
    "commas": "1," * 2_000,
    "endless": "x" * 1_000_000,
    "script": "<script>",
}


@on_databases(VALUES, ["nul", "half a surrogate"], name="value")
@pytest.mark.parametrize(
    "form",
    [
        "lead.new",
        "lead.change:1",
        "customer.change:1",
        "contact.add:1",
        "opportunity.open:1",
        "settings.change:",
        "start.profile:",
        "team.new",
    ],
)
async def test_a_form_takes_or_refuses_any_value(chat: Chat, form: str, value: str) -> None:
    anna = await chat.staff("Anna", role="admin")
    await chat.customer("Acme", owner=anna)
    await anna.says("/lead Globex, 020 7946 0999")
    names = "company person name short_name title phone email wechat qq whatsapp credit_code source campaign grade tags note".split()
    others = "birthday language custom address amount expected_on timezone work_start work_end quiet_start quiet_end day_at role team".split()

    await _calm(chat, anna, FormFilled(form, dict.fromkeys([*names, *others], value)))


STRANGE = [
    Attachment("photo", "ref", caption="called Acme \0\ud800"),
    Attachment("file", "ref" * 1000, name="\ud800", caption="x" * 100_000),
    ContactCard("not a phone", "Tom \0\ud800, \n Brown", is_own=False),
    ContactCard("+447700900123", "x" * 100_000, is_own=False),
    Location(1e308, float("nan")),
    Reaction("👍", "nowhere"),
    Edited("nowhere", "\0"),
    Unknown("poll", {"words": "\ud800\0"}),
    FormFilled("", {}),
    FormFilled("nothing:1", {"x": "y"}),
]


@pytest.mark.parametrize("content", STRANGE, ids=lambda content: type(content).__name__)
async def test_other_contents_break_nothing(chat: Chat, content: Content) -> None:
    await _calm(chat, await chat.staff("Tom"), content)
    await _calm(chat, chat.stranger("Nobody"), content)


@pytest.mark.parametrize("name", ["", "\0", "\ud800", "x" * 10_000, "*_<&>", "\u202eeve"], ids=ascii)
async def test_any_name_of_a_sender_is_borne(chat: Chat, name: str) -> None:
    nobody = chat.stranger("Nobody")
    nobody.name = name

    assert (await _calm(chat, nobody, Text("hello")))[0].key == "welcome"


@TYPED
async def test_a_stranger_may_type_anything(chat: Chat, text: str) -> None:
    answers = await _calm(chat, chat.stranger("Nobody"), Text(text))

    calm = {"welcome", "inquiry-taken", "inquiry-empty", "for-staff-only", "unknown-command"}
    assert all(said.key in calm for said in answers), answers


async def test_a_plan_without_a_time_is_not_called_saved(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} in 99999 weeks call")

    assert (await tom.presses("Save")).key == "entry-ask-when"
    assert [row["kind"] for row in await chat.rows("drafts")] == ["entry"]


async def test_a_question_about_what_is_closed_does_not_catch_the_next_words(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("/lead Globex, 020 7946 0999")
    await tom.forges("lead.lose:1.other")
    await tom.forges("lead.lose:1.price")

    assert (await tom.says("called Acme, they want a quote for 20 seats")).key == "entry-card"
    assert [row["lost_reason"] for row in await chat.rows("leads")] == ["price"]


async def test_what_was_asked_hours_ago_is_not_answered_by_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("/lead Globex, 020 7946 0999")
    await tom.forges("lead.lose:1.other")
    chat.now += timedelta(hours=3)

    assert (await tom.says("called Acme, they want a quote for 20 seats")).key == "entry-card"
    assert [row["status"] for row in await chat.rows("leads")] == ["new"]


async def test_no_two_colleagues_have_names_that_look_alike(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")
    await anna.says("/team Mei, rep")

    assert (await anna.says("/team M\u200bei, rep")).key == "name-taken"
    assert (await anna.says("/team Ｍei, rep")).key == "name-taken"


async def test_a_plan_for_somebody_who_has_left_is_refused(chat: Chat) -> None:
    anna, kim = await chat.staff("Anna", role="admin"), await chat.staff("Kim")
    acme = await chat.customer("Acme", owner=anna)
    await anna.says(f"/next C{acme.id} call @Kim")
    await anna.forges("entry.setwhen:1.tomorrow")
    await anna.forges(f"team.left:{kim.id}")

    assert (await anna.forges("entry.save:1")).key == "staff-not-found"
    assert not await chat.rows("followups")
