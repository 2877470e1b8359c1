"""How a survey looks to whoever is asked: the question, what comes after it, and the thanks, all on one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.surveys.asking import key_of, record_of
from domain.surveys.definition import KEY, Answered, Definition, Question, said_in
from domain.surveys.model import Survey, SurveyAnswer
from handlers.chat import Button, Line, Phrase, Reply
from locales import language_of


@dataclass(frozen=True, kw_only=True)
class Scene:
    """``locale`` of the reader; ``about`` is the title of the ticket; ``names`` are those whom a group's question is for;
    ``said`` is how many answered there and their mean, where the survey shows it."""

    locale: str
    about: str | None = None
    names: Sequence[str] = ()
    said: tuple[int, float] | None = None


def words_in(words: Mapping[str, str], locale: str) -> str | Phrase:
    return Phrase(words[KEY]) if KEY in words else said_in(words, language_of(locale))


def question_card(answer: SurveyAnswer, survey: Survey, scene: Scene) -> Reply:
    """The first thing they see: a score's buttons, or how to begin a form."""
    asks = survey.asks
    lines = [Line("survey-about", {"title": scene.about})] if scene.about else []
    if asks.ends is not None:
        low, high = words_in(asks.ends.low, scene.locale), words_in(asks.ends.high, scene.locale)
        lines.append(Line("survey-scale", {"first": asks.scale[0], "low": low, "last": asks.scale[-1], "high": high}))
    if scene.said is not None:
        lines.append(Line("survey-so-far", {"count": scene.said[0], "mean": scene.said[1]}))
    return Reply(
        key_of(asks, ticket_id=answer.ticket_id),
        {"ask": words_in(asks.ask, scene.locale), "names": list(scene.names) or None},
        lines=tuple(lines),
        buttons=_score_buttons(answer, asks, scene.locale) or _begin_buttons(answer),
        card=record_of(answer.id),
        locale=scene.locale,
    )


def _score_buttons(answer: SurveyAnswer, asks: Definition, locale: str) -> tuple[Button, ...]:
    ends: dict[int, str | Phrase] = {}
    if asks.ends is not None and asks.scale:
        ends = {asks.scale[0]: words_in(asks.ends.low, locale), asks.scale[-1]: words_in(asks.ends.high, locale)}
    return tuple(
        Button(
            "survey-score",
            press=f"survey.score:{answer.id}.{score}",
            facts={"score": score, "word": ends.get(score)},
            starts_row=score in ends or score - 1 in ends,
        )
        for score in asks.scale
    )


def _begin_buttons(answer: SurveyAnswer) -> tuple[Button, ...]:
    return (
        Button("button-survey-begin", press=f"survey.begin:{answer.id}", is_main=True),
        Button("button-survey-no", press=f"survey.no:{answer.id}"),
    )


def scored_card(answer: SurveyAnswer, survey: Survey, *, locale: str) -> Reply:
    """What they chose and, until they wrote something, the question that depends on it."""
    asks = survey.asks
    then = asks.asked_after(answer.score or 0)
    facts: dict[str, Any] = {
        "score": answer.score,
        "top": asks.scale[-1],
        "ask": words_in(then, locale) if then is not None else None,
    }
    change = Button("button-survey-change", press=f"survey.change:{answer.id}")
    if answer.comment:
        thanks = words_in(asks.thanks, locale) if asks.thanks is not None else None
        facts |= {"comment": " ".join(answer.comment.split()), "thanks": thanks}
        return Reply("survey-thanked", facts, buttons=(change,), card=record_of(answer.id), locale=locale)
    return Reply("survey-scored", facts, buttons=(change,), card=record_of(answer.id), locale=locale)


def step_card(answer: SurveyAnswer, survey: Survey, question: Question, *, locale: str) -> Reply:
    """One question of a form, with what it is answered by."""
    verb = f"survey.answer:{answer.id}.{_number_of(survey.asks, question)}"
    choices = tuple(
        Button("button-survey-choice", press=f"{verb}.{at}", facts={"label": words_in(choice.label, locale)})
        for at, choice in enumerate(question.choices)
    )
    skip = () if question.required else (Button("button-skip", press=f"{verb}.skip", starts_row=True),)
    facts = {
        "ask": words_in(question.ask, locale),
        "number": len(answer.answers) + 1,
        "type": question.type.value,
    }
    return Reply("survey-step", facts, buttons=(*choices, *skip), card=record_of(answer.id), locale=locale)


def _number_of(asks: Definition, question: Question) -> int:
    return asks.questions.index(question)


def finished_card(answer: SurveyAnswer, survey: Survey, *, locale: str) -> Reply:
    """A form at its end: what was said, and thanks."""
    asks = survey.asks
    lines = tuple(
        Line("survey-said", {"ask": words_in(question.ask, locale), "value": shown_answer(question, value, locale)})
        for question in asks.questions
        if (value := answer.answers.get(question.name))
    )
    thanks = words_in(asks.thanks, locale) if asks.thanks is not None else None
    key = "survey-kept-with-lead" if answer.lead_id is not None else "survey-finished"
    return Reply(key, {"thanks": thanks}, lines=lines, card=record_of(answer.id), locale=locale)


def shown_answer(question: Question, value: str, locale: str) -> str | Phrase:
    if question.type is Answered.CHOICE:
        chosen = next((choice for choice in question.choices if choice.value == value), None)
        return words_in(chosen.label, locale) if chosen is not None else value
    return value


def present_card(answer: SurveyAnswer, survey: Survey, scene: Scene) -> Reply:
    """How it stands now."""
    if survey.asks.scale:
        if answer.score is None:
            return question_card(answer, survey, scene)
        return scored_card(answer, survey, locale=scene.locale)
    if answer.finished_at is not None:
        return finished_card(answer, survey, locale=scene.locale)
    if not answer.answers:
        return question_card(answer, survey, scene)
    following = survey.asks.next_question(answer.answers)
    if following is None:
        return finished_card(answer, survey, locale=scene.locale)
    return step_card(answer, survey, following, locale=scene.locale)
