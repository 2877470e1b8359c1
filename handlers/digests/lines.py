"""How a digest looks: a line a section, each with the button that acts on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.digests.actions import ASKS, people_behind
from domain.digests.model import Digest, Item, Part, Section, TeamNews
from domain.values.zones import local
from handlers.chat import Button, Line, Phrase, Picture, Reply
from handlers.rendering.charts import bars, chart
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import shortened

SHOWN = 5  # lines of a digest
MOST_NAMES = 4
LONGEST_TITLE = 40
LONGEST_SAID = 90  # of what a customer wrote
THIS_WEEK = 6  # days back that are called by the name of their weekday


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known beside the news: who was ``asked`` from it already, and whether ``whole`` or five lines are wanted."""

    asked: Collection[tuple[Section, int]] = ()
    whole: bool = False
    acts: bool = True


def digest_card(
    news: TeamNews, standing: Standing = Standing(), *, said: tuple[Line, ...] = (), last: tuple[Button, ...] = ()
) -> Reply:
    """Five lines at most with how many more there are; a quiet day is one."""
    digest = news.digest
    facts = {
        "since": since_when(digest.since, until=news.until, zone=news.leader.timezone),
        "logged": sum(news.logged.values()),
        "names": _counted(news, news.logged) or None,
        "new": news.new_leads,
    }
    key = "digest-week" if digest.weekly else "digest"
    if news.is_quiet:
        return Reply("digest-quiet", facts, lines=said, buttons=last, private=standing.acts, card=_card(digest))
    sections = list(news.parts)
    shown = sections if standing.whole else sections[:SHOWN]
    lines = [section_line(news, section, standing) for section in shown]
    buttons = [Button("button-details", press=f"digest.details:{digest.id}")] if standing.acts else []
    if standing.acts and (has_chart(news) or asked_by(news)) and (digest.asked or not digest.weekly):
        buttons.append(Button("digest-chart-button", press=f"digest.chart:{digest.id}"))
    if len(shown) < len(sections):
        left = len(sections) - len(shown)
        more = Button("button-n-more", press=f"digest.whole:{digest.id}", facts={"count": left, "open": False})
        buttons.insert(0, more)
    return Reply(
        key,
        facts,
        lines=(*said, *lines),
        buttons=(*buttons, *last) if standing.acts else (),
        private=standing.acts,
        card=_card(digest),
    )


def has_chart(news: TeamNews) -> bool:
    return bool(news.logged or Section.OVERDUE in news.parts)


def asked_by(news: TeamNews) -> str | None:
    """The survey that the worst of the low scores answers, whose picture goes with them."""
    part = news.parts.get(Section.LOW)
    return next((item.survey for item in part.items), None) if part is not None else None


def digest_chart(news: TeamNews) -> Picture:
    """What each of the team logged since, and what is overdue of theirs now."""
    overdue = news.parts[Section.OVERDUE].by_owner if Section.OVERDUE in news.parts else {}
    people = [person for person in news.team if person.id in news.logged or person.id in overdue]
    people.sort(key=lambda person: (-news.logged.get(person.id, 0), person.name))
    logged, late = _counted(news, news.logged), _counted(news, overdue)
    title = Phrase("digest-chart-title")
    return chart(
        "bars",
        title,
        alt=Phrase("digest-chart-alt", {"logged": logged or None, "overdue": late or None}),
        note=since_when(news.digest.since, until=news.until, zone=news.leader.timezone),
        **bars(
            [person.name for person in people],
            [
                (Phrase("digest-chart-logged"), [float(news.logged.get(person.id, 0)) for person in people]),
                (Phrase("digest-name-overdue"), [float(overdue.get(person.id, 0)) for person in people]),
            ],
        ),
    )


def chart_reply(news: TeamNews) -> Reply:
    facts = {"since": since_when(news.digest.since, until=news.until, zone=news.leader.timezone)}
    return Reply("digest-chart", facts, picture=digest_chart(news), private=True, fresh=True)


