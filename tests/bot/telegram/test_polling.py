"""Receiving, committed update by committed update."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.telegram.polling import Pauses, Window
from bot.telegram.telegram import Telegram
from handlers.chat import ConversationMoved, Press, Text, Unknown
from tests.bot.telegram.desk import UNHURRIED, Desk, reply
from tests.fakes.telegram import FakeTelegram


@asynccontextmanager
async def running(telegram: Telegram) -> AsyncIterator[None]:
    await telegram.start()
    receiving = asyncio.create_task(telegram.receive())
    try:
        yield
    finally:
        await telegram.stop()
        await asyncio.wait_for(receiving, 10)


async def test_what_is_said_is_dispatched_and_confirmed(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    mei = server.user(11, first_name="Mei", language_code="zh-hans")
    async with running(telegram):
        await mei.starts("join_5")
        await mei.says("called Acme")
        await server.until_confirmed()

    assert desk.texts == ["/start join_5", "called Acme"]
    assert desk.events[0].sender is not None
    assert desk.events[0].sender.locale == "zh-hans"
    assert not server.refusals


async def test_nothing_is_confirmed_before_it_is_committed(
    server: FakeTelegram, telegram: Telegram, desk: Desk
) -> None:
    mei, tom = server.user(11), server.user(12)
    desk.fail_on = {"one": 1000}
    async with running(telegram):
        await mei.says("one")
        await mei.says("two")
        await tom.says("three")
        await server.until(lambda: desk.attempts.count("one") > 3)
        await tom.says("four")
        await server.until(lambda: "four" in desk.texts)

        assert desk.texts == ["three", "four"]
        assert len(server.pending) == 4

        desk.fail_on = {}
        await server.until_confirmed()

    assert desk.texts == ["three", "four", "one", "two"]


async def test_what_was_not_committed_at_the_stop_comes_again(
    server: FakeTelegram, telegram: Telegram, desk: Desk
) -> None:
    mei, tom = server.user(11), server.user(12)
    desk.fail_on = {"one": 1000}
    async with running(telegram):
        await mei.says("one")
        await tom.says("two")
        await server.until(lambda: "two" in desk.texts and desk.attempts.count("one") > 1)
    assert [update["message"]["text"] for update in server.pending] == ["one", "two"]

    desk.fail_on = {}
    again = Telegram(server.token, desk.dispatch, desk.say, api_base=server.base, rates=UNHURRIED)
    async with running(again):
        await server.until_confirmed()
    await again.channel.close()

    # The second delivery of "two" is the inbox's to know.
    assert sorted(desk.texts) == ["one", "two", "two"]


async def test_in_flight_work_is_finished_and_confirmed_at_the_stop(server: FakeTelegram, desk: Desk) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(event: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await desk.dispatch(event)

    telegram = Telegram(server.token, slow, desk.say, api_base=server.base)
    async with running(telegram):
        await server.user(11).says("one")
        await begun.wait()
        await telegram.stop()
        go_on.set()
    await telegram.channel.close()

    assert desk.texts == ["one"]
    assert not server.pending


async def test_an_update_that_the_models_reject_stalls_nobody(
    server: FakeTelegram, telegram: Telegram, desk: Desk
) -> None:
    mei = server.user(11)
    async with running(telegram):
        server.push({"message": {"message_id": "no number", "chat": {"id": 11}}})
        server.push({"a_kind_of_tomorrow": {"id": 5}})
        await mei.says("called Acme")
        await server.until_confirmed()

    kinds = [event.content.kind if isinstance(event.content, Unknown) else "text" for event in desk.events]
    assert sorted(kinds) == ["a_kind_of_tomorrow", "rejected.message", "text"]


async def test_a_bug_beyond_dispatch_does_not_stall_a_conversation(
    server: FakeTelegram, telegram: Telegram, desk: Desk
) -> None:
    desk.fail_on, desk.fault = {"one": 1000}, ZeroDivisionError
    mei = server.user(11)
    async with running(telegram):
        await mei.says("one")
        await mei.says("two")
        await server.until_confirmed()

    assert desk.attempts == ["one", "one", "one", "two"]


async def test_many_conversations_in_order_each(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    people = [server.user(number) for number in range(1, 31)]
    for number in range(8):
        for person in people:
            await person.says(f"{person.id}:{number}")
    async with running(telegram):
        await server.until_confirmed()

    for person in people:
        mine = [text for text in desk.texts if text.startswith(f"{person.id}:")]
        assert mine == [f"{person.id}:{number}" for number in range(8)]


async def test_a_press_is_answered_with_its_toast(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    mei = server.user(11)
    await mei.starts()
    async with running(telegram):
        await telegram.channel.send(reply("Call Acme", place=11, labels=("Done", "Tomorrow")))
        desk.toast = "好" * 300
        done = await mei.presses(mei.chat.last, "Done")
        assert (await done.answered())["text"] == "好" * 200

        desk.toast = None
        tomorrow = await mei.presses(mei.chat.last, "Tomorrow", is_inaccessible=True)
        assert not (await tomorrow.answered()).get("text")

    assert [event.content for event in desk.events[1:]] == [
        Press("press:Done", str(mei.chat.last.id)),
        Press("press:Tomorrow", str(mei.chat.last.id)),
    ]


async def test_a_press_too_old_to_answer_is_still_done(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    mei = server.user(11)
    await mei.starts()
    await telegram.channel.send(reply("Call Acme", place=11, labels=("Done",)))
    await mei.presses(mei.chat.last, "Done")
    server.advance(3600)
    async with running(telegram):
        await server.until_confirmed()
        await server.until(lambda: server.calls_of("answerCallbackQuery"))

    assert isinstance(desk.events[-1].content, Press)
    assert "query is too old" in server.refusals[0].description


async def test_a_short_and_a_long_outage_are_survived(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    mei = server.user(11)
    async with running(telegram):
        await mei.says("before")
        await server.until_confirmed()
        with capture_logs() as logs:
            for is_cut in (True, False):
                with server.outage(is_cut=is_cut):
                    await mei.says("meanwhile")
                    calls = len(server.calls)
                    await server.until(lambda calls=calls: len(server.calls) >= calls + 6)
                await server.until_confirmed()

    assert desk.texts == ["before", "meanwhile", "meanwhile"]
    warnings = [entry for entry in logs if entry["event"] == "telegram-not-receiving"]
    assert 2 <= len(warnings) < 12
    assert "GUANXI_PROXY" in warnings[0]["remedy"]


async def test_starting_without_a_network_waits_for_it(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    mei = server.user(11)
    with server.outage():
        await telegram.start()
        receiving = asyncio.create_task(telegram.receive())
        await server.until(lambda: len(server.calls_of("getMe")) > 3)
        assert telegram.me is None
    await mei.says("hello")
    await server.until_confirmed()
    await telegram.stop()
    await receiving

    assert desk.texts == ["hello"]
    assert telegram.me is not None


async def test_receiving_may_be_cancelled_outright(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    desk.fail_on = {"one": 1000}
    await server.user(11).says("one")
    before = asyncio.all_tasks()
    receiving = asyncio.create_task(telegram.receive())
    await server.until(lambda: "one" in desk.attempts)
    assert telegram.is_receiving

    receiving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await receiving

    still_at_work = {task.get_coro().__qualname__ for task in asyncio.all_tasks() - before}
    assert not [name for name in still_at_work if name.startswith(("Lanes.", "Poller.", "Event."))]
    assert len(server.pending) == 1


async def test_another_receiver_is_waited_out_and_named(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    server.fail_next("getUpdates", 409, words, times=3)
    with capture_logs() as logs:
        async with running(telegram):
            await server.user(11).says("hello")
            await server.until_confirmed()

    assert desk.texts == ["hello"]
    warning = next(entry for entry in logs if entry["event"] == "telegram-not-receiving")
    assert "another process" in warning["remedy"]


async def test_a_webhook_in_the_way_is_named(server: FakeTelegram, telegram: Telegram) -> None:
    words = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    server.fail_next("getUpdates", 409, words)
    with capture_logs() as logs:
        async with running(telegram):
            await server.until(lambda: server.is_polled)

    warning = next(entry for entry in logs if entry["event"] == "telegram-not-receiving")
    assert "webhook" in warning["remedy"]


async def test_nonsense_and_429_only_make_a_pause(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    server.nonsense_next("getUpdates", times=2)
    server.fail_next("getUpdates", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    async with running(telegram):
        await server.user(11).says("hello")
        await server.until_confirmed()

    assert desk.texts == ["hello"]


async def test_a_refused_token_is_down_until_it_works(server: FakeTelegram, telegram: Telegram) -> None:
    server.fail_next("getMe", 401, "Unauthorized", times=2)
    with capture_logs() as logs:
        await telegram.start()
        assert telegram.is_down
        async with running(telegram):
            await server.until(lambda: server.is_polled)

    assert not telegram.is_down
    assert [entry["event"] for entry in logs].count("telegram-token-refused") == 1


@pytest.mark.parametrize("new_first", [True, False])
async def test_a_group_that_moves_is_an_event_and_remembered(
    server: FakeTelegram, telegram: Telegram, desk: Desk, new_first: bool
) -> None:
    group = server.group(-500, "Sales", [server.user(11)])
    async with running(telegram):
        new_group = await group.becomes_supergroup(-100500, new_first=new_first)
        await server.until_confirmed()
        await telegram.channel.send(reply("hi", place=-500))

    assert [event.content for event in desk.events] == [ConversationMoved("-500", "-100500")] * 2
    assert [message.text for message in new_group.messages] == ["hi"]
    assert not server.refusals


async def test_a_move_that_only_a_refusal_tells_is_reported_once(server: FakeTelegram, desk: Desk) -> None:
    moves: list[tuple[str, str]] = []
    group = server.group(-500, "Sales", [server.user(11)])
    telegram = Telegram(
        server.token,
        desk.dispatch,
        desk.say,
        api_base=server.base,
        on_migrated=lambda old, new: moves.append((old, new)),
    )
    new_group = await group.becomes_supergroup(-100500)
    for text in ("one", "two"):
        await telegram.channel.send(reply(text, place=-500))
    await telegram.channel.close()

    assert moves == [("-500", "-100500")]
    assert [message.text for message in new_group.messages] == ["one", "two"]


async def test_the_menu_is_set_in_both_languages(server: FakeTelegram, telegram: Telegram) -> None:
    await telegram.start()

    english, chinese = [call.values for call in server.calls_of("setMyCommands")]
    assert [(one["command"], one["description"]) for one in english["commands"]] == [
        ("lead", "New lead"),
        ("today", "My day"),
    ]
    assert "language_code" not in english
    assert chinese["language_code"] == "zh"
    assert chinese["commands"][0]["description"] == "新线索"
    assert not server.refusals


async def test_a_group_hears_only_what_is_meant_for_it(server: FakeTelegram, telegram: Telegram, desk: Desk) -> None:
    server.rules.group_privacy = False
    mei = server.user(11)
    group = server.group(-100123, "Sales", [mei])
    username = server.bot["username"]
    async with running(telegram):
        await mei.says("good morning", to=group)
        await mei.says(f"/today@{username}", to=group)
        await server.until_confirmed()

    assert [event.content for event in desk.events] == [Text("good morning", addressed=False), Text("/today")]


def test_pauses_grow_to_their_limit() -> None:
    pauses = Pauses()

    assert [pauses.after(failures) for failures in (1, 2, 3, 10, 10_000)] == [0.5, 1, 2, 30, 30]


def update(number: int) -> dict[str, int]:
    return {"update_id": number}


def test_the_window_moves_to_the_lowest_uncommitted() -> None:
    window = Window()
    assert window.offset is None

    assert [number for number, _ in window.new([update(7), update(8), update(9)])] == [7, 8, 9]
    window.committed(8)
    assert window.offset == 7
    assert [number for number, _ in window.new([update(7), update(8), update(9), update(10)])] == [10]
    for number in (7, 9):
        window.committed(number)
    assert window.offset == 10
    window.committed(10)
    assert (window.offset, window.is_open) == (11, False)


def test_the_window_follows_numbers_that_start_anew() -> None:
    window = Window()
    window.new([update(900)])
    window.committed(900)

    assert [number for number, _ in window.new([update(5)])] == [5]
    window.committed(5)
    assert window.offset == 6


@pytest.mark.parametrize("broken", [None, "x", {}, {"update_id": "7"}])
def test_what_has_no_number_is_passed_over(broken: Any) -> None:
    window = Window()

    assert [number for number, _ in window.new([broken, update(7)])] == [7]


@pytest.mark.parametrize("seed", range(3))
async def test_through_faults_of_every_kind_each_conversation_is_heard_in_order(
    server: FakeTelegram, telegram: Telegram, desk: Desk, seed: int
) -> None:
    chance = random.Random(seed)
    people = [server.user(number) for number in range(1, 9)]
    said = [f"{person.id}:{number}" for number in range(6) for person in people]
    desk.fail_on = {text: chance.randint(1, 3) for text in chance.sample(said, 12)}
    server.deliver_twice()
    async with running(telegram):
        for text in said:
            await people[int(text.partition(":")[0]) - 1].says(text)
            if chance.random() < 0.2:
                server.cut_next("getUpdates", after_doing=chance.random() < 0.5)
            if chance.random() < 0.1:
                server.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")
            if chance.random() < 0.3:
                await asyncio.sleep(0)
        await server.until_confirmed()

    once = list({event.delivery_id: event.content.text for event in desk.events}.values())
    for person in people:
        assert [text for text in once if text.startswith(f"{person.id}:")] == [f"{person.id}:{n}" for n in range(6)]
