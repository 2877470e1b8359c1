"""``/digest`` and the digest at its hour: what changed in the team since the last one that was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from domain.digests.actions import already_asked
from domain.digests.habits import last_digest_moment
from domain.digests.model import Digest, Item, Section, TeamNews
from domain.digests.planning import digest_now
from domain.digests.reading import read_news
from domain.errors import RecordNotFound
from domain.notifications.quiet import is_absent
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, Outcome
from handlers.digests.lines import (
    MOST_NAMES,
    Standing,
    asked_by,
    chart_reply,
    digest_card,
    has_chart,
    record_phrase,
    since_when,
)
from handlers.digests.settings import settings_card
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import LEADERS, Answer, ButtonTooOld, WrongUsage, command, fold, number, press
from handlers.surveys.pictures import satisfaction_of

PAGE = 8
MOST_LISTED = 200
MOST_PEOPLE = 15
SETTINGS = frozenset({"settings", "设置"})
WEEK = frozenset({"week", "weekly", "this week", "周", "本周", "周报"})


def _is_digest(rest: str) -> bool:
    """Without a slash: "digest", "日报 设置"."""
    return not rest or fold(rest).casefold() in SETTINGS | WEEK


@command("digest", "日报", "团队日报", who=LEADERS, bare=_is_digest)
async def digest(ctx: ChatContext, rest: str) -> Answer:
    """The digest of today as things stand now, or of the last seven days (``week``); ``settings`` for when it comes and
    what stands in it.

    In a group of colleagues it is said to all, masked; where customers read along, to the speaker alone.
    """
    asked = fold(rest).casefold().strip()
    if asked in SETTINGS:
        return settings_card(ctx.actor)
    if asked and asked not in WEEK:
        raise WrongUsage("digest")
    made = await digest_now(ctx.uow, ctx.actor, now=ctx.now, weekly=bool(asked))
    if ctx.in_group and not await _customers_read_along(ctx):
        news = (await read_news(ctx.uow, [(made, ctx.actor)], now=ctx.now))[made.id]
        return digest_card(news, Standing(acts=False, whole=True))
    return await present_digest(ctx, made)


async def _customers_read_along(ctx: ChatContext) -> bool:
    place = ctx.event.conversation
    return await ctx.uow.groups.customers_read_along(place.channel, place.parent or place.key)


@press("digest.now")
async def now(ctx: ChatContext, argument: str) -> Reply:
    """From another card, which stays."""
    ctx.allow(*LEADERS)
    return replace(await present_digest(ctx, await digest_now(ctx.uow, ctx.actor, now=ctx.now)), fresh=True)


async def present_digest(
    ctx: ChatContext,
    made: Digest,
    *,
    said: tuple[Line, ...] = (),
    last: tuple[Button, ...] = (),
    whole: bool = False,
    just_asked: Collection[tuple[Section, int]] = (),
) -> Reply:
    """The digest as things stand now, with what was just ``said`` above it. ``just_asked``: by this very transaction,
    whose plans are not in the outbox yet."""
    await ctx.uow.flush()
    news = await news_of(ctx, made)
    standing = Standing(asked={*await already_asked(ctx.uow, news), *just_asked}, whole=whole)
    return digest_card(news, standing, said=said, last=last)


async def news_of(ctx: ChatContext, made: Digest, *, shown: int = MOST_NAMES) -> TeamNews:
    return (await read_news(ctx.uow, [(made, ctx.actor)], now=ctx.now, shown=shown))[made.id]


async def own_digest(ctx: ChatContext, argument: str) -> tuple[Digest, str]:
    """The digest that a press ``12.overdue`` stands on, if it is the speaker's, and the rest of the press.

    Raises NotAllowed for who leads nobody any more, and RecordNotFound.
    """
    ctx.allow(*LEADERS)
    digest_id, _, rest = argument.partition(".")
    made = await ctx.uow.digests.find(number(digest_id))
    if made is None or made.staff_id != ctx.actor.id:
        raise RecordNotFound(record="")
    return made, rest


@press("digest.back")
async def back(ctx: ChatContext, argument: str) -> Reply:
    made, _ = await own_digest(ctx, argument)
    return await present_digest(ctx, made)


@press("digest.whole")
async def whole(ctx: ChatContext, argument: str) -> Reply:
    made, _ = await own_digest(ctx, argument)
    return await present_digest(ctx, made, whole=True)


# ---------------------------------------------------------------- on its hour


@notice("digest")
async def digests(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Not said when it is too late for that day, nor to who is away or leads nobody any more."""
    decisions: dict[int, Decision] = {}
    wanted: list[tuple[int, Digest, Staff]] = []
    known = await uow.digests.find_all([row.facts["digest"] for row in batch.rows])
    for row in batch.rows:
        leader, made = batch.staff.get(row.staff_id or 0), known.get(row.facts["digest"])
        if leader is None or made is None or not leader.leads_others:
            decisions[row.id] = Skip("gone")
        elif batch.now > last_digest_moment(leader, row.facts["day"]):
            decisions[row.id] = Skip("too-late")
        elif is_absent(leader, row.facts["day"]):
            decisions[row.id] = Skip("absent")
        else:
            wanted.append((row.id, made, leader))
    news = await read_news(uow, [(made, leader) for _, made, leader in wanted], now=batch.now)
    return decisions | {row_id: digest_card(news[made.id]) for row_id, made, _ in wanted}


