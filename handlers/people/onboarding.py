"""The first minutes: who somebody is is guessed, shown, and confirmed with one tap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from domain.errors import CrmError
from domain.people.actions import Joined, Newcomer, Profile, change_profile, set_up_company
from domain.people.errors import HoursReversed, NameMissing, NameTaken, UnknownZone
from domain.people.model import Role, Staff
from domain.people.zones import find_zone
from handlers.chat import Button, Choice, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.forms import ask_form
from handlers.hello import hello, run_button
from handlers.records.history_fields import channel_name
from handlers.router import Answer, ButtonTooOld, FieldErrors, form, press
from locales import LANGUAGES, language_of

CLOCK = re.compile(r"([01]?\d|2[0-4])(?:[:.点时h]?([0-5]\d)?)分?")


def spoken(locale: str | None) -> str | None:
    """Our language for what a platform says of somebody; None when we do not speak theirs."""
    if not locale:
        return None
    primary = re.split("[-_]", locale)[0].lower()
    return language_of(locale) if primary in {language.partition("-")[0] for language in LANGUAGES} else None


def newcomer(ctx: ChatContext) -> Newcomer:
    """What the channel knows of the speaker."""
    sender = ctx.event.sender
    return Newcomer(
        name=(sender.name if sender else "") or ctx.identity.name,
        locale=spoken(ctx.identity.locale or (sender.locale if sender else None)),
        timezone=sender.timezone if sender else None,
    )


def greeting(joined: Joined, channels: Sequence[str], *, now: datetime) -> Reply:
    """What somebody sees who has just opened a code: who we take them for, or that a further channel is linked.

    The first admin is not offered Undo: it would leave a company of nobody.
    """
    if joined.is_new:
        key = "welcome-admin" if joined.is_first else "welcome-staff"
        return profile_card(key, joined.staff, now=now, undo=not joined.is_first)
    names = [channel_name(channel) for channel in dict.fromkeys(channels)]
    return Reply("channel-linked", {"name": joined.staff.name, "channels": names}, buttons=(undo_button(),))


def profile_card(key: str, staff: Staff, *, now: datetime, undo: bool) -> Reply:
    ours = language_of(staff.locale)
    buttons = [
        Button("button-confirm-profile", press="start.confirm"),
        Button("button-edit", press="start.change", opens_form=True),
        *(Button(f"language-{other}", press=f"start.language:{other}") for other in LANGUAGES if other != ours),
    ]
    if undo:
        buttons.append(undo_button())
    lines = (
        Line("profile-called", {"name": staff.name}),
        Line("profile-language", {"language": Phrase(f"language-{ours}")}),
        Line("profile-zone", {"zone": city(staff.timezone), "now": now}),
        Line("profile-hours", {"start": staff.work_start, "end": staff.work_end}),
    )
    facts = {"name": staff.name, "role": Phrase(f"role-{staff.role}")}
    return Reply(key, facts, lines=lines, buttons=tuple(buttons), card=f"staff:{staff.id}")


def city(timezone: str) -> str:
    return timezone.rpartition("/")[2].replace("_", " ")


@press("start.confirm")
async def confirm(ctx: ChatContext, argument: str) -> Reply:
    """All as guessed. The first admin's answer is also the company's; then come the teammates."""
    actor = ctx.actor
    if actor.role is not Role.ADMIN:
        return hello(ctx)
    changed = await set_up_company(ctx.uow, actor)
    buttons = [Button("button-add-teammate", press="team.add", opens_form=True), run_button("help")]
    if changed:
        buttons.append(undo_button())
    return Reply("start-ready", {"name": actor.name}, buttons=tuple(buttons), card=f"staff:{actor.id}")


@press("start.language")
async def choose_language(ctx: ChatContext, argument: str) -> Reply:
    if argument not in LANGUAGES:
        raise ButtonTooOld
    actor = ctx.actor
    await change_profile(ctx.uow, actor, _profile_of(actor, locale=argument))
    return profile_card("profile-card", actor, now=ctx.now, undo=True)


def _profile_of(staff: Staff, *, locale: str) -> Profile:
    return Profile(
        name=staff.name,
        locale=locale,
        timezone=staff.timezone,
        work_start=staff.work_start,
        work_end=staff.work_end,
    )


@press("start.change")
async def change(ctx: ChatContext, argument: str) -> Answer:
    actor = ctx.actor
    languages = tuple(Choice(language, Phrase(f"language-{language}")) for language in LANGUAGES)
    fields = (
        Field("name", "profile-name", required=True, value=actor.name),
        Field("language", "profile-field-language", "choice", value=language_of(actor.locale), choices=languages),
        Field("timezone", "profile-field-zone", required=True, value=actor.timezone, hint="profile-hint-zone"),
        Field("work_start", "profile-field-start", "time", required=True, value=f"{actor.work_start:%H:%M}"),
        Field("work_end", "profile-field-end", "time", required=True, value=f"{actor.work_end:%H:%M}"),
    )
    return await ask_form(ctx, Form("start.profile", "profile-form", fields))


async def _check(ctx: ChatContext, values: Mapping[str, str]) -> None:
    _read_profile(values, ctx.actor)


@form("start.profile", check=_check)
async def take_profile(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    actor = ctx.actor
    try:
        await change_profile(ctx.uow, actor, _read_profile(values, actor))
    except (NameMissing, NameTaken) as wrong:
        raise FieldErrors({"name": _in_words(wrong)}) from None
    except HoursReversed as wrong:
        raise FieldErrors({"work_end": _in_words(wrong)}) from None
    return profile_card("profile-card", actor, now=ctx.now, undo=True)


def _in_words(wrong: CrmError) -> Phrase:
    return Phrase(wrong.code, wrong.facts)


def _read_profile(values: Mapping[str, str], staff: Staff) -> Profile:
    """Raises FieldErrors for all fields that cannot be read, at once."""
    errors: dict[str, Phrase] = {}
    typed = values.get("timezone", "").strip()
    zone = find_zone(typed)
    if zone is None:
        errors["timezone"] = _in_words(UnknownZone(typed=typed[:60]))
    hours = {name: read_clock(values.get(name, "")) for name in ("work_start", "work_end")}
    errors |= {name: Phrase("wrong-clock") for name, at in hours.items() if at is None}
    start, end = hours["work_start"], hours["work_end"]
    if errors or zone is None or start is None or end is None:
        raise FieldErrors(errors)
    return Profile(
        name=values.get("name", ""),
        locale=spoken(values.get("language")) or staff.locale,
        timezone=zone,
        work_start=start,
        work_end=end,
    )


def read_clock(typed: str) -> time | None:
    """9, 9:00, 09.30, 0930, 9点30 as a time of day; midnight at the end of a day is its last minute."""
    found = CLOCK.fullmatch("".join(unicodedata.normalize("NFKC", typed).split()))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour == 24:
        return time(23, 59) if minute == 0 else None
    return time(hour, minute)
