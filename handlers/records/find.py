"""``/find``: a few characters of a name, a phone or an e-mail, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.records import LETTERS, Found, place_in_search
from domain.values.phones import parse_phone
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.records.lines import name_of, note_shown
from handlers.rendering.wording import clean, one_line, shortened
from handlers.router import Answer, ButtonTooOld, WrongUsage, command, number, press

SEARCH = "search"  # a draft: what was looked for
LONGEST = 100
LONGEST_SAID = 120  # characters of a note on the list
BEFORE = 30  # of them before the words looked for
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{5,}")
_TALK = re.compile(r"(?:out|that|the|this|a|an|some|it|me)\b|一下|看|收|阅|询", re.IGNORECASE)


def _is_search(rest: str) -> bool:
    """Without a slash up to three words: "find Acme" is a search, "find out what Acme wants" is news."""
    return bool(rest) and len(rest) <= 30 and len(rest.split()) <= 3 and not _TALK.match(rest)


@command("find", "查", "查找", bare=_is_search)
async def find(ctx: ChatContext, rest: str) -> Answer:
    """Leads, customers and contacts that the speaker may see, newest first, and below them what was said."""
    text = shortened(one_line(clean(rest)).strip(), LONGEST)
    if not text:
        raise WrongUsage("find")
    draft = await keep_draft(ctx, SEARCH, {"text": text, "digits": await _digits(ctx, text)})
    return await _page(ctx, draft, after=None)


async def _digits(ctx: ChatContext, text: str) -> str | None:
    """Of a phone those that it is kept with: 020 7946 0123 is looked for as 442079460123."""
    if not _PHONE.fullmatch(text):
        return None
    phone = parse_phone(text, (await ctx.reading()).country)
    return phone.e164.lstrip("+") if phone is not None else None


async def _page(ctx: ChatContext, draft: Draft, *, after: int | None) -> Reply:
    text = draft.content["text"]
    digits = draft.content.get("digits")
    found = await ctx.uow.search.find(ctx.actor, digits or text, limit=asked_for(), after=after)
    if digits and not found and after is None:  # a note may hold the number as it was typed
        draft.content = {"text": text}
        found = await ctx.uow.search.find(ctx.actor, text, limit=asked_for(), after=None)
    if not found and after is None and found.goes_on_after is None:
        save = Button("button-save-found", press=f"find.save:{draft.id}", facts={"text": shortened(text, 30)})
        buttons = (save,) if _may_be_a_name(text) else ()
        return Reply("find-nothing", {"text": text}, buttons=buttons, card=f"draft:{draft.id}")
    page = page_of(found)
    more = more_button(page, f"find.page:{draft.id}.{_place(page.shown[-1]) if page.shown else 0}")
    if not more and found.goes_on_after is not None:
        more = (Button("button-look-on", press=f"find.page:{draft.id}.{found.goes_on_after}"),)
    first = (Button("button-first-page", press=f"find.page:{draft.id}.0"),) if after is not None else ()
    lines = tuple(
        found_line(each, in_group=ctx.in_group) if each.note is None else _said_line(each, text, in_group=ctx.in_group)
        for each in page.shown
    )
    key = "find-found" if page.shown else "find-not-yet" if more else "find-no-more"
    return Reply(key, {"text": text}, lines=_opened_once(lines), buttons=(*first, *more), card=f"draft:{draft.id}")


def _opened_once(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A record that is found by its name and by what was said there has one button, beside its name."""
    offered: set[str] = set()
    shown: list[Line] = []
    for line in lines:
        new = tuple(button for button in line.buttons if button.press not in offered)
        offered |= {button.press for button in new}
        shown.append(replace(line, buttons=new))
    return tuple(shown)


def _may_be_a_name(text: str) -> bool:
    """Two letters at least: 李宁, HP."""
    return sum(character.isalpha() for character in text) > 1


def _place(found: Found) -> int:
    return place_in_search(found.record, found.id)


def _said_line(found: Found, text: str, *, in_group: bool) -> Line:
    """What was said, around the words looked for, with a button to open with whom."""
    record = ("customer", found.customer_id) if found.customer_id else ("lead", found.lead_id)
    code = f"{LETTERS[record[0]]}{record[1]}" if record[1] else None
    opens = Button("button-open", press=f"record.show:{record[0]}.{record[1]}", facts={"name": code})
    return Line(
        "find-said",
        {
            "code": code,
            "name": name_of(found.title or None, in_group=in_group),
            "kind": Phrase(f"activity-{found.kind}"),
            "at": found.last_touched_at,
            "note": note_shown(around(found.note or "", text), most=LONGEST_SAID + 2),
        },
        buttons=(opens,) if code else (),
    )


def around(note: str, text: str) -> str:
    """The part of a long note in which the first of the words looked for stands."""
    plain = one_line(note)
    if len(plain) <= LONGEST_SAID:
        return plain
    low = plain.casefold()
    places = (low.find(word) for word in text.casefold().split())
    first = next((place for place in places if place >= 0), 0)
    start = min(max(0, first - BEFORE), len(plain) - LONGEST_SAID)
    end = start + LONGEST_SAID
    return f"{'…' if start else ''}{plain[start:end]}{'…' if end < len(plain) else ''}"


def found_line(found: Found, *, in_group: bool, says_owner: bool = True) -> Line:
    """``L12 Acme · Tom Brown · Mei · 3 days ago``, with a button to open it."""
    opens = Button("button-open", press=f"record.show:{found.record}.{found.id}", facts={"name": found.code})
    return Line(
        "find-line",
        {
            "code": found.code,
            "name": name_of(found.title, in_group=in_group),
            "person": name_of(found.person if found.person != found.title else None, in_group=in_group),
            "owner": found.owner_name if says_owner else None,
            "touched": found.last_touched_at,
        },
        buttons=(opens,),
    )


@press("find.page")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, after = argument.partition(".")
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(draft_id))
    except RecordNotFound:
        raise ButtonTooOld from None
    if draft.kind != SEARCH:
        raise ButtonTooOld
    return await _page(ctx, draft, after=number(after) or None)
