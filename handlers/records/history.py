"""Undo and history: what was changed, by whom, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.company.keeping import lost_reasons_of
from domain.company.named import LossReasons
from domain.jobs.undoing import show_what_was_put_back
from domain.journal.model import FINAL, UNDO_WITHIN, ActionRecord, NothingToUndo
from domain.people.actions import may_undo
from domain.ports import UnitOfWork
from domain.records import HistoryLine
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import UNDO_HERE, ChatContext
from handlers.dialogs.lists import PAGE, asked_for, more_button, page_of
from handlers.notices import Batch, Decision, notice
from handlers.records.by_number import code_of, pressed_record, read_code, title_and_owner
from handlers.records.history_fields import TABLES, codes_of, field_lines, named_in, phrase_or, staff_named_in
from handlers.records.lines import attachment_buttons, note_shown
from handlers.router import STAFF, Answer, ButtonTooOld, WrongUsage, command, number, press

LOOKED_BACK = 30  # actions that /undo looks through for the last one
MOST_TOUCHED = 30  # records of one action that are looked at for its codes
MOST_ABOUT = 3  # names on one line
LONGEST_NOTE = 120  # characters
MOST = 200  # actions of one person that /history pages through


@command("undo", "撤销")
async def undo_last(ctx: ChatContext, rest: str) -> Answer:
    """Put back the speaker's last action of the last ten minutes."""
    if rest.strip():
        raise WrongUsage("undo")
    actions = await ctx.uow.journal.actions_of(ctx.actor.id, limit=LOOKED_BACK)
    standing = [action for action in actions if action.undone_by is None]
    recent = [action for action in standing if ctx.now - action.at <= UNDO_WITHIN]
    touched = await ctx.uow.journal.touched_by([action.id for action in recent], most=1)
    for action in recent:
        if action.id in touched and not await _takes_back(ctx, action):
            return await _undo(ctx, action)
    older = [action for action in standing if action not in recent]
    if any([not await _takes_back(ctx, action) for action in older]):
        return Reply("undo-nothing-recent", buttons=(Button("button-history", press="history.mine:0"),))
    raise NothingToUndo


async def _takes_back(ctx: ChatContext, action: ActionRecord) -> bool:
    """An undo is not undone by /undo, which goes further back; a redo (the undo of an undo) is an action again."""
    takes_back = False
    while action.undoes is not None:
        takes_back = not takes_back
        action = await ctx.uow.journal.get_action(action.undoes)
    return takes_back


@press("undo")
async def undo_pressed(ctx: ChatContext, argument: str) -> Reply:
    """The Undo button, for ten minutes."""
    ctx.allow(*STAFF)  # strangers are not told whether there is such an action
    action = await ctx.uow.journal.get_action(number(argument))
    if ctx.now - action.at > UNDO_WITHIN:
        return Reply("undo-too-late", buttons=(Button("button-history", press="history.mine:0"),), fresh=True)
    return await _undo(ctx, action)


@press("history.undo")
async def undo_from_history(ctx: ChatContext, argument: str) -> Reply:
    """Undo of an older action, for those who may: whoever did it, and those who look after them."""
    ctx.allow(*STAFF)
    return await _undo(ctx, await ctx.uow.journal.get_action(number(argument)))


async def _undo(ctx: ChatContext, action: ActionRecord) -> Reply:
    """Raises UndoRefused, RecordNotFound."""
    takes_back = not await _takes_back(ctx, action)
    facts = await _what(ctx.uow, action)
    under_way = Reply("undo-under-way", facts)
    undone = await ctx.uow.journal.undo(action.id, actor=ctx.actor, now=ctx.now, told=ctx.told(under_way))
    if undone.is_under_way:
        return under_way
    await show_what_was_put_back(ctx.uow, action.id, now=ctx.now)
    return _undone(facts, takes_back=takes_back, undo=UNDO_HERE)


async def _what(uow: UnitOfWork, action: ActionRecord) -> dict[str, Any]:
    """What is put back, or done again: the action at the root, and the first records of it."""
    touched = await uow.journal.touched_by([action.id], most=MOST_TOUCHED)
    root = action
    while root.undoes is not None:
        root = await uow.journal.get_action(root.undoes)
    return {"what": action_phrase(root.name), "codes": codes_of(touched.get(action.id, ()))}


def _undone(facts: Mapping[str, Any], *, takes_back: bool, undo: str) -> Reply:
    again = Button("button-redo" if takes_back else "button-undo", press=undo)
    return Reply("undone" if takes_back else "redone", facts, buttons=(again,))


