"""``guanxi doctor``: is everything as it must be, and if not, what to do. It changes nothing."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.examination import Finding, Mark, bad, fine, note
from bot.settings import Settings, WrongSetting, read_settings
from handlers.rendering.reader import Reader
from handlers.rendering.texts import Texts

Check = Callable[[Settings], Awaitable[Sequence[Finding]]]
ENV = Path(".env")


async def doctor() -> int:
    """Print a line for each check, in the operator's language: ✓ is well, ! may hurt later, ✗ stops the work.

    Gives 1 if any is ✗.
    """
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        _say([*_env_file(), bad("setting-wrong", said=str(wrong))], _locale_at_hand())
        return 1
    findings = [*_env_file(), *_settings(settings)]
    _say(findings, settings.locale)
    for check in _checks():
        found = await check(settings)
        _say(found, settings.locale)
        findings += found
    return 1 if any(finding.mark is Mark.BAD for finding in findings) else 0


def _checks() -> Sequence[Check]:
    """Imported when run: what looks at the platforms takes seconds to import."""
    from bot.examination import (
        backup,
        calendar,
        company,
        database,
        files,
        language_model,
        people,
        points,
        port,
        room,
        slack,
        telegram,
    )

    return (telegram, slack, language_model, database, room, files, backup, points, calendar, company, people, port)


def _say(findings: Sequence[Finding], locale: str) -> None:
    texts, reader, now = Texts("Guanxi"), Reader(locale=locale, timezone="UTC"), datetime.now(UTC)
    for finding in findings:
        print(finding.mark.value, texts.say(f"doctor-{finding.code}", finding.facts, reader, now=now), flush=True)


def _locale_at_hand() -> str:
    """The language to speak of wrong settings in, when they could not be read."""
    return _given().get("GUANXI_LOCALE") or "en"


def _given() -> dict[str, str]:
    """All ``GUANXI_`` settings of ``.env`` and the environment, which wins."""
    from dotenv import dotenv_values

    read = dotenv_values(ENV) if ENV.is_file() else {}
    both = {**{name: value or "" for name, value in read.items()}, **os.environ}
    return {name.upper(): value for name, value in both.items() if name.upper().startswith("GUANXI_")}


def _env_file() -> Sequence[Finding]:
    if not ENV.is_file():
        return []
    if ENV.stat().st_mode & 0o077:
        return [note("env-open")]
    return [fine("env-private")]


def _settings(settings: Settings) -> Sequence[Finding]:
    from rapidfuzz import process

    known = [f"GUANXI_{name.upper()}" for name in type(settings).model_fields]
    unknown = sorted(_given().keys() - {*known, "GUANXI_CAMPAIGN"})
    findings = [
        note("setting-unknown", name=name, nearest=process.extract(name, known, limit=1)[0][0]) for name in unknown
    ]
    if not settings.has_channel:
        return [*findings, bad("no-channel")]
    return findings or [fine("settings")]
