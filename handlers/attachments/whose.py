"""To whom does a photo belong that came without words? Its sender is asked: a button, a name, or the next sentence."""

from __future__ import annotations

from datetime import timedelta

from domain.drafts.model import Draft
from handlers.attachments.giving import give_to_record
from handlers.chat import Button, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft, open_question
from handlers.dialogs.below import go_on_below
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, number, press, question
from handlers.understanding import understand

KIND = "attachment"  # a draft: files of which nobody said yet to whom they belong
TOGETHER = timedelta(minutes=2)  # so long a photo and a sentence belong together
RECENT = 5


async def ask_whose(ctx: ChatContext) -> Reply:
    """What comes within two minutes of another joins its question."""
    draft = await open_question(ctx, KIND)
    if draft is None or ctx.now - draft.updated_at > TOGETHER:
        draft = await keep_draft(ctx, KIND, {"files": ctx.take_files()}, asking="who")
        return await _whose(ctx, draft)
    draft.content = {"files": [*draft.content["files"], *ctx.take_files()]}
    draft.updated_at = ctx.now
    await go_on_below(ctx, draft.id, Reply("attachment-below"))
    return await _whose(ctx, draft)


async def _whose(ctx: ChatContext, draft: Draft) -> Reply:
    recent = await ctx.uow.activities.list_recent_subjects(ctx.actor.id, limit=RECENT)
    buttons = tuple(
        Button(
            "button-candidate",
            press=f"attachment.to:{draft.id}.{record}.{record_id}",
            facts={"name": Secret("name", title)},
        )
        for record, record_id, title in recent
    )
    return Reply(
        "attachment-whose",
        {"count": len(draft.content["files"]), "album": ctx.is_of_album},
        buttons=(*buttons, Button("button-cancel", press=f"attachment.drop:{draft.id}", starts_row=True)),
        card=f"draft:{draft.id}",
    )


@press("attachment.to")
async def give_to(ctx: ChatContext, argument: str) -> Reply:
    """The customer or lead of a button."""
    draft_id, _, rest = argument.partition(".")
    record, _, record_id = rest.partition(".")
    if record not in {"lead", "customer"}:
        raise ButtonTooOld
    draft = await _load(ctx, draft_id)
    files = draft.content["files"]
    await ctx.uow.drafts.remove(draft)
    return await give_to_record(ctx, record, number(record_id), files)


@press("attachment.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    """Nobody's: what nothing refers to is removed after a while."""
    await ctx.uow.drafts.remove(await _load(ctx, argument))
    return Reply("attachment-dropped")


@press("attachment.show")
async def show_again(ctx: ChatContext, argument: str) -> Reply:
    """From /resume."""
    return await _whose(ctx, await _load(ctx, argument))


async def _load(ctx: ChatContext, argument: str) -> Draft:
    draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(argument))
    if draft.kind != KIND:
        raise ButtonTooOld
    return draft


@question(KIND)
async def take_name(ctx: ChatContext, text: str) -> Answer:
    """A name alone answers the question. A sentence within two minutes is what happened there, and takes the photo
    along; one that comes later is news of its own."""
    draft = await open_question(ctx, KIND)
    if draft is None:
        return None
    said = clean(text).strip()
    found = understand(said, await ctx.reading()).customers
    if len(found) == 1 and found[0].kind in {"lead", "customer"} and len(said) <= len(found[0].name) + 2:
        await go_on_below(ctx, draft.id, Reply("attachment-below"))
        await ctx.uow.drafts.remove(draft)
        return await give_to_record(ctx, found[0].kind, int(found[0].id), draft.content["files"])
    if ctx.now - draft.updated_at <= TOGETHER:
        ctx.files[:] = [*draft.content["files"], *ctx.files]
        await go_on_below(ctx, draft.id, Reply("attachment-below"))
        await ctx.uow.drafts.remove(draft)
    return None
