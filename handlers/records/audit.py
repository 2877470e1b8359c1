"""``/audit``: who did what and when, by person, kind and time; as a workbook on a button; Undo where one may."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import NotAllowed
from domain.journal.model import FINAL, ActionRecord
from domain.people.actions import may_look_after, may_undo
from domain.people.errors import StaffNotFound
from domain.people.model import Role, Staff
from domain.records import LETTERS
from handlers.chat import Button, Document, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import PAGE, asked_for, more_button, page_of
from handlers.records.comments import named_in
from handlers.records.deleted import deleted_page
from handlers.records.history import action_phrase
from handlers.records.history_fields import codes_of
from handlers.reports.sheets import SHEETS
from handlers.router import LEADERS, ButtonTooOld, command, fold, number, press

DAYS = {"today": 1, "今天": 1, "week": 7, "本周": 7, "month": 31, "本月": 31, "year": 366, "今年": 366}
USUAL_DAYS = 7
DELETED = frozenset({"deleted", "已删除", "删除"})
LONGEST_DAYS = 366
MOST_EXPORTED = 2000  # the newest, in one transaction; who wants older ones asks for one person or one kind
MOST_TOUCHED = 10
# What people call a kind of deed, and how the names of its actions begin.
KINDS: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "looked": ("record-shown",),
    "leads": ("lead-",),
    "customers": ("customer-", "contact-", "opportunity-"),
    "tickets": ("ticket-",),
    "people": ("staff-", "team-", "handover-", "identity-", "records-", "join-", "first-admin"),
    "exports": ("export-", "customers-exported", "audit-exported"),
    "settings": ("settings-", "company-", "profile-"),
    "undone": ("undone",),
}
KIND_WORDS = {"looked": "looked", "查看": "looked", "线索": "leads", "客户": "customers", "工单": "tickets", "同事": "people", "设置": "settings", "导出": "exports"}  # fmt: skip
_WORDS = frozenset({*KINDS, *KIND_WORDS, *DAYS, *DELETED})
_BETWEEN = re.compile(r"[\s,，、]+")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``who`` is somebody's id, 0 for everybody whom the speaker may ask about."""

    who: int = 0
    kind: str = "all"
    days: int = USUAL_DAYS

    @property
    def argument(self) -> str:
        return f"{self.who}.{self.kind}.{self.days}"


def _asks(rest: str) -> bool:
    """Without a slash: 审计, "审计 @小王 线索", 审计 导出, but not "audit of their books on Monday"."""
    words = [fold(word).casefold() for word in re.split(_BETWEEN, rest) if word]
    return all(word.startswith("@") or word in _WORDS for word in words)


@command("audit", "审计", who=LEADERS, bare=_asks)
async def audit(ctx: ChatContext, rest: str) -> Reply:
    """``/audit @Tom leads month``: in any order; without words the last seven days of everybody. ``/audit deleted``: what can
    be brought back."""
    if fold(rest).casefold().strip() in DELETED:
        return await deleted_page(ctx)
    return await _page(ctx, await _read(ctx, rest))


async def _read(ctx: ChatContext, rest: str) -> Asked:
    """Raises StaffNotFound for an ``@name`` that nobody has."""
    words = [fold(word).casefold() for word in re.split(_BETWEEN, rest) if word]
    people = named_in(rest, await ctx.uow.staff.list_all()) if "@" in fold(rest) else []
    if "@" in fold(rest) and not people:
        raise StaffNotFound(name=rest.strip()[:60].lstrip("@＠"))
    kind = next((KIND_WORDS.get(word, word) for word in words if KIND_WORDS.get(word, word) in KINDS), "all")
    days = next((DAYS[word] for word in words if word in DAYS), USUAL_DAYS)
    return Asked(who=people[0].id if people else 0, kind=kind, days=days)


def _pressed(argument: str) -> tuple[Asked, int | None]:
    who, kind, days, before = [*argument.split("."), "", "", "", ""][:4]
    asked = Asked(who=number(who), kind=kind, days=number(days))
    if kind not in KINDS or not 0 < asked.days <= LONGEST_DAYS:
        raise ButtonTooOld
    return asked, number(before) if before else None


