"""What the channel sends, as the platform's people see it, and what it makes of refusals."""

import traceback
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel
from bot.telegram.errors import Refused
from bot.telegram.pacing import Pacer, Rates
from domain.errors import ChannelBusy, RecipientUnreachable
from handlers.chat import Outgoing, Rendered, RenderedButton
from tests.bot.telegram.desk import UNHURRIED, reply
from tests.fakes.telegram import PNG_DOT, FakeTelegram, User

MEI = 11


@pytest.fixture
async def mei(server: FakeTelegram) -> User:
    user = server.user(MEI, first_name="Mei")
    await user.starts()
    return user


async def test_markup_in_a_name_is_shown_as_it_is(channel: TelegramChannel, server: FakeTelegram, mei: User) -> None:
    text = "*_<&`[link](x)` <script>alert(1)</script> &lt; </b>"
    sent = await channel.send(reply("", place=MEI, body=Rendered(text, title="Acme & <Sons>")))

    assert mei.chat.last.text == f"Acme & <Sons>\n{text}"
    assert mei.chat.last.marked("bold") == ["Acme & <Sons>"]
    assert sent == str(mei.chat.last.id)
    assert not server.refusals


async def test_a_long_text_comes_whole_and_in_order(channel: TelegramChannel, server: FakeTelegram, mei: User) -> None:
    text = "".join(f"{number} 打电话给华新公司📞<&>。" for number in range(900))

    sent = await channel.send(reply(text, place=MEI, labels=("Done",)))

    assert "".join(message.text for message in mei.chat.messages) == text
    assert [message.labels for message in mei.chat.messages][-1] == ["Done"]
    assert sent == str(mei.chat.last.id)
    assert not server.refusals


async def test_a_picture_with_caption_and_a_document(channel: TelegramChannel, mei: User) -> None:
    await channel.send(reply("", place=MEI, body=Rendered("chart <1>", title="Team", picture=PNG_DOT)))
    await channel.send(reply("", place=MEI, body=Rendered("", document=b"a,b\n", document_name="март 三月.csv")))

    picture, document = mei.chat.messages
    assert (picture.photo, picture.text) == (PNG_DOT, "Team\nchart <1>")
    assert document.document is not None
    assert (document.document.content, document.document.name) == (b"a,b\n", "март 三月.csv")


async def test_a_picture_that_is_no_photo_comes_as_a_file(channel: TelegramChannel, mei: User) -> None:
    thin = PNG_DOT[:16] + (5).to_bytes(4, "big") + (500).to_bytes(4, "big") + PNG_DOT[24:]

    await channel.send(reply("", place=MEI, body=Rendered("chart", picture=thin)))

    assert mei.chat.last.document is not None
    assert mei.chat.last.text == "chart"


