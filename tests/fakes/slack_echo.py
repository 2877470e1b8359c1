"""A small bolt app for the fake's own tests: it notes what it hears and answers by simple rules."""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.client import bolt_app

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(title: str = "New lead", **more: Any) -> Json:
    """A modal with one field, ``company``."""
    return {
        "type": "modal",
        "callback_id": "lead",
        "title": words(title),
        "submit": words("Save"),
        "blocks": [
            {
                "type": "input",
                "block_id": "company",
                "label": words("Company"),
                "element": {"type": "plain_text_input", "action_id": "value"},
            }
        ],
        **more,
    }


def button(label: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": words(label), "action_id": action_id, "value": value}


def card(*buttons: Json) -> list[Json]:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "A card"}}
    return [text, {"type": "actions", "elements": list(buttons)}]


ANSWERS: dict[str, Json] = {
    "errors": {"response_action": "errors", "errors": {"company": "No such company."}},
    "misplaced": {"response_action": "errors", "errors": {"city": "No such city."}},
    "update": {"response_action": "update", "view": form("Next")},
    "push": {"response_action": "push", "view": form("Deeper")},
    "clear": {"response_action": "clear"},
}
"""What the app answers when the form is submitted with this company; to all others with nothing."""


class Echo:
    """``heard`` are the inner events, ``acted`` the bodies of interactions and commands."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self.heard: list[Json] = []
        self.acted: list[Json] = []
        self.app: AsyncApp = bolt_app(slack)
        self.app.event(re.compile(".*"))(self._hear)
        self.app.action(re.compile(".*"))(self._take)
        self.app.shortcut(re.compile(".*"))(self._take)
        self.app.view_closed(re.compile(".*"))(self._take)
        self.app.view_submission(re.compile(".*"))(self._submitted)
        self.app.command("/crm")(self._command)
        self.app.options(re.compile(".*"))(self._options)

    @property
    def kinds(self) -> list[str]:
        return [str(event.get("subtype") or event["type"]) for event in self.heard]

    async def hears(self, events: int) -> None:
        """Wait until so many events came; bolt acknowledges an event before a listener has it."""
        await self._slack.until(lambda: len(self.heard) >= events)
        await self._slack.until_taken()

    async def _hear(self, event: Json) -> None:
        self.heard.append(event)
        self._slack.world.changed.ring()

    async def _take(self, ack: Any, body: Json) -> None:
        self.acted.append(body)
        await ack()

    async def _submitted(self, ack: Any, body: Json) -> None:
        self.acted.append(body)
        company = body["view"]["state"]["values"]["company"]["value"]["value"]
        await ack(**ANSWERS.get(company, {}))

    async def _command(self, ack: Any, body: Json) -> None:
        self.acted.append(body)
        if body["text"] == "card":
            await ack(text="A card", blocks=card(button("Save", "save")), response_type="in_channel")
        elif body["text"] == "too long":
            await ack(text="x", blocks=[{"type": "header", "text": words("x" * 151)}])
        else:
            await ack(body["text"])

    async def _options(self, ack: Any, body: Json) -> None:
        self.acted.append(body)
        await ack(options=[{"text": words(body["value"] * 2), "value": "1"}] if body["value"] else [{"text": "?"}])
