"""What the card of a report looks like: Save first, a button for each doubt and each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.chat import Button, Line, Phrase, Reply
from handlers.entries.card import EntryCard
from handlers.entries.steps import line_of_step
from handlers.followups.cards import repeats
from handlers.records.lines import note_shown, place_facts
from handlers.rendering.secrets import SAID, Secret

MOST_OF_A_NOTE = 1500  # characters on the card; all of it is saved
MOST_OF_A_CHAT = 20_000  # characters that are saved of one
FIELDS = ("who", "kind", "when", "note", "amount", "intents")


def show_card(card: EntryCard, draft_id: int) -> Reply:
    """The card with Save first and Cancel beside it, a button for each doubt, and a button for each field."""
    buttons = [_save_button(card, draft_id), Button("button-cancel", press=f"entry.cancel:{draft_id}")]
    if card.subject is None and len(card.candidates) == 1:
        buttons.append(Button("button-entry-nobody", press=f"entry.nobody:{draft_id}"))
    elif card.subject is None:
        buttons += [
            Button(
                "button-candidate",
                press=f"entry.pick:{draft_id}.{record}.{record_id}",
                facts={"name": Secret("name", title)},
                starts_row=number == 0,
            )
            for number, (record, record_id, title) in enumerate(card.candidates)
        ]
    buttons += [
        Button(f"button-entry-{name}", press=f"entry.{name}:{draft_id}", starts_row=name == FIELDS[0])
        for name in FIELDS
        if name != "intents" or card.kind is not None
    ]
    return Reply(
        "entry-card",
        {"subject": title_of(card), "contact": _contact(card)},
        lines=_lines(card),
        buttons=tuple(buttons),
        card=f"draft:{draft_id}",
    )


def _save_button(card: EntryCard, draft_id: int) -> Button:
    press = f"entry.save:{draft_id}"
    if card.is_new_lead:
        return Button("button-save-new-lead", press=press, facts={"name": _new_name(card)}, is_main=True)
    if card.subject is None and card.candidates:
        return Button(
            "button-save-for", press=press, facts={"name": Secret("name", card.candidates[0][2])}, is_main=True
        )
    return Button("button-save", press=press, is_main=True)


def _new_name(card: EntryCard) -> Secret:
    """Masked in groups as well: the card may have come here by /resume."""
    return Secret("name", card.company or card.person or "")


def title_of(card: EntryCard) -> Secret | Phrase:
    if card.subject is not None:
        return Secret("name", str(card.subject[2]))
    if card.is_new_lead:
        return Phrase("entry-new-lead", {"name": _new_name(card)})
    if len(card.candidates) == 1:
        return Phrase("entry-is-it", {"name": Secret("name", str(card.candidates[0][2]))})
    if card.candidates:
        return Phrase("entry-which", {"names": [Secret("name", str(title)) for _, _, title in card.candidates]})
    return Phrase("entry-nobody")


def _lines(card: EntryCard) -> tuple[Line, ...]:
    """What a group may not read of it is masked there: the card may know more than its speaker wrote."""
    lines = [_kind_line(card)]
    if card.phones or card.emails:
        reach = [
            *(Secret("phone", each, SAID) for each in card.phones),
            *(Secret("email", each, SAID) for each in card.emails),
        ]
        lines.append(Line("entry-line-reach", {"reach": reach}))
    if card.odd_phones:
        lines.append(
            Line("entry-line-odd-phone", {"phones": [Secret("phone", phone, SAID) for phone in card.odd_phones]})
        )
    if card.note:
        lines.append(Line("entry-line-note", {"note": note_shown(card.note, most=MOST_OF_A_NOTE)}))
    if card.is_cut:
        lines.append(Line("entry-line-chat-cut", {"limit": MOST_OF_A_CHAT}))
    if card.place is not None:
        lines.append(Line("attachment-place", place_facts(*card.place)))
    if card.files:
        lines.append(Line("attachment-count", {"count": len(card.files), "album": card.is_album}))
    if card.amount is not None:
        lines.append(amount_line(card))
    if card.intents and card.kind is not None:
        lines.append(intents_line(card))
    if card.no_such_day:
        lines.append(Line("impossible-date", {"typed": card.no_such_day}))
    if card.past_at is not None:
        lines.append(Line("date-in-the-past", {"when": card.past_at}))
    lines += when_lines(card)
    if card.finishes is not None:
        lines.append(Line("entry-line-finishes"))
    if card.owner is not None:
        lines.append(Line("entry-line-owner", {"name": card.owner[1]}))
    return tuple(lines)


def intents_line(card: EntryCard) -> Line:
    return Line("entry-line-intents", {"intents": [Phrase(f"intent-{intent}") for intent in card.intents]})


def amount_line(card: EntryCard) -> Line:
    if card.amount_to is not None:
        facts = {"amount": Secret("amount", card.amount), "most": Secret("amount", card.amount_to)}
        return Line("entry-line-amount-range", facts)
    doubt = "yes" if "amount" in card.doubts else "no"
    return Line("entry-line-amount", {"amount": Secret("amount", card.amount), "doubt": doubt})


def _contact(card: EntryCard) -> Secret | None:
    name = card.contact[1] if card.contact else card.person
    return Secret("name", name) if name and (card.contact or card.company) else None


def _kind_line(card: EntryCard) -> Line:
    """What it was and on which day; a plan alone has not happened."""
    day = None if card.kind is None else card.occurred_at or card.said_at
    return Line("entry-line-kind", {"kind": kind_of(card), "day": day})


def kind_of(card: EntryCard) -> Phrase:
    return Phrase("entry-plan-only" if card.kind is None else f"activity-{card.kind}")


def when_lines(card: EntryCard) -> list[Line]:
    """A line for each next step."""
    return [when_line(card), *map(line_of_step, card.more)]


def when_line(card: EntryCard) -> Line:
    """The line of the next step, with a question mark where the time was said in two ways."""
    if card.due_at is None:
        return Line("entry-line-no-next")
    doubt = "yes" if ("deadline" if card.is_deadline else "follow_up") in card.doubts else "no"
    facts: Mapping[str, Any] = {
        "step": Secret("amount", card.step) if card.step else None,
        "when": card.due_at if card.has_hour else Phrase("day-of", {"at": card.due_at}),
        "doubt": doubt,
        "deadline": card.is_deadline,
        "repeats": repeats(card.recurrence),
    }
    return Line("entry-line-next", facts)
