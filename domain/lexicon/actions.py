"""Learning what a phrase means, and forgetting it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.lexicon.model import LONGEST, MOST, LearnedPhrase, Lesson, Meaning
from domain.people.model import Staff
from domain.ports import UnitOfWork


async def learn(uow: UnitOfWork, actor: Staff, lessons: Sequence[Lesson], *, now: datetime) -> Sequence[LearnedPhrase]:
    """Remember what was not known yet, as part of the action under way; gives that.

    An activity has one meaning a phrase: the last correction holds. A full lexicon learns nothing more.
    """
    wanted = [lesson for lesson in lessons if 0 < len(lesson.phrase) <= LONGEST]
    if not wanted:
        return []
    await uow.lexicon.lock()  # of two who teach the same at once, the second sees what the first taught
    known = await uow.lexicon.list_same([lesson.phrase for lesson in wanted])
    learned: list[LearnedPhrase] = []
    for lesson in wanted:
        same = [each for each in known if each.phrase == lesson.phrase]
        if any(_says(each, lesson) for each in same):
            continue
        for each in same:
            if _contradicts(each, lesson):
                await uow.lexicon.remove(each)
        if await uow.lexicon.count() >= MOST:
            break
        learned.append(
            await uow.lexicon.add(
                LearnedPhrase(
                    meaning=lesson.meaning,
                    phrase=lesson.phrase,
                    value=lesson.value,
                    lead_id=lesson.lead_id,
                    customer_id=lesson.customer_id,
                    by_id=actor.id,
                    created_at=now,
                )
            )
        )
    return learned


def _says(known: LearnedPhrase, lesson: Lesson) -> bool:
    return (known.meaning, known.value, known.lead_id, known.customer_id) == (
        lesson.meaning,
        lesson.value,
        lesson.lead_id,
        lesson.customer_id,
    )


_INTENTS = frozenset({Meaning.INTENT, Meaning.NO_INTENT})


def _contradicts(known: LearnedPhrase, lesson: Lesson) -> bool:
    """Another activity for the same words, or the opposite of an intent. A name may mean several customers."""
    if lesson.meaning is Meaning.ACTIVITY:
        return known.meaning == Meaning.ACTIVITY
    return lesson.meaning in _INTENTS and known.meaning in _INTENTS and known.value == lesson.value


async def forget_phrase(uow: UnitOfWork, actor: Staff, phrase_id: int) -> LearnedPhrase:
    """Raises RecordNotFound for a phrase that is gone, or that another taught where the actor tends only their own."""
    phrase = await uow.lexicon.get_for(actor, phrase_id)
    await uow.lexicon.remove(phrase)
    uow.happened("phrase-forgotten")
    return phrase