@notice("undo-finished")
async def undo_finished(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The answer to an undo that took longer."""
    return {row.id: await _finished(uow, row.facts) for row in batch.rows}


async def _finished(uow: UnitOfWork, facts: Mapping[str, Any]) -> Reply:
    action = await uow.journal.get_action(facts["undoes"])
    takes_back, root = True, action
    while root.undoes is not None:
        takes_back, root = not takes_back, await uow.journal.get_action(root.undoes)
    return _undone(await _what(uow, action), takes_back=takes_back, undo=f"undo:{facts['undo']}")


def action_phrase(name: str) -> Phrase:
    """What an action is called; one that nobody gave a name is simply a change."""
    return phrase_or(f"action-{name}", "action-changed")


# ---------------------------------------------------------------- history


@command("history", "历史", bare=lambda rest: not rest or read_code(rest) is not None)
async def history(ctx: ChatContext, rest: str) -> Answer:
    """Of a record, or of the speaker's own last actions."""
    if not rest.strip():
        return await _mine(ctx, before=None)
    code = read_code(rest)
    if code is None:
        raise WrongUsage("history")
    return await _of_record(ctx, *code, after=None)


@press("history.mine")
async def my_page(ctx: ChatContext, argument: str) -> Reply:
    return await _mine(ctx, before=number(argument) or None)


async def _mine(ctx: ChatContext, *, before: int | None) -> Reply:
    actions = await ctx.uow.journal.actions_of(ctx.actor.id, limit=MOST)
    page = page_of([action for action in actions if before is None or action.id < before][: asked_for()])
    touched = await ctx.uow.journal.touched_by([action.id for action in page.shown], most=MOST_TOUCHED)
    titles = await ctx.uow.search.titles_of(ctx.actor, {each for some in touched.values() for each in named_in(some)})
    lines = [_my_line(action, touched.get(action.id, ()), titles) for action in page.shown]
    more = more_button(page, f"history.mine:{page.shown[-1].id}") if page.shown else ()
    return Reply("history-mine" if lines else "history-empty", lines=tuple(lines), buttons=more, private=True)


def _my_line(action: ActionRecord, touched: Sequence[tuple[str, int]], titles: Mapping[tuple[str, int], str]) -> Line:
    about = list(dict.fromkeys(titles[record] for record in named_in(touched) if record in titles))
    facts = {
        "at": action.at,
        "about": [*about[:MOST_ABOUT], "…"] if len(about) > MOST_ABOUT else about,
        "what": action_phrase(action.name),
        "codes": codes_of(touched),
        "undone": action.undone_by is not None,
    }
    may = bool(touched) and action.undone_by is None and action.name not in FINAL
    return Line("history-my-line", facts, buttons=(_undo_button(action.id),) if may else ())


def _undo_button(action_id: int) -> Button:
    return Button("button-undo", press=f"history.undo:{action_id}")


@press("history.of")
async def record_page(ctx: ChatContext, argument: str) -> Reply:
    """``lead.12``, or ``lead.12.99``: what is older than action 99."""
    record, _, rest = argument.partition(".")
    record_id, _, after = rest.partition(".")
    return await _of_record(ctx, *pressed_record(f"{record}.{record_id}"), after=number(after) if after else None)


async def _of_record(ctx: ChatContext, record: str, record_id: int, *, after: int | None) -> Reply:
    if record not in TABLES:
        raise ButtonTooOld
    title, owner = await title_and_owner(ctx, record, record_id)
    lines = await ctx.uow.journal.history_of(TABLES[record], record_id, limit=MOST)
    page = page_of([line for line in lines if after is None or line.action_id < after][: asked_for()], PAGE)
    names = await staff_named_in(ctx.uow, page.shown)
    undoable = await _undoable(ctx, page.shown)
    reasons = lost_reasons_of(ctx.company)
    shown = [
        line
        for each in page.shown
        for line in _record_lines(each, names, reasons, owner=owner, may_undo=each.action_id in undoable)
    ]
    more = more_button(page, f"history.of:{record}.{record_id}.{page.shown[-1].action_id}") if page.shown else ()
    back = Button("button-back", press=f"record.show:{record}.{record_id}")
    attached = await attachment_buttons(ctx.uow, record, record_id) if record in {"lead", "customer"} else ()
    return Reply(
        "history-of" if shown else "history-empty",
        {"code": code_of(record, record_id), "name": title},
        lines=tuple(shown),
        buttons=(*more, *attached, back),
        card=f"{record}:{record_id}",
        private=True,
    )


async def _undoable(ctx: ChatContext, lines: Sequence[HistoryLine]) -> frozenset[int]:
    """The actions that the speaker may put back."""
    ids = {line.staff_id for line in lines if line.staff_id is not None}
    people = {person.id: person for person in await ctx.uow.staff.list_by_ids(sorted(ids))} if ids else {}
    standing = (line for line in lines if not line.undone and line.name not in FINAL)
    return frozenset(line.action_id for line in standing if may_undo(ctx.actor, people.get(line.staff_id or 0)))


def _record_lines(
    line: HistoryLine, names: Mapping[int, str], reasons: LossReasons, *, owner: int | None, may_undo: bool
) -> Sequence[Line]:
    """Who did what and when, then each field before and after."""
    facts: dict[str, Any] = {
        "at": line.at,
        "who": line.staff_name or Phrase("history-nobody"),
        "what": action_phrase(line.name),
        "codes": codes_of(line.touched),
        "note": note_shown(" · ".join(line.notes), most=LONGEST_NOTE),
        "undone": line.undone,
    }
    return [
        Line("history-line", facts, buttons=(_undo_button(line.action_id),) if may_undo else ()),
        *field_lines(line, names, reasons, owner=owner),
    ]
