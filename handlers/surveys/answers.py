"""Customers answer: by a tap, in words, within the hour once more. In a group each for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.notifications.model import Planned, Urgency
from domain.people.binding import contact_behind
from domain.surveys.answering import (
    answer_of,
    give_answer,
    give_comment,
    give_score,
    read_answer,
    take_back_comment,
)
from domain.surveys.asking import record_of
from domain.surveys.definition import Answered, Question
from domain.surveys.errors import SurveyExpired, SurveyGone, WrongAnswer
from domain.surveys.model import FORM_TALK, Survey, SurveyAnswer
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome
from handlers.dialogs.asking import ask_words, open_question
from handlers.entries.kind_words import is_thanks
from handlers.rendering.wording import clean
from handlers.router import Answer, number, press, question
from handlers.surveys.cards import finished_card, present_card, question_card, scored_card, step_card
from handlers.surveys.dates import read_day
from handlers.surveys.said_answers import is_choice, said_answer
from handlers.surveys.scenes import scene_of
from handlers.surveys.typed import read_score
from handlers.tickets.asked_by_customers import ask

STEP = "survey-step"  # a draft of one of the staff: the next words answer a question of a form
LATELY = timedelta(days=15)
MOST_CARDS = 10
LONGEST_WORD = 30


# ---------------------------------------------------------------- a score


@press("survey.score")
async def pressed_score(ctx: ChatContext, argument: str) -> Answer:
    code, _, typed = argument.partition(".")
    answer, survey = await _of(ctx, code)
    await give_score(ctx.uow, answer, survey, number(typed), now=ctx.now)
    return await _after_score(ctx, answer, survey)


async def _of(ctx: ChatContext, code: str) -> tuple[SurveyAnswer, Survey]:
    return await answer_of(ctx.uow, number(code), identity=ctx.identity, staff=ctx.staff)


async def _after_score(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, *, fresh: bool = False) -> Reply:
    """On the message itself; in a group for their eyes only, while the question stays for the others."""
    card = scored_card(answer, survey, locale=ctx.locale)
    if not ctx.in_group:
        return replace(card, fresh=fresh)
    await _show_in_group(ctx, answer, survey)
    return replace(card, card=None, fresh=True, private=True)


async def _show_in_group(ctx: ChatContext, answer: SurveyAnswer, survey: Survey) -> None:
    """How it stands, on the group's message, where the survey says so."""
    if survey.asks.results_in_group:
        first = (await ctx.uow.surveys.list_beside(answer))[0]
        await plan_edits(ctx, first)


async def plan_edits(ctx: ChatContext, answer: SurveyAnswer) -> None:
    """The messages that show it say how it stands, wherever they are."""
    for place in await ctx.uow.cards.places_of(record_of(answer.id), limit=MOST_CARDS):
        ctx.uow.plan(
            Planned(
                key="survey-card",
                facts={"answer": answer.id},
                due_at=ctx.now,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                card=place.record,
                urgency=Urgency.URGENT,
                chosen=True,
                about=f"customer:{answer.customer_id}",
            )
        )


@press("survey.change")
async def change(ctx: ChatContext, argument: str) -> Reply:
    """The scores once more, while they may change their mind."""
    answer, survey = await _of(ctx, argument)
    if not answer.may_change(ctx.now):
        return await _as_it_stands(ctx, answer, survey)
    card = question_card(answer, survey, await scene_of(ctx.uow, answer, survey, locale=ctx.locale))
    return replace(card, card=None, private=True) if ctx.in_group else card


async def _as_it_stands(ctx: ChatContext, answer: SurveyAnswer, survey: Survey) -> Reply:
    return present_card(answer, survey, await scene_of(ctx.uow, answer, survey, locale=ctx.locale))


# ---------------------------------------------------------------- in words


