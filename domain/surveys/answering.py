"""Answering: a score first, then words; a form question by question. Each answer is judged when it comes."""

from __future__ import annotations

from datetime import date, datetime

from domain.errors import RecordNotFound
from domain.people.binding import contact_behind
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.surveys.asking import add_asked
from domain.surveys.definition import Answered, Definition, Question
from domain.surveys.errors import SurveyAnswered, SurveyExpired, SurveyGone, SurveyNotYours, WrongAnswer
from domain.surveys.listening import hear_answer
from domain.surveys.model import Survey, SurveyAnswer
from domain.surveys.queries import Candidate

LONGEST_COMMENT = 4000
LONGEST_ANSWER = 1000
MOST_LEADS_VALUE = 400


async def answer_of(
    uow: UnitOfWork, answer_id: int, *, identity: Identity, staff: Staff | None
) -> tuple[SurveyAnswer, Survey]:
    """The row of whoever pressed, and the edition that they were asked by.

    A group's message names the row of one of them: everybody of the customer who presses has a row of their own. Raises
    SurveyGone, and SurveyNotYours for everybody else.
    """
    answer = await uow.surveys.find_answer(answer_id)
    if answer is None:
        raise SurveyGone
    survey = (await uow.surveys.list_by_ids([answer.survey_id]))[answer.survey_id]
    if staff is not None:
        if answer.lead_id is not None:
            await uow.leads.get_for(staff, answer.lead_id)
        elif not answer.is_test or answer.asked_by != staff.id:
            raise SurveyNotYours
        return answer, survey
    contact = await contact_behind(uow, identity)
    if contact is None or answer.contact_id is None:
        raise SurveyNotYours
    if contact.id == answer.contact_id:
        return answer, survey
    if answer.place is None or contact.customer_id != answer.customer_id:
        raise SurveyNotYours
    return await _beside(uow, answer, survey, contact.id), survey


async def _beside(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, contact_id: int) -> SurveyAnswer:
    """Somebody of the same customer who came in since, or was not known then, answers for themselves."""
    theirs = await uow.surveys.find_beside(answer, contact_id)
    if theirs is not None:
        return theirs
    asked = Candidate(
        contact_id=contact_id,
        customer_id=answer.customer_id or 0,
        cause=answer.cause,
        happened_at=answer.at,
        ticket_id=answer.ticket_id,
        about_id=answer.about_id,
        channel=answer.channel,
        place=answer.place,
    )
    return await add_asked(uow, survey, asked, by=None, at=answer.at)


# ---------------------------------------------------------------- a score


async def give_score(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, score: int, *, now: datetime) -> None:
    """Their score, or another one within an hour; the same again changes nothing.

    Raises SurveyExpired, SurveyAnswered, and SurveyGone for a score that the survey does not have.
    """
    if score not in survey.asks.scale:
        raise SurveyGone
    if answer.score == score:
        return
    if answer.answered_at is None and answer.is_expired(now):
        raise SurveyExpired
    if not answer.may_change(now):
        raise SurveyAnswered(score=answer.score)
    answer.score, answer.is_low = score, survey.asks.is_low(score)
    answer.answered_at = answer.answered_at or now
    answer.finished_at = now
    uow.happened("survey-answered", answer=answer.id)
    await hear_answer(uow, answer, survey, now=now)


async def give_comment(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, words: str, *, now: datetime) -> None:
    """What they wrote after their score; words of the same breath are added."""
    said = words.strip()[:LONGEST_COMMENT]
    answer.comment = f"{answer.comment}\n{said}"[:LONGEST_COMMENT] if answer.comment else said
    answer.commented_at = now
    uow.happened("survey-commented", answer=answer.id)
    await hear_answer(uow, answer, survey, now=now)


async def take_back_comment(uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, *, now: datetime) -> str:
    """Their words were about something else; gives them. Raises SurveyGone where there are none any more."""
    if not answer.comment:
        raise SurveyGone
    words, answer.comment = answer.comment, None
    uow.happened("survey-comment-taken-back", answer=answer.id)
    await hear_answer(uow, answer, survey, now=now)
    return words


# ---------------------------------------------------------------- a form


def read_answer(question: Question, typed: str) -> str:
    """What was typed or chosen, as it is kept: a choice's value, a plain number, an ISO date, words. Raises WrongAnswer.

    Dates are read before, by whoever knows the person's zone.
    """
    said = typed.strip()
    if question.type is Answered.CHOICE:
        folded = said.casefold()
        for choice in question.choices:
            if folded in {choice.value.casefold(), *(label.casefold() for label in choice.label.values())}:
                return choice.value
        raise WrongAnswer(kind="choice")
    if question.type is Answered.NUMBER:
        return _number(question, said)
    if question.type is Answered.DATE:
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            raise WrongAnswer(kind="date") from None
    if not said:
        raise WrongAnswer(kind="text")
    return said[:LONGEST_ANSWER]


def _number(question: Question, said: str) -> str:
    least, most = question.least, question.most
    try:
        number = float(said.replace(",", "").replace("，", ""))
    except ValueError:
        raise WrongAnswer(kind="number", least=least, most=most) from None
    too_small, too_large = least is not None and number < least, most is not None and number > most
    if too_small or too_large or number != number or abs(number) > 1e15:  # noqa: PLR0124 - no number is no number
        raise WrongAnswer(kind="number", least=least, most=most)
    return str(int(number)) if number == int(number) else str(number)


async def give_answer(
    uow: UnitOfWork, answer: SurveyAnswer, survey: Survey, name: str, value: str, *, now: datetime
) -> Question | None:
    """Keep one answer of a form; ``value`` as ``read_answer`` gave it, empty to pass over what is not required.

    Gives the next question, None at the end. An answer to a question that is not the next one, an old button, changes
    nothing. Raises SurveyExpired.
    """
    asks = survey.asks
    question = asks.next_question(answer.answers)
    if question is None or question.name != name:
        return question
    if answer.is_expired(now) and answer.answered_at is None:
        raise SurveyExpired
    if not value and question.required:
        raise WrongAnswer(kind=question.type.value)
    answer.answers = {**answer.answers, name: value}
    answer.answered_at = now
    uow.happened("survey-answered", answer=answer.id)
    following = asks.next_question(answer.answers)
    if following is None:
        answer.finished_at = now
        await _keep_with_lead(uow, answer, asks)
    return following


async def _keep_with_lead(uow: UnitOfWork, answer: SurveyAnswer, asks: Definition) -> None:
    """What is known of the lead from then on, under the names of the questions."""
    if answer.lead_id is None or answer.asked_by is None:
        return
    filled_by = await uow.staff.get(answer.asked_by)
    try:
        lead = await uow.leads.get_for(filled_by, answer.lead_id)
    except RecordNotFound:  # it went to somebody else meanwhile: the answers stay where they are
        return
    known = {name: value[:MOST_LEADS_VALUE] for name, value in answer.answers.items() if value}
    lead.custom = {**lead.custom, **known}
