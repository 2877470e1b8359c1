"""What everybody is to sell: ``/quota`` shows it, ``/quota @tom 2026-12 200000`` sets it, a form sets a team's year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import CrmError, NotAllowed
from domain.leads.errors import NoSuchColleague
from domain.people.model import Staff
from domain.quotas.actions import people_with_quotas, set_quotas
from domain.quotas.model import Quota
from domain.reports.model import Report
from domain.reports.periods import Period, month_of, read_period
from domain.reports.wanted import Wanted, today_of
from domain.values.money import Money
from handlers.chat import Button, Field, Form, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.amount_fields import read_amount
from handlers.dialogs.asking import find_colleague, keep_draft
from handlers.dialogs.forms import ask_form
from handlers.notices import Batch, Decision, notice
from handlers.records.comments import named_in
from handlers.rendering.secrets import Secret
from handlers.reports.asking import NoSuchPeople, NoSuchPeriod, read_wanted
from handlers.reports.cards import REPORT
from handlers.reports.commands import counted, may_read, new_card, wanted_of
from handlers.router import (
    LEADERS,
    STAFF,
    Answer,
    ButtonTooOld,
    FieldErrors,
    WrongUsage,
    ahead,
    command,
    fold,
    form,
    number,
    press,
)
from handlers.understanding import Context as Reading

_SET = re.compile(r"(?:set\b|设置|设定)\s*", re.IGNORECASE)
_SAYS = re.compile(r"@?(?P<who>.+?)[\s:：=,，]+(?P<amount>[^\s@\d]*\d\S*(?:\s*[A-Za-z]{3})?)")
_AT = re.compile(r"@\S{1,40}")
_NAMES = re.compile(r"[@＠]|[^\W\d_]{2}")  # "/quota Zed 20k" names somebody, "/quota 2026-13" a time
_LONGEST = 200  # a name, a month and an amount; of a longer text trying each place for each of them takes seconds
_BARE = re.compile(r"@\S+(?:\s+\S*\d\S*)?")
_MONTHS = range(1, 13)
MOST_PEOPLE = 20  # of one form
_YEARS = (2000, 2100)


class QuotaOfWhichMonth(CrmError):
    """An amount for a year or a quarter may be meant for each month or for all of them."""

    code = "quota-which-month"


class NobodyToSetFor(CrmError):
    code = "quota-nobody"


@dataclass(frozen=True)
class _Said:
    person: Staff
    month: date
    amount: Money


def _is_quota(rest: str) -> bool:
    """Without a slash: "set", or a time, somebody by their @, an amount, and nothing else."""
    if _SET.match(fold(rest).strip()) is not None:
        return True
    left = read_period(fold(rest).strip().casefold(), date.min.replace(year=_YEARS[0]))[1].strip()
    return not left or _BARE.fullmatch(left) is not None


@command("quota", "业绩目标", "指标", who=STAFF, bare=_is_quota)
async def quota(ctx: ChatContext, rest: str) -> Answer:
    """Without words one's own month, a leader's the team's."""
    opens = _SET.match(fold(rest).strip())
    if opens is not None:
        return await _open_form(ctx, fold(rest).strip()[opens.end() :])
    said = await _said(ctx, rest)
    if said is not None:
        return await _set_one(ctx, said)
    try:
        wanted = await _wanted(ctx, rest)
    except (NoSuchColleague, NoSuchPeople, NoSuchPeriod) as refusal:
        if isinstance(refusal, NoSuchPeriod) and not _NAMES.search(rest):
            raise
        raise await _fault(ctx, rest) from None
    return await new_card(ctx, wanted)


@ahead("/quota")
async def quota_ahead(ctx: ChatContext, rest: str) -> None:
    if _SET.match(fold(rest).strip()) is None and await _said(ctx, rest) is None:
        await counted(ctx, await _wanted(ctx, rest))


async def _fault(ctx: ChatContext, rest: str) -> CrmError:
    """What is wrong with words that say neither whose quota to show nor what to set: the name, or what stands behind it."""
    at = _AT.search(fold(rest))
    if named_in(fold(rest), await ctx.uow.staff.list_active()):
        return WrongUsage("quota")
    return NoSuchColleague(typed=at.group()) if at is not None else NoSuchPeople(typed=rest.strip()[:60])