@press("audit.page")
async def turn(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    asked, before = _pressed(argument)
    return await _page(ctx, asked, before=before)


async def _whose(ctx: ChatContext, asked: Asked) -> Sequence[int] | None:
    """Admins everybody's and the system's; managers their own and of whom they look after. Raises NotAllowed."""
    actor = ctx.actor
    everybody = await ctx.uow.staff.list_all()
    theirs = [person.id for person in everybody if person.id == actor.id or may_look_after(actor, person)]
    if asked.who:
        if actor.role is not Role.ADMIN and asked.who not in theirs:
            raise NotAllowed
        return [asked.who]
    return None if actor.role is Role.ADMIN else theirs


async def _found(ctx: ChatContext, asked: Asked, *, before: int | None, limit: int) -> Sequence[ActionRecord]:
    return await ctx.uow.journal.list_actions(
        await _whose(ctx, asked),
        since=ctx.now - timedelta(days=asked.days),
        names=KINDS[asked.kind],
        before=before,
        limit=limit,
    )


async def _page(ctx: ChatContext, asked: Asked, *, before: int | None = None) -> Reply:
    page = page_of(await _found(ctx, asked, before=before, limit=asked_for()), PAGE)
    people = {person.id: person for person in await ctx.uow.staff.list_all()}
    touched = await ctx.uow.journal.touched_by([action.id for action in page.shown], most=MOST_TOUCHED)
    lines = tuple(_line(ctx.actor, action, touched.get(action.id, ()), people) for action in page.shown)
    more = more_button(page, f"audit.page:{asked.argument}.{page.shown[-1].id}") if page.shown else ()
    kinds = tuple(
        Button(f"audit-kind-{kind}", press=f"audit.page:{asked.who}.{kind}.{asked.days}")
        for kind in KINDS
        if kind != asked.kind
    )
    export = (Button("audit-export-button", press=f"audit.export:{asked.argument}"),) if lines else ()
    named = people.get(asked.who)
    facts = {
        "name": named.name if named is not None else None,
        "kind": Phrase(f"audit-kind-{asked.kind}"),
        "days": asked.days,
        "empty": not lines,
    }
    return Reply("audit", facts, lines=lines, buttons=(*more, *export, *kinds), private=True)


def _line(reader: Staff, action: ActionRecord, touched: Sequence[tuple[str, int]], people: Mapping[int, Staff]) -> Line:
    did = people.get(action.staff_id or 0)
    stands = bool(touched) and action.undone_by is None and action.name not in FINAL
    may = stands and may_undo(reader, did)
    buttons = (Button("button-undo", press=f"history.undo:{action.id}"),) if may else ()
    facts = {
        "at": action.at,
        "name": did.name if did is not None else None,
        "what": action_phrase(action.name),
        "codes": _codes(action, touched),
        "undone": action.undone_by is not None,
    }
    return Line("audit-line", facts, buttons=buttons)


def _codes(action: ActionRecord, touched: Sequence[tuple[str, int]]) -> list[str]:
    """What it changed; of a look, what was looked at."""
    looked = [f"{LETTERS[record]}{row_id}" for record, row_id in action.facts.items() if record in LETTERS]
    return codes_of(touched) or looked


@press("audit.export")
async def export(ctx: ChatContext, argument: str) -> Reply:
    """All of it as a workbook, up to ``MOST_EXPORTED``; that somebody took it is itself in the journal."""
    ctx.allow(*LEADERS)
    asked, _ = _pressed(argument)
    all_found = await _found(ctx, asked, before=None, limit=MOST_EXPORTED + 1)
    found = all_found[:MOST_EXPORTED]
    people = {person.id: person for person in await ctx.uow.staff.list_all()}
    touched = await ctx.uow.journal.touched_by([action.id for action in found], most=MOST_TOUCHED)
    rows: list[list[object]] = [[Phrase(f"audit-head-{head}") for head in ("at", "who", "what", "codes", "source")]]
    for action in found:
        did = people.get(action.staff_id or 0)
        codes = ", ".join(_codes(action, touched.get(action.id, ())))
        source = action.source.partition(":")[0]
        rows.append([action.at, did.name if did else None, action_phrase(action.name), codes, source])
    ctx.uow.happened("audit-exported")
    await ctx.uow.action_id()
    about: list[object] = [people[asked.who].name] if asked.who in people else []
    about += [Phrase(f"audit-kind-{asked.kind}")] if asked.kind != "all" else []
    heading = [Phrase("audit-heading"), *about, Phrase("audit-days", {"days": asked.days})]
    document = Document(
        f"audit-{ctx.now.date()}.xlsx",
        SHEETS,
        {"heading": heading, "sheets": [[Phrase("audit-heading"), rows]]},
    )  # fmt: skip
    facts = {"count": len(found), "more": len(all_found) > len(found)}
    return Reply("audit-exported", facts, document=document, fresh=True, private=True)
