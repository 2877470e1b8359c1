"""The local chat page, mounted on the web app: for the demo, or for people who signed in."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter

from bot import file_store
from bot.local.gate import Gate
from bot.local.people import CHANNEL, private_place
from bot.local.routes import local_routes
from bot.local.sessions import Sessions
from bot.local.setup import Demo, PageSetup, SignIn, SomebodyElse
from bot.local_people import staff_user
from bot.settings import Settings
from bot.wiring import House, copies_of
from domain.errors import CrmError
from domain.journal.model import Source
from domain.notifications.model import Planned, Urgency
from domain.people.actions import Joined, link_identity, redeem_code
from domain.people.binding import accept_contact_code
from domain.people.codes import read_code
from domain.people.errors import InvitationInvalid
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from handlers.chat import Receipt, RenderedForm
from handlers.dispatch import perform, with_action
from handlers.people.onboarding import greeting
from handlers.replies import pack
from handlers.visitors.greeting import welcome_of
from locales import language_of
from web.app import STATIC

log = structlog.get_logger()
COOKIE_KEY = "page.key"
SECRET_BYTES = 32


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
    cookie_key = _cookie_key(house.settings)

    async def redeem(code: str, here: str | None) -> str | None:
        async def act(uow: UnitOfWork, actor: Staff | None) -> str:
            customer = await _let_customer_in(uow, code, now=house.now())
            user = customer or staff_user(await _let_in(uow, code, now=house.now()))
            if here not in {None, user}:
                raise SomebodyElse
            return user

        try:
            user: str = await perform(house.database.unit_of_work, act, now=house.now(), through="local")
        except CrmError:
            return None
        return user

    return SignIn(redeem=redeem, sessions=Sessions(cookie_key))


def _cookie_key(settings: Settings) -> bytes:
    """What signs cookies: the same after a restart, and in every process that shares the folder of files."""
    if settings.key:
        return hashlib.sha256(f"page:{settings.key}".encode()).digest()
    try:
        return kept_secret(file_store.folder_of(settings, copies_of(settings)) / COOKIE_KEY)
    except OSError as error:
        log.warning(
            "page-key-not-kept", reason=type(error).__name__, remedy="guanxi doctor says which folder is closed"
        )
        return secrets.token_bytes(SECRET_BYTES)  # people sign in again after a restart


def kept_secret(file: Path) -> bytes:
    """The random bytes of the file, which is made when it is not there, for its owner alone. Raises OSError."""
    if not file.exists() or file.stat().st_size < SECRET_BYTES:  # a power cut may leave the name with nothing behind it
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
                writing.write(secrets.token_bytes(SECRET_BYTES))
            with contextlib.suppress(FileExistsError):  # another process was quicker: its secret holds for both
                os.link(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
    return file.read_bytes()


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


async def _let_customer_in(uow: UnitOfWork, code: str, *, now: datetime) -> str | None:
    """The user of the contact whom the code names, with the welcome waiting; None for a colleague's code.

    A code signs somebody in once, whoever they are known as already. Raises InvitationInvalid.
    """
    invitation = await uow.identities.find_invitation(read_code(code))
    if invitation is None or invitation.contact_id is None:
        return None
    if invitation.used_at is not None or invitation.expires_at <= now:
        raise InvitationInvalid
    contact = await uow.customers.find_contact(invitation.contact_id)
    user = f"contact-{invitation.contact_id}"
    identity = await uow.identities.find(CHANNEL, user)
    if identity is None:
        name = contact.name if contact is not None else ""
        made = Identity(channel=CHANNEL, user=user, name=name, private_place=private_place(user))
        identity = await uow.identities.add(made)
    bound = await accept_contact_code(uow, identity, code, now=now)
    if bound is None:
        raise InvitationInvalid
    invitation.used_at = now
    if bound.is_new:
        company = await uow.company.get()
        spoken = bound.contact.language or company.locale
        identity.locale = bound.contact.language
        reply = welcome_of(company, identity, language_of(spoken))
        uow.plan(
            Planned(
                key=reply.key,
                facts=pack(reply),
                due_at=now,
                contact_id=bound.contact.id,
                channel=CHANNEL,
                place=private_place(user),
                urgency=Urgency.URGENT,
                card=reply.card,
                about=reply.card,
                extra={"locale": spoken},
            )
        )
    return user


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
