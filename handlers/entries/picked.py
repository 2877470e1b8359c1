"""A message of somebody's, picked from its menu: it and its thread become the card of an activity."""

from __future__ import annotations

from handlers.chat import MessagePicked, Quote
from handlers.context import ChatContext
from handlers.entries.reporting import report
from handlers.rendering.wording import clean, shortened
from handlers.router import Answer, ButtonTooOld, content
from handlers.tickets.picked import open_picked
from handlers.visitors.strangers import introduce

LONGEST = 4000  # characters of a thread: a note is read again, an archive is not


@content(MessagePicked)
async def log_message(ctx: ChatContext, picked: MessagePicked) -> Answer:
    """What was written is understood as if the rep had told it; the note keeps who wrote which line."""
    if ctx.staff is None:
        return await introduce(ctx)
    if picked.action == "ticket":
        return await open_picked(ctx, picked)
    if picked.action != "log":
        raise ButtonTooOld
    lines = picked.thread or (picked.message,)
    return await report(ctx, _words(lines), note=_note(lines, picked.link))


def _words(lines: tuple[Quote, ...]) -> str:
    """Without the authors: a colleague's name is not whom the news is about."""
    return shortened("\n".join(clean(line.text).strip() for line in lines), LONGEST)


def _note(lines: tuple[Quote, ...], link: str | None) -> str:
    said = "\n".join(
        f"{line.author}: {clean(line.text).strip()}" if line.author else clean(line.text) for line in lines
    )
    return "\n".join(part for part in (shortened(said, LONGEST), link) if part)
