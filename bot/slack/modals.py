"""Forms shown as modals: one is opened at once, before its trigger expires, and filled when we know with what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.slack.api import Api
from bot.slack.channel import SlackChannel
from bot.slack.elements import mrkdwn_section
from bot.slack.errors import FAULTS
from bot.slack.forms import FormWords, Meta, form_view, modal
from bot.slack.pacing import Pacer
from bot.slack.payloads import Json, part, word
from handlers.chat import ChatEvent, Outgoing, Press, Receipt, Rendered, RenderedButton, RenderedForm

log = structlog.get_logger(__name__)

OPEN_PATIENCE_SECONDS = 0.5
PRIVATE_ANSWER = ("response_url", "response_until")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the channel says by itself, in its readers' languages. ``say(key, locale, facts)``; ``receipt`` gives toast,
    errors by field and form; ``locale`` is the company's."""

    say: Callable[[str, str, Mapping[str, Any]], str]
    receipt: Callable[[Receipt], tuple[str, dict[str, str], RenderedForm | None]]
    locale: str = "en"

    def on_forms(self, locale: str) -> FormWords:
        return FormWords(cancel=self.say("button-cancel", locale, {}), choose=self.say("slack-choose", locale, {}))


class Modals:
    """Opens, fills and answers modals. What fails here is logged: the record and its card say what happened."""

    def __init__(self, api: Api, pacer: Pacer, channel: SlackChannel, words: Words) -> None:
        self._api = api
        self._pacer = pacer
        self._channel = channel
        self._words = words

    # ------------------------------------------------------------ opening

    def open_loading(self, event: ChatEvent) -> asyncio.Task[str | None]:
        """Open a modal that says "one moment"; gives its id, or None when Slack did not open it."""
        locale = self._locale(event)
        view = modal(
            title=self._words.say("slack-form-loading-title", locale, {}),
            close=self._words.say("button-cancel", locale, {}),
            blocks=[mrkdwn_section(self._words.say("slack-form-loading", locale, {}))],
        )
        return asyncio.create_task(self._open(event.trigger, view))

    async def show(self, event: ChatEvent, receipt: Receipt, loading: asyncio.Task[str | None] | None) -> None:
        """Show the receipt's form in the modal that is open, or in a new one; else a card that opens it."""
        opened = await loading if loading is not None else None
        _, errors, form = self._words.receipt(receipt)
        if form is None:
            if opened is not None:
                await self._update(opened, self._nothing_to_fill_in(receipt.locale))
            return
        view = form_view(form, meta=_meta(event), words=self._words.on_forms(receipt.locale), errors=errors)
        if opened is not None:
            await self._update(opened, view)
        elif loading is not None or await self._open(event.trigger, view) is None:
            await self._offer(event, receipt.locale)

    def _nothing_to_fill_in(self, locale: str) -> dict[str, Any]:
        return modal(
            title=self._words.say("slack-form-loading-title", locale, {}),
            close=self._words.say("slack-form-close", locale, {}),
            blocks=[mrkdwn_section(self._words.say("slack-form-none", locale, {}))],
        )

    async def _open(self, trigger: str | None, view: Mapping[str, Any]) -> str | None:
        if trigger is None:
            return None
        try:
            await self._pacer.turn("views.open", patience=OPEN_PATIENCE_SECONDS)
            answer = await self._api.call("views.open", trigger_id=trigger, view=view)
        except FAULTS as error:
            log.info("slack-form-not-opened", reason=_reason(error))
            return None
        return word(part(answer, "view"), "id") or None

    async def _update(self, view_id: str, view: Mapping[str, Any]) -> None:
        try:
            await self._pacer.turn("views.update")
            await self._api.call("views.update", view_id=view_id, view=view)
        except FAULTS as error:
            log.warning("slack-form-not-shown", reason=_reason(error))

    async def _offer(self, event: ChatEvent, locale: str) -> None:
        """The trigger was too old: a card whose button has a fresh one."""
        content = event.content
        if not isinstance(content, Press):
            return
        button = RenderedButton(
            self._words.say("button-open-form", locale, {}), content.payload, opens_form=True, is_main=True
        )
        body = Rendered(self._words.say("slack-form-too-late", locale, {}), rows=((button,),))
        user = event.sender.user if event.sender is not None else None
        try:
            await self._channel.send(Outgoing(place=event.conversation.key, body=body, to_user=user, extra=event.extra))
        except FAULTS as error:
            log.warning("slack-form-not-offered", reason=_reason(error))

    # ------------------------------------------------------------ sent off

    async def submitted(
        self, view: Json, event: ChatEvent, dispatch: Callable[[ChatEvent], Awaitable[Receipt]]
    ) -> Mapping[str, Any] | None:
        """Handle a form that was sent off; gives Slack's answer: None closes it. Raises what ``dispatch`` raises."""
        return self._answer(view, await dispatch(event))

    def _answer(self, view: Json, receipt: Receipt) -> Mapping[str, Any] | None:
        _, errors, form = self._words.receipt(receipt)
        if form is not None:
            words = self._words.on_forms(receipt.locale)
            meta = Meta.read(word(view, "private_metadata"))
            return {"response_action": "update", "view": form_view(form, meta=meta, words=words, errors=errors)}
        return {"response_action": "errors", "errors": _at_fields(view, errors)} if errors else None

    def _locale(self, event: ChatEvent) -> str:
        return (event.sender.locale if event.sender is not None else None) or self._words.locale


def _meta(event: ChatEvent) -> Meta:
    content = event.content
    message = content.message if isinstance(content, Press) else None
    extra = {name: str(event.extra[name]) for name in PRIVATE_ANSWER if name in event.extra}
    home = isinstance(content, Press) and content.home
    return Meta(place=event.conversation.key, message=message, home=home, extra=extra)


def _at_fields(view: Json, errors: Mapping[str, str]) -> Mapping[str, str]:
    """Slack takes errors of fields that it shows; what concerns none of them stands at the first."""
    fields = list(part(part(view, "state"), "values"))
    shown = {name: text for name, text in errors.items() if name in fields}
    return shown or ({fields[0]: " ".join(errors.values())} if fields else {})


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
