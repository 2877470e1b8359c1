"""``/lexicon``: what the company's own words mean here, as far as somebody tends it, and forgetting it."""

from __future__ import annotations

from domain.errors import RecordNotFound
from domain.lexicon.actions import forget_phrase
from domain.lexicon.model import MOST, LearnedPhrase, may_see_all
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.entries.learning import meaning_facts
from handlers.router import STAFF, WrongUsage, command, number, press


@command("lexicon", "词典")
async def lexicon(ctx: ChatContext, rest: str) -> Reply:
    """Managers and admins see what anybody taught, others what they taught themselves."""
    if rest.strip():
        raise WrongUsage("lexicon")
    return await _list(ctx, before=None)


async def _list(ctx: ChatContext, *, before: int | None, forgotten: LearnedPhrase | None = None) -> Reply:
    page = page_of(await ctx.uow.lexicon.list_for(ctx.actor, limit=asked_for(), before=before))
    records = {each.record for each in page.shown if each.record is not None}
    titles = await ctx.uow.search.titles_of(ctx.actor, records) if records else {}
    people = {person.id: person.name for person in await ctx.uow.staff.list_by_ids([each.by_id for each in page.shown])}
    lines = tuple(
        Line(
            f"lexicon-line-{each.meaning}",
            {
                **meaning_facts(each, titles.get(each.record, "…") if each.record else ""),
                "who": people.get(each.by_id) if each.by_id != ctx.actor.id else None,
            },
            buttons=(Button("lexicon-forget-button", press=f"lexicon.forget:{each.id}"),),
        )
        for each in page.shown
    )
    if before is None and await ctx.uow.lexicon.count() >= MOST:
        lines = (Line("lexicon-full", {"most": MOST}), *lines)
    more = more_button(page, f"lexicon.page:{page.shown[-1].id}") if page.shown else ()
    undo = (undo_button(),) if forgotten else ()
    key = "lexicon-forgotten" if forgotten else "lexicon" if lines else "lexicon-empty"
    facts = {"phrase": forgotten.phrase if forgotten else None, "all": "yes" if may_see_all(ctx.actor) else "no"}
    return Reply(key, facts, lines=lines, buttons=(*more, *undo), private=True)


@press("lexicon.page")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*STAFF)
    return await _list(ctx, before=number(argument))


@press("lexicon.forget")
async def forget(ctx: ChatContext, argument: str) -> Reply:
    """From the list; a phrase that somebody else forgot meanwhile is gone from it."""
    try:
        gone = await forget_phrase(ctx.uow, ctx.actor, number(argument))
    except RecordNotFound:
        return await _list(ctx, before=None)
    return await _list(ctx, before=None, forgotten=gone)


@press("lexicon.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    """From the card that was just saved, which stays as it is."""
    gone = await forget_phrase(ctx.uow, ctx.actor, number(argument))
    return Reply("lexicon-dropped", {"phrase": gone.phrase}, buttons=(undo_button(),), fresh=True, private=True)
