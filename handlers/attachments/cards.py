"""What belongs to a record: how many on its card, and the things themselves sent back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.attachments.actions import list_attachments
from domain.attachments.errors import NothingAttached
from domain.attachments.model import LARGEST_MEGABYTES, AttachmentKind, FileState, Refusal, Shown
from domain.attachments.types import is_picture
from domain.ports import UnitOfWork
from handlers.chat import KEPT, Button, Document, Phrase, Picture, Reply
from handlers.context import ChatContext, Outcome
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.notices import Batch, Decision, notice
from handlers.records.history_fields import phrase_or
from handlers.records.lines import place_facts
from handlers.router import ButtonTooOld, number, press

SENT_AT_ONCE = 5
RECORDS = frozenset({"lead", "customer", "ticket"})
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}


@press("attachment.list")
async def send_back(ctx: ChatContext, argument: str) -> Outcome:
    """``customer.7``, or ``customer.7.99``: what is older than attachment 99. Each comes as a message of its own."""
    record, _, rest = argument.partition(".")
    record_id, _, before = rest.partition(".")
    if record not in RECORDS:
        raise ButtonTooOld
    listed = await list_attachments(
        ctx.uow,
        ctx.actor,
        record,
        number(record_id),
        limit=asked_for(SENT_AT_ONCE),
        before=number(before) if before else None,
    )
    page = page_of(listed, SENT_AT_ONCE)
    if not page.shown:
        raise NothingAttached
    more = more_button(page, f"attachment.list:{record}.{record_id}.{page.shown[-1].id}")
    last = len(page.shown) - 1
    return Outcome(tuple(_sent(each, more if place == last else ()) for place, each in enumerate(page.shown)))


def file_of(shown: Shown) -> tuple[Picture | None, Document | None]:
    """What is kept, as a picture where it is one; nothing where nothing is kept (yet)."""
    if shown.state is not FileState.KEPT or shown.stored is None:
        return None, None
    name = file_name(shown)
    bytes_of = {"stored": shown.stored, "name": name}
    if shown.kind is AttachmentKind.PHOTO and is_picture(shown.media_type):
        return Picture(KEPT, bytes_of), None
    return None, Document(name, KEPT, bytes_of)


def _sent(shown: Shown, buttons: tuple[Button, ...]) -> Reply:
    facts: dict[str, Any] = {
        "kind": Phrase(f"attachment-{shown.kind}"),
        "name": shown.name,
        "at": shown.at,
        "by": shown.by,
    }
    if shown.kind is AttachmentKind.LOCATION:
        facts |= place_facts(shown.latitude or 0.0, shown.longitude or 0.0)
        return Reply("attachment-sent-place", facts, buttons=buttons, fresh=True, private=True)
    picture, document = file_of(shown)
    if picture is None and document is None:
        facts["state"] = _why_not(shown)
        return Reply("attachment-sent-not", facts, buttons=buttons, fresh=True, private=True)
    return Reply(
        "attachment-sent", facts, picture=picture, document=document, buttons=buttons, fresh=True, private=True
    )


def no_longer_kept(reply: Reply) -> Reply:
    """What is said in place of a file that cannot be read: its words alone would look as if it had come."""
    facts = {**reply.facts, "state": Phrase("attachment-removed")}
    return replace(reply, key="attachment-sent-not", facts=facts, picture=None, document=None)


def file_name(shown: Shown) -> str:
    """The sender's own name for it, else its kind, date and number."""
    if shown.name:
        return shown.name.replace("/", "_").replace("\\", "_")
    return f"{shown.kind.value}-{shown.at:%Y%m%d}-{shown.id}{_ENDINGS.get(shown.media_type or '', '.bin')}"


def _why_not(shown: Shown) -> Phrase:
    if shown.state is FileState.REFUSED:
        return refusal_phrase(shown.reason)
    return Phrase(f"attachment-{shown.state or FileState.REMOVED}")


def refusal_phrase(reason: str | None) -> Phrase:
    said = phrase_or(f"attachment-refused-{reason}", f"attachment-refused-{Refusal.GONE}")
    return replace(said, facts={"limit": LARGEST_MEGABYTES})


@notice("attachment-not-kept")
@notice("attachment-lying")
async def tell_sender(uow: UnitOfWork, batch: Batch) -> dict[int, Decision]:
    """What became of a file after its sender was answered."""
    return {
        row.id: Reply(
            row.key,
            {
                "kind": Phrase(f"attachment-{row.facts['kind']}"),
                "name": row.facts.get("name"),
                "reason": refusal_phrase(row.facts.get("reason")),
            },
        )
        for row in batch.rows
    }
