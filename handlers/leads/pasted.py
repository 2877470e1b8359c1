"""Lines pasted from a table or a note: one card that says what is new, what is known and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.leads.errors import WordsUnclear
from domain.leads.lists import MOST, MOST_AT_ONCE, CheckedList, ListLine, Repeated, check_list, save_list
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.people import mask_name
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.lists import PAGE, asked_for, more_button, page_of
from handlers.leads.words import LONGEST_LINE, LeadWords, read_lead
from handlers.notices import Batch, Decision, notice
from handlers.rendering.wording import clean, shortened
from handlers.router import fold, number, press

KIND = "list"
_LONGEST = 200_000
MOST_NAMED = 5  # of the new ones, on the card
_CELLS = re.compile(r"\t|[,;，；、|]")
_COLUMNS = {
    "company": "company account organisation organization 公司 公司名 公司名称 单位 客户 客户名称",
    "person": "contact person name 联系人 姓名 名字 称呼",
    "phone": "phone mobile tel telephone cell number 电话 手机 手机号 电话号码 联系电话 联系方式",
    "email": "email e-mail mail 邮箱 邮件 电子邮箱",
    "wechat": "wechat 微信 微信号",
    "source": "source 来源 渠道",
    "note": "note notes remark remarks comment 备注 说明",
}
_COLUMN_OF = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_SHARE_OF_LEADS = 0.6  # of the lines, before a text counts as a list


class ListGone(CrmError):
    """The list was saved, dropped or belongs to somebody else."""

    code = "list-gone"
    ends_card = True


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """Lines with their numbers, without the empty ones and without the header, whose columns are kept if it has one."""

    lines: tuple[tuple[int, str], ...]
    columns: tuple[str | None, ...] = ()


def lines_of(text: str) -> list[str]:
    """The lines that say something, clean but for the tabs between their cells."""
    lines = ("\t".join(clean(cell) for cell in line.split("\t")) for line in text[:_LONGEST].splitlines())
    return [line for line in lines if line.strip()]


def read_paste(lines: Sequence[str]) -> Pasted:
    """Number the lines and recognise a header."""
    columns = _header(lines[0]) if lines else ()
    numbered = tuple(enumerate(lines, start=1))
    return Pasted(lines=numbered[1:] if columns else numbered, columns=columns)


def _header(line: str) -> tuple[str | None, ...]:
    """The columns that a header names: at least two, and nothing but names of columns."""
    cells = [cell.strip().lower() for cell in _CELLS.split(fold(line))]
    if len(cells) == 1:
        cells = fold(line).lower().split()
    columns = tuple(_COLUMN_OF.get(cell) for cell in cells)
    named = [column for column in columns if column]
    return columns if len(named) >= 2 and len(named) == len([cell for cell in cells if cell]) else ()


async def pasted_list(ctx: ChatContext, text: str) -> Reply | None:
    """A text of several lines of which most hold a contact point and more than that."""
    if ctx.staff is None or "\n" not in text.strip():
        return None
    lines = lines_of(text)
    return await offer_list(ctx, lines) if looks_like_list(lines, country=country_of(ctx.staff, ctx.company)) else None


def looks_like_list(lines: Sequence[str], *, country: str) -> bool:
    """Judged by the first thirty lines, so that a long letter costs nothing."""
    if len(lines) < 2:
        return False
    if _header(lines[0]):
        return True
    some = lines[:30]
    fitting = [line for line in some if len(line) <= 200 and _holds_point(line, country)]
    return len(fitting) >= 2 and len(fitting) >= _SHARE_OF_LEADS * len(some)


def _holds_point(line: str, country: str) -> bool:
    words = read_lead(line, country=country)
    points = words.phones or words.emails or words.odd_phones or words.odd_emails
    return bool(points and (words.company or words.person or words.doubt))


async def offer_list(ctx: ChatContext, lines: Sequence[str]) -> Reply:
    """The card of a list: Save all, and what will not be saved."""
    if len(lines) > MOST + 1:
        return Reply("list-too-long", {"count": len(lines), "limit": MOST})
    pasted = read_paste(lines)
    draft = await keep_draft(
        ctx, KIND, {"lines": [list(line) for line in pasted.lines], "columns": list(pasted.columns)}
    )
    return await _card(ctx, draft, after=0)


# ---------------------------------------------------------------- reading the lines


def _lines(draft: Draft, *, country: str) -> list[ListLine]:
    columns = tuple(draft.content["columns"])
    return [_line(at, text, columns, country=country) for at, text in draft.content["lines"]]


@lru_cache(maxsize=2 * MOST)
def _line(at: int, text: str, columns: tuple[str | None, ...], *, country: str) -> ListLine:
    """Two words or more of which nothing tells what they are may be no lead at all, and are not saved as one.

    Kept for the next press on the card: reading two hundred lines takes 50 ms, in which nobody else could write.
    """
    new = _words(text, columns, country=country).new_lead(country=country)
    is_bare = not (_CELLS.search(text) or new.phones or new.emails or new.handles)
    wrong = WordsUnclear(typed=shortened(text, 60)) if is_bare and new.company and new.person else None
    return ListLine(number=at, new=new, wrong=wrong)


def _words(text: str, columns: Sequence[str | None], *, country: str) -> LeadWords:
    line = text[:LONGEST_LINE]
    cells = [cell.strip() for cell in _CELLS.split(line)]
    if columns and len(cells) >= 2:
        return _by_columns(cells, columns)
    words = read_lead(line, country=country)
    if words.doubt:  # in a list the first word is the company, as its other lines have it
        words.company, words.person, words.doubt = words.doubt[0], " ".join(words.doubt[1:]), ()
    return words


def _by_columns(cells: Sequence[str], columns: Sequence[str | None]) -> LeadWords:
    words = LeadWords()
    for column, cell in zip(columns, cells, strict=False):
        if not cell or column is None:
            continue
        if column == "phone":
            words.phones.append(cell)
        elif column == "email":
            words.emails.append(cell)
        elif column == "wechat":
            words.handles.append(("wechat", cell))
        elif column == "note":
            words.rest.append(cell)
        else:
            setattr(words, column, cell)
    return words


# ---------------------------------------------------------------- the card


async def _card(ctx: ChatContext, draft: Draft, *, after: int) -> Reply:
    lines = _lines(draft, country=country_of(ctx.actor, ctx.company))
    checked = await check_list(ctx.uow, ctx.actor, lines, look_alikes=False, now=ctx.now)
    problems = _problem_lines(checked, ctx.actor)
    page = page_of([problem for at, problem in problems if at > after][: asked_for()])
    last_shown = [at for at, _ in problems if at > after][: len(page.shown)]
    more = more_button(page, f"list.page:{draft.id}.{last_shown[-1]}") if last_shown else ()
    fresh = (_fresh_line(checked),) if checked.fresh and not after else ()
    facts = {
        "total": len(lines),
        "fresh": len(checked.fresh),
        "repeated": len(checked.repeated),
        "unreadable": len(checked.unreadable),
    }
    return Reply(
        "list-card",
        facts,
        lines=(*fresh, *page.shown),
        buttons=(*_save_buttons(draft, checked), *more, Button("button-cancel", press=f"list.cancel:{draft.id}")),
        card=f"draft:{draft.id}",
    )


def _save_buttons(draft: Draft, checked: CheckedList) -> tuple[Button, ...]:
    look_alikes = sum(1 for each in checked.repeated if not each.certain)
    count = len(checked.fresh)
    save = (Button("button-save-all-of", press=f"list.save:{draft.id}", facts={"count": count}),) if count else ()
    if not look_alikes:
        return save
    everything = Button("button-save-look-alikes", press=f"list.all:{draft.id}", facts={"count": count + look_alikes})
    return (*save, everything)


def _fresh_line(checked: CheckedList) -> Line:
    names = [shortened(lead.title, 40) for _, lead in checked.fresh[:MOST_NAMED]]
    return Line("list-fresh", {"names": names, "left": max(0, len(checked.fresh) - MOST_NAMED)})


def _problem_lines(checked: CheckedList, actor: Staff) -> list[tuple[int, Line]]:
    """By line number: what is known already and what cannot be read."""
    wrong = [
        (each.number, Line("list-unreadable", {"line": each.number, "why": Phrase(each.error.code, each.error.facts)}))
        for each in checked.unreadable
    ]
    known = [(each.number, _known_line(each, actor)) for each in checked.repeated]
    return sorted([*wrong, *known], key=lambda pair: pair[0])


def _known_line(repeated: Repeated, actor: Staff) -> Line:
    """Of somebody else's record only that it exists, and a masked owner."""
    facts: dict[str, Any] = {"line": repeated.number, "name": shortened(repeated.title, 60)}
    found = repeated.found
    if found is None:
        return Line("list-twice", {**facts, "earlier": repeated.earlier, "near": repeated.is_near})
    is_own = found.owner_id == actor.id
    owner = found.owner_name if is_own else mask_name(found.owner_name) if found.owner_name else None
    return Line(
        "list-known", {**facts, "code": found.code if is_own else None, "owner": owner, "matched": found.matched}
    )


