"""A question with a button's press behind it: the next words in this conversation answer it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.leads.errors import NoSuchColleague
from domain.people.model import Staff
from domain.values.writing import tidy
from handlers.chat import Button
from handlers.context import ChatContext

MOST_COLLEAGUES = 12
PATIENCE = timedelta(hours=2)


async def keep_draft(ctx: ChatContext, kind: str, content: dict[str, Any], *, asking: str | None = None) -> Draft:
    """Keep something unfinished of the speaker's, begun in this conversation."""
    return await ctx.uow.drafts.add(
        Draft(
            staff_id=ctx.actor.id,
            kind=kind,
            content=content,
            channel=ctx.event.channel,
            place=ctx.event.conversation.key,
            asking=asking,
            created_at=ctx.now,
            updated_at=ctx.now,
        )
    )


class CardOfAnother(CrmError):
    """An unsaved card in a group belongs to who began it; only they save it."""

    code = "card-of-another"


async def draft_of(ctx: ChatContext, draft_id: int, *, kind: str, gone: type[CrmError]) -> Draft:
    """The speaker's own draft of that kind. Raises CardOfAnother, or ``gone`` where there is none any more."""
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, draft_id)
    except RecordNotFound:
        owner_id = await ctx.uow.drafts.find_owner(draft_id)
        if owner_id is None or not ctx.in_group:
            raise gone from None
        raise CardOfAnother(name=(await ctx.uow.staff.get(owner_id)).name) from None
    if draft.kind != kind:
        raise gone
    return draft


async def ask_words(ctx: ChatContext, kind: str, asking: str, **content: Any) -> Draft:
    """Let the next words go to ``@question(kind)``; ``content`` is kept with the question."""
    return await keep_draft(ctx, kind, content, asking=asking)


async def open_question(ctx: ChatContext, kind: str) -> Draft | None:
    """The open question of that kind in this conversation; what was asked hours ago is not answered by today's news."""
    event = ctx.event
    draft = await ctx.uow.drafts.find_question(ctx.actor.id, event.channel, event.conversation.key)
    if draft is None or draft.kind != kind:
        return None
    if ctx.now - draft.updated_at > PATIENCE:
        draft.asking = None
        return None
    return draft


async def drop_question(ctx: ChatContext, kind: str) -> None:
    """A button was pressed instead of answering."""
    draft = await open_question(ctx, kind)
    if draft is not None:
        await ctx.uow.drafts.remove(draft)


async def colleague_buttons(ctx: ChatContext, verb: str) -> tuple[Button, ...]:
    """A button for each colleague, ``verb`` being complete but for the person's id."""
    others = [person for person in await ctx.uow.staff.list_active() if person.id != ctx.actor.id]
    return tuple(
        Button("button-person", press=f"{verb}.{person.id}", facts={"name": person.name})
        for person in others[:MOST_COLLEAGUES]
    )


async def find_colleague(ctx: ChatContext, typed: str) -> Staff | None:
    """Who is meant by ``@Tom``, ``Tom`` or 我; the whole text must be the name."""
    name = tidy(typed).lstrip("@").strip()
    if name.casefold() in {"me", "我", "myself", "自己"}:
        return ctx.actor
    return await ctx.uow.staff.find_by_name(name) if name and len(name) <= 200 else None


async def take_colleague(ctx: ChatContext, question: Draft, text: str) -> Staff | None:
    """Whom the words name, which answers the question; None when the person went on to something else, and it waits.

    Raises NoSuchColleague for an ``@name`` that nobody has.
    """
    person = await find_colleague(ctx, text)
    if person is None and text.strip().startswith(("@", "＠")):
        raise NoSuchColleague(typed=text.strip()[:60])
    if person is None:
        question.asking = None
        await ctx.uow.flush()
        return None
    await ctx.uow.drafts.remove(question)
    return person
