"""Calls that Slack refuses, each with the error it gives; the tests make every one by the real client."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Message

Call = Callable[["Office", AsyncWebClient], Awaitable[Any]]


class Office:
    """A workspace with one of everything that a call can stumble over."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.mei = slack.person("Mei", email="mei@example.com")
        self.tom = slack.person("Tom")
        self.gone = slack.person("Gone", is_deleted=True)
        self.robot = slack.person("Robot", is_bot=True)
        self.sales = slack.channel("sales", self.mei)
        self.other = slack.channel("other", self.mei, has_bot=False)
        self.secret = slack.channel("secret", self.mei, has_bot=False, kind="group")
        self.old = slack.channel("old", self.mei, is_archived=True)
        self.board = slack.channel("board", self.mei, refuses="restricted_action")
        self.dm = slack.dm(self.mei)

    def word(self) -> Message:
        """A message that Mei wrote."""
        return self.slack.says(self.mei, "good morning", channel=self.sales)


def posting(to: str, **content: Any) -> Call:
    """A post to the office's channel or person of this name."""
    return lambda office, client: client.chat_postMessage(
        channel=getattr(office, to).id, **({"text": "hello"} | content)
    )


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def modal(**more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "New lead"}
    return {"type": "modal", "title": title, "blocks": [section("hello")], **more}


