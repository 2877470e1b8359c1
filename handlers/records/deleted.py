"""``/deleted``: what was taken away and still is, with Restore, however long ago it was. One undo mechanism for all of it."""

from __future__ import annotations

from domain.journal.model import Deletion
from domain.people.actions import may_look_after
from domain.people.model import Role, Staff
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import PAGE, asked_for, more_button, page_of
from handlers.records.history import action_phrase
from handlers.records.history_fields import codes_of
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import shortened
from handlers.router import STAFF, command, number, press

MOST_NAMED = 3
LONGEST_NAME = 40


@command("deleted", "已删除", bare=lambda rest: not rest)
async def deleted(ctx: ChatContext, rest: str) -> Reply:
    """The speaker's own; leaders also that of whom they look after, admins everybody's."""
    return await deleted_page(ctx)


@press("deleted.page")
async def turn(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*STAFF)
    return await deleted_page(ctx, before=number(argument))


async def deleted_page(ctx: ChatContext, *, before: int | None = None) -> Reply:
    everybody = {person.id: person for person in await ctx.uow.staff.list_all()}
    actor = ctx.actor
    theirs = [each.id for each in everybody.values() if each.id == actor.id or may_look_after(actor, each)]
    found = await ctx.uow.journal.list_deletions(
        None if actor.role is Role.ADMIN else theirs, before=before, limit=asked_for()
    )
    page = page_of(found, PAGE)
    roots = [await _root(ctx, each) for each in page.shown]
    lines = tuple(
        _line(each, root, everybody.get(each.action.staff_id or 0))
        for each, root in zip(page.shown, roots, strict=True)
    )
    more = more_button(page, f"deleted.page:{page.shown[-1].action.id}") if page.shown else ()
    return Reply("deleted" if lines else "deleted-nothing", lines=lines, buttons=more, private=True)


async def _root(ctx: ChatContext, deletion: Deletion) -> str:
    """What was undone, where it went by an undo."""
    action = deletion.action
    while action.undoes is not None:
        action = await ctx.uow.journal.get_action(action.undoes)
    return action.name


def _line(deletion: Deletion, root: str, who: Staff | None) -> Line:
    names = list(dict.fromkeys(shortened(title, LONGEST_NAME) for _, _, title in deletion.records if title))
    facts = {
        "at": deletion.action.at,
        "who": who.name if who is not None else None,
        "what": action_phrase(root),
        "undone": deletion.action.undoes is not None,
        "codes": codes_of([(table, row_id) for table, row_id, _ in deletion.records]),
        "names": [Secret("name", name) for name in names[:MOST_NAMED]] or None,
    }
    restore = Button("button-restore", press=f"history.undo:{deletion.action.id}")
    return Line("deleted-line", facts, buttons=(restore,))
