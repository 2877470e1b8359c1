"""Records go to somebody else: one action, one Undo, and the new owner is told once, accepts, and is told of each customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from domain.errors import CrmError
from domain.notifications.quiet import is_absent
from domain.people.errors import StaffNotFound
from domain.people.handover import Belongings, count_belongings, hand_over, hand_over_some
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import RECORDS
from domain.values.zones import local
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.notices import Batch, Decision, notice
from handlers.people.person_card import looked_after
from handlers.router import LEADERS, WrongUsage, command, fold, number, press

MOST_CHOICES = 20
MOST_RECORDS = 30  # named in one command: more than that keeps others waiting
# "@Tom to @Mei", "@小王 给 @小美", "Tom, Mei", "Tom → Mei".
FROM_TO = re.compile(
    r"@?(.+?)\s*(?:[,，]|→|->|\s(?:to|给|交给|转给)\s|(?<=\S)\s+(?=@)|给|交给)\s*@?(.+)", re.IGNORECASE
)


CODES_TO = re.compile(
    r"((?:#?[LCOT]\d{1,15}[\s,，、]*)+)(?:to\b|from\b|从|给|交给|转给|→|->|,)?\s*@?(.+)", re.IGNORECASE
)
# "all of @Tom", "everything from Tom", "全部 @小王".
ALL_OF = re.compile(r"(?:all|everything)(?:\s+(?:of|from))?\s+|(?:全部|所有)(?:记录|客户)?\s*(?:从)?\s*", re.IGNORECASE)
CODE = re.compile(r"([LCOT])(\d{1,15})", re.IGNORECASE)
_LONGEST = 80  # two names
_LONGEST_WITH_CODES = 600


class TooManyNamed(CrmError):
    code = "handover-too-many"

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count, limit=MOST_RECORDS)


def _is_handover(rest: str) -> bool:
    """Without a slash both have to be named with @, or the records by their numbers."""
    rest = _without_all(rest)
    if rest.startswith("@"):
        return len(rest) <= _LONGEST and rest.count("@") == 2
    return len(rest) <= _LONGEST_WITH_CODES and "@" in rest and CODES_TO.fullmatch(fold(rest)) is not None


@command("handover", "交接", who=LEADERS, bare=_is_handover)
async def handover(ctx: ChatContext, rest: str) -> Reply:
    """``@Tom to @Mei``: what is Tom's becomes Mei's; ``C7 L12 to @Mei``: these, and ``C7 @Tom to @Mei`` as long as they are
    Tom's. With one name alone it is asked who takes over. The command is the manager's confirmation; only a doubt about the taker is asked first."""
    rest = _without_all(rest)
    if not rest:
        raise WrongUsage("handover")
    one = await _find_giver(ctx, rest)
    if one is not None:
        return await ask_whom(ctx, str(one.id))
    some = CODES_TO.fullmatch(fold(rest).strip())
    if some is not None:
        return await _hand_some(ctx, some[1], *await _from_and_to(ctx, some[2][:_LONGEST]))
    found = FROM_TO.fullmatch(" ".join(rest.split()))
    if found is None:
        raise StaffNotFound(name=_name(rest))
    giver, taker = await _giver_named(ctx, found[1]), await _named(ctx, found[2])
    return await hand(ctx, f"{giver.id}.{taker.id}")


def _without_all(typed: str) -> str:
    """``all from @Tom to @Mei`` is what ``@Tom to @Mei`` means."""
    found = ALL_OF.match(typed)
    return typed[found.end() :] if found is not None else typed


async def _from_and_to(ctx: ChatContext, typed: str) -> tuple[Staff | None, Staff]:
    """``Mei``, or ``Tom to @Mei``. Raises StaffNotFound."""
    one = await ctx.uow.staff.find_by_name(_name(typed))
    both = FROM_TO.fullmatch(" ".join(typed.split())) if one is None else None
    if both is None:
        return None, one or await _named(ctx, typed)
    return await _giver_named(ctx, both[1]), await _named(ctx, both[2])


async def _hand_some(ctx: ChatContext, codes: str, giver: Staff | None, taker: Staff) -> Reply:
    """Raises TooManyNamed before anything is handed over."""
    named = dict.fromkeys(CODE.findall(codes.upper()))
    if len(named) > MOST_RECORDS:
        raise TooManyNamed(count=len(named))
    records = [(RECORDS[letter], int(digits)) for letter, digits in named]
    told = ctx.told(Reply("team-handing-over", {"name": codes.strip(), "to": taker.name}, private=True))
    given = await hand_over_some(
        ctx.uow, ctx.actor, records, taker.id, from_id=giver.id if giver is not None else None, told=told, now=ctx.now
    )
    if not given.total and giver is None:
        return Reply("handover-to-oneself", {"name": taker.name}, private=True)
    buttons = (undo_button(),) if given.total else ()
    facts = {"to": taker.name, "owned": belongings_phrase(given), "until": _away(ctx, taker)}
    return Reply("handover-some", facts, buttons=buttons, private=True)


def _away(ctx: ChatContext, person: Staff) -> date | None:
    """Until when somebody is on vacation, if they are."""
    return person.absent_until if is_absent(person, local(ctx.now, person.timezone).date()) else None


def _name(typed: str) -> str:
    return " ".join(typed.split()).lstrip("@")[:60]


async def _find_giver(ctx: ChatContext, typed: str) -> Staff | None:
    """Also somebody who has left: what is still in their name has no other way to somebody else once the card has gone by."""
    name = _name(typed)
    person = await ctx.uow.staff.find_by_name(name)
    if person is not None:
        return person
    called = [each for each in await ctx.uow.staff.list_all() if fold(each.name).casefold() == fold(name).casefold()]
    return max(called, key=lambda each: each.id, default=None)


async def _giver_named(ctx: ChatContext, typed: str) -> Staff:
    person = await _find_giver(ctx, typed)
    if person is None:
        raise StaffNotFound(name=_name(typed))
    return person


async def _named(ctx: ChatContext, typed: str) -> Staff:
    person = await ctx.uow.staff.find_by_name(_name(typed))
    if person is None:
        raise StaffNotFound(name=_name(typed))
    return person


def belongings_phrase(owned: Belongings) -> Phrase:
    if not owned.total:
        return Phrase("belongings-none")
    return Phrase("belongings", {"items": belongings_list(asdict(owned)), "more": owned.more})


def belongings_list(counts: Mapping[str, Any]) -> list[Phrase]:
    """What there is of each kind; of what there is none nothing is said."""
    kinds = ("leads", "customers", "followups", "opportunities", "tickets")
    return [Phrase(f"belongings-{kind}", {"count": counts[kind]}) for kind in kinds if counts.get(kind)]


async def _giver(ctx: ChatContext, argument: str) -> Staff:
    """Leaders may also give what is their own."""
    ctx.allow(*LEADERS)
    own = number(argument) == ctx.actor.id
    return ctx.actor if own else await looked_after(ctx, argument)


@press("team.hand")
async def ask_whom(ctx: ChatContext, argument: str) -> Reply:
    """To whom: those of the same team first."""
    person = await _giver(ctx, argument)
    owned = await count_belongings(ctx.uow, person.id)
    others = [each for each in await ctx.uow.staff.list_active() if each.id != person.id]
    others.sort(key=lambda each: each.team != person.team)
    choices = tuple(
        Button("button-person", press=f"team.handto:{person.id}.{each.id}", facts={"name": each.name})
        for each in others[:MOST_CHOICES]
    )
    back = Button("button-back", press="team.list:")
    facts = {"name": person.name, "owned": belongings_phrase(owned)}
    return Reply("team-ask-whom", facts, buttons=(*choices, back), card=f"staff:{person.id}", private=True)


@press("team.handto")
async def hand(ctx: ChatContext, argument: str) -> Reply:
    """One action with one Undo. What is too much for one transaction follows by itself, and the card says its end.

    ``1.2`` asks first when the taker is on vacation; ``1.2.sure`` does not.
    """
    from_id, _, rest = argument.partition(".")
    to_id, _, sure = rest.partition(".")
    person, taker = await _giver(ctx, from_id), await ctx.uow.staff.get(number(to_id))
    until = _away(ctx, taker) if taker.is_active and taker.id != person.id else None
    if until is not None and not sure:
        return await _ask_about_vacation(ctx, person, taker, until)
    under_way = Reply("team-handing-over", {"name": person.name, "to": taker.name}, private=True)
    given = await hand_over(ctx.uow, ctx.actor, person.id, taker.id, told=ctx.told(under_way), now=ctx.now)
    undo = undo_button() if given.total else None
    if given.more:
        return replace(under_way, buttons=_after_handover(undo), card=f"staff:{person.id}")
    facts = {"name": person.name, "to": taker.name, "owned": belongings_phrase(given), "stopped": False}
    return _handed_over(facts, undo, staff_id=person.id)


async def _ask_about_vacation(ctx: ChatContext, person: Staff, taker: Staff, until: date) -> Reply:
    """All the same (reminders then go to the deputy), or to the deputy, or to somebody else."""
    deputy = await ctx.uow.staff.get(taker.deputy_id) if taker.deputy_id is not None else None
    buttons = [Button("button-all-the-same", press=f"team.handto:{person.id}.{taker.id}.sure")]
    if deputy is not None and deputy.is_active and deputy.id != person.id:
        to_deputy = f"team.handto:{person.id}.{deputy.id}"
        buttons.append(Button("button-person", press=to_deputy, facts={"name": deputy.name}))
    buttons.append(Button("button-back", press=f"team.hand:{person.id}"))
    facts = {"to": taker.name, "until": until, "deputy": deputy.name if deputy is not None else None}
    return Reply("handover-away", facts, buttons=tuple(buttons), card=f"staff:{person.id}", private=True)


def _handed_over(facts: dict[str, Any], undo: Button | None, *, staff_id: int) -> Reply:
    buttons = _after_handover(undo)
    return Reply("team-handed-over", facts, buttons=buttons, card=f"staff:{staff_id}", private=True)


def _after_handover(undo: Button | None) -> tuple[Button, ...]:
    back = Button("button-back", press="team.list:")
    return (undo, back) if undo else (back,)


@notice("handover-finished")
async def handover_finished(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The answer to a handover that took longer."""
    return {row.id: _finished(row.facts) for row in batch.rows}


def _finished(facts: Mapping[str, Any]) -> Reply:
    names = ("leads", "customers", "followups", "opportunities", "tickets")
    given = Belongings(**{name: facts.get(name, 0) for name in names})
    said = {"name": facts["name"], "to": facts["to"], "owned": belongings_phrase(given), "stopped": facts["stopped"]}
    return _handed_over(said, Button("button-undo", press=f"undo:{facts['action']}"), staff_id=facts["staff"])
