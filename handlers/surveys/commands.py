"""``/survey`` for managers: what there is, to whom it goes, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.customers.model import Contact
from domain.groups.model import BoundGroup
from domain.leads.model import GRADES
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.surveys.asking import ask_at_once, ask_contact, ask_group, try_out
from domain.surveys.defining import Known, list_known, look_up, pause_survey, resume_survey
from domain.surveys.definition import NOT_YET, Rule
from domain.surveys.errors import NobodyToAsk, SurveyForLeads
from domain.surveys.model import SurveyAnswer
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import drop_question
from handlers.records.history_fields import channel_name
from handlers.router import LEADERS, Answer, WrongUsage, command, fold, number, press
from handlers.surveys.answers import STEP
from handlers.surveys.cards import Scene, present_card, words_in
from handlers.surveys.segments import preview_segment
from handlers.surveys.words import SUBCOMMANDS, WORDS, subcommand
from handlers.visitors.contact_chats import read_customer_or_contact

MOST_CONTACTS = 20


def _is_said(rest: str) -> bool:
    """Without a slash: "survey", or with one of its words behind: "survey results csat", 问卷 结果."""
    return not rest or fold(rest).split()[0].casefold() in WORDS


@command("survey", "问卷", who=LEADERS, bare=_is_said)
async def survey(ctx: ChatContext, rest: str) -> Answer:
    """Alone the list; ``/survey send csat C7``, ``/survey results csat``, ``/survey csat`` for one of them."""
    word, _, more = fold(rest).strip().partition(" ")
    if not word:
        return await show_list(ctx)
    chosen = WORDS.get(word.casefold())
    if chosen is None:
        return await show_one(ctx, word.casefold())
    if chosen not in SUBCOMMANDS:
        raise WrongUsage("survey")
    return await SUBCOMMANDS[chosen](ctx, more.strip())


@subcommand("list")
async def typed_list(ctx: ChatContext, rest: str) -> Reply:
    return await show_list(ctx)


async def show_list(ctx: ChatContext) -> Reply:
    """Each with how it is asked and a button for more."""
    lines = tuple(
        Line(
            "survey-line",
            {"name": known.name, "title": words_in(known.asks.title, ctx.locale), "state": state_of(known)},
            buttons=(Button("button-open-of", press=f"surveys.show:{known.name}", facts={"name": known.name}),),
        )
        for known in await list_known(ctx.uow)
    )
    new = Button("button-survey-new", press="surveys.new:", opens_form=True)
    return Reply("survey-list", lines=lines, buttons=(new,), private=True)


def state_of(known: Known) -> Phrase:
    """By itself, paused, by hand; ``lead`` is what the staff fill in."""
    if known.asks.whom == "lead":
        return Phrase("survey-state-lead")
    if known.is_paused or (known.asks.rules and not known.is_on):
        return Phrase("survey-state-paused")
    return Phrase("survey-state-on" if known.is_on else "survey-state-hand")


@press("surveys.list")
async def pressed_list(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await show_list(ctx)


@press("surveys.show")
async def pressed_one(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await show_one(ctx, argument)


async def show_one(ctx: ChatContext, name: str, *, key: str = "survey-one", undo: bool = False) -> Reply:
    """One survey: its question, when it is asked, and what can be done with it."""
    known = await look_up(ctx.uow, name)
    asks = known.asks
    lines = [
        Line("survey-rule", {"rule": _rule_words(rule), "grades": list(rule.grades) or None, "one_in": rule.one_in})
        for rule in asks.rules
    ]
    lines += [
        Line("survey-question-line", {"number": at, "ask": words_in(question.ask, ctx.locale)})
        for at, question in enumerate(asks.questions, start=1)
    ]
    facts = {
        "name": known.name,
        "title": words_in(asks.title, ctx.locale),
        "ask": words_in(asks.ask, ctx.locale),
        "edition": known.survey.edition if known.survey is not None else None,
        "state": state_of(known),
        "days": asks.expires_days,
    }
    buttons = (*_buttons(known), *((undo_button(),) if undo else ()))
    return Reply(key, facts, lines=tuple(lines), buttons=buttons, card=f"surveys:{known.name}", private=True)


def _buttons(known: Known) -> tuple[Button, ...]:
    name = known.name
    tries = Button("button-survey-try", press=f"surveys.try:{name}")
    edit = Button("button-edit", press=f"surveys.edit:{name}", opens_form=True)
    results = Button("button-survey-results", press=f"surveys.results:{name}")
    back = Button("button-back", press="surveys.list:")
    if known.asks.whom == "lead":
        return (tries, edit, results, back)
    turn = Button("button-survey-pause", press=f"surveys.pause:{name}")
    if not known.is_on:
        turn = Button("button-survey-resume", press=f"surveys.resume:{name}")
    send = Button("button-survey-send", press=f"surveys.whom:{name}", is_main=True)
    return (send, tries, edit, results, *((turn,) if known.asks.rules or known.is_paused else ()), back)


def _rule_words(rule: Rule) -> Phrase:
    count = rule.days or rule.months or 0
    facts = {"delay": rule.delay if rule.after else None, "count": count, "kind": rule.kind}
    later = rule.on in NOT_YET
    return Phrase("survey-when-later" if later else f"survey-when-{rule.on.value}", {**facts, "on": rule.on.value})


@subcommand("pause")
async def typed_pause(ctx: ChatContext, rest: str) -> Reply:
    return await pause(ctx, rest.casefold())


@subcommand("resume")
async def typed_resume(ctx: ChatContext, rest: str) -> Reply:
    return await resume(ctx, rest.casefold())


@press("surveys.pause")
async def pause(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    paused = await pause_survey(ctx.uow, argument, now=ctx.now)
    return await show_one(ctx, paused.name, key="survey-is-paused", undo=True)


@press("surveys.resume")
async def resume(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    resumed = await resume_survey(ctx.uow, argument, now=ctx.now)
    return await show_one(ctx, resumed.name, key="survey-is-on", undo=True)


@subcommand("preview")
async def typed_try(ctx: ChatContext, rest: str) -> Reply:
    return await try_one(ctx, rest.casefold())


@press("surveys.try")
async def try_one(ctx: ChatContext, argument: str) -> Reply:
    """It comes to oneself, as a customer sees it; what is answered counts nowhere."""
    ctx.allow(*LEADERS)
    answer = await try_out(ctx.uow, ctx.actor, argument, now=ctx.now)
    asked = (await ctx.uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
    await drop_question(ctx, STEP)
    card = present_card(answer, asked, Scene(locale=ctx.locale))
    return Reply(
        "survey-test",
        {"question": Phrase(card.key, card.facts)},
        lines=card.lines,
        buttons=card.buttons,
        card=card.card,
        fresh=True,
        private=True,
    )


# ---------------------------------------------------------------- sending by hand


@press("surveys.whom")
async def whom(ctx: ChatContext, argument: str) -> Reply:
    """To a grade or to all; to one customer or person by typing it."""
    ctx.allow(*LEADERS)
    known = await look_up(ctx.uow, argument)
    if known.asks.whom == "lead":
        raise SurveyForLeads(name=known.name)
    grades = tuple(
        Button("button-survey-grade", press=f"surveys.segment:{known.name}.{grade}", facts={"grade": grade})
        for grade in GRADES
    )
    everybody = Button("button-survey-all", press=f"surveys.segment:{known.name}.*")
    back = Button("button-back", press=f"surveys.show:{known.name}")
    return Reply("survey-whom", {"name": known.name}, buttons=(*grades, everybody, back), private=True)


@subcommand("send")
async def send(ctx: ChatContext, rest: str) -> Answer:
    """``csat C7``, ``csat P9``; without a name to whom it may go."""
    name, _, whom = rest.partition(" ")
    if not name:
        raise WrongUsage("survey")
    return await send_to(ctx, name.casefold(), whom.strip())


async def send_to(ctx: ChatContext, name: str, whom: str) -> Answer:
    named = read_customer_or_contact(whom)
    if named is None:
        return await preview_segment(ctx, name, whom)
    if named[0] == "contact":
        return await _sent(ctx, name, (await contact_at_desk(ctx.uow, ctx.actor, named[1])).id)
    known = await look_up(ctx.uow, name)
    if known.asks.whom == "lead":
        raise SurveyForLeads(name=name)
    customer = await customer_at_desk(ctx.uow, ctx.actor, named[1])
    contacts = await _with_chats(ctx, customer.id)
    groups = await ctx.uow.groups.list_of(customer.id, limit=5)
    if len(contacts) == 1 and not groups:
        return await _sent(ctx, name, contacts[0].id)
    if not contacts and not groups:
        raise NobodyToAsk
    return Reply(
        "survey-whom-of",
        {"name": name, "customer": customer.title},
        buttons=_whom_buttons(name, contacts, groups),
        private=True,
    )


def _whom_buttons(name: str, contacts: Sequence[Contact], groups: Sequence[BoundGroup]) -> tuple[Button, ...]:
    people = tuple(
        Button("button-person", press=f"surveys.send:{name}.{contact.id}", facts={"name": contact.name})
        for contact in contacts[:MOST_CONTACTS]
    )
    places = tuple(
        Button(
            "button-survey-group",
            press=f"surveys.group:{name}.{group.id}",
            facts={"title": group.title or channel_name(group.channel)},
        )
        for group in groups
    )
    return (*people, *places)


async def _with_chats(ctx: ChatContext, customer_id: int) -> list[Contact]:
    people = await ctx.uow.customers.list_contacts(customer_id, limit=100)
    there = {person.id: person for person in people if person.left_at is None}
    reached = await ctx.uow.surveys.accounts_of(there)
    return [person for person in there.values() if person.id in reached]


async def _sent(ctx: ChatContext, name: str, contact_id: int) -> Reply:
    answer = await ask_contact(ctx.uow, ctx.actor, name, contact_id, now=ctx.now)
    contact = await ctx.uow.customers.find_contact(contact_id)
    facts = {"name": answer.survey, "contact": contact.name if contact is not None else None}
    return _said_when(ctx, "survey-sent", facts, answer)


def _said_when(ctx: ChatContext, key: str, facts: Mapping[str, object], answer: SurveyAnswer) -> Reply:
    """On its way; before its hour with that hour, and a way not to wait for it."""
    later = answer.at if answer.at > ctx.now else None
    now = (Button("button-survey-now", press=f"surveys.now:{answer.id}"),) if later is not None else ()
    return Reply(key, {**facts, "later": later}, buttons=(*now, undo_button()), private=True)


@press("surveys.now")
async def send_at_once(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    answer = await ask_at_once(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    contact = await ctx.uow.customers.find_contact(answer.contact_id or 0) if answer.place is None else None
    facts = {"name": answer.survey, "contact": contact.name if contact is not None else None, "later": None}
    return Reply("survey-sent", facts, private=True)


@press("surveys.send")
async def pressed_send(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    name, _, contact_id = argument.rpartition(".")
    return await _sent(ctx, name, number(contact_id))


@press("surveys.group")
async def pressed_group(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    name, _, group_id = argument.rpartition(".")
    found = await ctx.uow.groups.find_by_id(number(group_id))
    if found is None:
        raise NobodyToAsk
    await customer_at_desk(ctx.uow, ctx.actor, found.customer_id)
    answer = await ask_group(ctx.uow, ctx.actor, name, found, now=ctx.now)
    count = len(await ctx.uow.surveys.list_beside(answer))
    return _said_when(ctx, "survey-sent-group", {"name": name, "title": found.title, "count": count}, answer)
