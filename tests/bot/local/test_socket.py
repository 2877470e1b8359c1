"""What a page may say over its socket, in the demo."""

import json
from dataclasses import replace

import httpx
import pytest

from bot.local.channel import LONGEST_TEXT
from domain.errors import TryAgain
from handlers.chat import FormClosed, FormFilled, PlaceKind, Press, Rendered, Text
from tests.bot.local.stage import CARD, GROUP, SAVED, Stage, delivery, picture, served
from tests.bot.local.visitor import visiting


async def test_the_welcome_tells_who_there_is_and_where_things_stand() -> None:
    stage = Stage()
    await stage.say("private:tom", CARD)

    async with served(stage) as address, visiting(address) as page:
        welcome = await page.hello()

    assert welcome["demo"] is True
    assert [person["name"] for person in welcome["people"]] == ["Mei", "Tom", "Ana", "Sam", "陈老师"]
    assert len(welcome["people"][0]["chips"]) == 3
    assert {place["key"] for place in welcome["places"]} >= {"private:tom", GROUP}
    history = {page["place"]: page["messages"] for page in welcome["history"]}
    assert [message["title"] for message in history["private:tom"]] == ["Call · Acme"]


async def test_what_is_said_becomes_an_event_and_everybody_looking_sees_it() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page, visiting(address) as other:
        await page.hello()
        await other.hello()

        answer = await page.say("called Acme", name="abcdefgh-1")
        said = await other.next("message")
        card = await other.next("message")

    assert answer == {"type": "ack", "id": "abcdefgh-1", "toast": "", "errors": {}, "form": None}
    assert (said["message"]["text"], said["message"]["sender"], said["message"]["delivery"]) == (
        "called Acme",
        "tom",
        "abcdefgh-1",
    )
    assert card["message"]["title"] == "Call · Acme"
    [event] = stage.heard
    assert (event.channel, event.delivery_id, event.conversation.key) == ("local", "abcdefgh-1", "private:tom")
    assert event.sender is not None
    assert (event.sender.name, event.sender.locale, event.sender.timezone) == ("Tom", "en", "Europe/London")
    assert event.content == Text("called Acme")
    assert event.message == said["message"]["id"]


async def test_the_same_delivery_twice_is_said_once() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        for _ in range(2):
            assert (await page.say("called Acme", name="abcdefgh-1"))["type"] == "ack"
    async with served(stage) as address, visiting(address) as again:
        await again.hello()
        await again.say("called Acme", name="abcdefgh-1")
        welcome = await again.hello()

    assert stage.texts() == ["called Acme"]
    messages = next(page["messages"] for page in welcome["history"] if page["place"] == "private:tom")
    assert [message["text"] for message in messages if message["sender"]] == ["called Acme"]


async def test_a_passing_fault_is_not_acknowledged_and_loses_nothing() -> None:
    stage = Stage()
    stage.troubles = [TryAgain(), RuntimeError("the database is gone")]
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        answers = [(await page.say("called Acme", name="abcdefgh-1"))["type"] for _ in range(3)]

    assert answers == ["again", "again", "ack"]
    assert stage.texts() == ["called Acme"]
    assert [row["body"]["text"] for row in stage.store.rows if row["sender"] == "tom"] == ["called Acme"]


async def test_events_of_one_conversation_run_in_order_and_others_do_not_wait() -> None:
    stage = Stage()
    stage.doors_open.clear()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        for number in range(10):
            for user in ("tom", "mei"):
                await page.send(
                    type="say", id=delivery(), place=f"private:{user}", text=f"{user} {number}", **{"as": user}
                )
        await page.next("message")
        stage.doors_open.set()
        for _ in range(20):
            await page.next("ack")

    for user in ("tom", "mei"):
        assert [text for text in stage.texts() if text.startswith(user)] == [f"{user} {n}" for n in range(10)]


async def test_a_press_carries_its_message_and_the_receipt_comes_back() -> None:
    stage = Stage()
    message = await stage.say("private:tom", CARD)
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        press = {"type": "press", "as": "tom", "place": "private:tom", "message": message}
        await page.send(**press, id=delivery(), payload="draft.save:1")
        edited = await page.next("message")
        await page.next("ack")
        await page.send(**press, id=delivery(), payload="f.done:12")
        toast = await page.next("ack")
        await page.send(**press, id=delivery(), payload="draft.form:1")
        opened = await page.next("ack")

    assert stage.heard[0].content == Press("draft.save:1", message)
    assert (edited["message"]["id"], edited["message"]["title"]) == (message, SAVED.title)
    assert edited["message"]["edited_at"]
    assert toast["toast"] == "Pressed f.done:12"
    assert opened["form"]["press"] == "draft.fill:1"