async def test_an_edit_changes_the_card_in_place(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(reply("Call Acme", place=MEI, labels=("Done", "Tomorrow")))

    edited = await channel.send(reply("Done ✓", place=MEI, labels=("Undo",), edit=card))

    assert edited == card
    assert len(mei.chat.messages) == 1
    assert (mei.chat.last.text, mei.chat.last.labels) == ("Done ✓", ["Undo"])


async def test_not_modified_is_success(channel: TelegramChannel, server: FakeTelegram, mei: User) -> None:
    card = await channel.send(reply("Call Acme", place=MEI, labels=("Done",)))

    assert await channel.send(reply("Call Acme", place=MEI, labels=("Done",), edit=card)) == card
    assert len(server.refusals) == 1
    assert "not modified" in server.refusals[0].description
    assert len(mei.chat.messages) == 1


async def test_only_the_buttons_change(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(reply("Call Acme", place=MEI, labels=("Done",)))

    await channel.send(reply("Call Acme", place=MEI, edit=card))
    assert (mei.chat.last.text, mei.chat.last.labels) == ("Call Acme", [])

    await channel.send(reply("", place=MEI, labels=("Undo",), edit=card))
    assert (mei.chat.last.text, mei.chat.last.labels) == ("Call Acme", ["Undo"])


async def test_a_card_that_is_gone_is_said_afresh(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(reply("Call Acme", place=MEI))
    mei.chat.last.is_deleted = True

    fresh = await channel.send(reply("Done", place=MEI, labels=("Undo",), edit=card))

    assert fresh != card
    assert (mei.chat.last.text, mei.chat.last.labels) == ("Done", ["Undo"])


async def test_from_picture_to_text_the_card_moves_down(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(
        reply("", place=MEI, body=Rendered("chart", picture=PNG_DOT, rows=((RenderedButton("More", "a:1"),),)))
    )

    fresh = await channel.send(reply("numbers", place=MEI, labels=("Back",), edit=card))

    old, new = mei.chat.messages
    assert (str(old.id), old.labels) == (card, [])
    assert (str(new.id), new.text, new.labels) == (fresh, "numbers", ["Back"])


async def test_pictures_are_exchanged_in_place(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(reply("", place=MEI, body=Rendered("one", picture=PNG_DOT)))

    edited = await channel.send(reply("", place=MEI, body=Rendered("<two>", picture=PNG_DOT + b"2"), edit=card))

    assert edited == card
    assert (mei.chat.last.photo, mei.chat.last.text) == (PNG_DOT + b"2", "<two>")


async def test_an_edit_that_grows_too_long_goes_on_below(channel: TelegramChannel, mei: User) -> None:
    card = await channel.send(reply("short", place=MEI, labels=("More",)))

    last = await channel.send(reply("long " * 1000, place=MEI, labels=("Less",), edit=card))

    first, second = mei.chat.messages
    assert (str(first.id), first.labels) == (card, [])
    assert (str(second.id), second.labels) == (last, ["Less"])


async def test_a_reply_to_a_message_that_is_gone_is_still_sent(channel: TelegramChannel, mei: User) -> None:
    await channel.send(reply("hi", place=MEI, reply_to="999999"))

    assert mei.chat.last.text == "hi"


async def test_topics_are_written_to(channel: TelegramChannel, server: FakeTelegram, mei: User) -> None:
    group = server.group(-100123, "Sales", [mei])
    group.opens_topic(45, "华新")

    await channel.send(reply("here", place="-100123/45"))
    assert group.chat.last.thread_id == 45

    group.closes_topic(45)
    with pytest.raises(RecipientUnreachable) as closed:
        await channel.send(reply("here", place="-100123/45"))
    assert closed.value.reason == "topic-closed"


async def test_what_one_person_may_see_goes_to_their_private_chat(
    channel: TelegramChannel, server: FakeTelegram, mei: User
) -> None:
    group = server.group(-100123, "Sales", [mei])

    await channel.send(reply("138 0013 8000", place=-100123, to_user=str(MEI), edit=None))

    assert mei.chat.last.text == "138 0013 8000"
    assert not group.messages


async def test_a_migrated_group_is_written_to_at_its_new_id(api: Api, server: FakeTelegram, mei: User) -> None:
    moves: list[tuple[str, str]] = []
    channel = TelegramChannel(api, pacer=Pacer(UNHURRIED), on_migrated=lambda old, new: moves.append((old, new)))
    group = server.group(-500, "Sales", [mei])
    card = await channel.send(reply("before", place=-500))
    new_group = await group.becomes_supergroup(-100500)

    await channel.send(reply("after", place=-500, edit=card))
    # Known to have moved: an edit under the old number would change whatever has that number there now.
    await channel.send(reply("and again", place=-500, edit=str(new_group.messages[0].id)))

    assert [message.text for message in new_group.messages] == ["after", "and again"]
    assert moves == [("-500", "-100500")]


@pytest.mark.parametrize("reason", ["blocked", "deactivated", "never-started", "chat-not-found", "kicked", "deleted"])
async def test_who_cannot_be_reached_and_why(channel: TelegramChannel, server: FakeTelegram, reason: str) -> None:
    place = await _beyond_reach(server, reason)

    with pytest.raises(RecipientUnreachable) as lost:
        await channel.send(reply("hello", place=place))

    assert lost.value.reason == reason


async def _beyond_reach(server: FakeTelegram, reason: str) -> int:
    user = server.user(21)
    if reason == "chat-not-found":
        return 99
    if reason in {"kicked", "deleted"}:
        group = server.group(-100777, "Old", [user])
        await group.kicks_bot(by=user) if reason == "kicked" else group.deletes_itself()
        return group.id
    if reason != "never-started":
        await user.starts()
    if reason == "blocked":
        await user.blocks()
    if reason == "deactivated":
        user.deactivates()
    return user.id


async def test_an_address_of_another_channel_is_unreachable(channel: TelegramChannel) -> None:
    with pytest.raises(RecipientUnreachable):
        await channel.send(reply("hello", place="C0123"))


async def test_retry_after_is_busy_and_the_chat_is_left_alone(
    channel: TelegramChannel, server: FakeTelegram, mei: User
) -> None:
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 17", {"retry_after": 17})

    with pytest.raises(ChannelBusy) as busy:
        await channel.send(reply("hello", place=MEI))
    with pytest.raises(ChannelBusy) as still_busy:
        await channel.send(reply("hello", place=MEI))

    assert busy.value.retry_after == 17
    assert 16 < still_busy.value.retry_after <= 17
    assert len(server.calls_of("sendMessage")) == 1


@pytest.mark.parametrize(
    ("status", "words", "parameters"),
    [
        (429, "Too Many Requests: retry after 40", {"retry_after": 40}),
        (502, "Bad Gateway", {}),
        (401, "Unauthorized", {}),
    ],
)
@pytest.mark.parametrize("edits", [False, True])
async def test_a_long_text_goes_on_where_it_was_interrupted(
    api: Api,
    server: FakeTelegram,
    mei: User,
    *,
    status: int,
    words: str,
    parameters: dict[str, int],
    edits: bool,
) -> None:
    clock = [0.0]
    server.rules.rates_enforced = False
    channel = TelegramChannel(api, pacer=Pacer(UNHURRIED, now=lambda: clock[0]))
    card = await channel.send(reply("card", place=MEI, labels=("Open",)))
    long = reply("a" * 4096 + "b" * 4096 + "c", place=MEI, labels=("Done",), edit=card if edits else None)
    before = len(mei.chat.messages)

    server.fail_next("sendMessage", status, words, parameters, after=0 if edits else 1)
    with pytest.raises((ChannelBusy, OSError)):
        await channel.send(long)
    clock[0] += 100
    last = await channel.send(long)

    texts = [message.text[0] for message in mei.chat.messages][before - edits :]
    assert texts == ["a", "b", "c"]
    assert last == str(mei.chat.last.id)
    assert mei.chat.last.labels == ["Done"]
    again = await channel.send(replace(long, edit=None))  # the same words another day are said whole
    assert int(again or 0) == int(last) + 3


async def test_a_lost_answer_and_one_too_new_to_understand(
    channel: TelegramChannel, server: FakeTelegram, mei: User
) -> None:
    """Only the second is known to have arrived, and must not be sent twice."""
    server.cut_next("sendMessage", after_doing=True)
    with pytest.raises(OSError):
        await channel.send(reply("one", place=MEI))

    server.nonsense_next("sendMessage", body='{"ok":true,"result":{"message_id":77,"chat":"of tomorrow"}}', status=200)
    assert await channel.send(reply("two", place=MEI)) == "77"


async def test_no_error_names_the_token(server: FakeTelegram) -> None:
    for base in ("http://127.0.0.1:http", "http://127.0.0.1:99999", "no-scheme", "http://[::1", "http://127.0.0.1:9"):
        api = Api(server.token, api_base=base)
        with pytest.raises(OSError) as fault:
            await TelegramChannel(api).send(reply("hello", place=MEI))
        await api.close()
        assert server.token not in "".join(traceback.format_exception(fault.value))


@pytest.mark.parametrize("status", [500, 502])
async def test_faults_of_the_server_are_worth_another_try(
    channel: TelegramChannel, server: FakeTelegram, mei: User, status: int
) -> None:
    server.fail_next("sendMessage", status, "Internal Server Error")
    with pytest.raises(OSError):
        await channel.send(reply("hello", place=MEI))

    server.nonsense_next("sendMessage")
    with pytest.raises(OSError):
        await channel.send(reply("hello", place=MEI))

    server.cut_next("sendMessage")
    with pytest.raises(OSError):
        await channel.send(reply("hello", place=MEI))

    assert await channel.send(reply("hello", place=MEI)) == str(mei.chat.last.id)


async def test_nobody_listening_is_an_os_error() -> None:
    api = Api("700:x", api_base="http://127.0.0.1:9")
    with pytest.raises(OSError):
        await TelegramChannel(api).send(reply("hello", place=MEI))
    await api.close()


async def test_a_dead_proxy_is_an_os_error() -> None:
    api = Api("700:x", api_base="http://127.0.0.1:9", proxy="socks5://127.0.0.1:9")
    with pytest.raises(OSError):
        await TelegramChannel(api).send(reply("hello", place=MEI))
    await api.close()


async def test_a_refused_token_takes_the_channel_down(server: FakeTelegram) -> None:
    api = Api("700:revoked", api_base=server.base)
    with pytest.raises(OSError):
        await TelegramChannel(api).send(reply("hello", place=MEI))
    await api.close()

    assert api.is_down


async def test_what_the_platform_never_takes_is_refused_in_its_words(
    channel: TelegramChannel, server: FakeTelegram, mei: User
) -> None:
    server.fail_next("sendMessage", 400, "Bad Request: something new")

    with pytest.raises(Refused, match="something new"):
        await channel.send(reply("hello", place=MEI))


@pytest.mark.parametrize(
    "words", ["BUTTON_USER_PRIVACY_RESTRICTED", "inline keyboard button URL 'x' is invalid: Wrong HTTP URL"]
)
async def test_buttons_that_are_refused_do_not_lose_the_words(
    channel: TelegramChannel, server: FakeTelegram, mei: User, words: str
) -> None:
    server.fail_next("sendMessage", 400, f"Bad Request: {words}")

    await channel.send(reply("Call Acme", place=MEI, labels=("Done",)))

    assert (mei.chat.last.text, mei.chat.last.labels) == ("Call Acme", [])


LABELS = st.text(max_size=80)
BUTTONS = st.builds(
    RenderedButton,
    label=LABELS,
    press=st.text(max_size=70),
    url=st.none() | st.sampled_from(["https://t.me/x", "http://localhost"]) | st.text(max_size=30),
)
ROWS = st.lists(st.lists(BUTTONS, max_size=12).map(tuple), max_size=20).map(tuple)
LONG = st.builds(lambda word, times: (word * times)[:20_000], st.text(min_size=1, max_size=40), st.integers(0, 20_000))
BODIES = st.builds(
    Rendered,
    text=st.text(max_size=200) | LONG,
    title=st.text(max_size=100),
    rows=ROWS,
    picture=st.none() | st.just(PNG_DOT),
    document=st.none() | st.just(b"a,b"),
    document_name=st.text(max_size=20),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(first=BODIES, second=BODIES)
async def test_whatever_is_rendered_the_platform_takes(
    channel: TelegramChannel, server: FakeTelegram, mei: User, first: Rendered, second: Rendered
) -> None:
    server.rules.rates_enforced = False

    card = await channel.send(Outgoing(place=str(MEI), body=first))
    await channel.send(Outgoing(place=str(MEI), body=second, edit=card))

    harmless = ("not modified", "there is no text in the message to edit")
    refused = [call.description for call in server.refusals if not any(words in call.description for words in harmless)]
    assert not refused, refused[-1]


async def test_200_buttons_and_20_000_characters(channel: TelegramChannel, server: FakeTelegram, mei: User) -> None:
    row = tuple(RenderedButton(f"华新科技有限公司 {number}", f"customer.open:{number}") for number in range(200))

    await channel.send(reply("", place=MEI, body=Rendered("汉" * 20_000, title="&" * 100, rows=(row,))))

    assert sum(len(message.text) for message in mei.chat.messages) == 20_000 + 1 + 100
    assert len(mei.chat.last.labels) == 100
    assert not server.refusals


async def test_the_pacer_keeps_within_the_platforms_rates(api: Api, server: FakeTelegram, mei: User) -> None:
    """The fake's clock moves with ours, so that a minute takes no time."""
    started = server.now()
    clock = [0.0]

    async def sleep(seconds: float) -> None:
        clock[0] += seconds
        server.advance(seconds)

    group = server.group(-100123, "Sales", [mei])
    channel = TelegramChannel(api, pacer=Pacer(Rates(patience_seconds=120), now=lambda: clock[0], sleep=sleep))
    for number in range(45):
        await channel.send(reply(f"number {number}", place=group.id))

    assert len(group.messages) == 45
    assert not server.refusals
    assert 115 < server.now() - started < 140


async def test_the_own_phone_is_asked_for_in_place_of_the_letters(
    server: FakeTelegram, channel: TelegramChannel
) -> None:
    tom = server.user(7)
    tom.chat.refuses = None
    share = RenderedButton("Share my phone", "", asks_phone=True)
    await channel.send(reply("", place=7, body=Rendered("Thank you", rows=((share,),))))

    markup = tom.chat.last.markup
    assert markup is not None
    assert markup["keyboard"] == [[{"text": "Share my phone", "request_contact": True}]]
    assert markup["one_time_keyboard"]