@notice("digest-chart")
async def charts(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """What the week looked like, behind the digest that sums it up."""
    wanted: list[tuple[int, Digest, Staff]] = []
    known = await uow.digests.find_all([row.facts["digest"] for row in batch.rows])
    for row in batch.rows:
        made, leader = known.get(row.facts["digest"]), batch.staff.get(row.staff_id or 0)
        if made is not None and leader is not None and leader.leads_others:
            wanted.append((row.id, made, leader))
    news = await read_news(uow, [(made, leader) for _, made, leader in wanted], now=batch.now)
    decisions: dict[int, Decision] = {row.id: Skip("nothing-to-say") for row in batch.rows}
    return decisions | {row_id: chart_reply(news[made.id]) for row_id, made, _ in wanted if has_chart(news[made.id])}


@notice("digest-satisfaction")
async def satisfactions(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Where somebody gave a low score in the week: how satisfied customers are."""
    decisions: dict[int, Decision] = {}
    known = await uow.digests.find_all([row.facts["digest"] for row in batch.rows])
    for row in batch.rows:
        made, leader = known.get(row.facts["digest"]), batch.staff.get(row.staff_id or 0)
        said = None
        if made is not None and leader is not None and leader.leads_others:
            news = (await read_news(uow, [(made, leader)], now=batch.now))[made.id]
            said = await _satisfaction(uow, news)
        decisions[row.id] = said or Skip("nothing-to-say")
    return decisions


async def _satisfaction(uow: UnitOfWork, news: TeamNews) -> Reply | None:
    survey = asked_by(news)
    if survey is None:
        return None
    picture = await satisfaction_of(uow, news.leader, survey, now=news.until)
    return Reply("digest-satisfaction", picture=picture, private=True, fresh=True) if picture is not None else None


@press("digest.chart")
async def draw(ctx: ChatContext, argument: str) -> Answer:
    """Below the text, which stays; with low scores also how satisfied customers are."""
    made, _ = await own_digest(ctx, argument)
    news = await news_of(ctx, made)
    satisfied = await _satisfaction(ctx.uow, news)
    pictures = (*((chart_reply(news),) if has_chart(news) else ()), *((satisfied,) if satisfied is not None else ()))
    return Outcome(pictures) if pictures else await present_digest(ctx, made)


# ---------------------------------------------------------------- the records behind it


@press("digest.details")
async def details(ctx: ChatContext, argument: str) -> Reply:
    """Person by person what was done, then the first records of each section, each with a button that opens it."""
    made, _ = await own_digest(ctx, argument)
    news = await news_of(ctx, made)
    lines = [*await _people(ctx, news)]
    for section, part in news.parts.items():
        lines += [_record_line(section, item, news) for item in part.items]
        left = part.count - len(part.items)
        if left > 0:
            onward = Button(
                "button-n-more",
                press=f"digest.list:{made.id}.{section}.{len(part.items)}",
                facts={"count": left, "open": part.is_open},
            )
            lines.append(Line("digest-more", {"section": Phrase(f"digest-name-{section}")}, buttons=(onward,)))
    facts = {"since": since_when(made.since, until=ctx.now, zone=ctx.actor.timezone)}
    return Reply("digest-details", facts, lines=tuple(lines), buttons=(_back(made),), private=True)


def _back(made: Digest) -> Button:
    return Button("button-back", press=f"digest.back:{made.id}")


async def _people(ctx: ChatContext, news: TeamNews) -> Sequence[Line]:
    ids = [person.id for person in news.team]
    logged = await ctx.uow.agenda.count_logged(ids, since=news.digest.since, until=ctx.now)
    overdue = news.parts[Section.OVERDUE].by_owner if Section.OVERDUE in news.parts else {}
    lines = []
    for person in news.team:
        mine = [each for each in logged if each.staff_id == person.id]
        kinds = [Phrase("digest-kind", {"kind": Phrase(f"activity-{each.kind}"), "count": each.count}) for each in mine]
        if mine or person.id in overdue:
            facts = {"name": person.name, "kinds": kinds or None, "overdue": overdue.get(person.id, 0)}
            lines.append(Line("digest-person", facts))
    return lines[:MOST_PEOPLE]


@press("digest.list")
async def listed(ctx: ChatContext, argument: str) -> Reply:
    """One section in pages. ``argument``: the digest, the section, and how many were shown before."""
    made, rest = await own_digest(ctx, argument)
    name, _, start = rest.partition(".")
    if name not in set(Section):
        raise ButtonTooOld
    section, begin = Section(name), min(number(start), MOST_LISTED)
    news = await news_of(ctx, made, shown=begin + PAGE)
    part = news.parts.get(section)
    if part is None:
        return await present_digest(ctx, made)
    shown = part.items[begin : begin + PAGE]
    left = part.count - begin - len(shown)
    buttons = [_back(made)]
    if left > 0 and shown and begin < MOST_LISTED:
        onward = f"digest.list:{made.id}.{section}.{begin + PAGE}"
        buttons.insert(0, Button("button-n-more", press=onward, facts={"count": left, "open": part.is_open}))
    return Reply(
        "digest-list",
        {"section": Phrase(f"digest-name-{section}"), "count": part.count, "open": part.is_open},
        lines=tuple(_record_line(section, item, news) for item in shown),
        buttons=tuple(buttons),
        private=True,
    )


def _record_line(section: Section, item: Item, news: TeamNews) -> Line:
    opens = Button("button-open-of", press=f"today.open:{item.record}.{item.id}", facts={"name": item.title[:20]})
    facts = {"section": Phrase(f"digest-name-{section}"), "what": record_phrase(section, item)}
    return Line("digest-record", facts, buttons=(opens,))
