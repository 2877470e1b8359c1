"""Messages as they stand, with the blocks in the form in which the platform gives them back."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import elements
from tests.fakes.slack.people import Channel, File
from tests.fakes.slack.schema import Json

if TYPE_CHECKING:
    from tests.fakes.slack.world import World

INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
    "initial_channel": "selected_channel",
    "initial_channels": "selected_channels",
}
VALUE_OF = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Where an element keeps what was filled in; buttons and overflow menus keep nothing."""


@dataclass(frozen=True)
class Button:
    """A button as a person sees it."""

    label: str
    block: Json
    element: Json

    @property
    def value(self) -> str:
        return str(self.element.get("value", ""))

    @property
    def url(self) -> str | None:
        return self.element.get("url")


@dataclass(eq=False, kw_only=True)
class Surface:
    """What has blocks: a message, a modal, a home tab. ``entered`` is what people filled in, by block and action."""

    world: "World" = field(repr=False)
    blocks: list[Json] = field(default_factory=list)
    entered: dict[str, Json] = field(default_factory=dict)

    @property
    def buttons(self) -> list[Button]:
        return [
            Button(element["text"]["text"], block, element)
            for _, block, element in elements(self.blocks)
            if element["type"] == "button"
        ]

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons, in the order in which they stand."""
        return [button.label for button in self.buttons]

    @property
    def block_text(self) -> str:
        """All that a person reads in the blocks, a line each; labels of buttons are not part of it."""
        return "\n".join(self.world.readable(words) for words in _lines(self.blocks))

    def button(self, label: str) -> Button:
        """The one button with this label, or else the first whose label begins with it; else AssertionError."""
        for button in self.buttons:
            if button.label == label:
                return button
        for button in self.buttons:
            if button.label.startswith(label):
                return button
        raise AssertionError(f"no button {label!r}: there are {self.labels}")

    def element(self, name: str) -> tuple[Json, Json]:
        """The block and the element of this action_id, block_id, label or placeholder."""
        for _, block, element in elements(self.blocks):
            words = {element.get("action_id"), block.get("block_id"), _label(block), _placeholder(element)}
            if name in words:
                return block, element
        names = [
            (block["block_id"], element["action_id"], _label(block)) for _, block, element in elements(self.blocks)
        ]
        raise AssertionError(f"nothing is called {name!r}: there are {names}")

    def state(self) -> Json:
        """``state.values``: what each stateful element holds now."""
        values: Json = {}
        for _, block, element in elements(self.blocks):
            if element["type"] in VALUE_OF:
                values.setdefault(block["block_id"], {})[element["action_id"]] = self.held_by(block, element)
        return {"values": values}

    def held_by(self, block: Json, element: Json) -> Json:
        place = VALUE_OF[element["type"]]
        empty: Any = [] if place.endswith("s") else None
        held: Any = empty
        for initial in INITIAL:
            if initial in element:
                held = copy.deepcopy(element[initial])
        held = self.entered.get(block["block_id"], {}).get(element["action_id"], held)
        return {"type": element["type"], place: held} | (
            {"timezone": element["timezone"]} if "timezone" in element else {}
        )

    def enter(self, block: Json, element: Json, value: Any) -> None:
        self.entered.setdefault(block["block_id"], {})[element["action_id"]] = value

    def show(self, blocks: list[Json]) -> None:
        """Replace the blocks; what was filled in stays where block and action keep their ids."""
        self.blocks = dressed(blocks, self.world.short_id)
        kept = {(block["block_id"], element["action_id"]) for _, block, element in elements(self.blocks)}
        for block_id, values in self.entered.items():
            for action_id in [one for one in values if (block_id, one) not in kept]:
                del values[action_id]


@dataclass(eq=False, kw_only=True)
class Message(Surface):
    """``user`` is the author's id. ``seen_by`` is set for an ephemeral message, which is kept nowhere else."""

    channel: Channel
    ts: str
    user: str
    text: str = ""
    files: list[File] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    seen_by: str | None = None
    subtype: str | None = None
    bot: Json | None = None
    """Another app's ``bot_id`` and so on."""
    edited: Json | None = None
    edits: int = 0
    is_deleted: bool = False
    is_broadcast: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    answers: "list[Message]" = field(default_factory=list, repr=False)
    """All that was ever said in its thread."""

    @property
    def id(self) -> str:
        return self.ts

    @property
    def is_by_bot(self) -> bool:
        return self.user == self.world.bot.id

    @property
    def plain(self) -> str:
        """What a person reads: the blocks, or the text where there are none."""
        return self.block_text if self.blocks and self.is_by_bot else self.world.readable(self.text)

    @property
    def replies(self) -> "list[Message]":
        """Answers in its thread, as far as they were not deleted."""
        return [one for one in self.answers if not one.is_deleted]

    def raw(self) -> Json:
        """The message as the Web API writes it."""
        raw: Json = {"type": "message", "text": self.text, "ts": self.ts, "team": self._team}
        if self.user:
            raw["user"] = self.user
        if self.is_by_bot:
            raw |= {"bot_id": self.world.bot_id, "app_id": self.world.app_id, "bot_profile": self.world.bot_profile()}
        if self.bot:
            raw |= self.bot
        if self.subtype:
            raw["subtype"] = self.subtype
        if self.blocks:
            raw["blocks"] = copy.deepcopy(self.blocks)
        if self.attachments:
            raw["attachments"] = self.attachments
        if self.files:
            raw |= {"files": [file.raw() for file in self.files], "upload": False, "display_as_bot": False}
        if self.metadata:
            raw["metadata"] = self.metadata
        if self.edited:
            raw["edited"] = self.edited
        if self.reactions:
            raw["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        return raw | self._thread()

    @property
    def _team(self) -> str:
        author = self.world.people.get(self.user)
        return author.team_id if author else self.world.team_id

    def _thread(self) -> Json:
        root = self.channel.log.get(self.thread_ts or self.ts)
        if self.thread_ts and root is not None and root is not self:
            return {"thread_ts": self.thread_ts, "parent_user_id": root.user}
        if self.thread_ts:
            return {"thread_ts": self.thread_ts}
        if not self.replies:
            return {}
        return {
            "thread_ts": self.ts,
            "reply_count": len(self.replies),
            "reply_users": sorted({one.user for one in self.replies}),
            "reply_users_count": len({one.user for one in self.replies}),
            "latest_reply": self.replies[-1].ts,
        }


def dressed(blocks: list[Json], new_id: Any) -> list[Json]:
    """Blocks as the platform gives them back: with ids for all that have none, and the defaults of texts."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", new_id())
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
    for _, _, element in elements(blocks):
        element.setdefault("action_id", new_id())
    _dress_texts(blocks)
    return blocks


def _dress_texts(value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _dress_texts(one)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for one in value.values():
            _dress_texts(one)


def _label(block: Json) -> str | None:
    return block["label"]["text"] if "label" in block else None


def _placeholder(element: Json) -> str | None:
    return element["placeholder"]["text"] if "placeholder" in element else None


def _lines(blocks: list[Json]) -> Iterator[str]:
    """The texts of blocks in reading order; a table gives a line a row."""
    for block in blocks:
        if block["type"] == "table":
            yield from (" | ".join(" ".join(_words(cell)) for cell in row) for row in block["rows"])
        elif block["type"] not in {"actions", "context_actions"}:
            yield from _words({name: value for name, value in block.items() if name not in {"accessory", "element"}})


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in {"text", "alt_text"} and isinstance(one, str):
                yield one
            else:
                yield from _words(one)