async def test_forms_are_filled_refused_by_field_and_closed() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        form = {"type": "form", "as": "tom", "place": "private:tom", "form": "draft.fill:1", "message": "7"}
        await page.send(**form, id=delivery(), values={"note": "wrong"})
        wrong = await page.next("ack")
        await page.send(**form, id=delivery(), values={"note": "right", "day": "2025-11-28"})
        await page.next("ack")
        await page.send(type="close_form", id=delivery(), place="private:tom", form="draft.fill:1", **{"as": "tom"})
        await page.next("ack")

    assert wrong["errors"] == {"note": "This note is wrong."}
    assert stage.heard[1].content == FormFilled("draft.fill:1", {"note": "right", "day": "2025-11-28"}, "7")
    assert stage.heard[2].content == FormClosed("draft.fill:1")


@pytest.mark.parametrize(
    ("text", "heard", "addressed"),
    [
        ("see you there", "see you there", False),
        ("/today", "/today", True),
        ("、记录 华新", "、记录 华新", True),
        ("@Acme & Söhne, today please", "today please", True),
        ("＠ＡＣＭＥ ＆ Söhne助手 今天", "今天", True),
        ("ask @acme & söhne about it", "ask @acme & söhne about it", True),
        ("@Acme & Söhne", "@Acme & Söhne", True),
    ],
)
async def test_in_a_group_the_bot_knows_when_it_is_meant(text: str, heard: str, addressed: bool) -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        await page.say(text, place=GROUP)

    [event] = stage.heard
    assert event.conversation.kind is PlaceKind.GROUP
    assert event.conversation.title == "Acme launch"
    assert event.content == Text(heard, addressed=addressed)


async def test_a_reply_to_the_bot_in_a_group_is_meant_for_it_and_one_to_a_person_is_not() -> None:
    stage = Stage()
    of_bot = await stage.say(GROUP, CARD)
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        await page.say("no, Thursday", place=GROUP, reply_to=of_bot)
        of_tom = stage.heard[0].message
        await page.say("fine with me", user="mei", place=GROUP, reply_to=of_tom)

    assert [event.content for event in stage.heard] == [
        Text("no, Thursday", addressed=True),
        Text("fine with me", addressed=False),
    ]
    assert [event.reply_to for event in stage.heard] == [of_bot, of_tom]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '"say"', "{}", '{"type":"nothing"}', '{"type":["say"]}', "\x00", "[" * 100_000, '{"id":NaN}', "🙂"],
    ids=range(12),
)  # fmt: skip
async def test_rubbish_is_answered_and_the_page_goes_on(text: str) -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.send_raw(text)
        refused = await page.next("refused")
        await page.hello()

    assert refused["reason"] == "malformed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"id": "x" * 65},
        {"id": 7},
        {"text": ""},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"text": None},
        {"reply_to": "drop table"},
        {"place": ""},
        {"as": None},
    ],
    ids=str,
)
async def test_a_frame_with_a_wrong_field_is_refused_by_its_id(wrong: dict[str, object]) -> None:
    stage = Stage()
    frame = {"type": "say", "id": "abcdefgh-1", "as": "tom", "place": "private:tom", "text": "hello", **wrong}
    async with served(stage) as address, visiting(address) as page:
        await page.send_raw(json.dumps(frame))
        refused = await page.next("refused")

    assert refused["reason"] == "malformed"
    assert refused["id"] == (frame["id"] if isinstance(frame["id"], str) else None)
    assert stage.heard == []


async def test_a_hundred_thousand_characters_are_taken() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        answer = await page.say("\u200f" + "字" * (LONGEST_TEXT - 1))

    assert answer["type"] == "ack"
    assert len(stage.texts()[0]) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("user", "place", "reason"),
    [
        ("nobody", "private:nobody", "unknown-person"),
        ("tom", "private:mei", "no-such-place"),
        ("tom", "reading:tom", "no-such-place"),
        ("tom", "group:other", "no-such-place"),
    ],
)
async def test_unknown_people_and_foreign_places_are_refused(user: str, place: str, reason: str) -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        answer = await page.say("hello", user=user, place=place)

    assert (answer["type"], answer["reason"]) == ("refused", reason)
    assert (stage.heard, stage.store.rows) == ([], [])


