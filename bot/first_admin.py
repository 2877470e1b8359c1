"""The first link: on an empty database whoever opens it becomes admin. And where one-time codes are opened at all."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from bot.settings import Settings
from bot.wiring import House
from domain.people.actions import invite_first_admin
from domain.people.model import Invitation, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from handlers.texts import Reader

if TYPE_CHECKING:
    from bot.telegram.telegram import Telegram

log = structlog.get_logger()
Address = Callable[[str], str]
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  a name to open in a browser, not to listen on
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def telegram_address(username: str) -> Address:
    """https://core.telegram.org/bots/features#deep-linking"""
    return lambda code: f"https://t.me/{username}?start={code}"


def page_address(settings: Settings) -> Address:
    host = ANYWHERE.get(settings.http_host, settings.http_host)
    name = f"[{host}]" if ":" in host else host
    return lambda code: f"http://{name}:{settings.http_port}/?code={code}"


def addresses(settings: Settings, telegram_username: str | None) -> Mapping[str, Address]:
    """By channel, where a code is opened; Telegram first, because it is the one in the pocket."""
    found: dict[str, Address] = {}
    if telegram_username is not None:
        found["telegram"] = telegram_address(telegram_username)
    if settings.local_page:
        found["local"] = page_address(settings)
    return found


def register_links(house: House, telegram_username: str | None) -> None:
    """Let invitations to colleagues carry links. An address of this machine alone helps nobody who has a better one."""
    known = dict(addresses(house.settings, telegram_username))
    if "telegram" in known and house.settings.http_host in LOOPBACK:
        known.pop("local", None)
    house.links.update(known)


@asynccontextmanager
async def greeting_first_admin(house: House, telegram: Telegram | None) -> AsyncIterator[None]:
    """Print the first link at once, and once more when Telegram, unreachable at the start, says the bot's name."""
    username = telegram.me.username if telegram and telegram.me else None
    register_links(house, username)
    printed = await print_first_link(house, username)
    if telegram is None or telegram.me is not None:
        yield
        return
    waiting = asyncio.create_task(_print_when_known(house, telegram, printed))
    try:
        yield
    finally:
        waiting.cancel()


async def _print_when_known(house: House, telegram: Telegram, printed: Invitation | None) -> None:
    try:
        username = (await telegram.introduced()).username
        register_links(house, username)
        await print_first_link(house, username, printed=printed)
    except Exception:
        log.exception("first-link-not-printed")


async def print_first_link(
    house: House, telegram_username: str | None, *, printed: Invitation | None = None
) -> Invitation | None:
    """While nobody is on the staff, print a one-time link and its QR code; the one of an earlier start stops working.

    ``printed`` is the one that this start printed already: it stays good, and is shown at its further addresses.
    """
    known = addresses(house.settings, telegram_username)
    if not known:
        return None

    async def act(uow: UnitOfWork, actor: Staff | None) -> Invitation | None:
        if printed is not None:
            return None if await uow.staff.list_active() else printed
        return await invite_first_admin(uow, now=house.now())

    invitation: Invitation | None = await perform(house.database.unit_of_work, act, now=house.now())
    if invitation is not None:
        print(_words(house, [address(invitation.code) for address in known.values()]), flush=True)
    return invitation


def _words(house: House, links: list[str]) -> str:
    settings = house.settings
    reader = Reader(settings.locale, settings.company_timezone)
    said = house.texts.say("first-link", {}, reader, now=house.now())
    return "\n".join(["", said, *(f"  {link}" for link in links), "", qr(links[0])])


def qr(text: str) -> str:
    """As characters for a terminal, two squares a character."""
    import segno

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()
