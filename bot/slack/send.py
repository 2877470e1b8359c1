"""Posting, changing and showing what ``render`` gave, with the ways out when Slack says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from bot.slack.api import Api
from bot.slack.errors import GONE, TOO_MUCH, Refused
from bot.slack.pacing import Pacer
from bot.slack.render import Message, has_words, home_view, messages, plain_messages
from bot.slack.standing import TWICE, Once, Standing, marked
from domain.errors import ChannelBusy
from handlers.chat import Rendered

log = structlog.get_logger(__name__)

UPLOAD_SECONDS = 120
HOOK_SECONDS = 10
LATER_WAIT_SECONDS = 65.0
LATER_TRIES = 3
PICTURE_NAME = "picture.png"


@dataclass(frozen=True)
class Spot:
    """Where a message goes: a channel or private chat, and a thread in it."""

    channel: str
    thread: str | None = None


class Writer:
    """Says a reply in as many messages as it takes, each in its channel's turn. ``choose``: see ``button_blocks``."""

    def __init__(self, api: Api, pacer: Pacer, *, choose: str) -> None:
        self._api = api
        self._pacer = pacer
        self._choose = choose
        self._standing = Standing(api, pacer)

    async def post(self, spot: Spot, body: Rendered, *, once: Once = TWICE) -> str | None:
        """Post what of it does not stand there yet; gives the ``ts`` of the last message, which has the buttons.

        Raises what ``Api.call`` raises.
        """
        standing = await self._standing.pieces(spot.channel, spot.thread, once)
        if not standing:
            await self.upload(spot, body)
        if not has_words(body) and (body.picture or body.document):
            return None
        shown = marked(messages(body, choose=self._choose), once)
        return await self._post_all(spot, body, shown, standing=standing)

    async def edit(self, spot: Spot, stamp: str, body: Rendered, *, once: Once = TWICE) -> str | None:
        """Change a message in place. What cannot be changed is said afresh."""
        first, *rest = marked(messages(body, choose=self._choose), once)
        target = {"channel": spot.channel, "ts": stamp}
        try:
            await self._call("chat.update", {**target, "text": first.text, "blocks": list(first.blocks)})
        except Refused as refusal:
            log.info("slack-edit-refused", channel=spot.channel, message=stamp, words=refusal.words)
            fresh = await self.post(spot, body, once=once)
            if refusal.code not in GONE:
                await self._take_buttons_off(target, first)
            return fresh
        standing = await self._standing.pieces(spot.channel, spot.thread, once) if rest else {}
        await self.upload(spot, body)
        return await self._post_all(spot, body, (first, *rest), standing={0: stamp, **standing})

    async def whisper(self, spot: Spot, user: str, body: Rendered) -> None:
        """Show it to one person of a channel. Slack keeps no such message: it has no number and cannot be changed."""
        target = {"channel": spot.channel, "user": user, "thread_ts": spot.thread}
        for message in messages(body, choose=self._choose):
            await self._said("chat.postEphemeral", target, body, message)

    async def answer_privately(self, url: str, body: Rendered, *, replace: bool) -> bool:
        """Answer through a ``response_url``; False when it is used up or too old, so that another way must be taken."""
        for number, message in enumerate(messages(body, choose=self._choose)):
            status, said = await self._api.post(
                url,
                body={
                    "response_type": "ephemeral",
                    "replace_original": replace and number == 0,
                    "text": message.text,
                    "blocks": list(message.blocks),
                },
                timeout=HOOK_SECONDS,
            )
            if status >= 500:
                raise ConnectionError(f"response_url answered {status}")
            if status != 200 or '"ok":false' in said.replace(" ", ""):
                log.info("slack-response-url-refused", status=status, words=said[:80])
                return False
        return True

    async def show_home(self, user: str, body: Rendered) -> None:
        """Publish somebody's home page."""
        view = home_view(body, choose=self._choose)
        await self._call("views.publish", {"user_id": user, "view": view})

    # ------------------------------------------------------------ messages

    async def _post_all(
        self, spot: Spot, body: Rendered, shown: Sequence[Message], *, standing: Mapping[int, str]
    ) -> str | None:
        last = None
        for number, message in enumerate(shown):
            last = standing.get(number)
            if last is None:
                patience = LATER_WAIT_SECONDS if number else None
                try:
                    last = await self._post_patiently(spot, body, message, patience=patience)
                except ChannelBusy:
                    if not number:
                        raise
                    # Nothing of a busy channel is looked for when it is tried again, and some of this stands.
                    raise ConnectionError("said in part") from None
        return last

    async def _post_patiently(self, spot: Spot, body: Rendered, message: Message, *, patience: float | None) -> str:
        """Once the first message stands, waiting is better than failing: where history may not be read, all is said twice."""
        target = {"channel": spot.channel, "thread_ts": spot.thread, "unfurl_links": False, "unfurl_media": False}
        for _ in range(LATER_TRIES - 1 if patience else 0):
            try:
                return await self._said("chat.postMessage", target, body, message, patience=patience)
            except ChannelBusy:
                continue
        return await self._said("chat.postMessage", target, body, message, patience=patience)

    async def _said(
        self,
        method: str,
        target: Mapping[str, Any],
        body: Rendered,
        message: Message,
        *,
        patience: float | None = None,
    ) -> str:
        """One message; without its blocks when Slack takes those not, so that the words arrive."""
        said = {**target, "text": message.text, "blocks": list(message.blocks)}
        try:
            return _stamp(await self._call(method, said, patience=patience))
        except Refused as refusal:
            if refusal.code not in TOO_MUCH:
                raise
            log.error("slack-blocks-refused", words=refusal.words)  # noqa: TRY400 - the words say it
        stamps = [
            _stamp(await self._call(method, {**target, "text": plain.text}, patience=patience))
            for plain in plain_messages(body)
        ]
        return stamps[-1]

    async def _take_buttons_off(self, target: Mapping[str, str], shown: Message) -> None:
        """Two living cards of one record would confuse; that the old one keeps its buttons is only untidy."""
        blocks = [block for block in shown.blocks if block["type"] == "section"]
        try:
            await self._call("chat.update", {**target, "text": shown.text, "blocks": blocks})
        except (OSError, ChannelBusy, Refused) as error:
            log.info("slack-buttons-left-on", message=target["ts"], why=type(error).__name__)

    # ------------------------------------------------------------ files

    async def upload(self, spot: Spot, body: Rendered) -> None:
        """Share the picture and the file of a reply, without its words."""
        if body.picture:
            await self._file(spot, PICTURE_NAME, body.picture, body.picture_alt)
        if body.document:
            await self._file(spot, body.document_name or "document", body.document, "")

    async def _file(self, spot: Spot, name: str, content: bytes, alt: str) -> None:
        """The three calls of https://docs.slack.dev/messaging/working-with-files#uploading_files"""
        wanted = {"filename": name, "length": len(content), "alt_txt": alt or None}
        asked = await self._call("files.getUploadURLExternal", wanted, form=True)
        await self._api.upload(str(asked["upload_url"]), content, timeout=UPLOAD_SECONDS)
        await self._call(
            "files.completeUploadExternal",
            {
                "files": [{"id": str(asked["file_id"]), "title": name}],
                "channel_id": spot.channel,
                "thread_ts": spot.thread,
            },
        )

    async def _call(
        self, method: str, arguments: Mapping[str, Any], *, patience: float | None = None, form: bool = False
    ) -> Mapping[str, Any]:
        channel = str(arguments["channel"]) if method == "chat.postMessage" else None
        await self._pacer.turn(method, channel, patience=patience)
        try:
            return await self._api.call(method, form=form, **arguments)
        except ChannelBusy as busy:
            self._pacer.told_to_wait(method, busy.retry_after, channel)
            raise


def _stamp(answer: Mapping[str, Any]) -> str:
    return str(answer.get("ts") or answer.get("message_ts") or "")
