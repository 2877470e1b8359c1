"""``/survey results``: how many answered, what they said, how it goes over time; and all of it as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.surveys.defining import look_up
from domain.surveys.definition import Answered, Definition, Kind
from domain.surveys.queries import FEWEST, AnswerView, Tally, wilson
from handlers.chat import Button, Document, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.rendering.wording import shortened
from handlers.reports.sheets import SHEETS
from handlers.router import LEADERS, ButtonTooOld, number, press
from handlers.surveys.cards import shown_answer, words_in
from handlers.surveys.pictures import DAYS, satisfaction
from handlers.surveys.words import subcommand

LONGEST_DAYS = 3650
MOST_COMMENTS = 5
MOST_LISTED = 20
MOST_EXPORTED = 5000
MOST_FORMS = 2000
LONGEST_COMMENT = 200
NAMED_FIRST = "csat"


@dataclass(frozen=True, kw_only=True)
class Results:
    """``commented`` are the latest that came with words, low ones first."""

    name: str
    asks: Definition
    days: int
    tally: Tally
    commented: Sequence[AnswerView]


@subcommand("results")
async def results(ctx: ChatContext, rest: str) -> Reply:
    """``csat``, ``csat 30`` for the last thirty days; alone that of the tickets."""
    name, _, days = rest.casefold().partition(" ")
    if name.isdecimal():
        name, days = NAMED_FIRST, name
    return await _present(ctx, name or NAMED_FIRST, int(days) if days.strip().isdecimal() and len(days) < 6 else DAYS)


@press("surveys.results")
async def pressed(ctx: ChatContext, argument: str) -> Reply:
    """``csat``, or ``csat.30``; below what was pressed, because a picture comes with it."""
    ctx.allow(*LEADERS)
    name, days = _named(argument)
    return await _present(ctx, name, days)


def _named(argument: str) -> tuple[str, int]:
    name, _, days = argument.partition(".")
    return name, number(days) if days else DAYS


async def _read(ctx: ChatContext, name: str, days: int) -> Results:
    known = await look_up(ctx.uow, name)
    days = max(1, min(days, LONGEST_DAYS))
    since = ctx.now - timedelta(days=days)
    found = await ctx.uow.surveys.tally(ctx.actor, name, since=since)
    low = await ctx.uow.surveys.list_views(
        ctx.actor, name=name, since=since, is_low=True, commented=True, limit=MOST_COMMENTS
    )
    others = await ctx.uow.surveys.list_views(
        ctx.actor, name=name, since=since, is_low=False, commented=True, limit=MOST_COMMENTS
    )
    commented = [*low, *others][:MOST_COMMENTS]
    return Results(name=name, asks=known.asks, days=days, tally=found, commented=commented)


async def _present(ctx: ChatContext, name: str, days: int) -> Reply:
    found = await _read(ctx, name, days)
    tally = found.tally
    facts = {
        "name": name,
        "title": words_in(found.asks.title, ctx.locale),
        "days": found.days,
        "sent": tally.sent,
        "answered": tally.answered,
        "rate": _per_cent(tally.response_rate),
    }
    lines = [*_score_lines(found), *await _form_lines(ctx, found), *_about_lines(tally)]
    lines += [_comment_line(view) for view in found.commented]
    buttons = []
    if tally.answered:
        buttons.append(Button("button-survey-low", press=f"surveys.low:{name}.{found.days}"))
        buttons.append(Button("button-survey-export", press=f"surveys.export:{name}.{found.days}"))
    return Reply(
        "survey-results",
        facts,
        lines=tuple(lines),
        buttons=tuple(buttons),
        picture=satisfaction(found.asks, tally, days=found.days, locale=ctx.locale),
        private=True,
        fresh=True,
    )


def _per_cent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _score_lines(found: Results) -> list[Line]:
    tally, scale = found.tally, found.asks.scale
    if not tally.scored:
        return []
    spread = [Phrase("survey-spread", {"score": score, "count": tally.scores.get(score, 0)}) for score in scale]
    if found.asks.kind is Kind.NPS:
        return [Line("survey-nps-score", {"nps": nps_of(tally)}), Line("survey-spread-line", {"scores": spread})]
    share = _per_cent(tally.share(4, 5))
    return [
        Line("survey-satisfied", {"share": share, "mean": round(tally.mean or 0, 1)}),
        Line("survey-spread-line", {"scores": spread}),
    ]


def nps_of(tally: Tally) -> int:
    """Promoters (9, 10) less detractors (0 to 6), in points from -100 to 100."""
    return round(100 * (tally.count(9, 10) - tally.count(0, 6)) / tally.scored)


async def _form_lines(ctx: ChatContext, found: Results) -> list[Line]:
    """How often each choice was made."""
    if found.asks.kind is not Kind.FORM:
        return []
    since = ctx.now - timedelta(days=found.days)
    views = await ctx.uow.surveys.list_views(ctx.actor, name=found.name, since=since, limit=MOST_FORMS)
    lines = []
    for question in found.asks.questions:
        chosen = Counter(view.answers[question.name] for view in views if view.answers.get(question.name))
        if question.type is Answered.CHOICE and chosen:
            said = [
                Phrase("survey-chosen", {"label": shown_answer(question, value, ctx.locale), "count": count})
                for value, count in chosen.most_common()
            ]
            lines.append(Line("survey-choices", {"ask": words_in(question.ask, ctx.locale), "chosen": said}))
    return lines


def _about_lines(tally: Tally) -> list[Line]:
    """Colleagues are compared only with enough answers each; that some are left out is said."""
    ranked = [
        Phrase("survey-ranked", {"name": each.name, "mean": round(each.mean, 1), "count": each.count})
        for each in tally.ranking
    ]
    if ranked:
        return [Line("survey-ranking", {"people": ranked})]
    return [Line("survey-no-ranking", {"fewest": FEWEST})] if tally.about else []


def _comment_line(view: AnswerView) -> Line:
    words = shortened(" ".join((view.comment or "").split()), LONGEST_COMMENT)
    return Line(
        "survey-comment-line",
        {"score": view.score, "words": words, "who": view.contact, "customer": view.customer, "low": view.is_low},
    )


# ---------------------------------------------------------------- low ones, and all of them


@press("surveys.low")
async def low_ones(ctx: ChatContext, argument: str) -> Reply:
    """Each low answer with what was done about it."""
    ctx.allow(*LEADERS)
    name, days = _named(argument)
    since = ctx.now - timedelta(days=max(1, min(days, LONGEST_DAYS)))
    views = await ctx.uow.surveys.list_views(ctx.actor, name=name, since=since, is_low=True, limit=MOST_LISTED)
    lines = tuple(low_line(view) for view in views)
    return Reply("survey-low-list", {"name": name, "count": len(views)}, lines=lines, private=True, fresh=True)


def low_line(view: AnswerView) -> Line:
    facts = {
        "score": view.score,
        "who": view.contact,
        "customer": view.customer,
        "words": shortened(" ".join((view.comment or "").split()), LONGEST_COMMENT) or None,
        "state": "open" if view.followup_is_open else "done" if view.followup_id is not None else None,
        "at": view.answered_at,
    }
    named = f"F{view.followup_id}" if view.followup_id is not None else view.customer or ""
    record = f"followup.{view.followup_id}" if view.followup_id is not None else f"customer.{view.customer_id}"
    return Line("survey-low-line", facts, buttons=(Button("button-open-of", f"today.open:{record}", {"name": named}),))


@press("surveys.export")
async def export(ctx: ChatContext, argument: str) -> Reply:
    """A workbook: the numbers with their interval, and a row for each person who was asked."""
    ctx.allow(*LEADERS)
    name, days = _named(argument)
    if not 0 < days <= LONGEST_DAYS:
        raise ButtonTooOld
    found = await _read(ctx, name, days)
    views = await ctx.uow.surveys.list_all_views(
        ctx.actor, name, since=ctx.now - timedelta(days=days), limit=MOST_EXPORTED
    )
    return Reply(
        "survey-exported",
        {"name": name, "count": len(views)},
        document=workbook(found, views, locale=ctx.locale, day=ctx.now.date()),
        fresh=True,
        private=True,
    )


def workbook(found: Results, views: Sequence[AnswerView], *, locale: str, day: date) -> Document:
    """Facts for ``SHEETS``: the words are found when it is sent."""
    title = words_in(found.asks.title, locale)
    heading = [title, Phrase("survey-last-days", {"count": found.days})]
    sheets = [
        [Phrase("sheet-numbers"), _number_rows(found)],
        [Phrase("survey-sheet-answers"), _answer_rows(found.asks, views, locale)],
    ]
    return Document(f"{found.name}-{day}.xlsx", SHEETS, {"heading": heading, "sheets": sheets})


def _number_rows(found: Results) -> list[list[Any]]:
    tally = found.tally
    rows: list[list[Any]] = [["", "n", "%", Phrase("survey-sheet-from"), Phrase("survey-sheet-to")]]
    rows.append([Phrase("survey-sheet-sent"), tally.sent, None, None, None])
    rows.append(_share_row(Phrase("survey-sheet-answered"), tally.answered, tally.sent))
    if not tally.scored:
        return rows
    if found.asks.kind is Kind.NPS:
        rows.append(_share_row(Phrase("survey-sheet-promoters"), tally.count(9, 10), tally.scored))
        rows.append(_share_row(Phrase("survey-sheet-detractors"), tally.count(0, 6), tally.scored))
        rows.append(["NPS", nps_of(tally), None, None, None])
    else:
        rows.append(_share_row(Phrase("survey-sheet-satisfied"), tally.count(4, 5), tally.scored))
    rows.append([Phrase("survey-mean"), round(tally.mean or 0, 2), None, None, None])
    rows += [[str(score), tally.scores.get(score, 0), None, None, None] for score in found.asks.scale]
    return rows


def _share_row(name: Phrase, count: int, of: int) -> list[Any]:
    """With the interval in which the share lies with 95 % confidence."""
    if not of:
        return [name, count, None, None, None]
    low, high = wilson(count, of)
    return [name, count, round(100 * count / of, 1), round(100 * low, 1), round(100 * high, 1)]


_HEADS = ("asked", "answered-at", "customer", "contact", "about", "edition", "score", "comment")


def _answer_rows(asks: Definition, views: Sequence[AnswerView], locale: str) -> list[list[Any]]:
    names = [question.name for question in asks.questions]
    heads: list[Any] = [Phrase(f"survey-sheet-{head}") for head in _HEADS]
    rows = [[*heads, *(words_in(question.ask, locale) for question in asks.questions)]]
    for view in views:
        said = [view.at, view.answered_at, view.customer, view.contact, view.about, view.edition, view.score]
        rows.append([*said, view.comment, *(view.answers.get(name) or None for name in names)])
    return rows
