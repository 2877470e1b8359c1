"""The first link: on an empty database whoever opens it becomes admin. And where one-time codes are opened at all."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog

from bot.platforms import Platform
from bot.settings import Settings
from bot.wiring import House
from domain.people.actions import invite_first_admin
from domain.people.model import Invitation, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from handlers.rendering.texts import Reader

log = structlog.get_logger()
Address = Callable[[str], str]
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  a name to open in a browser, not to listen on
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def page_address(settings: Settings) -> Address:
    """Where people open the page with a one-time code."""
    if settings.page_url is not None:
        return lambda code: f"{settings.page_url}/?code={code}"
    host = ANYWHERE.get(settings.http_host, settings.http_host)
    name = f"[{host}]" if ":" in host else host
    return lambda code: f"http://{name}:{settings.http_port}/?code={code}"


def register_links(house: House, platforms: Sequence[Platform]) -> None:
    """Let invitations to colleagues carry links, a platform's first, because it is the one in the pocket.

    An address of this machine alone helps nobody who has a better one.
    """
    known: dict[str, Address] = {platform.name: _opening(platform) for platform in platforms if _opens_codes(platform)}
    house.links.update(known)
    on_this_machine = house.settings.page_url is None and house.settings.http_host in LOOPBACK
    if house.settings.local_page and not (known and on_this_machine):
        house.links["local"] = page_address(house.settings)
    else:
        house.links.pop("local", None)


def _opening(platform: Platform) -> Address:
    return lambda code: platform.address(code) or ""


def _opens_codes(platform: Platform) -> bool:
    return platform.address("code") is not None


@asynccontextmanager
async def greeting_first_admin(house: House, platforms: Sequence[Platform]) -> AsyncIterator[None]:
    """Print the first link at once, and once more when a platform, unreachable at the start, says who the bot is."""
    printed = await print_first_link(house, platforms)
    waiting = [
        asyncio.create_task(_print_when_known(house, platform, platforms, printed))
        for platform in platforms
        if not _opens_codes(platform)
    ]
    try:
        yield
    finally:
        for task in waiting:
            task.cancel()


async def _print_when_known(
    house: House, platform: Platform, platforms: Sequence[Platform], printed: Invitation | None
) -> None:
    try:
        await platform.introduced()
        if _opens_codes(platform):
            register_links(house, platforms)
            await print_first_link(house, platforms, printed=printed)
    except Exception:
        log.exception("first-link-not-printed")


async def print_first_link(
    house: House, platforms: Sequence[Platform], *, printed: Invitation | None = None
) -> Invitation | None:
    """While nobody is on the staff, print a one-time link and its QR code; the one of an earlier start stops working.

    ``printed`` is the one that this start printed already: it stays good, and is shown at its further addresses.
    """

    async def act(uow: UnitOfWork, actor: Staff | None) -> Invitation | None:
        if printed is not None:
            return None if await uow.staff.list_active() else printed
        return await invite_first_admin(uow, now=house.now())

    if not (platforms or house.settings.local_page):
        return None
    invitation: Invitation | None = await perform(house.database.unit_of_work, act, now=house.now())
    if invitation is not None:
        print(_words(house, platforms, invitation.code), flush=True)
    return invitation


def _links(house: House, platforms: Sequence[Platform], code: str) -> list[str]:
    links = [link for platform in platforms if (link := platform.address(code)) is not None]
    return [*links, *([page_address(house.settings)(code)] if house.settings.local_page else [])]


def _words(house: House, platforms: Sequence[Platform], code: str) -> str:
    """Every way to become admin: links, and what is written to the bot where no link carries a code."""
    reader = Reader(house.settings.locale, house.settings.company_timezone)

    def say(key: str, facts: Mapping[str, Any]) -> str:
        return house.texts.say(key, facts, reader, now=house.now())

    links = _links(house, platforms, code)
    if not links:
        return "\n".join(["", say("first-code", {"code": code}), ""])
    typed = [say(f"channel-{platform.name}", {}) for platform in platforms if not _opens_codes(platform)]
    lines = ["", say("first-link", {}), *(f"  {link}" for link in links)]
    lines += [say("first-link-or-code", {"channel": name, "code": code}) for name in typed]
    return "\n".join([*lines, "", qr(links[0])])


def qr(text: str) -> str:
    """As characters for a terminal, two squares a character."""
    import segno

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()
