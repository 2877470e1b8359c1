"""Being away: said in words ("I'm off Wednesday to Friday", 我下周休假) or set in /settings, and who stands in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.notifications.preferences import absence_facts, choose_deputy, come_back, go_away
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import ask_words, colleague_buttons, open_question
from handlers.dialogs.only_answers import answers
from handlers.dialogs.said_times import moment_said
from handlers.people.settings import ASKED, BACK, present_settings
from handlers.router import Answer, ButtonTooOld, fold, number, press, question
from handlers.understanding import Context, parse_when

LONGEST = 60
_BETWEEN = (
    re.compile(r"(?i)\s*(?:\b(?:until|till?|through|thru|to)\b|[至到])\s*"),
    re.compile(r"\s*[-–—~～]\s*"),  # after the words: a date has dashes too
)
_UNTIL = re.compile(r"(?i)\s*(?:\b(?:until|till?|through|thru)\b|[至到])\s*(?=\S)")
_DAY_NUMBER = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")
_FROM = re.compile(r"(?i)^(?:from\b|starting\b|从|自)\s*")
_LEFT_OVER = re.compile(r"(?i)[\s,的]*(?:in|on|during)?[\s,的]*")
_AWAY = (
    re.compile(
        r"(?:i'?m|i am|i'll be|i will be|i'm going to be) (?:taking (?:time off|leave|holiday)|away|off(?: work)?|out(?: of (?:the )?office)?"
        r"|on (?:leave|holiday|vacation|pto|annual leave)|not (?:working|in)) (?P<when>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:i'?m|i am|i'll be) (?:taking|having) (?P<when>.+) off", re.IGNORECASE),
    re.compile(r"我?(?:要|想|得)?(?P<when>.+?)(?:要|想|得)?(?:休假|请假|休年假|调休)(?P<until>[到至].+)?"),
    re.compile(
        r"我(?:要|想|得)?(?P<when>.+?)(?:要|想|得)?(?:休息|不在公司|不上班)(?P<until>[到至].+)?"
    ),  # or a shop's rest day
    re.compile(r"我(?:要|想|得)?(?:休假|请假|休年假|调休)(?P<when>.+)"),
)


async def away_in_words(ctx: ChatContext, text: str) -> Answer:
    """None for what says no more than being away, and for days that are not understood."""
    if ctx.staff is None or len(text) > LONGEST:
        return None
    words = " ".join(fold(text).replace("’", "'").split()).strip(" .!。！")
    for pattern in _AWAY:
        found = pattern.fullmatch(words)
        if found is None:
            continue
        when = found["when"] + (found.groupdict().get("until") or "")
        days = days_away(when, await ctx.reading())
        if days is not None:
            return await _leave(ctx, *days)
    return None


def days_away(text: str, context: Context) -> tuple[date, date] | None:
    """The first and the last day that the words name, today where they name only an end; None when they name none."""
    today = context.local_now.date()
    words = _FROM.sub("", text.strip())
    begins_now = _UNTIL.match(words)
    if begins_now is not None:
        last = _all_of(words[begins_now.end() :], context)
        return (today, last[1]) if last else None
    ways = (_from_to(words, between, context) for pattern in _BETWEEN for between in pattern.finditer(words))
    return _all_of(words, context) or next((days for days in ways if days is not None), None)


def _from_to(words: str, between: re.Match[str], context: Context) -> tuple[date, date] | None:
    left, right = words[: between.start()], words[between.end() :]
    first = _all_of(left, context)
    if first is None:
        return _month_behind(left, _all_of(right, context))
    begin = datetime.combine(first[0], time(), tzinfo=context.zone)
    last = _month_before(right, first) or _all_of(right, replace(context, now=begin))
    return (first[0], last[1]) if last and last[1] >= first[0] else None


def _month_behind(left: str, last: tuple[date, date] | None) -> tuple[date, date] | None:
    """ "25 to 27 November"."""
    day = _day_number(left)
    return (last[0].replace(day=day), last[1]) if last and 1 <= day <= last[0].day else None


def _month_before(right: str, first: tuple[date, date]) -> tuple[date, date] | None:
    """ "November 25 to 27"."""
    day = _day_number(right)
    month_ends = monthrange(first[0].year, first[0].month)[1]
    return (first[0], first[0].replace(day=day)) if first[0].day <= day <= month_ends else None


def _day_number(words: str) -> int:
    return int(words.rstrip("dhnrst")) if _DAY_NUMBER.fullmatch(words) else 0


def _all_of(words: str, context: Context) -> tuple[date, date] | None:
    """The whole days that these words and nothing else name: "tomorrow at 3pm" is an appointment, no absence."""
    moment = parse_when(words, context)
    if moment is None or not moment.has_date or moment.grain in {"minute", "daypart"}:
        return None
    if not _LEFT_OVER.fullmatch(f"{words[: moment.start]}{words[moment.end :]}"):
        return None
    first = moment.at.date()
    if moment.grain == "week":
        return first, first + timedelta(days=6 - first.weekday())
    if moment.grain == "month":
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, first


async def _leave(ctx: ChatContext, first: date, last: date) -> Reply:
    await go_away(ctx.uow, ctx.actor, last, first=first, now=ctx.now)
    return await _ask_deputy(ctx, undo=True)


@press("settings.away")
async def ask_until(ctx: ChatContext, argument: str) -> Reply:
    """The next words are the days away."""
    await ask_words(ctx, ASKED, "until")
    return Reply("settings-ask-until", buttons=(BACK,), private=True)


@question(ASKED)
async def take_days(ctx: ChatContext, text: str) -> Answer:
    """One day is the last one of an absence that begins now."""
    draft = await open_question(ctx, ASKED)
    if draft is None:
        return None
    days = days_away(fold(text).strip(" .!。！"), await ctx.reading())
    if days is None or days[0] == days[1]:
        if not await answers(ctx, draft, text, "time"):
            return None
        moment = await moment_said(ctx, text)
        days = (ctx.now.astimezone(ctx.zone).date(), moment.at.date())
    await ctx.uow.drafts.remove(draft)
    return await _leave(ctx, *days)


@press("settings.who")
async def ask_deputy(ctx: ChatContext, argument: str) -> Reply:
    return await _ask_deputy(ctx)


async def _ask_deputy(ctx: ChatContext, *, undo: bool = False) -> Reply:
    people = await colleague_buttons(ctx, "settings.deputy:me")
    nobody = Button("settings-nobody-button", press="settings.deputy:me.0")
    last = (undo_button(), BACK) if undo else (BACK,)
    return Reply("settings-ask-deputy", absence_facts(ctx.actor), buttons=(*people, nobody, *last), private=True)


@press("settings.deputy")
async def take_deputy(ctx: ChatContext, argument: str) -> Reply:
    staff_id = number(argument.partition(".")[2])
    deputy = await ctx.uow.staff.get(staff_id) if staff_id else None
    if deputy is not None and not deputy.is_active:
        raise ButtonTooOld
    await choose_deputy(ctx.uow, ctx.actor, deputy, now=ctx.now)
    if ctx.actor.absent_until is None:  # an old card, pressed after the return
        return await present_settings(ctx, undo=True)
    facts = {**absence_facts(ctx.actor), "deputy": deputy.name if deputy is not None else None}
    return Reply("settings-deputy-chosen", facts, buttons=(undo_button(), BACK), private=True)


@press("settings.back")
async def back(ctx: ChatContext, argument: str) -> Reply:
    if ctx.actor.absent_until is None:
        return await present_settings(ctx)
    await come_back(ctx.uow, ctx.actor)
    return await present_settings(ctx, undo=True)