async def _wanted(ctx: ChatContext, rest: str) -> Wanted:
    """Raises NoSuchColleague, NoSuchPeople, and NotAllowed for whoever leads nobody and asks for others."""
    wanted = await read_wanted(ctx, rest, report=Report.QUOTA)
    if not ctx.actor.leads_others and wanted.person is None and wanted.team is None:
        wanted = replace(wanted, person=ctx.actor.id)
    if not may_read(ctx.actor, wanted):
        raise NotAllowed
    return wanted


# ---------------------------------------------------------------- one month of one person


async def _said(ctx: ChatContext, rest: str) -> _Said | None:
    """None where no colleague and no amount are named. Raises QuotaOfWhichMonth."""
    today = today_of(ctx.actor, ctx.now)
    period, left = read_period(fold(rest).strip().casefold(), today)
    found = _SAYS.fullmatch(left.strip()) if len(left) <= _LONGEST else None
    if found is None:
        return None
    person = await find_colleague(ctx, found["who"].strip(" ,，、:：="))
    amount = read_amount(found["amount"], await ctx.reading()) if person is not None else None
    if person is None or amount is None:
        return None
    month = month_of(period.first if period is not None else today)
    if period is not None and period != month:
        raise QuotaOfWhichMonth
    return _Said(person, month.first, amount)


async def _set_one(ctx: ChatContext, said: _Said) -> Reply:
    """0 takes it away. Raises NotAllowed and QuotaBelowZero."""
    changed = await set_quotas(ctx.uow, ctx.actor, {(said.person.id, said.month): said.amount}, now=ctx.now)
    facts = {
        "name": said.person.name,
        "month": _month(said.month),
        "amount": Secret("amount", said.amount) if said.amount.minor else None,
        "changed": "yes" if changed else "no",
    }
    shows = Button("button-quota-show", press=f"quota.show:{said.person.id}.{said.month:%Y%m}")
    return Reply("quota-set", facts, buttons=(undo_button(), shows) if changed else (shows,), private=True)


def _month(day: date) -> Phrase:
    return Phrase("report-month", {"month": Phrase(f"month-{day.month}"), "year": str(day.year)})