async def typed(ctx: ChatContext, text: str) -> Answer:
    """Words of a customer: the comment on what they just scored, a typed score, an answer to a form; else not ours."""
    contact = await contact_behind(ctx.uow, ctx.identity) if ctx.staff is None else None
    said = clean(text).strip()
    if contact is None or not said:
        return None
    for answer in await ctx.uow.surveys.find_latest(contact.id, since=ctx.now - LATELY):
        if ctx.in_group != (answer.place is not None) and answer.answered_at is None:
            continue  # asked in the other place, and answered there
        survey = (await ctx.uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
        reply = await _typed_for(ctx, answer, survey, said)
        if reply is not None:
            return reply
    return None


async def _typed_for(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, said: str) -> Answer:
    if not survey.asks.scale:
        return await _typed_into_form(ctx, answer, survey, said)
    score = read_score(said, survey.asks.kind, with_words=answer.answered_at is None)
    if score in survey.asks.scale and answer.may_change(ctx.now) and not await _speaks_of_a_ticket(ctx, answer):
        return await _typed_score(ctx, answer, survey, score or 0)
    if answer.takes_comment(ctx.now) and not is_thanks(said):
        return await _commented(ctx, answer, survey, said)
    return None


async def _speaks_of_a_ticket(ctx: ChatContext, answer: SurveyAnswer) -> bool:
    """A "5" in the middle of a talk about something else is no score."""
    ticket = await ctx.uow.tickets.find_last_open(ctx.identity)
    if ticket is None or not ticket.is_active:
        return False
    last = await ctx.uow.tickets.list_messages(ticket.id, limit=1)
    return bool(last) and last[0].at > answer.at


async def _typed_score(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, score: int) -> Answer:
    was = answer.score
    if answer.answered_at is None and answer.is_expired(ctx.now):
        return None
    await give_score(ctx.uow, answer, survey, score, now=ctx.now)
    if was is None or was != score:
        await plan_edits(ctx, answer)
    return await _after_score(ctx, answer, survey, fresh=True)


async def _commented(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, said: str) -> Reply:
    """Thanks go into the message that asked; what was taken for a comment may be a request all the same."""
    await give_comment(ctx.uow, answer, survey, said, now=ctx.now)
    await plan_edits(ctx, answer)
    request = Button("button-ask-new", press=f"survey.request:{answer.id}")
    return Reply("survey-comment-kept", {"score": answer.score}, buttons=(request,), fresh=True, private=True)


@press("survey.request")
async def request(ctx: ChatContext, argument: str) -> Answer:
    """The words were no comment: they open a request. A second press finds none and says so."""
    answer, survey = await _of(ctx, argument)
    if not answer.comment:
        return Reply("survey-request-made", fresh=True, private=True)
    words = await take_back_comment(ctx.uow, answer, survey, now=ctx.now)
    await plan_edits(ctx, answer)
    return await ask(ctx, words)


# ---------------------------------------------------------------- a form


@press("survey.begin")
async def begin(ctx: ChatContext, argument: str) -> Answer:
    answer, survey = await _of(ctx, argument)
    if answer.is_expired(ctx.now) and answer.answered_at is None:
        raise SurveyExpired
    await ctx.uow.surveys.mark_begun(answer.id, ctx.now)
    return await next_step(ctx, answer, survey, survey.asks.next_question(answer.answers))


@press("survey.no")
async def rather_not(ctx: ChatContext, argument: str) -> Reply:
    """Not this time. They can still change their mind on the card."""
    answer, _ = await _of(ctx, argument)
    begin_button = Button("button-survey-begin", press=f"survey.begin:{answer.id}")
    return Reply("survey-not-now", buttons=(begin_button,), private=ctx.in_group)


@press("survey.answer")
async def pressed_answer(ctx: ChatContext, argument: str) -> Answer:
    """``12.0.3``: of row 12 the first question's fourth choice; ``12.0.skip``."""
    code, _, rest = argument.partition(".")
    at, _, chosen = rest.partition(".")
    answer, survey = await _of(ctx, code)
    questions = survey.asks.questions
    if number(at) >= len(questions):
        raise SurveyGone
    asked = questions[number(at)]
    if chosen != "skip" and number(chosen) >= len(asked.choices):
        raise SurveyGone
    value = "" if chosen == "skip" else asked.choices[number(chosen)].value
    following = await give_answer(ctx.uow, answer, survey, asked.name, value, now=ctx.now)
    return await next_step(ctx, answer, survey, following)


async def next_step(
    ctx: ChatContext, answer: SurveyAnswer, survey: Survey, following: Question | None, *, fresh: bool = False
) -> Answer:
    """The next question; what one of the staff types next is its answer."""
    if ctx.staff is not None:
        await _keep_asking(ctx, answer, following)
    if following is None:
        card = finished_card(answer, survey, locale=ctx.locale)
    else:
        card = step_card(answer, survey, following, locale=ctx.locale)
    if ctx.in_group:
        return replace(card, card=None, fresh=True, private=True)
    return replace(card, fresh=fresh)


async def _keep_asking(ctx: ChatContext, answer: SurveyAnswer, following: Question | None) -> None:
    draft = await open_question(ctx, STEP)
    if draft is not None:
        await ctx.uow.drafts.remove(draft)
    if following is not None:
        await ask_words(ctx, STEP, following.name, answer=answer.id)


@question(STEP)
async def typed_by_staff(ctx: ChatContext, text: str) -> Answer:
    draft = await open_question(ctx, STEP)
    if draft is None:
        return None
    answer, survey = await _of(ctx, str(draft.content["answer"]))
    asked = survey.asks.next_question(answer.answers)
    if asked is None:
        await ctx.uow.drafts.remove(draft)
        return None
    if asked.type is Answered.CHOICE and not is_choice(asked, clean(text)):
        return None  # there are buttons for it: what they say is about something else
    return await _take_typed(ctx, answer, survey, asked, text)


async def _typed_into_form(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, said: str) -> Answer:
    """Only while they are at it: what somebody says hours later is about something else."""
    asked = survey.asks.next_question(answer.answers)
    if asked is None or answer.finished_at is not None:
        return None
    last = answer.answered_at or await ctx.uow.surveys.begun_at(answer.id)
    if last is None or ctx.now - last > FORM_TALK:
        return None
    if asked.type is not Answered.TEXT and len(said) > LONGEST_WORD and not await _is_read(ctx, asked, said):
        return None  # a sentence where a word, a number or a day was asked for is a request
    return await _take_typed(ctx, answer, survey, asked, said)


async def _take_typed(ctx: ChatContext, answer: SurveyAnswer, survey: Survey, asked: Question, said: str) -> Answer:
    try:
        value = await _read(ctx, asked, said)
    except WrongAnswer as wrong:
        again = step_card(answer, survey, asked, locale=ctx.locale)
        return Outcome((Reply(wrong.code, wrong.facts, fresh=True, private=True), replace(again, fresh=True)))
    following = await give_answer(ctx.uow, answer, survey, asked.name, value, now=ctx.now)
    return await next_step(ctx, answer, survey, following, fresh=True)


async def _read(ctx: ChatContext, asked: Question, said: str) -> str:
    """Raises WrongAnswer."""
    day = await read_day(ctx, said) if asked.type is Answered.DATE else None
    return read_answer(asked, day or said_answer(asked, clean(said)))


async def _is_read(ctx: ChatContext, asked: Question, said: str) -> bool:
    try:
        await _read(ctx, asked, said)
    except WrongAnswer:
        return False
    return True