async def test_who_comes_back_gets_as_much_as_they_had_with_what_changed_meanwhile() -> None:
    stage = Stage()
    first = await stage.say("private:tom", CARD)
    for number in range(60):
        await stage.say("private:tom", Rendered(text=str(number)))
    async with served(stage) as address:
        async with visiting(address) as page:
            fresh = await page.hello()
        await stage.say("private:tom", SAVED, edit=first)
        async with visiting(address) as page:
            back = await page.hello(**{"private:tom": 61})

    def of_tom(welcome: dict[str, object]) -> dict[str, object]:
        return next(page for page in welcome["history"] if page["place"] == "private:tom")  # type: ignore[attr-defined]

    assert (len(of_tom(fresh)["messages"]), of_tom(fresh)["more"]) == (50, True)  # type: ignore[arg-type]
    assert of_tom(back)["messages"][0]["title"] == "Saved · Acme"  # type: ignore[index]


async def test_older_messages_come_when_asked_for() -> None:
    stage = Stage()
    for number in range(60):
        await stage.say("private:tom", Rendered(text=str(number)))
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        await page.send(type="older", place="private:tom", before="11")
        older = await page.next("older")
        await page.send(type="older", place="reading:tom", before="11")
        refused = await page.next("refused")

    assert [message["text"] for message in older["messages"]] == [str(n) for n in range(10)]
    assert older["more"] is False
    assert refused["reason"] == "no-such-place"


async def test_reading_is_remembered_and_told_to_the_other_pages() -> None:
    stage = Stage()
    message = await stage.say("private:tom", CARD)
    async with served(stage) as address, visiting(address) as page, visiting(address) as other:
        await other.hello()
        await page.send(type="read", place="private:tom", message=message, **{"as": "tom"})
        told = await other.next("read")
        welcome = await other.hello()

    assert told == {"type": "read", "user": "tom", "place": "private:tom", "message": int(message)}
    assert welcome["reading"]["tom"] == {"private:tom": int(message)}


async def test_a_page_hears_who_changed_their_language_before_its_next_answer() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        stage.company.staff = [replace(person, locale="zh-CN") for person in stage.company.staff]
        await page.send(type="read", place="private:tom", message=await stage.say("private:tom", CARD), **{"as": "tom"})
        told = await page.next("people", "read")

    assert {person["locale"] for person in told["people"]} == {"zh-CN"}


async def test_the_clock_is_moved_for_everybody() -> None:
    stage = Stage()
    async with served(stage) as address, visiting(address) as page, visiting(address) as other:
        await page.hello()
        await other.hello()
        await page.send(type="move_clock", step="friday", **{"as": "tom"})
        moving = await other.next("clock")
        reminder = await other.next("message")
        moved = await other.next("clock")
        await page.send(type="move_clock", step="at", wall="2020-01-01T00:00", **{"as": "tom"})
        refused = await page.next("refused")

    assert moving["moving"] is True
    assert reminder["message"]["title"] == "Follow up: Acme"
    assert (moved["now"], moved["moving"]) == ("2025-11-21T10:00:00+00:00", False)
    assert refused["reason"] == "clock-goes-forward"


async def test_a_page_of_another_site_gets_no_socket() -> None:
    stage = Stage()
    async with served(stage) as address:
        for origin, host in (("https://evil.example", None), ("http://evil.example", "evil.example")):
            with pytest.raises(Exception, match="403"):
                async with visiting(address, origin=origin, host=host):
                    pass


async def test_a_page_that_went_leaves_nothing_behind() -> None:
    stage = Stage()
    async with served(stage) as address:
        async with visiting(address) as page:
            await page.hello()
            assert len(stage.channel.audience.pages) == 1
            stage.doors_open.clear()
            await page.send(type="say", id=delivery(), place="private:tom", text="bye", **{"as": "tom"})
            await page.next("message")
        stage.doors_open.set()

    assert stage.texts() == ["bye"]
    assert stage.channel.audience.pages == set()


async def test_files_are_served_beside_the_messages() -> None:
    stage = Stage()
    body = Rendered(text="", picture=picture(), document=b"a,b\n", document_name='线索 "x".csv')
    message = await stage.say("private:tom", body)
    async with served(stage) as address, httpx.AsyncClient(base_url=address) as http, visiting(address) as page:
        history = (await page.hello())["history"]
        shown = next(part["messages"][0] for part in history if part["place"] == "private:tom")
        drawn = await http.get(shown["picture"]["url"])
        saved = await http.get(shown["document"]["url"])
        absent = [
            (await http.get(path)).status_code
            for path in (
                f"/local/files/private:mei/{message}/picture",
                f"/local/files/private:tom/{message}/other",
                "/local/files/private:tom/99/picture",
                "/local/files/private:tom/x/picture",
                "/local/files/reading:tom/1/picture",
            )
        ]
        rebound = await http.get(shown["picture"]["url"], headers={"Host": "evil.example"})

    assert (drawn.content, drawn.headers["content-type"]) == (picture(), "image/png")
    assert saved.content == b"a,b\n"
    assert saved.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%BA%BF")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert absent == [404] * 5
    assert rebound.status_code == 421
