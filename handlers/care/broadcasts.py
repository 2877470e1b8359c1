"""``/broadcast``: writing news or an invitation for many customers, and seeing what it will be before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from domain.broadcasts.actions import Composed, compose, look, rewrite
from domain.broadcasts.errors import UnknownVariable
from domain.broadcasts.model import VARIABLES, Broadcast, BroadcastState, Segment
from domain.broadcasts.planning import Counted, about
from domain.broadcasts.wording import checked_text
from domain.errors import CrmError
from domain.leads.errors import TooLong
from domain.leads.model import GRADES
from domain.notifications.model import NotificationState
from domain.people.team_tree import known_teams
from domain.people.teams import find_team
from handlers.care.broadcast_report import report_card
from handlers.chat import Button, Choice, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import find_colleague
from handlers.dialogs.forms import ask_form
from handlers.dialogs.point_fields import pieces
from handlers.dialogs.said_times import moment_said
from handlers.people.onboarding import read_clock
from handlers.records.lines import note_shown
from handlers.router import LEADERS, Answer, FieldErrors, command, form, number, press
from locales import LANGUAGES, language_of

MOST_LISTED = 8
LONGEST_SHOWN = 600
BACK = Button("button-back", press="broadcast.list:")


@command("broadcast", "群发", who=LEADERS, bare=lambda rest: not rest or rest.isdecimal())
async def broadcast_command(ctx: ChatContext, rest: str) -> Answer:
    """The latest, or one by its number; words are the beginning of a new one."""
    if not rest:
        return await _list(ctx)
    if rest.isdecimal() and len(rest) <= 15:
        return await card(ctx, await ctx.uow.broadcasts.get_for(ctx.actor, int(rest)))
    return await ask_form(ctx, _form(None, {language_of(ctx.locale): rest}))


@press("broadcast.list")
async def back_to_list(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await _list(ctx)


async def _list(ctx: ChatContext) -> Reply:
    latest = await ctx.uow.broadcasts.list_latest(ctx.actor, limit=MOST_LISTED)
    lines = tuple(
        Line(
            "broadcast-listed",
            {
                "number": each.id,
                "text": note_shown(each.text_for(language_of(ctx.locale)), most=60),
                "state": Phrase(f"broadcast-state-{each.state}"),
                "at": each.started_at or each.created_at,
            },
            buttons=(Button("button-details", press=f"broadcast.show:{each.id}"),),
        )
        for each in latest
    )
    new = Button("broadcast-new", press="broadcast.new:", opens_form=True, is_main=True)
    return Reply("broadcast-list" if lines else "broadcast-none", lines=lines, buttons=(new,), private=True)


@press("broadcast.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await card(ctx, await ctx.uow.broadcasts.get_for(ctx.actor, number(argument)))


async def card(ctx: ChatContext, broadcast: Broadcast, *, undo: bool = False) -> Reply:
    """What it says and to whom; how far it is, once it was sent."""
    if broadcast.state is not BroadcastState.DRAFT:
        return await report_card(ctx.uow, broadcast)
    _, counted, more = await look(ctx.uow, broadcast, now=ctx.now)
    asked = await ctx.uow.approvals.find_open("broadcast", f"broadcast:{broadcast.id}")
    lines = (
        *(
            Line(
                "broadcast-text-in",
                {"language": Phrase(f"language-{language}"), "text": note_shown(text, most=LONGEST_SHOWN)},
            )
            for language, text in broadcast.texts.items()
        ),
        await _whom(ctx, broadcast.whom),
        Line("broadcast-when", {"day": broadcast.day, "hour": broadcast.hour or (time(9) if broadcast.day else None)}),
        *count_lines(counted, more=more),
    )
    ends = await ctx.uow.broadcasts.count_ends(about(broadcast.id))
    facts = {
        "number": broadcast.id,
        "invitation": broadcast.is_invitation,
        "asked": asked is not None,
        "had": ends.get((NotificationState.SENT, None), 0),  # of a sending that was undone
    }
    return Reply(
        "broadcast-card",
        facts,
        lines=lines,
        buttons=_buttons(broadcast, can_send=asked is None and (more or counted.allowed > 0), undo=undo, more=more),
        card=f"broadcast:{broadcast.id}",
        private=True,
    )


def _buttons(broadcast: Broadcast, *, can_send: bool, undo: bool, more: bool) -> tuple[Button, ...]:
    number_ = broadcast.id
    return (
        *((Button("button-send", press=f"broadcast.send:{number_}", is_main=True),) if can_send else ()),
        Button("broadcast-preview", press=f"broadcast.preview:{number_}"),
        Button("broadcast-test", press=f"broadcast.test:{number_}"),
        *((Button("broadcast-count-all", press=f"broadcast.count:{number_}"),) if more else ()),
        Button("button-edit", press=f"broadcast.edit:{number_}", opens_form=True),
        *((undo_button(),) if undo else ()),
        BACK,
    )


def count_lines(counted: Counted, *, more: bool = False) -> tuple[Line, ...]:
    """ "214 of 230; 9 opted out, 7 within cool-down"; ``more``: of the first thousand only."""
    reasons = [
        Phrase(f"broadcast-out-{reason}", {"count": amount}) for reason, amount in sorted(counted.reasons.items())
    ]
    facts = {"allowed": counted.allowed, "total": counted.total, "reasons": reasons or None, "more": more}
    return (Line("broadcast-count", facts),)


async def _whom(ctx: ChatContext, segment: Segment) -> Line:
    owners = [person.name for person in await ctx.uow.staff.list_by_ids(list(segment.owner_ids))]
    facts = {
        "tags": list(segment.tags) or None,
        "grades": list(segment.grades) or None,
        "language": Phrase(f"language-{language_of(segment.language)}") if segment.language else None,
        "owners": [*owners, *segment.teams] or None,
        "within": segment.within,
    }
    key = "broadcast-whom" if any(value for name, value in facts.items() if name != "within") else "broadcast-to-all"
    return Line(key, facts)


# ---------------------------------------------------------------- writing


@press("broadcast.new")
async def new(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    return await ask_form(ctx, _form(None, {}))


@press("broadcast.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    broadcast = await ctx.uow.broadcasts.get_for(ctx.actor, number(argument))
    broadcast.must_be_unsent()
    owners = [person.name for person in await ctx.uow.staff.list_by_ids(list(broadcast.whom.owner_ids))]
    return await ask_form(ctx, _form(broadcast, broadcast.texts, owners))


def _form(standing: Broadcast | None, texts: Mapping[str, str], owners: Sequence[str] = ()) -> Form:
    whom = standing.whom if standing else Segment()
    kinds = tuple(Choice(each, Phrase(f"broadcast-kind-{each}")) for each in ("news", "invitation"))
    spoken = tuple(Choice(language[:2], Phrase(f"language-{language}")) for language in LANGUAGES)
    day, hour = (standing.day, standing.hour) if standing else (None, None)
    return Form(
        press=f"broadcast.write:{standing.id if standing else 0}",
        title="broadcast-form",
        fields=(
            *(
                Field(_field(each), f"greeting-field-{each}", "long", value=texts.get(each, ""), hint="broadcast-hint")
                for each in LANGUAGES
            ),
            Field(
                "kind",
                "broadcast-label-kind",
                "choice",
                value="invitation" if standing and standing.is_invitation else "news",
                choices=kinds,
            ),
            Field("tags", "label-tags", value=", ".join(whom.tags), hint="hint-several"),
            Field("grades", "broadcast-label-grades", value=", ".join(whom.grades), hint="broadcast-hint-grades"),
            Field("language", "broadcast-label-language", "choice", value=whom.language or "", choices=spoken),
            Field(
                "owners",
                "broadcast-label-owners",
                value=", ".join([*owners, *whom.teams]),
                hint="broadcast-hint-owners",
            ),
            Field("day", "broadcast-label-day", "date", value=day.isoformat() if day else ""),
            Field("hour", "broadcast-label-hour", "time", value=f"{hour:%H:%M}" if hour else ""),
        ),
        facts={"known": [f"{{{name}}}" for name in VARIABLES]},
    )


def _field(language: str) -> str:
    return f"text_{language.replace('-', '_').lower()}"


@form("broadcast.write")
async def write(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    """Checked field by field, kept, and shown as it will be."""
    ctx.allow(*LEADERS)
    composed = await _Reader(ctx, values).read()
    standing = number(argument)
    if standing:
        broadcast = await rewrite(ctx.uow, ctx.actor, standing, composed)
    else:
        broadcast = await compose(ctx.uow, ctx.actor, composed, now=ctx.now)
    await ctx.uow.flush()
    return await card(ctx, broadcast, undo=True)


class _Reader:
    """What the form says; all that is wrong is said at its fields at once."""

    def __init__(self, ctx: ChatContext, values: Mapping[str, str]) -> None:
        self._ctx = ctx
        self._values = {name: value.strip() for name, value in values.items()}
        self._errors: dict[str, Phrase] = {}

    async def read(self) -> Composed:
        """Raises FieldErrors."""
        texts = {language: self._text(language) for language in LANGUAGES}
        if not any(texts.values()) and not self._errors:
            self._errors[_field(language_of(self._ctx.locale))] = Phrase("broadcast-empty")
        owner_ids, teams = await self._owners()
        day, hour = await self._day(), self._hour()
        if self._errors:
            raise FieldErrors(self._errors)
        segment = Segment(
            tags=tuple(pieces(self._values.get("tags", ""))),
            grades=self._grades(),
            language=self._values.get("language") or None,
            owner_ids=owner_ids,
            teams=teams,
        )
        is_invitation = self._values.get("kind") == "invitation"
        return Composed(texts=texts, segment=segment, is_invitation=is_invitation, day=day, hour=hour)

    def _text(self, language: str) -> str:
        try:
            return checked_text(self._values.get(_field(language), ""))
        except (UnknownVariable, TooLong) as wrong:
            self._errors[_field(language)] = Phrase(wrong.code, wrong.facts)
            return ""

    def _grades(self) -> tuple[str, ...]:
        return tuple(
            each for each in (typed.upper() for typed in pieces(self._values.get("grades", ""))) if each in GRADES
        )

    async def _owners(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Colleagues by their names, teams by theirs."""
        teams = await known_teams(self._ctx.uow)
        ids, found = [], []
        for typed in pieces(self._values.get("owners", "")):
            person = await find_colleague(self._ctx, typed)
            if person is not None:
                ids.append(person.id)
            elif (team := find_team(typed, teams)) is not None:
                found.append(team)
            else:
                self._errors["owners"] = Phrase("broadcast-no-such-owner", {"typed": typed[:60]})
        return tuple(ids), tuple(found)

    async def _day(self) -> date | None:
        typed = self._values.get("day", "")
        if not typed:
            return None
        try:
            return (await moment_said(self._ctx, typed)).at.date()
        except CrmError as wrong:
            self._errors["day"] = Phrase(wrong.code, wrong.facts)
            return None

    def _hour(self) -> time | None:
        typed = self._values.get("hour", "")
        if not typed:
            return None
        at = read_clock(typed)
        if at is None:
            self._errors["hour"] = Phrase("wrong-clock")
        return at