def _card(digest: Digest) -> str:
    return f"digest:{digest.id}"


def since_when(since: datetime, *, until: datetime, zone: str) -> Phrase:
    """ "since 9:30", "since yesterday", "since Friday", "since 3 Nov": as people say it."""
    here, today = local(since, zone), local(until, zone).date()
    days = (today - here.date()).days
    if days == 0:
        return Phrase("digest-since-clock", {"at": since})
    if 1 < days <= THIS_WEEK:
        return Phrase("digest-since-weekday", {"day": Phrase(f"digest-weekday-{here.isoweekday()}")})
    return Phrase("digest-since-day", {"at": here.date()})


def section_line(news: TeamNews, section: Section, standing: Standing) -> Line:
    part = news.parts[section]
    done = standing.acts and _is_asked(news, section, standing)
    facts = {
        "count": part.count,
        "open": part.is_open,
        "names": _counted(news, part.by_owner) or None,
        "records": [record_phrase(section, item, in_group=not standing.acts) for item in part.items[:MOST_NAMES]],
        "left": max(0, part.count - len(part.items[:MOST_NAMES])),
        "asked": done,
    }
    buttons = () if done or not standing.acts else _acts(news, section, part)
    return Line(f"digest-{section}", facts, buttons=buttons)


def _is_asked(news: TeamNews, section: Section, standing: Standing) -> bool:
    people = people_behind(news, section)
    return bool(people) and all((section, person.id) in standing.asked for person in people)


def _counted(news: TeamNews, by_person: Mapping[Any, int]) -> Sequence[Phrase]:
    """Tom 3, Mei 2: who has how many, most first."""
    most = sorted(by_person.items(), key=lambda each: (-each[1], each[0] or 0))
    return [
        Phrase("digest-of", {"name": name, "count": count})
        for owner, count in most[:MOST_NAMES]
        if (name := news.name_of(owner)) is not None
    ]


def record_phrase(section: Section, item: Item, *, in_group: bool = False) -> Phrase:
    """A record in a few words: its name, whose it is, since when or how much. What a ticket is about makes no sense masked
    as a name is: in a group it is called by its number."""
    title = shortened(item.title, LONGEST_SAID if section is Section.LOW else LONGEST_TITLE)
    facts: dict[str, Any] = {
        "name": f"T{item.id}" if in_group and item.record == "ticket" else Secret("name", title),
        "owner": item.owner_name,
        "at": item.at,
        "on": item.on,
        "amount": Secret("amount", item.amount) if item.amount is not None else None,
    }
    return Phrase(f"digest-record-{section}", facts)


def _acts(news: TeamNews, section: Section, part: Part) -> tuple[Button, ...]:
    digest = news.digest
    if section in ASKS:
        if not people_behind(news, section):  # the reader's own records
            return (Button("digest-show", press=f"digest.list:{digest.id}.{section}.0"),)
        return (Button(ACTS[section], press=f"digest.ask:{digest.id}.{section}"),)
    if section is Section.LOW:
        results = Button("button-survey-results", press=f"surveys.results:{part.items[0].survey}")
        show = Button("digest-show", press=f"digest.list:{digest.id}.{section}.0")
        is_cared_for = any(item.record == "followup" for item in part.items)
        take = (Button("digest-take-over", press=f"digest.take:{digest.id}"),) if is_cared_for else ()
        return (*take, show, results)
    if section is Section.UNASSIGNED:
        return (Button("digest-assign-button", press=f"digest.assign:{digest.id}.0"),)
    if part.count == 1 and part.items:
        return (Button("digest-open", press=f"today.open:{part.items[0].record}.{part.items[0].id}"),)
    return (Button("digest-show", press=f"digest.list:{digest.id}.{section}.0"),)


ACTS: Mapping[Section, str] = {
    Section.OVERDUE: "button-nudge",
    Section.RISK: "button-nudge",
    Section.SLIPPED: "button-ask-why",
    Section.WON: "button-praise",
}
