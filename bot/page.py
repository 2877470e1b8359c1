"""The local chat page, mounted on the web app: for the demo, or for people who signed in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import APIRouter

from bot.local.gate import Gate
from bot.local.people import CHANNEL, private_place
from bot.local.routes import local_routes
from bot.local.sessions import Sessions
from bot.local.setup import Demo, PageSetup, SignIn
from bot.local_people import staff_user
from bot.settings import Settings
from bot.wiring import House
from domain.errors import CrmError
from domain.journal.model import Source
from domain.notifications.model import Planned, Urgency
from domain.people.actions import Joined, link_identity, redeem_code
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Receipt, RenderedForm
from handlers.dispatch import perform, with_action
from handlers.onboarding import greeting
from handlers.replies import pack
from web.app import STATIC


def page_routes(house: House, entry: Demo | SignIn) -> APIRouter:
    """The page's routes, with everything they need of the house."""

    def in_words(receipt: Receipt) -> tuple[str, Mapping[str, str], RenderedForm | None]:
        return house.texts.receipt(receipt, now=house.now())

    setup = PageSetup(
        dispatch=house.dispatcher.dispatch,
        render_receipt=in_words,
        company=house.settings.company,
        static=STATIC,
        entry=entry,
        gate=Gate(_hosts(house.settings)),
    )
    return local_routes(house.local, setup)


def _hosts(settings: Settings) -> list[str]:
    own_name = urlsplit(settings.page_url or "").hostname
    return [settings.http_host, *([own_name] if own_name else [])]


def sign_in(house: House) -> SignIn:
    """People sign in by a one-time link: the first admin's, an invitation, or that of ``guanxi staff link NAME --local``."""
    key = house.settings.key
    # Without GUANXI_KEY people sign in again after a restart.
    cookie_key = hashlib.sha256(f"page:{key}".encode()).digest() if key else secrets.token_bytes(32)

    async def redeem(code: str) -> str | None:
        async def act(uow: UnitOfWork, actor: Staff | None) -> Staff:
            return await _let_in(uow, code, now=house.now())

        try:
            staff = await perform(house.database.unit_of_work, act, now=house.now(), through="local")
        except CrmError:
            return None
        return staff_user(staff)

    return SignIn(redeem=redeem, sessions=Sessions(cookie_key))


async def _let_in(uow: UnitOfWork, code: str, *, now: datetime) -> Staff:
    """Whom the code names, with an account on this channel; whoever is new here finds the welcome card waiting.

    Raises InvitationInvalid.
    """
    joined = await redeem_code(uow, code, now=now)
    staff, user = joined.staff, staff_user(joined.staff)
    uow.acts(staff, at=now, source=Source(channel=CHANNEL))
    is_linked = await uow.identities.find(CHANNEL, user) is not None
    if not is_linked:
        await link_identity(uow, staff, CHANNEL, user, private_place=private_place(user))
    uow.happened("staff-joined" if joined.is_new else "identity-linked", staff=staff.id)
    if joined.is_new or not is_linked:
        await _greet(uow, joined, user, now=now)
    return staff


async def _greet(uow: UnitOfWork, joined: Joined, user: str, *, now: datetime) -> None:
    await uow.flush()
    channels = [each.channel for each in await uow.identities.list_for_staff(joined.staff.id)]
    reply = with_action(greeting(joined, channels, now=now), await uow.action_id())
    uow.plan(
        Planned(
            key=reply.key,
            facts=pack(reply),
            due_at=now,
            staff_id=joined.staff.id,
            channel=CHANNEL,
            place=private_place(user),
            urgency=Urgency.URGENT,
            chosen=True,
            card=reply.card,
            about=reply.card,
        )
    )
