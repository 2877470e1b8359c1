"""What a person does on the page, as a chat event."""

from __future__ import annotations

import unicodedata

from bot.local.channel import LocalChannel
from bot.local.frames import CloseForm, PressButton, Say, SendForm, Speech
from bot.local.messages import form_body
from bot.local.people import CHANNEL, LocalPerson, LocalPlace
from bot.local.setup import PageSetup
from bot.local.uploads import content_with
from handlers.chat import ChatEvent, Content, FormClosed, FormFilled, PlaceKind, Press, Quoted, Receipt, Text

COMMAND_SIGNS = ("/", "／", "、")


class Ears:
    """Hears what people do, shows it to the others, and hands it on."""

    def __init__(self, channel: LocalChannel, setup: PageSetup) -> None:
        self._channel = channel
        self._setup = setup

    async def hear(self, frame: Speech, *, person: LocalPerson, place: LocalPlace) -> dict[str, object]:
        """Handle one frame and give its acknowledgement. Raises TryAgain: then nothing was acknowledged."""
        message: str | None = None
        content = content_of(frame)
        if isinstance(frame, Say):
            uploads = [named.upload for named in frame.uploads]
            message = await self._channel.hear(
                place.key,
                sender=person.user,
                text=frame.text,
                delivery=frame.id,
                reply_to=frame.reply_to,
                uploads=uploads,
            )
            text = await self._text(frame, place)
            content = content_with(uploads, text.text, addressed=text.addressed) if uploads else text
        receipt = await self._setup.dispatch(
            ChatEvent(
                channel=CHANNEL,
                delivery_id=frame.id,
                conversation=place.conversation,
                sender=person.sender,
                at=self._channel.now(),
                content=content,
                message=message,
                reply_to=frame.reply_to if isinstance(frame, Say) else None,
                quoted=await self._quoted(frame, place),
                trigger=frame.id,
            )
        )
        return self._acknowledgement(frame.id, receipt)

    async def _text(self, frame: Say, place: LocalPlace) -> Text:
        if place.kind is PlaceKind.PRIVATE:
            return Text(frame.text)
        text, was_named = without_mention(frame.text, self._setup.company)
        addressed = was_named or is_command(text) or await self._answers_the_bot(frame, place)
        return Text(text, addressed=addressed)

    async def _quoted(self, frame: Speech, place: LocalPlace) -> Quoted | None:
        """What somebody wrote to which this replies."""
        if not isinstance(frame, Say) or not frame.reply_to:
            return None
        row = await self._channel.history.find(place.key, frame.reply_to)
        if row is None or row["sender"] is None or not row["body"].get("text"):
            return None
        return Quoted(row["body"]["text"], user=row["sender"])

    async def _answers_the_bot(self, frame: Say, place: LocalPlace) -> bool:
        row = await self._channel.history.find(place.key, frame.reply_to) if frame.reply_to else None
        return row is not None and row["sender"] is None

    def _acknowledgement(self, frame_id: str, receipt: Receipt) -> dict[str, object]:
        toast, errors, form = self._setup.render_receipt(receipt)
        return {"type": "ack", "id": frame_id, "toast": toast, "errors": dict(errors), "form": form_body(form)}


def content_of(frame: Speech) -> Content:
    match frame:
        case Say():
            return Text(frame.text)
        case PressButton():
            return Press(frame.payload, frame.message)
        case SendForm():
            return FormFilled(frame.form, frame.values, frame.message)
        case CloseForm():
            return FormClosed(frame.form)


def is_command(text: str) -> bool:
    return text.lstrip().startswith(COMMAND_SIGNS)


def without_mention(text: str, company: str) -> tuple[str, bool]:
    """The text without a mention of the bot before it, and whether there was one anywhere.

    The bot is called by the company's name, in Chinese with 助手 behind it; width and case do not matter.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    names = [f"@{unicodedata.normalize('NFKC', company).casefold()}{suffix}" for suffix in ("助手", "")]
    for name in names:
        if unicodedata.normalize("NFKC", text.lstrip()).casefold().startswith(name):
            rest = text.lstrip()[len(name) :].lstrip(" ,:，：")
            return rest or text, True
    return text, any(name in folded for name in names)
