"""What ``guanxi doctor`` looks at: each check gives its findings, raises nothing and changes nothing."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import socket
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from operator import attrgetter
from pathlib import Path
from time import perf_counter
from typing import Any

from bot import backup_files, backups, file_store
from bot.language_model import SECONDS, LanguageModel, NoAnswer
from bot.settings import Settings
from domain.ports import Copies
from handlers.understanding.second_reading import is_readable, messages_for

DATABASE_SECONDS = 5.0
CLOCK_OFF, CLOCK_WRONG = timedelta(seconds=30), timedelta(minutes=5)
ROOM_LOW, ROOM_GONE = 1_000_000_000, 100_000_000  # bytes
BACKUP_OLD = timedelta(days=2)
MOST_NAMED = 10


class Mark(Enum):
    FINE = "✓"
    NOTE = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """``doctor-<code>`` is its text, with ``facts``."""

    mark: Mark
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def fine(code: str, **facts: Any) -> Finding:
    return Finding(Mark.FINE, code, facts)


def note(code: str, **facts: Any) -> Finding:
    return Finding(Mark.NOTE, code, facts)


def bad(code: str, **facts: Any) -> Finding:
    return Finding(Mark.BAD, code, facts)


async def telegram(settings: Settings) -> Sequence[Finding]:
    """Token, webhook, group privacy, and our clock against the platform's: reminders come late by what ours is wrong.

    Another receiver is looked for only where ours is not at work, which it would disturb.
    """
    if settings.telegram_token is None:
        return []
    from bot.telegram.check import check, platform_time

    polls = not await asyncio.to_thread(_is_ours, settings)
    checked, theirs = await asyncio.gather(
        check(
            settings.telegram_token,
            settings.telegram_api_base,
            settings.proxy,
            polls=polls,
            webhook_url=_webhook_url(settings),
        ),
        platform_time(settings.telegram_api_base, settings.proxy),
    )
    first = (
        bad(checked.problem, said=checked.said or "", way=_way(settings, settings.telegram_api_base))
        if checked.problem
        else fine("telegram", bot=checked.bot or "")
    )
    warning = [note(checked.warning)] if checked.warning else []
    return [first, *warning, *([] if theirs is None else [clock(datetime.now(UTC), theirs)])]


def _way(settings: Settings, base: str | None) -> str:
    """What to look at where a platform is out of reach: a proxy that is set, an address that is set, or neither."""
    return "proxy" if settings.proxy else "base" if base else "direct"


def _webhook_url(settings: Settings) -> str | None:
    from bot.telegram.webhook import WebhookAddress

    if settings.telegram_webhook_url is None:
        return None
    return WebhookAddress.of(settings.telegram_webhook_url, token="", secret=None).url


async def slack(settings: Settings) -> Sequence[Finding]:
    """Both tokens, scopes, Socket Mode, and our clock: Slack's signed requests are refused when it is five minutes off."""
    if settings.slack_bot_token is None:
        return []
    from bot.slack.check import check

    checked = await check(settings.slack_bot_token, settings.slack_app_token, settings.slack_api_base, settings.proxy)
    facts = {"way": _way(settings, settings.slack_api_base), "scopes": ", ".join(checked.missing)}
    found = (
        bad(checked.problem, **facts)
        if checked.problem
        else fine("slack", bot=checked.bot or "", team=checked.team or "")
    )
    if checked.at is None:
        return [found]
    at = clock(datetime.now(UTC), checked.at)
    return [found, at if at.mark is Mark.FINE else Finding(at.mark, "slack-clock-off", at.facts)]


def clock(ours: datetime, theirs: datetime) -> Finding:
    """How far our clock is off, both aware."""
    off = abs(ours - theirs)
    if off < CLOCK_OFF:
        return fine("clock")
    seconds = round(off.total_seconds())
    return note("clock-off", seconds=seconds) if off < CLOCK_WRONG else bad("clock-off", seconds=seconds)


async def language_model(settings: Settings) -> Sequence[Finding]:
    """Does the model answer a sentence of ours in time? Without it everything works, so nothing about it is bad."""
    model = LanguageModel.of(settings)
    if model is None:
        return []
    text, began = "called Acme, they want a quote, follow up Friday", perf_counter()
    try:
        answer = await model.answer(messages_for(text, ["Acme"], now=datetime.now(UTC), zone="UTC"))
    except NoAnswer as none:
        code = none.reason if none.reason in {"late", "unreachable"} else "unfit"
        return [note(f"llm-{code}", reason=none.reason, seconds=round(SECONDS))]
    if not is_readable(answer):
        return [note("llm-unfit", reason="no JSON", seconds=round(SECONDS))]
    return [fine("llm", model=settings.llm_model, milliseconds=round((perf_counter() - began) * 1000))]