REFUSED: dict[str, tuple[Call, str]] = {
    "no text": (lambda o, c: c.api_call("chat.postMessage", json={"channel": o.sales.id, "text": ""}), "no_text"),
    "text of an unknown channel": (lambda o, c: c.chat_postMessage(channel="C0NOWHERE", text="x"), "channel_not_found"),
    "a channel without the app": (posting("other"), "not_in_channel"),
    "a private channel without the app": (posting("secret"), "channel_not_found"),
    "an archived channel": (posting("old"), "is_archived"),
    "a channel where few may write": (posting("board"), "restricted_action"),
    "another app": (posting("robot"), "cannot_dm_bot"),
    "somebody who left": (posting("gone"), "channel_not_found"),
    "blocks that are none": (posting("sales", blocks="<html>"), "invalid_blocks_format"),
    "51 blocks": (posting("sales", blocks=[section("x")] * 51), "invalid_blocks"),
    "long blocks": (posting("sales", blocks=[section("x" * 2_900)] * 4), "msg_blocks_too_long"),
    "many attachments": (posting("sales", attachments=[{"text": "x"}] * 101), "too_many_attachments"),
    "an unknown parameter": (
        lambda o, c: c.api_call("chat.postMessage", json={"channel": o.sales.id, "text": "x", "txet": "y"}),
        "invalid_arguments",
    ),
    "no channel": (lambda o, c: c.api_call("chat.postMessage", json={"text": "x"}), "invalid_arguments"),
    "an unknown method": (lambda o, c: c.api_call("chat.shout", json={"text": "x"}), "unknown_method"),
    "ephemeral to nobody": (
        lambda o, c: c.chat_postEphemeral(channel=o.sales.id, user="U0NOBODY", text="x"),
        "user_not_found",
    ),
    "ephemeral to somebody elsewhere": (
        lambda o, c: c.chat_postEphemeral(channel=o.sales.id, user=o.tom.id, text="x"),
        "user_not_in_channel",
    ),
    "an update of nothing": (
        lambda o, c: c.chat_update(channel=o.sales.id, ts="1.000001", text="x"),
        "message_not_found",
    ),
    "an update of another's words": (
        lambda o, c: c.chat_update(channel=o.sales.id, ts=o.word().ts, text="x"),
        "cant_update_message",
    ),
    "a deletion of another's words": (
        lambda o, c: c.chat_delete(channel=o.sales.id, ts=o.word().ts),
        "cant_delete_message",
    ),
    "a link to nothing": (
        lambda o, c: c.chat_getPermalink(channel=o.sales.id, message_ts="1.000001"),
        "message_not_found",
    ),
    "opening with nobody": (lambda o, c: c.conversations_open(users=""), "users_list_not_supplied"),
    "opening with a stranger": (lambda o, c: c.conversations_open(users="U0NOBODY"), "user_not_found"),
    "opening with somebody who left": (lambda o, c: c.conversations_open(users=o.gone.id), "user_disabled"),
    "opening with another app": (lambda o, c: c.conversations_open(users=o.robot.id), "cannot_dm_bot"),
    "info of an unknown channel": (lambda o, c: c.conversations_info(channel="C0NOWHERE"), "channel_not_found"),
    "history of a channel without the app": (
        lambda o, c: c.conversations_history(channel=o.other.id),
        "not_in_channel",
    ),
    "replies to nothing": (
        lambda o, c: c.conversations_replies(channel=o.sales.id, ts="1.000001"),
        "thread_not_found",
    ),
    "history from nonsense": (
        lambda o, c: c.conversations_history(channel=o.sales.id, oldest="yesterday"),
        "invalid_ts_oldest",
    ),
    "a page too large": (lambda o, c: c.users_list(limit=5_000), "invalid_limit"),
    "a page of nonsense": (lambda o, c: c.users_list(cursor="here"), "invalid_cursor"),
    "a list of unknown kinds": (lambda o, c: c.conversations_list(types="rooms"), "invalid_arguments"),
    "an unknown person": (lambda o, c: c.users_info(user="U0NOBODY"), "user_not_found"),
    "an unknown address": (lambda o, c: c.users_lookupByEmail(email="nobody@example.com"), "users_not_found"),
    "an unknown bot": (lambda o, c: c.bots_info(bot="B0NOBODY"), "bot_not_found"),
    "an unknown team": (lambda o, c: c.team_info(team="T0NOWHERE"), "team_not_found"),
    "a reaction to nothing": (
        lambda o, c: c.reactions_add(channel=o.sales.id, timestamp="1.000001", name="eyes"),
        "message_not_found",
    ),
    "a reaction without an item": (
        lambda o, c: c.api_call("reactions.add", json={"name": "eyes"}),
        "no_item_specified",
    ),
    "a reaction of no name": (
        lambda o, c: c.reactions_add(channel=o.sales.id, timestamp=o.word().ts, name="two eyes"),
        "invalid_name",
    ),
    "taking back no reaction": (
        lambda o, c: c.reactions_remove(channel=o.sales.id, timestamp=o.word().ts, name="eyes"),
        "no_reaction",
    ),
    "joining a private channel": (
        lambda o, c: c.conversations_join(channel=o.slack.channel("hidden", kind="group").id),
        "method_not_supported_for_channel_type",
    ),
    "joining an archived channel": (lambda o, c: c.conversations_join(channel=o.old.id), "is_archived"),
    "an unknown file": (lambda o, c: c.files_info(file="F0NOTHING"), "file_not_found"),
    "an empty upload": (lambda o, c: c.files_getUploadURLExternal(filename="a", length=0), "invalid_arguments"),
    "a huge upload": (
        lambda o, c: c.files_getUploadURLExternal(filename="a", length=2**31),
        "file_upload_size_restricted",
    ),
    "completing no upload": (
        lambda o, c: c.files_completeUploadExternal(files=[{"id": "F0NOTHING", "title": "a"}]),
        "file_not_found",
    ),
    "a trigger of another form": (lambda o, c: c.views_open(trigger_id="now", view=modal()), "invalid_trigger_id"),
    "an unknown trigger": (lambda o, c: c.views_open(trigger_id="1.2.abc", view=modal()), "invalid_trigger_id"),
    "a home tab as a modal": (
        lambda o, c: c.views_open(trigger_id="1.2.abc", view={"type": "home", "blocks": []}),
        "invalid_arguments",
    ),
    "a view of 250 kB": (
        lambda o, c: c.views_open(trigger_id="1.2.abc", view=modal(blocks=[section("x" * 2_900)] * 90)),
        "view_too_large",
    ),
    "an update of no view": (lambda o, c: c.views_update(view_id="V0NOTHING", view=modal()), "not_found"),
    "an update of a view by two names": (
        lambda o, c: c.api_call("views.update", json={"view_id": "V0", "external_id": "x", "view": modal()}),
        "invalid_arguments",
    ),
    "a home tab of nobody": (
        lambda o, c: c.views_publish(user_id="U0NOBODY", view={"type": "home", "blocks": []}),
        "user_not_found",
    ),
    "a modal as a home tab": (lambda o, c: c.views_publish(user_id=o.mei.id, view=modal()), "invalid_arguments"),
}
