"""A low score reaches who has to do something about it, and in the end perhaps the customer, in words that somebody sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.errors import RecordNotFound
from domain.ports import UnitOfWork
from domain.surveys.listening import tell_changed
from domain.surveys.model import Survey, SurveyAnswer
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import ask_words, draft_of, drop_question, keep_draft, open_question
from handlers.followups.cards import when_of
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, number, press, question
from handlers.surveys.cards import words_in

ASKED = "survey-tell"  # a draft: the next words are for the customer
DRAFT = "survey-tell-draft"  # words that wait for Send
LONGEST = 2000


async def facts_of(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, *, locale: str) -> dict[str, Any]:
    """What every text about an answer may use; names and words are masked in groups."""
    contact = await uow.customers.find_contact(answer.contact_id) if answer.contact_id is not None else None
    customer = await uow.customers.find_customer(answer.customer_id) if answer.customer_id is not None else None
    scale = survey.asks.scale
    return {
        "contact": Secret("name", contact.name) if contact is not None else None,
        "customer": Secret("name", customer.title) if customer is not None else None,
        "title": words_in(survey.asks.title, locale),
        "score": answer.score,
        "top": scale[-1] if scale else None,
    }


async def _low_card(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, *, key: str, locale: str) -> Reply:
    """Score, words, and who does what until when."""
    lines = [Line("survey-low-words", {"words": note_shown(answer.comment)})] if answer.comment else []
    buttons: list[Button] = []
    [view] = await uow.followups.list_views([answer.followup_id]) if answer.followup_id is not None else [None]
    if view is not None and view.is_open:
        lines.append(Line("survey-low-followup", {"owner": view.owner_name, "when": when_of(view)}))
        buttons.append(Button("button-open-of", press=f"today.open:followup.{view.id}", facts={"name": f"F{view.id}"}))
    elif view is not None:
        lines.append(Line(f"survey-low-{view.status.value}", {"owner": view.owner_name}))
    if answer.customer_id is not None:
        customer = await uow.customers.find_customer(answer.customer_id)
        named = {"name": customer.title[:20] if customer is not None else f"C{answer.customer_id}"}
        buttons.append(Button("button-open-of", press=f"today.open:customer.{answer.customer_id}", facts=named))
    facts = await facts_of(uow, answer, survey, locale=locale)
    return Reply(key, facts, lines=tuple(lines), buttons=tuple(buttons), card=f"lowscore:{answer.id}")


async def _low(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    answers = await uow.surveys.list_answers([row.facts["answer"] for row in batch.rows])
    surveys = await uow.surveys.list_by_ids({answer.survey_id for answer in answers.values()})
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        answer, reader = answers.get(row.facts["answer"]), batch.staff.get(row.staff_id or 0)
        if answer is None or (not answer.is_low and row.edit is None):
            decisions[row.id] = Skip("gone" if answer is None else "answered-better")
            continue
        said = "survey-low" if answer.is_low else "survey-low-no-more"
        locale = reader.locale if reader is not None else "en"
        decisions[row.id] = await _low_card(uow, answer, surveys[answer.survey_id], key=said, locale=locale)
    return decisions


notice("survey-low")(_low)
notice("survey-low-told")(_low)
notice("survey-low-card")(_low)


# ---------------------------------------------------------------- what changed since


@notice("survey-offer")
async def offers(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """It is done: shall the customer hear of it?"""
    answers = await uow.surveys.list_answers([row.facts["answer"] for row in batch.rows])
    surveys = await uow.surveys.list_by_ids({answer.survey_id for answer in answers.values()})
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        answer, reader = answers.get(row.facts["answer"]), batch.staff.get(row.staff_id or 0)
        if answer is None or reader is None:
            decisions[row.id] = Skip("gone")
            continue
        facts = await facts_of(uow, answer, surveys[answer.survey_id], locale=reader.locale)
        decisions[row.id] = Reply("survey-offer", facts, buttons=_offer_buttons(answer.id), card=f"offer:{answer.id}")
    return decisions


def _offer_buttons(answer_id: int) -> tuple[Button, ...]:
    return (
        Button("button-survey-tell", press=f"survey.tell:{answer_id}", is_main=True),
        Button("button-survey-quiet", press=f"survey.quiet:{answer_id}"),
    )


async def _for_actor(ctx: ChatContext, answer_id: int) -> tuple[SurveyAnswer, dict[str, Any]]:
    answer = await ctx.uow.surveys.get_answer_for(ctx.actor, answer_id)
    if answer.contact_id is None:  # of a lead, or a test: there is nobody to write to
        raise ButtonTooOld
    survey = (await ctx.uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
    return answer, await facts_of(ctx.uow, answer, survey, locale=ctx.locale)


@press("survey.tell")
async def ask_what_changed(ctx: ChatContext, argument: str) -> Reply:
    """The next message becomes a draft; nothing goes before Send."""
    answer, facts = await _for_actor(ctx, number(argument))
    await ask_words(ctx, ASKED, "words", answer=answer.id)
    back = Button("button-survey-quiet", press=f"survey.quiet:{answer.id}")
    return Reply("survey-ask-changed", facts, buttons=(back,), card=f"offer:{answer.id}")


@press("survey.quiet")
async def say_nothing(ctx: ChatContext, argument: str) -> Reply:
    answer, facts = await _for_actor(ctx, number(argument))
    await drop_question(ctx, ASKED)
    again = Button("button-survey-tell", press=f"survey.tell:{answer.id}")
    return Reply("survey-not-told", facts, buttons=(again,), card=f"offer:{answer.id}")


@question(ASKED)
async def take_words(ctx: ChatContext, text: str) -> Answer:
    """Whatever is said is the draft: it goes nowhere by itself."""
    asked = await open_question(ctx, ASKED)
    if asked is None:
        return None
    await ctx.uow.drafts.remove(asked)
    words = clean(text).strip()[:LONGEST]
    try:
        answer, facts = await _for_actor(ctx, asked.content["answer"])
    except RecordNotFound:
        return None
    draft = await keep_draft(ctx, DRAFT, {"answer": answer.id, "words": words})
    buttons = (
        Button("button-send", press=f"survey.send-words:{draft.id}", is_main=True),
        Button("button-edit", press=f"survey.tell:{answer.id}"),
        Button("button-cancel", press=f"survey.drop-words:{draft.id}"),
    )
    preview = changed_words(words, ctx.actor.name)
    return Reply("survey-tell-draft", {**facts, "preview": preview}, buttons=buttons, card=f"draft:{draft.id}")


def changed_words(words: str, by: str) -> Phrase:
    """What the customer reads, to the letter: the preview shows the same."""
    return Phrase("survey-changed", {"words": words, "by": by})


@press("survey.send-words")
async def send_words(ctx: ChatContext, argument: str) -> Reply:
    """Pressed twice the draft is gone, so that it is sent once."""
    draft = await draft_of(ctx, number(argument), kind=DRAFT, gone=ButtonTooOld)
    answer, facts = await _for_actor(ctx, draft.content["answer"])
    await tell_changed(ctx.uow, ctx.actor, answer.id, draft.content["words"], now=ctx.now)
    await ctx.uow.drafts.remove(draft)
    return Reply("survey-told", {**facts, "preview": changed_words(draft.content["words"], ctx.actor.name)})


@press("survey.drop-words")
async def drop_words(ctx: ChatContext, argument: str) -> Reply:
    draft = await draft_of(ctx, number(argument), kind=DRAFT, gone=ButtonTooOld)
    await ctx.uow.drafts.remove(draft)
    return await say_nothing(ctx, str(draft.content["answer"]))


@notice("survey-changed")
async def changed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """To the customer, in their language around the words."""
    company = await uow.company.get()
    accounts = await uow.surveys.accounts_of([row.contact_id for row in batch.rows if row.contact_id is not None])
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        account = accounts.get(row.contact_id or 0)
        locale = (account.locale if account is not None else None) or company.locale
        decisions[row.id] = Reply("survey-changed", dict(row.facts), locale=locale)
    return decisions