async def _load(ctx: ChatContext, argument: str) -> Draft:
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(argument))
    except RecordNotFound:
        raise ListGone from None
    if draft.kind != KIND:
        raise ListGone
    return draft


@press("list.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return await _card(ctx, await _load(ctx, argument), after=0)


@press("list.page")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, after = argument.partition(".")
    return await _card(ctx, await _load(ctx, draft_id), after=number(after))


@press("list.cancel")
async def cancel(ctx: ChatContext, argument: str) -> Reply:
    await ctx.uow.drafts.remove(await _load(ctx, argument))
    return Reply("list-dropped")


@press("list.save")
async def save_new_ones(ctx: ChatContext, argument: str) -> Reply:
    return await _save(ctx, argument, look_alikes=False)


@press("list.all")
async def save_look_alikes(ctx: ChatContext, argument: str) -> Reply:
    """Also those whose company is known under another number."""
    return await _save(ctx, argument, look_alikes=True)


async def _save(ctx: ChatContext, argument: str, *, look_alikes: bool) -> Reply:
    draft = await _load(ctx, argument)
    lines = _lines(draft, country=country_of(ctx.actor, ctx.company))
    under_way = Reply("list-saving", {"count": len(lines)})
    told = ctx.told(under_way)
    saved = await save_list(ctx.uow, ctx.actor, lines, look_alikes=look_alikes, told=told, now=ctx.now)
    await ctx.uow.drafts.remove(draft)
    problems = [problem for _, problem in _problem_lines(saved, ctx.actor)]
    undo = (undo_button(),) if saved.fresh else ()
    facts = {"count": len(saved.fresh), "left_out": len(problems)}
    if len(saved.fresh) > MOST_AT_ONCE:
        return replace(under_way, facts=facts, lines=tuple(problems[:PAGE]), buttons=undo)
    return Reply("list-saved", facts, lines=tuple(problems[:PAGE]), buttons=undo)


@notice("list-finished")
async def list_finished(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The answer to Save all, where the list was long."""
    return {row.id: _finished(row.facts) for row in batch.rows}


def _finished(facts: Mapping[str, Any]) -> Reply:
    said = {"count": facts["count"], "left_out": facts["left_out"]}
    return Reply("list-saved", said, buttons=(Button("button-undo", press=f"undo:{facts['action']}"),))
