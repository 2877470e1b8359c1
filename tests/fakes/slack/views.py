"""Modals and home tabs as they stand, and whether a view may be shown."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.blocks import check_view_blocks, elements
from tests.fakes.slack.elements import plain
from tests.fakes.slack.messages import Surface
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import Check, Found, Json, any_schema, boolean, fields, string, typed, wrong

STACK = 3


@dataclass(eq=False, kw_only=True)
class View(Surface):
    """``user`` is the id of who sees it. ``form`` is the view as the app described it, but for the blocks."""

    id: str
    user: str
    form: Json
    hash: str
    previous: "View | None" = None
    root: "View | None" = None
    is_open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    """What the app found wrong with the last submission, by block_id."""

    @property
    def kind(self) -> str:
        return str(self.form["type"])

    @property
    def title(self) -> str:
        return str(self.form["title"]["text"]) if "title" in self.form else ""

    @property
    def external_id(self) -> str:
        return str(self.form.get("external_id", ""))

    @property
    def plain(self) -> str:
        return self.block_text

    def field_labels(self) -> list[str]:
        return [block["label"]["text"] for _, block, _ in elements(self.blocks) if block["type"] == "input"]

    def raw(self) -> Json:
        """The view as responses and interactions carry it."""
        form, world = self.form, self.world
        return {
            "id": self.id,
            "team_id": world.team_id,
            "type": form["type"],
            "blocks": self.blocks,
            "private_metadata": form.get("private_metadata", ""),
            "callback_id": form.get("callback_id", ""),
            "state": self.state(),
            "hash": self.hash,
            "title": form.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
            "clear_on_close": form.get("clear_on_close", False),
            "notify_on_close": form.get("notify_on_close", False),
            "close": form.get("close"),
            "submit": form.get("submit"),
            "previous_view_id": self.previous.id if self.previous else None,
            "root_view_id": (self.root or self).id,
            "app_id": world.app_id,
            "external_id": self.external_id,
            "app_installed_team_id": world.team_id,
            "bot_id": world.bot_id,
        }


def check_view(view: Any, rules: Rules) -> Json:
    """The view, if it may be shown. Raises Refusal."""
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > rules.view_bytes:
        raise Refusal("view_too_large")
    found: Found = []
    any_schema(typed({"modal": _modal(rules), "home": _home(rules)}))(view, "/view", found)
    if not found and view["type"] == "modal" and "submit" not in view:
        for number, block in enumerate(view["blocks"]):
            if block["type"] == "input":
                wrong(found, "must define `submit` to use an `input` block in modals", f"/view/blocks/{number}/input")
    if found:
        raise invalid_arguments(*found)
    return view


def _modal(rules: Rules) -> Check:
    return fields(
        {"title": plain(24), "blocks": _blocks(rules)},
        submit=plain(24),
        close=plain(24),
        private_metadata=string(3_000),
        callback_id=string(255),
        external_id=string(255),
        clear_on_close=boolean,
        notify_on_close=boolean,
        submit_disabled=boolean,
    )


def _home(rules: Rules) -> Check:
    return fields(
        {"blocks": _blocks(rules)},
        private_metadata=string(3_000),
        callback_id=string(255),
        external_id=string(255),
    )


def _blocks(rules: Rules) -> Check:
    def check(value: Any, path: str, found: Found) -> None:
        check_view_blocks(value, rules, found)

    return check
