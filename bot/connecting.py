"""The platforms as parts of the house: what they are told, what they tell, and the commands that they list."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog

from bot.menus import Described, StaffMenus
from bot.only_receiver import OnlyReceiver
from bot.platforms import Platform
from bot.settings import Settings
from bot.wiring import House
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.tickets.places import conversation_moved
from handlers.chat import ChatEvent, Receipt
from handlers.dispatch import perform
from handlers.rendering.texts import Reader
from handlers.router import EVERYBODY, ROUTES
from locales import LANGUAGES

if TYPE_CHECKING:
    from bot.slack.pacing import Rates as SlackRates
    from bot.slack.slack import Slack
    from bot.slack.socket import Pauses as SlackPauses
    from bot.telegram.menu import MenuCommand
    from bot.telegram.pacing import Rates
    from bot.telegram.polling import Pauses
    from bot.telegram.telegram import Telegram
    from bot.telegram.webhook import WebhookAddress

log = structlog.get_logger()


def connect_platforms(house: House) -> Sequence[Platform]:
    """Every platform that is configured; delivery knows their channels from here on. Their libraries load here."""
    platforms: list[Platform] = []
    if house.settings.telegram_token is not None:
        platforms.append(connect_telegram(house))
    if house.settings.slack_bot_token is not None:
        platforms.append(connect_slack(house))
    return platforms


def only_receivers(house: House, platforms: Sequence[Platform]) -> Mapping[str, OnlyReceiver]:
    """For each platform on which one process alone may receive, by its name, the right to do so."""
    return {
        platform.name: OnlyReceiver(
            house.database.unit_of_work,
            channel=platform.name,
            bot=platform.received_as,
            holder=house.database.holder,
            begins=house.delivery.remember_lines,
        )
        for platform in platforms
        if platform.received_as is not None
    }


def connect_slack(
    house: House,
    *,
    rates: SlackRates | None = None,
    pauses: SlackPauses | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> Slack:
    """The app with the house's dispatch behind it; delivery knows its channel from here on."""
    from bot.slack.modals import Words
    from bot.slack.slack import Slack

    def say(key: str, locale: str, facts: Mapping[str, Any]) -> str:
        return house.texts.say(key, facts, Reader(locale=locale, timezone="UTC"), now=house.now())

    settings = house.settings
    slack = Slack(
        settings.slack_bot_token or "",
        house.dispatcher.dispatch,
        Words(
            say=say,
            receipt=lambda receipt: house.texts.receipt(receipt, now=house.now()),
            locale=settings.locale,
        ),
        app_token=settings.slack_app_token,
        signing_secret=settings.slack_signing_secret,
        api_base=settings.slack_api_base,
        proxy=settings.proxy,
        rates=rates,
        pauses=pauses,
        now=house.now,
        monotonic=monotonic,
    )
    house.channels["slack"] = slack.channel
    return slack


def connect_telegram(house: House, *, rates: Rates | None = None, pauses: Pauses | None = None) -> Telegram:
    """The bot with the house's dispatch behind it; delivery knows its channel from here on."""
    from bot.telegram.telegram import Telegram

    def say(receipt: Receipt) -> str | None:
        return house.texts.receipt(receipt, now=house.now())[0] or None

    telegram = Telegram(
        house.settings.telegram_token or "",
        _in_their_topics(house),
        say,
        api_base=house.settings.telegram_api_base,
        proxy=house.settings.proxy,
        webhook=_webhook(house.settings),
        commands=menu(house),
        rates=rates,
        pauses=pauses,
        on_migrated=_moving(house),
        now=house.now,
    )
    house.channels["telegram"] = telegram.channel
    telegram.keep_menus = StaffMenus(
        house.database.unit_of_work,
        house.database.read,
        channel="telegram",
        platform=telegram,
        commands_for=lambda role, locale: described_for(house, role, locale),
    ).look
    return telegram


def _in_their_topics(house: House) -> Callable[[ChatEvent], Awaitable[Receipt]]:
    """Dispatch, where the card stands that an event is about: the platform may not say in which topic of the group."""

    async def dispatch(event: ChatEvent) -> Receipt:
        if event.in_some_topic and event.message is not None:
            event = await _found_in_topic(house, event, event.message)
        return await house.dispatcher.dispatch(event)

    return dispatch


async def _found_in_topic(house: House, event: ChatEvent, message: str) -> ChatEvent:
    group = event.conversation
    try:
        async with house.database.read() as uow:
            place = await uow.cards.find_topic(group.channel, group.key, message)
    except Exception:
        log.exception("topic-not-found", channel=group.channel)  # it is answered in the group then
        return event
    return event if place is None else replace(event, conversation=replace(group, key=place, parent=group.key))


def _webhook(settings: Settings) -> WebhookAddress | None:
    from bot.telegram.webhook import WebhookAddress

    if settings.telegram_webhook_url is None:
        return None
    return WebhookAddress.of(
        settings.telegram_webhook_url,
        token=settings.telegram_token or "",
        secret=settings.telegram_webhook_secret,
    )


def menu(house: House) -> Sequence[MenuCommand]:
    """The commands that Telegram lists beside everybody's input, in both languages; the staff's stand in ``bot.menus``."""
    from bot.telegram.menu import MenuCommand

    def described(name: str) -> Mapping[str, str]:
        key = f"menu-{name}"
        return {
            language: house.texts.say(key, {}, Reader(locale=language, timezone="UTC"), now=house.now())
            for language in LANGUAGES
        }

    shown = [name for name, command in ROUTES.commands.items() if command.who is EVERYBODY]
    return [MenuCommand(name, described(name)) for name in shown if house.texts.has(f"menu-{name}")]


def described_for(house: House, role: Role, locale: str) -> Sequence[Described]:
    """What somebody of the staff may do, as their menu lists it."""
    reader = Reader(locale=locale, timezone="UTC")
    return [
        (name, house.texts.say(f"menu-{name}", {}, reader, now=house.now()))
        for name, command in ROUTES.commands.items()
        if (command.who is None or role in command.who) and house.texts.has(f"menu-{name}")
    ]


def _moving(house: House) -> Callable[[str, str], None]:
    """What is stored about a group goes along when it becomes a supergroup. Gives what returns at once."""
    under_way: set[asyncio.Task[None]] = set()

    async def move(old: str, new: str) -> None:
        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            await conversation_moved(uow, "telegram", old, new, now=house.now())

        try:
            await perform(house.database.unit_of_work, act, now=house.now(), through="telegram")
        except Exception:
            # What waits is sent to the new group all the same: the channel knows where it went.
            log.exception("conversation-not-moved", old=old, new=new)

    def moved(old: str, new: str) -> None:
        task = asyncio.create_task(move(old, new))
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    return moved
