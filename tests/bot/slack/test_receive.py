"""Each kind of payload, as the neutral event that it becomes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.forms import Meta
from bot.slack.payloads import Wanted, wanted
from bot.slack.receive import opens_form
from handlers.chat import (
    Album,
    Attachment,
    Conversation,
    ConversationMoved,
    Edited,
    FormClosed,
    FormFilled,
    HomeOpened,
    MembersChanged,
    MessagePicked,
    PlaceKind,
    Press,
    Quote,
    Reaction,
    Text,
    Unknown,
)
from tests.bot.slack.desk import ME, NOW, STAMP, event, heard, known, message, press, translated

FILE = {"id": "F01", "name": "offer.pdf", "mimetype": "application/pdf", "size": 1200, "mode": "hosted"}


# ---------------------------------------------------------------- messages


def test_a_message_to_the_app() -> None:
    said = heard(message("called Acme &amp; Co"))

    assert said.content == Text("called Acme & Co")
    assert said.delivery_id == f"message:D01:{STAMP}"
    assert (said.conversation.key, said.conversation.kind) == ("D01", PlaceKind.PRIVATE)
    assert said.message == STAMP
    assert said.at == datetime.fromtimestamp(1795000000.0001, UTC)
    assert said.sender is not None
    assert (said.sender.user, said.sender.name, said.sender.locale) == ("U01", "Tom", "en-GB")
    assert (said.sender.timezone, said.sender.is_member, said.sender.private_place) == ("Europe/London", True, "D01")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U02> is <!here>, see <#C07|sales>", "@Eve is @here, see #sales"),
        ("<@U99> who?", "@U99 who?"),
        ("<mailto:jane@acme.example|jane@acme.example>", "jane@acme.example"),
        ("<tel:+442079460123|020 7946 0123>", "020 7946 0123"),
        ("<http://acme.example|acme.example>", "acme.example"),
        ("<https://acme.example/a|the offer>", "the offer (https://acme.example/a)"),
        ("<https://acme.example/a>", "https://acme.example/a"),
        ("<!date^1392734382^{date}|Tuesday> <!subteam^S01|@sales>", "Tuesday @sales"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("张伟 🎫 &lt;3", "张伟 🎫 <3"),
    ],
)
def test_markup_becomes_what_people_see(written: str, read: str) -> None:
    assert heard(message(written)).content == Text(read)


def test_a_mention_in_a_channel_opens_a_thread_and_comes_once() -> None:
    first = heard(message("<@U0BOT>: today", channel="C01"))
    second = heard(event(type="app_mention", user="U01", text="<@U0BOT>: today", ts=STAMP, channel="C01"))

    assert first.content == second.content == Text("today")
    assert first.delivery_id == second.delivery_id
    assert first.conversation == second.conversation
    assert (first.conversation.key, first.conversation.parent) == (f"C01/{STAMP}", "C01")


def test_what_people_say_among_themselves_is_not_for_us() -> None:
    assert heard(message("lunch?", channel="C01")).content == Text("lunch?", addressed=False)
    assert heard(message("lunch?", channel="C01")).conversation.key == "C01"
    replied = heard(message("yes", channel="C01", thread_ts="1.1", parent_user_id="U0BOT"))
    assert replied.content == Text("yes", addressed=True)
    assert (replied.conversation.key, replied.reply_to) == ("C01/1.1", "1.1")


def test_a_thread_in_a_private_chat_is_that_chat() -> None:
    said = heard(message("more", thread_ts="1.1"))

    assert said.conversation.key == "D01"
    assert said.reply_to == "1.1"
    assert said.extra == {"thread": "1.1"}


def test_files_come_with_their_words() -> None:
    one = heard(message("the offer", subtype="file_share", files=[FILE]))
    assert one.content == Attachment(
        "file", "F01", name="offer.pdf", mime="application/pdf", size=1200, caption="the offer"
    )
    photo = {**FILE, "id": "F02", "mimetype": "image/png"}
    several = heard(message("both", subtype="file_share", files=[FILE, photo]))
    assert isinstance(several.content, Album)
    assert [(each.kind, each.ref) for each in several.content.files] == [("file", "F01"), ("photo", "F02")]
    assert several.content.caption == "both"


def test_files_of_slack_connect_and_tombstones() -> None:
    foreign = heard(message("", files=[{"id": "F03", "file_access": "check_file_info"}]))
    assert foreign.content == Attachment("file", "F03")
    gone = heard(message("", files=[{"id": "F04", "mode": "tombstone"}]))
    assert isinstance(gone.content, Unknown)
    assert gone.content.kind == "message.gone"


@pytest.mark.parametrize(
    "body",
    [
        message(user="U0BOT"),
        message(bot_id="B0BOT", subtype="bot_message"),
        event(
            type="reaction_added", user="U0BOT", reaction="eyes", item={"type": "message", "channel": "C01", "ts": "1"}
        ),
        event(type="message", subtype="message_changed", channel="D01", ts="2", message={"user": "U0BOT", "ts": "1"}),
        event(type="message", subtype="message_deleted", channel="D01", ts="2", previous_message={"user": "U0BOT"}),
        press(actions=[{"type": "button", "action_id": "link:0", "url": "https://acme.example"}]),
    ],
)
def test_echoes_of_our_own_doing_are_no_events(body: Any) -> None:
    assert translated(body) is None


def test_other_apps_are_not_answered() -> None:
    for body in (message(bot_id="B07"), message(subtype="bot_message"), message(user="USLACKBOT")):
        said = heard(body)
        assert isinstance(said.content, Unknown)
        assert said.content.kind == "message.from_bot"


def test_an_edit_and_an_unfolded_link() -> None:
    before = {"type": "message", "user": "U01", "text": "see <https://a.example>", "ts": "1.1"}
    unfolded = {**before, "attachments": [{"title": "A"}]}
    edited = {**before, "text": "see B", "edited": {"user": "U01", "ts": "2.0"}}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C01", "ts": "2.1", "hidden": True}

    assert translated(event(**changed, message=unfolded, previous_message=before)) is None
    event_ = heard(event(**changed, message=edited, previous_message=before))
    assert event_.content == Edited("1.1", "see B")
    assert event_.delivery_id == "Ev01"
    assert event_.sender is not None
    assert event_.sender.user == "U01"


def test_a_deleted_message() -> None:
    before = {"type": "message", "user": "U01", "text": "oops", "ts": "1.1"}
    deleted = heard(
        event(
            type="message", subtype="message_deleted", channel="D01", ts="2", deleted_ts="1.1", previous_message=before
        )
    )
    assert deleted.content == Edited("1.1", None)


def test_an_edited_mention_belongs_to_the_thread_that_it_opened() -> None:
    before = {"type": "message", "user": "U01", "text": "<@U0BOT> called Acme", "ts": "1.1"}
    after = {**before, "text": "<@U0BOT> called Beta"}
    body = event(
        type="message", subtype="message_changed", channel="C01", ts="2", message=after, previous_message=before
    )
    assert heard(body).conversation.key == "C01/1.1"
    assert heard(body).content == Edited("1.1", "called Beta")


# ---------------------------------------------------------------- other events


@pytest.mark.parametrize(
    ("name", "emoji"),
    [("ticket", "🎫"), ("white_check_mark", "✅"), ("+1::skin-tone-3", "👍"), ("party-parrot", "party-parrot")],
)
def test_reactions_are_characters(name: str, emoji: str) -> None:
    item = {"type": "message", "channel": "C01", "ts": "1.1"}
    added = heard(event(type="reaction_added", user="U01", reaction=name, item=item, event_ts="3.0"))
    assert added.content == Reaction(emoji, "1.1", added=True)
    assert added.conversation.key == "C01"


def test_the_home_tab() -> None:
    opened = heard(event(type="app_home_opened", user="U01", channel="D01", tab="home", event_ts="3.0"))
    assert opened.content == HomeOpened()
    assert opened.conversation.key == "D01"
    assert isinstance(heard(event(type="app_home_opened", user="U01", channel="D01", tab="messages")).content, Unknown)


def test_people_and_the_app_come_and_go() -> None:
    came = heard(event(type="member_joined_channel", user="U02", channel="C01", inviter="U01"))
    assert isinstance(came.content, MembersChanged)
    assert [person.name for person in came.content.joined] == ["Eve"]
    ours = heard(event(type="member_joined_channel", user="U0BOT", channel="C01", inviter="U01"))
    assert ours.content == MembersChanged(bot_joined=True)
    assert ours.sender is not None
    assert ours.sender.user == "U01"


def test_a_channel_with_another_id() -> None:
    moved = heard(event(type="channel_id_changed", old_channel_id="G01", new_channel_id="C01"))
    assert moved.content == ConversationMoved("G01", "C01", keeps_messages=True)
    assert moved.conversation.key == "C01"


def test_the_app_was_taken_out_of_a_channel() -> None:
    assert heard(event(type="channel_left", channel="C01", actor_id="U01")).content == MembersChanged(bot_left=True)


# ---------------------------------------------------------------- commands and interactions


def command(text: str = "today", channel: str = "C01") -> dict[str, Any]:
    return {
        "command": "/crm",
        "text": text,
        "user_id": "U01",
        "user_name": "tom",
        "channel_id": channel,
        "team_id": "T01",
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/commands/T01/1/x",
    }


def test_a_command_belongs_to_the_private_chat() -> None:
    typed = heard(command())

    assert typed.content == Text("today", slash_optional=True)
    assert typed.delivery_id == "1.2.abc"
    assert typed.conversation.key == "D01"
    assert typed.conversation.kind is PlaceKind.PRIVATE
    assert typed.extra["response_url"].startswith("https://hooks.slack.com/")
    assert datetime.fromisoformat(typed.extra["response_until"]) - NOW < timedelta(minutes=30)
    assert heard(command(channel="D01")).extra == {}
    assert heard(command(text="")).content == Text("help", slash_optional=True)


def test_a_command_of_somebody_whose_chat_nobody_knows() -> None:
    assert heard(command(), known(chat=None)).conversation.key == "U01"


def test_a_press_on_a_card() -> None:
    pressed = heard(press())

    assert pressed.content == Press("draft.save:12", STAMP)
    assert pressed.delivery_id == "1.2.abc"
    assert pressed.trigger == "1.2.abc"
    assert pressed.extra == {}
    assert not opens_form(press())
    assert opens_form(press(actions=[{"type": "button", "action_id": "form:3", "value": "x"}]))


def test_a_choice_from_a_list() -> None:
    option = {"text": {"type": "plain_text", "text": "Mei"}, "value": "lead.give:12.3"}
    chosen = press(actions=[{"type": "static_select", "action_id": "press:0", "selected_option": option}])
    assert heard(chosen).content == Press("lead.give:12.3", STAMP)


def test_a_press_in_a_thread_and_on_what_one_person_sees() -> None:
    container = {"type": "message", "message_ts": STAMP, "channel_id": "C01", "thread_ts": "1.1"}
    assert heard(press(channel="C01", container=container)).conversation.key == "C01/1.1"

    alone = heard(press(channel="C01", container={**container, "is_ephemeral": True}))
    assert alone.conversation.key == "D01"
    assert isinstance(alone.content, Press)
    assert alone.content.message != STAMP
    assert alone.extra["response_url"]


def test_a_press_on_the_home_page() -> None:
    container = {"type": "view", "view_id": "V01"}
    pressed = heard(press(container=container, view={"id": "V01", "type": "home"}, channel="", message={}))
    assert pressed.content == Press("draft.save:12", home=True)
    assert pressed.conversation.key == "D01"


def view(**more: Any) -> dict[str, Any]:
    meta = Meta(form="form.send:12", place="D01", message="1.1", home=False)
    values = {
        "name": {"value": {"type": "plain_text_input", "value": "Ada"}},
        "note": {"value": {"type": "plain_text_input", "value": None}},
        "stage": {"value": {"type": "static_select", "selected_option": {"value": "=won"}}},
        "due": {"value": {"type": "datepicker", "selected_date": "2026-12-01"}},
        "at": {"value": {"type": "timepicker", "selected_time": "10:30"}},
        "none": {"value": {"type": "radio_buttons", "selected_option": None}},
    }
    return {
        "id": "V01",
        "type": "modal",
        "callback_id": "form",
        "hash": "1.abc",
        "private_metadata": meta.written(),
        "state": {"values": values},
        **more,
    }


def interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "user": {"id": "U01"}, "team": {"id": "T01"}, "trigger_id": "1.2.abc", **more}


def test_a_form_that_was_sent_off() -> None:
    sent = heard(interaction("view_submission", view=view()))
    values = {"name": "Ada", "note": "", "stage": "won", "due": "2026-12-01", "at": "10:30", "none": ""}
    assert sent.content == FormFilled("form.send:12", values, "1.1")
    assert sent.conversation.key == "D01"
    assert heard(interaction("view_closed", view=view())).content == FormClosed("form.send:12")
    assert isinstance(heard(interaction("view_submission", view=view(callback_id="other"))).content, Unknown)


def test_a_picked_message_comes_with_its_thread() -> None:
    root = {"type": "message", "user": "U02", "text": "we need 20", "ts": "1.1", "thread_ts": "1.1"}
    second = {"type": "message", "user": "U01", "text": "ok &amp; noted", "ts": "1.2", "thread_ts": "1.1"}
    body = interaction("message_action", callback_id="log", channel={"id": "C01"}, message=root, message_ts="1.1")

    assert wanted(body, ME) == Wanted(("U01", "U02"), chat=True, thread=("C01", "1.1"), link=("C01", "1.1"))
    picked = heard(body, known(thread=(root, second), link="https://acme.slack.com/p1"))
    assert picked.content == MessagePicked(
        "log",
        Quote("we need 20", "Eve"),
        thread=(Quote("we need 20", "Eve"), Quote("ok & noted", "Tom")),
        link="https://acme.slack.com/p1",
        where=Conversation(channel="slack", key="C01/1.1", kind=PlaceKind.GROUP, parent="C01", root="1.1"),
        user="U02",
    )
    assert picked.conversation.key == "D01"
    assert picked.message is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "event_callback"},
        {"type": "event_callback", "event": None},
        {"type": "event_callback", "event": {"type": "message"}},
        {"type": "event_callback", "event": {"type": 7, "user": ["x"]}},
        {"type": "block_actions", "actions": "no", "user": 3},
        {"type": "view_submission", "view": {"callback_id": "form", "private_metadata": "]["}},
        {"type": "message_action", "message": None},
        {"type": "app_rate_limited", "minute_rate_limited": 1518467820},
        {"type": "from_the_future", "user": {"id": "U01"}},
    ],
)
def test_whatever_comes_is_kept_as_unknown(body: dict[str, Any]) -> None:
    event_ = heard(body)
    assert isinstance(event_.content, Unknown)
    assert not event_.content.kind.startswith("untranslated")
    assert event_.delivery_id
    assert event_.conversation.key
