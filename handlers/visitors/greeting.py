"""The welcome of customers and strangers: once in private, and once in each group of a customer's that they come into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from domain.company.greeting import own_words, strangers_kept, tickets_kept_years
from domain.company.greeting_words import GROUP, PRIVATE, REACH, filled
from domain.company.model import Company
from domain.groups.model import BoundGroup
from domain.notifications.model import Notification
from domain.people.model import Identity
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Receipt, Reply
from handlers.context import ChatContext, Outcome
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.history_fields import channel_name
from handlers.router import ButtonTooOld, number, press
from handlers.visitors.guests import group_of
from locales import LANGUAGES, is_spoken, language_of

EVER = datetime(2000, 1, 1, tzinfo=UTC)
MOST_NAMED = 10
MOST_GREETED = 500


def hello_card(ctx: ChatContext) -> str:
    return f"hello:{ctx.identity.id}"


async def was_welcomed(ctx: ChatContext) -> bool:
    """Has this account had the welcome in private?"""
    return "welcome" in await ctx.uow.notifications.keys_said(hello_card(ctx), since=EVER)


def welcome(ctx: ChatContext) -> Reply:
    """Who we are, what this is for, what is kept and how to stop it, in the reader's language."""
    return welcome_of(ctx.company, ctx.identity, language_of(ctx.locale))


def welcome_of(company: Company, identity: Identity, language: str) -> Reply:
    """The same for whoever has this account."""
    others = [other for other in LANGUAGES if other != language]
    return Reply(
        "welcome",
        {},
        lines=(
            _hello(company, PRIVATE, language, {"name": identity.name}),
            *about_us(company, language, identity.channel),
        ),
        buttons=(
            *(Button(f"language-{other}", press=f"hello.language:{other}") for other in others),
            Button("button-choose-topics", press="consent.choose:"),
        ),
        card=f"hello:{identity.id}",
        private=True,
    )


def _hello(company: Company, part: str, language: str, facts: Mapping[str, str]) -> Line:
    own = own_words(company, part, language)
    if own is not None:
        return Line("welcome-own", {"text": filled(own, {**facts, "company": company.name}).strip()})
    return Line(f"welcome-{part}", {name: value or None for name, value in facts.items()})


def about_us(company: Company, language: str, channel: str) -> tuple[Line, ...]:
    """What no template can leave out: how to reach us, what is kept and why, who carries the messages, how to stop."""
    reach = own_words(company, REACH, language)
    reached = (
        Line("welcome-own", {"text": filled(reach, {"company": company.name})})
        if reach
        else Line("welcome-reach", {"start": company.work_start, "end": company.work_end})
    )
    kept = {"days": strangers_kept(company).days, "years": tickets_kept_years(company)}
    return (
        reached,
        Line("welcome-kept", kept),
        Line("welcome-platform", {"channel": channel_name(channel)}),
        Line("welcome-stop"),
    )


def greeting_preview(company: Company, language: str, channel: str, *, part: str, own: str, name: str) -> Line:
    """A part as somebody called ``name`` would read it, from words that may not be kept yet; empty ones are ours."""
    facts = {"name": name, "names": name, "company": company.name}
    if own:
        return Line("welcome-own", {"text": filled(own, facts).strip()})
    if part == REACH:
        return about_us(company, language, channel)[0]
    return _hello(company, part, language, {"name": name} if part == PRIVATE else {"names": name})


# ---------------------------------------------------------------- groups


@notice("group-greeting")
async def greet_groups(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """One message for all who came in together; who left before it is sent is not named."""
    company = await uow.company.get()
    return {row.id: await _greeting_of(uow, row, company) for row in batch.rows}


async def _greeting_of(uow: UnitOfWork, row: Notification, company: Company) -> Decision:
    channel, place, at = row.channel or "", row.place or "", row.facts["at"]
    group = await uow.groups.find(channel, place)
    if group is None:
        return Skip("gone")
    newcomers = await uow.groups.list_greeted(channel, place, at=at, limit=MOST_GREETED)
    if not newcomers and not row.facts["anyway"]:
        return Skip("gone")
    customer = await uow.customers.find_customer(group.customer_id)
    spoken = customer.language if customer is not None and customer.language else None
    language = language_of(spoken) if spoken and is_spoken(spoken) else _most_spoken(newcomers, company)
    return _group_welcome(company, group, newcomers, at, language)


def _most_spoken(people: Sequence[Identity], company: Company) -> str:
    theirs = [language_of(person.locale) for person in people if person.locale and is_spoken(person.locale)]
    return Counter(theirs).most_common(1)[0][0] if theirs else language_of(company.locale)


def _group_welcome(
    company: Company, group: BoundGroup, newcomers: Sequence[Identity], at: datetime, language: str
) -> Reply:
    named = [person.name for person in newcomers if person.name]
    names = [*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])]
    others = [other for other in LANGUAGES if other != language]
    stamp = int(at.timestamp())
    return Reply(
        "group-welcome",
        {},
        lines=(
            _hello(company, GROUP, language, {"names": ", ".join(names) if language == "en" else "、".join(names)}),
            *about_us(company, language, group.channel),
        ),
        buttons=tuple(Button(f"language-{other}", press=f"greeting.language:{other}.{stamp}") for other in others),
        card=f"group:{group.id}",
        locale=language,
    )


@press("greeting.language")
async def in_other_language(ctx: ChatContext, argument: str) -> Outcome:
    """Whoever pressed reads the greeting in the other language and is spoken to in it from now on; it stays as it is for
    the others."""
    language, _, stamp = argument.partition(".")
    group = await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) if ctx.in_group else None
    if language not in LANGUAGES or group is None:
        raise ButtonTooOld
    if ctx.staff is None:
        ctx.identity.locale = language
    at = datetime.fromtimestamp(min(number(stamp), 2**33), UTC)
    newcomers = await ctx.uow.groups.list_greeted(group.channel, group.place, at=at, limit=MOST_GREETED)
    said = _group_welcome(ctx.company, group, newcomers, at, language)
    theirs = replace(said, buttons=(), card=None, fresh=True, private=True)
    return Outcome((theirs,), Receipt(toast=Phrase("greeting-language-chosen")))