@press("quota.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return await new_card(ctx, _shown(ctx, argument))


@ahead("quota.show")
async def show_ahead(ctx: ChatContext, argument: str) -> None:
    await counted(ctx, _shown(ctx, argument))


def _shown(ctx: ChatContext, argument: str) -> Wanted:
    person, _, month = argument.partition(".")
    year, place = divmod(number(month), 100)
    if place not in _MONTHS or not _YEARS[0] <= year <= _YEARS[1]:
        raise ButtonTooOld
    wanted = Wanted(report=Report.QUOTA, period=month_of(date(year, place, 1)), person=number(person))
    if not may_read(ctx.actor, wanted):
        raise NotAllowed
    return wanted


# ---------------------------------------------------------------- a team's year


async def _open_form(ctx: ChatContext, words: str) -> Answer:
    ctx.allow(*LEADERS)
    wanted = await read_wanted(ctx, words, report=Report.QUOTA)
    draft = await keep_draft(ctx, REPORT, wanted.kept())
    await ctx.uow.flush()
    return await ask_form(ctx, await _form(ctx, wanted, draft.id, wanted.period.last.year))


@press("quota.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    wanted, draft_id, year = await _year_of(ctx, argument)
    return await ask_form(ctx, await _form(ctx, wanted, draft_id, year))


async def _year_of(ctx: ChatContext, argument: str) -> tuple[Wanted, int, int]:
    ctx.allow(*LEADERS)
    draft, _, said = argument.partition(".")
    year = number(said)
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise ButtonTooOld
    return await wanted_of(ctx, number(draft)), number(draft), year


async def _form(ctx: ChatContext, wanted: Wanted, draft_id: int, year: int) -> Form:
    """A field a person: one amount for each month, or twelve. Raises NobodyToSetFor."""
    everybody = await _people(ctx, wanted)
    people = everybody[:MOST_PEOPLE]
    standing = await ctx.uow.quotas.list_of(
        [each.id for each in people], first=date(year, 1, 1), last=date(year, 12, 31)
    )
    fields = tuple(
        Field(
            f"p{each.id}",
            "quota-field",
            value=_written([quota for quota in standing if quota.staff_id == each.id]),
            hint="quota-hint",
            facts={"name": each.name},
        )
        for each in people
    )
    left_out = Phrase(
        "quota-form-cut", {"limit": MOST_PEOPLE, "count": len(everybody) - len(people), "year": str(year)}
    )
    note = left_out if len(everybody) > len(people) else None
    return Form(f"quota.keep:{draft_id}.{year}", "quota-form", fields, facts={"year": str(year)}, note=note)


async def _people(ctx: ChatContext, wanted: Wanted) -> Sequence[Staff]:
    people = await people_with_quotas(ctx.uow, ctx.actor, team=wanted.team)
    people = [each for each in people if wanted.person in {None, each.id}]
    if not people:
        raise NobodyToSetFor
    return people


def _written(quotas: Sequence[Quota]) -> str:
    """What ``_read`` reads: one amount where all months have it, else twelve; "-" for a month without."""
    by_month = {quota.month.month: f"{quota.amount.value.normalize():f}{quota.amount.currency}" for quota in quotas}
    months = [by_month.get(month, "-") for month in _MONTHS]
    if not by_month:
        return ""
    return months[0] if len(set(months)) == 1 else " ".join(months)


@form("quota.keep")
async def keep(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    """Raises FieldErrors, all at once."""
    wanted, _, year = await _year_of(ctx, argument)
    reading = await ctx.reading()
    amounts: dict[tuple[int, date], Money | None] = {}
    errors: dict[str, Phrase] = {}
    # Who was not in the form when it was opened has no field: that takes nothing away from them.
    for each in [each for each in await _people(ctx, wanted) if f"p{each.id}" in values]:
        read = _read(values[f"p{each.id}"], reading)
        if read is None:
            errors[f"p{each.id}"] = Phrase("quota-wrong")
            continue
        amounts |= {(each.id, date(year, month, 1)): read[month - 1] for month in _MONTHS}
    if errors:
        raise FieldErrors(errors)
    changed = await set_quotas(ctx.uow, ctx.actor, amounts, now=ctx.now)
    whole_year = replace(wanted, period=Period(date(year, 1, 1), date(year, 12, 31)))
    draft = await keep_draft(ctx, REPORT, whole_year.kept())
    await ctx.uow.flush()
    show = Button("button-quota-show", press=f"quota.card:{draft.id}")
    facts = {"year": str(year), "count": sum(changed.values()), "people": len(changed)}
    return Reply("quotas-set", facts, buttons=(undo_button(), show) if changed else (show,), private=True)


def _read(typed: str, reading: Reading) -> list[Money | None] | None:
    """Twelve amounts, None for no quota; None where the words are neither one amount nor twelve."""
    words = fold(typed).strip()
    if words in {"", "-"}:
        return [None] * 12
    parts = re.split(r"[\s;、/]+", words)
    if len(parts) != 12:
        amount = read_amount(words, reading)
        return [amount] * 12 if amount is not None and amount.minor >= 0 else None
    read: list[Money | None] = []
    for part in parts:
        amount = None if part in {"-", "0"} else read_amount(part, reading)
        if amount is None and part not in {"-", "0"}:
            return None
        read.append(amount)
    return read


@press("quota.card")
async def card(ctx: ChatContext, argument: str) -> Reply:
    return await new_card(ctx, await wanted_of(ctx, number(argument)))


@ahead("quota.card")
async def card_ahead(ctx: ChatContext, argument: str) -> None:
    await counted(ctx, await wanted_of(ctx, number(argument)))


@notice("quota-changed")
async def changed(uow: object, batch: Batch) -> Mapping[int, Decision]:
    """One line for whoever's quota it is."""
    return {
        row.id: Reply(
            "quota-changed",
            {
                "who": row.facts["who"],
                "month": _month(row.facts["month"]),
                "amount": Secret("amount", row.facts["amount"]) if row.facts["amount"] is not None else None,
                "more": row.facts["more"],
            },
            buttons=(Button("button-quota-show", press=f"quota.show:{row.staff_id}.{row.facts['month']:%Y%m}"),),
        )
        for row in batch.rows
    }
