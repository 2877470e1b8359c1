"""``/lead``: added at once, or asked for what is missing, doubtful or known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.leads.actions import NewLead, new_lead
from domain.leads.errors import DuplicateFound
from domain.people.model import Staff
from domain.records import Found
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, country_of
from handlers.customers.buttons import customer_reply
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.field_checks import check_record_fields
from handlers.dialogs.forms import ask_form
from handlers.dialogs.point_fields import errors_at_fields, field_errors
from handlers.leads.buttons import lead_reply
from handlers.leads.forms import new_lead_form, new_lead_of, wrong_points
from handlers.leads.pasted import lines_of, offer_list
from handlers.leads.words import LONGEST_LINE, read_lead
from handlers.records.find import SEARCH
from handlers.rendering.own_words import source_words
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, command, form, number, press

WORDS = "lead-words"  # a draft: words of which nobody can tell company and person
ANYWAY = "lead-anyway"  # a draft: a lead whose company is known
MOST_LOOK_ALIKES = 3


def _is_lead(rest: str) -> bool:
    """Without a slash the words must hold a phone, an e-mail or a handle: "lead time is three weeks" is no lead."""
    words = read_lead(rest, country="CN")
    return bool(words.phones or words.emails or words.handles or words.odd_phones)


@command("lead", "线索", "新线索", bare=_is_lead)
async def lead(ctx: ChatContext, rest: str) -> Answer:
    """Add a lead at once, or ask for what is missing or doubtful."""
    pasted = lines_of(rest)
    if len(pasted) > 1:
        return await offer_list(ctx, pasted)
    text = clean(rest).strip()
    if not text:
        return await ask_form(ctx, new_lead_form(source_words(ctx.company)))
    if len(text) > LONGEST_LINE:
        return Reply("lead-too-long", {"limit": LONGEST_LINE})
    words = read_lead(text, country=country_of(ctx.actor, ctx.company))
    given = words.new_lead(country=country_of(ctx.actor, ctx.company))
    if words.doubt:
        return await _ask_which(ctx, given, words.doubt)
    if not words.is_certain:
        errors = wrong_points(given)
        return await ask_form(ctx, new_lead_form(source_words(ctx.company), given), errors=errors)
    return await save_new(ctx, given)


async def save_new(ctx: ChatContext, new: NewLead) -> Answer:
    """Write it and show its card with Undo; what is known or wrong is answered with what can be done about it."""
    try:
        added = await new_lead(ctx.uow, ctx.actor, new, now=ctx.now)
    except DuplicateFound as duplicate:
        return await _met(ctx, new, duplicate)
    except CrmError as wrong:
        errors = {**wrong_points(new), **field_errors(wrong, name="company")}
        if not errors:
            raise
        return await ask_form(ctx, new_lead_form(source_words(ctx.company), new), errors=errors)
    lines = [_look_alike_line(ctx.actor, found) for found in added.look_alikes[:MOST_LOOK_ALIKES]]
    return await lead_reply(ctx, added.lead, said="lead-added", undo=True, lines=tuple(lines))


def _look_alike_line(actor: Staff, found: Found) -> Line:
    is_own = found.owner_id == actor.id
    return Line(
        "lead-look-alike", {"code": found.code, "name": found.title} if is_own else {"code": None, "name": None}
    )


# ---------------------------------------------------------------- doubts and duplicates


def _kept(new: NewLead) -> dict[str, Any]:
    return {each.name: getattr(new, each.name) for each in fields(new)}


async def _keep(ctx: ChatContext, kind: str, content: dict[str, Any]) -> Draft:
    return await keep_draft(ctx, kind, content)


async def _load(ctx: ChatContext, draft_id: str, kind: str) -> Draft:
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(draft_id))
    except RecordNotFound:
        raise ButtonTooOld from None
    if draft.kind != kind:
        raise ButtonTooOld
    return draft


async def _ask_which(ctx: ChatContext, new: NewLead, doubt: tuple[str, ...]) -> Reply:
    """Company or person, and where one ends and the other begins: a button for each likely reading."""
    return _which(await _keep(ctx, WORDS, {**_kept(new), "doubt": doubt}))


@press("lead.which")
async def show_which(ctx: ChatContext, argument: str) -> Reply:
    """The question again, from /resume."""
    return _which(await _load(ctx, argument, WORDS))


def _which(draft: Draft) -> Reply:
    doubt = tuple(draft.content["doubt"])
    readings = [
        Button("lead-reading", press=f"lead.read:{draft.id}.{cut}", facts=_masked(company, person))
        for cut, company, person in _readings(doubt)
    ]
    form_button = Button("button-open-form", press=f"lead.form:{draft.id}", opens_form=True)
    return Reply(
        "lead-which",
        {"words": Secret("name", " ".join(doubt))},
        buttons=(*readings, form_button),
        card=f"draft:{draft.id}",
    )


def _masked(company: str | None, person: str | None) -> dict[str, Secret | None]:
    """In groups: the card may have come there by /resume."""
    return {
        "company": Secret("name", company) if company else None,
        "person": Secret("name", person) if person else None,
    }


def _readings(doubt: tuple[str, ...]) -> list[tuple[int, str | None, str | None]]:
    """(words of the company, company, person): the whole as company, each cut, the whole as person."""
    cuts = [*range(1, min(len(doubt), 4))]
    cut = [(at, " ".join(doubt[:at]), " ".join(doubt[at:])) for at in cuts]
    whole = " ".join(doubt)
    return [*cut, (len(doubt), whole, None), (0, None, whole)]


@press("lead.read")
async def take_reading(ctx: ChatContext, argument: str) -> Answer:
    draft_id, _, cut = argument.partition(".")
    draft = await _load(ctx, draft_id, WORDS)
    content = dict(draft.content)
    doubt, at = tuple(content.pop("doubt")), number(cut)
    if at > len(doubt):
        raise ButtonTooOld
    await ctx.uow.drafts.remove(draft)
    company, person = " ".join(doubt[:at]), " ".join(doubt[at:]) or None
    return await save_new(ctx, NewLead(**{**content, "company": company, "person": person}))


@press("lead.form")
async def doubt_as_form(ctx: ChatContext, argument: str) -> Answer:
    draft = await _load(ctx, argument, WORDS)
    content = dict(draft.content)
    words = " ".join(content.pop("doubt"))
    new = NewLead(**{**content, "company": words})
    return await ask_form(ctx, new_lead_form(source_words(ctx.company), new))


async def _met(ctx: ChatContext, new: NewLead, duplicate: DuplicateFound) -> Reply:
    """It exists: one's own opens, another's is told masked, with a way to ask for it."""
    found = duplicate.found
    anyway: tuple[Button, ...] = ()
    if found.may_be_another:
        draft = await _keep(ctx, ANYWAY, _kept(new))
        anyway = (Button("button-save-anyway", press=f"lead.anyway:{draft.id}"),)
    record, record_id = ("customer", found.customer_id or 0) if found.record == "contact" else (found.record, found.id)
    try:
        if record == "lead":
            theirs = await ctx.uow.leads.get_for(ctx.actor, record_id)
            return await lead_reply(ctx, theirs, said="lead-near" if found.is_near else "lead-exists", first=anyway)
        said = "customer-near" if found.is_near else "customer-exists"
        return await customer_reply(ctx, record_id, said=said, first=anyway)
    except RecordNotFound:
        ask = Button("button-ask-share", press=f"share.ask:{record}.{record_id}")
        return Reply(duplicate.code, duplicate.facts, buttons=(ask, *anyway))


@press("lead.again")
async def meet_again(ctx: ChatContext, argument: str) -> Answer:
    """From /resume: who has it may have changed; when nobody has it any more, it is saved."""
    draft = await _load(ctx, argument, ANYWAY)
    await ctx.uow.drafts.remove(draft)
    return await save_new(ctx, NewLead(**draft.content))


@press("lead.anyway")
async def save_anyway(ctx: ChatContext, argument: str) -> Answer:
    draft = await _load(ctx, argument, ANYWAY)
    await ctx.uow.drafts.remove(draft)
    return await save_new(ctx, NewLead(**{**draft.content, "despite": True}))


@form("lead.new", check=check_record_fields)
async def take_new(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Answer:
    new = new_lead_of(values, country=country_of(ctx.actor, ctx.company))
    with errors_at_fields(name="company"):
        try:
            added = await new_lead(ctx.uow, ctx.actor, new, now=ctx.now)
        except DuplicateFound as duplicate:
            return await _met(ctx, new, duplicate)
    return await lead_reply(ctx, added.lead, said="lead-added", undo=True)


@press("find.save")
async def save_searched(ctx: ChatContext, argument: str) -> Answer:
    """What was looked for in vain becomes a lead."""
    draft = await _load(ctx, argument, SEARCH)
    await ctx.uow.drafts.remove(draft)
    return await lead(ctx, str(draft.content["text"]))
