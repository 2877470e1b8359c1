"""What a rep corrected on a card, and what that teaches once the card is saved."""

from __future__ import annotations

from typing import Any

from domain.lexicon.actions import learn
from domain.lexicon.model import LearnedPhrase, Lesson, Meaning
from handlers.chat import Button, Line, Phrase
from handlers.context import ChatContext
from handlers.entries.card import KINDS, READ, EntryCard
from handlers.rendering.secrets import Secret
from handlers.understanding import Understood
from handlers.understanding.cues import cues_of


def remember_reading(card: EntryCard, text: str, understood: Understood) -> None:
    """Keep on the card how it was read, and by which words, before anybody corrects it."""
    cues = cues_of(text, understood)
    card.read = {name: _kept(getattr(card, name)) for name in READ}
    card.cues = {"activity": cues.activity, "name": cues.name, "intents": dict(cues.intents), "remark": cues.remark}


def _kept(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def lessons_of(card: EntryCard) -> list[Lesson]:
    """What the corrections teach. Nothing where the words for it are not beyond doubt."""
    if not card.read:
        return []
    return [*_activity_lesson(card), *_name_lesson(card), *_intent_lessons(card)]


def _activity_lesson(card: EntryCard) -> list[Lesson]:
    cue = card.cues.get("activity")
    if not cue or card.kind not in KINDS or card.kind == card.read.get("kind"):
        return []
    return [Lesson(meaning=Meaning.ACTIVITY, phrase=cue, value=card.kind)]


def _name_lesson(card: EntryCard) -> list[Lesson]:
    cue = card.cues.get("name")
    if not cue or card.subject is None or card.subject == card.read.get("subject"):
        return []
    record, record_id, _ = card.subject
    return [Lesson(meaning=Meaning.NAME, phrase=cue, **{f"{record}_id": record_id})]


def _intent_lessons(card: EntryCard) -> list[Lesson]:
    read, phrases = card.read.get("intents", []), card.cues.get("intents", {})
    lessons = [
        Lesson(meaning=Meaning.NO_INTENT, phrase=phrases[intent], value=intent)
        for intent in read
        if intent not in card.intents and intent in phrases
    ]
    added = [intent for intent in card.intents if intent not in read]
    remark = card.cues.get("remark")
    if remark and len(added) == 1:
        lessons.append(Lesson(meaning=Meaning.INTENT, phrase=remark, value=added[0]))
    return lessons


async def learn_from(ctx: ChatContext, card: EntryCard) -> tuple[tuple[Line, ...], tuple[Button, ...]]:
    """Part of saving it, so that one Undo takes both back. Gives what to say of it, and buttons against it."""
    learned = await learn(ctx.uow, ctx.actor, lessons_of(card), now=ctx.now)
    lines = tuple(Line(f"lexicon-learned-{each.meaning}", meaning_facts(each, _title(card))) for each in learned)
    buttons = tuple(
        Button("lexicon-drop-button", press=f"lexicon.drop:{each.id}", facts={"phrase": _phrase(each)})
        for each in learned
    )
    return lines, buttons


def _title(card: EntryCard) -> str:
    return str(card.subject[2]) if card.subject else ""


def meaning_facts(learned: LearnedPhrase, title: str) -> dict[str, Any]:
    """The phrase and what it means; ``title`` is of the record that a name means."""
    means: Any = Secret("name", title)
    if learned.meaning == Meaning.ACTIVITY:
        means = Phrase(f"activity-{learned.value}")
    elif learned.meaning != Meaning.NAME:
        means = Phrase(f"intent-{learned.value}")
    return {"phrase": _phrase(learned), "means": means}


def _phrase(learned: LearnedPhrase) -> Any:
    return Secret("name", learned.phrase) if learned.meaning == Meaning.NAME else learned.phrase