async def database(settings: Settings) -> Sequence[Finding]:
    """Reachable, and how its schema stands."""
    from storage.faults import UnfitDatabase, is_of_a_file, reason_of

    state = await _revisions(settings)
    if isinstance(state, UnfitDatabase):
        return [bad("database-encoding", encoding=state.encoding, name=state.name)]
    if isinstance(state, Exception):
        return [bad("database-file" if is_of_a_file(state) else "database-down", error=reason_of(state))]
    stands, newest, known = state
    if stands is None:
        return [note("database-empty")]
    if stands == newest:
        return [fine("database", revision=newest)]
    if not known:
        return [bad("schema-newer", revision=stands)]
    if settings.auto_migrate:
        return [note("schema-old-automatic", revision=stands, newest=newest)]
    return [bad("schema-old", revision=stands, newest=newest)]


async def _revisions(settings: Settings) -> tuple[str | None, str, bool] | Exception:
    """Where the schema stands, the newest there is, whether we know the first; or what went wrong."""
    from bot.wiring import copies_of

    copies = copies_of(settings)
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            stands, newest = await asyncio.to_thread(copies.revisions)
    except Exception as error:  # noqa: BLE001 - whatever a driver raises is the finding
        return error
    return stands, newest, stands is None or copies.knows(stands)


async def room(settings: Settings) -> Sequence[Finding]:
    """May we write where the data and the backups lie, and is there room?"""
    return await asyncio.to_thread(_room, settings)


def _room(settings: Settings) -> Sequence[Finding]:
    from bot.wiring import copies_of

    copies = copies_of(settings)
    data = [copies.file.absolute().parent] if copies.file is not None else []
    data += [file_store.folder_of(settings, copies).absolute(), backups.folder_of(settings, copies).absolute()]
    folders = {_existing(folder) for folder in data}
    findings = []
    for folder in sorted(folders):
        free = shutil.disk_usage(folder).free
        facts = {"folder": str(folder), "megabytes": free // 1_000_000}
        if not os.access(folder, os.W_OK | os.X_OK):
            findings.append(bad("folder-closed", folder=str(folder)))
        elif free < ROOM_LOW:
            findings.append(bad("room-low", **facts) if free < ROOM_GONE else note("room-low", **facts))
    return findings or [fine("room")]


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists: there it would be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())


async def backup(settings: Settings) -> Sequence[Finding]:
    """The age of the newest backup, and for PostgreSQL whether its programs are there."""
    from bot.wiring import copies_of

    copies = copies_of(settings)
    findings = []
    trouble = await asyncio.to_thread(_program_trouble, copies)
    if trouble is not None:
        findings.append(note(trouble))
    elif not await asyncio.to_thread(_has_rows, settings):
        return []
    made = await asyncio.to_thread(backups.list_backups, backups.folder_of(settings, copies))
    if not made:
        return [*findings, note("backup-none")]
    hours = int((datetime.now(UTC) - made[0].at).total_seconds() // 3600)
    old = datetime.now(UTC) - made[0].at > BACKUP_OLD
    return [*findings, note("backup-old", hours=hours) if old else fine("backup", file=made[0].path.name)]


def _program_trouble(copies: Copies) -> str | None:
    from domain.copies import CopyRefused

    try:
        copies.try_programs()
    except CopyRefused as refused:
        found = {CopyRefused.PROGRAM_MISSING: "pg-dump-missing", CopyRefused.PROGRAM_TOO_OLD: "pg-dump-old"}
        return found.get(refused.why)  # a database that is empty, or does not answer, has a finding of its own
    return None


def _has_rows(settings: Settings) -> bool:
    from bot.wiring import copies_of
    from domain.copies import CopyRefused

    try:
        return copies_of(settings).has_rows()
    except CopyRefused:
        return False  # the database does not answer, which has a finding of its own


async def files(settings: Settings) -> Sequence[Finding]:
    """Does everything that people sent lie in the folder of this process?"""
    return await asyncio.to_thread(_files, settings)


def _files(settings: Settings) -> Sequence[Finding]:
    from bot.wiring import copies_of

    copies = copies_of(settings)
    store = file_store.store_of(settings, copies)
    try:
        lacking = backup_files.count_lacking(copies, store)
    except OSError:
        return []  # a closed folder has a finding of its own
    return [note("files-missing", count=lacking, folder=str(store.folder.absolute()))] if lacking else []


async def calendar(settings: Settings) -> Sequence[Finding]:
    """Does the calendar know this year and the next, in the countries where people work?"""
    today = datetime.now(UTC).date()
    unknown = sorted(
        {
            (year, each.country)
            for each in await _calendars(settings)
            for year in (today.year, today.year + 1)
            if not each.knows(year)
        }
    )
    return [note("calendar-unknown", year=str(year), country=country) for year, country in unknown] or [
        fine("calendar")
    ]


async def _calendars(settings: Settings) -> Sequence[Any]:
    """The company's and the staff's, as the database has them; where it cannot be asked, that of the settings."""
    from bot.wiring import open_house
    from domain.notifications.quiet import calendar_of
    from domain.values.calendars import Calendar, read_days

    state = await _revisions(settings)
    if isinstance(state, Exception) or state[0] != state[1]:
        return [Calendar(country=settings.company_country)]
    async with open_house(settings.model_copy(update={"auto_migrate": False})) as house, house.database.read() as uow:
        company = await uow.company.get()
        everybodys = [calendar_of(person, company) for person in await uow.staff.list_active()]
    entered = read_days(company.extra_workdays)
    return everybodys or [Calendar(country=company.country, extra_workdays=entered)]


async def company(settings: Settings) -> Sequence[Finding]:
    """Can all that the company set be read? Another version, or a hand, may have written it; until then it is as by
    default."""
    from bot.wiring import open_house
    from domain.company.keeping import unreadable_topics

    state = await _revisions(settings)
    if isinstance(state, Exception) or state[0] is None or state[0] != state[1]:
        return []
    async with open_house(settings.model_copy(update={"auto_migrate": False})) as house, house.database.read() as uow:
        unread = unreadable_topics(await uow.company.get())
    return [note("company-unreadable", topic=topic) for topic in unread] or [fine("company")]


async def people(settings: Settings) -> Sequence[Finding]:
    """Can the hours and wishes of everybody be read, and the reports and surveys that come by themselves? Planners set aside
    what they cannot read: see docs/decisions/0044."""
    from bot.wiring import open_house
    from domain.apart import Apart
    from domain.digests.habits import digest_moment
    from domain.notifications.days import day_moment
    from domain.people.model import Staff
    from domain.reports.schedules import unreadable_schedules
    from domain.tickets.duty import is_on_duty
    from domain.values.zones import local

    state = await _revisions(settings)
    if isinstance(state, Exception) or state[0] is None or state[0] != state[1]:
        return []
    async with open_house(settings.model_copy(update={"auto_migrate": False})) as house, house.database.read() as uow:
        company, everybody = await uow.company.get(), await uow.staff.list_active()
        surveys = await uow.surveys.list_current()
    now = datetime.now(UTC)

    def read(person: Staff) -> None:
        is_on_duty(person, company, now)
        for moment in (day_moment, digest_moment):
            moment(person, local(now, person.timezone).date())

    readable = {person.id for person, _ in Apart().each(everybody, read, item=lambda each: each.name, now=now)}
    unread = [person for person in everybody if person.id not in readable]
    findings = [note("person-unreadable", name=person.name, zone=person.timezone) for person in unread[:MOST_NAMED]]
    findings += [note("schedule-unreadable", name=key) for key in unreadable_schedules(company, now)]
    asked = {survey.name for survey, _ in Apart().each(surveys, attrgetter("asks"), item=str, now=now)}
    findings += [note("survey-unreadable", name=survey.name) for survey in surveys if survey.name not in asked]
    return findings or [fine("people")]


async def points(settings: Settings) -> Sequence[Finding]:
    """Do the lines of every customer's points come to what they have?"""
    from bot.wiring import open_house
    from domain.points.checking import check_points

    state = await _revisions(settings)
    if isinstance(state, Exception) or state[0] != state[1]:
        return []
    async with open_house(settings.model_copy(update={"auto_migrate": False})) as house, house.database.read() as uow:
        checked = await check_points(uow)
    if not checked.wrong:
        return [fine("points", count=checked.accounts)] if checked.accounts else []
    some = sorted(checked.wrong)[:MOST_NAMED]
    kinds = sorted({fault for found in checked.wrong.values() for fault in found})
    named = {"customers": ", ".join(f"C{each}" for each in some), "faults": ", ".join(kinds)}
    return [bad("points-wrong", count=len(checked.wrong), **named)]


async def port(settings: Settings) -> Sequence[Finding]:
    """Free, or taken by ourselves."""
    return await asyncio.to_thread(_port, settings)


def _port(settings: Settings) -> Sequence[Finding]:
    number = settings.http_port
    family = socket.AF_INET6 if ":" in settings.http_host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.http_host, number))
        except OSError as error:
            if error.errno == errno.EACCES:
                return [bad("port-closed", port=str(number))]
            if error.errno != errno.EADDRINUSE:
                return [bad("host-wrong", host=settings.http_host)]
            return [fine("port-ours", port=str(number)) if _is_ours(settings) else bad("port-taken", port=str(number))]
    return [fine("port", port=str(number))]


def _is_ours(settings: Settings) -> bool:
    """Whether ``guanxi run`` answers at the port."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.http_host, settings.http_host)  # noqa: S104 - where to ask, not where to listen
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}/health"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=2) as answer:
            return "outbox" in json.load(answer)
    except (OSError, ValueError):
        return False
