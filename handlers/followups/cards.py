"""How a follow-up looks: the reminder, the card, the done card, the list that several share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.followups.choices import CHOICES
from domain.followups.queries import FollowupView
from handlers.chat import Button, Line, Phrase, Reply
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret

MOST_ON_ONE_CARD = 10


def when_of(view: FollowupView) -> Any:
    """The moment, or only the day where no hour was named."""
    return view.due_at if view.has_hour else Phrase("day-of", {"at": view.due_at})


def subject_of(view: FollowupView) -> Secret | Phrase:
    """With whom."""
    name = view.title or view.contact_name or ""
    return Secret("name", name) if name else Phrase("entry-nobody")


def facts_of(view: FollowupView) -> dict[str, Any]:
    """The facts that every text about a follow-up may use; in groups names, notes and phones are masked."""
    contact = view.contact_name if view.title and view.contact_name != view.title else None
    return {
        "followup": view.id,
        "subject": subject_of(view),
        "contact": Secret("name", contact) if contact else None,
        "note": note_shown(view.note),
        "when": when_of(view),
        "phone": Secret("phone", view.phone, owner=view.record_owner_id) if view.phone else None,
        "owner": view.owner_name,
        "repeats": repeats(view.recurrence),
    }


def repeats(recurrence: str | None) -> Phrase | None:
    """How it comes again, in a word: every week, every working day, every 3 months."""
    if recurrence is None:
        return None
    parts = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    rule, count = parts.get("FREQ", "none").lower(), parts.get("INTERVAL", "1")
    if rule == "daily" and "BYDAY" in parts:
        return Phrase("repeats", {"rule": "weekdays"})
    if count != "1":
        return Phrase("repeats-each", {"rule": rule, "count": count})
    return Phrase("repeats", {"rule": rule})


def due_buttons(followup_id: int) -> tuple[Button, ...]:
    """Done first, then the ways to move it, then a report."""
    return (
        Button("button-done", press=f"followup.done:{followup_id}"),
        Button("button-snooze-hour", press=f"followup.snooze:{followup_id}.hour"),
        Button("button-tomorrow", press=f"followup.snooze:{followup_id}.tomorrow"),
        Button("button-reschedule", press=f"followup.when:{followup_id}", opens_form=True),
        Button("button-log-call", press=f"followup.log:{followup_id}"),
    )


def open_buttons(followup_id: int) -> tuple[Button, ...]:
    """Those of the reminder, and what is needed less often."""
    return (
        *due_buttons(followup_id),
        Button("button-pass-on", press=f"followup.pass:{followup_id}"),
        Button("button-drop", press=f"followup.drop:{followup_id}"),
    )


def due_card(view: FollowupView, *, late: bool) -> Reply:
    """The reminder of one."""
    facts = {**facts_of(view), "late": late}
    return Reply("followup-due", facts, buttons=due_buttons(view.id), card=f"followup:{view.id}")


def shared_card(views: Sequence[FollowupView], *, late: bool = False, undo: tuple[Button, ...] = ()) -> Reply:
    """Several on one card, each as it stands now: open ones with their own Done."""
    waiting = sum(view.is_open for view in views)
    return Reply(
        "followups-due", {"count": waiting, "late": late}, lines=tuple(_line(view) for view in views), buttons=undo
    )


def _line(view: FollowupView) -> Line:
    if not view.is_open:
        return Line(f"followup-line-{view.status.value}", facts_of(view))
    done = Button("button-done", press=f"followup.tick:{view.id}")
    return Line(
        "followup-line", facts_of(view), buttons=(done, Button("button-more", press=f"followup.more:{view.id}"))
    )


def present_card(view: FollowupView, *, reader: int | None = None) -> Reply:
    """How it stands now: open with its buttons, or closed. ``reader`` is the id of who reads it, where that is known:
    others than its owner are told whose it is."""
    if view.is_open:
        facts = {**facts_of(view), "theirs": reader is not None and reader != view.owner_id}
        return Reply("followup-open", facts, buttons=open_buttons(view.id), card=f"followup:{view.id}")
    facts = {**facts_of(view), "closed": view.closed_at}
    return Reply(f"followup-{view.status.value}", facts, card=f"followup:{view.id}")


def done_card(view: FollowupView, undo: Button, *, following: FollowupView | None = None) -> Reply:
    """ "Done ✓ next: Tomorrow · +3 days · Monday · None"; a recurring one says when it comes again."""
    if following is not None:
        facts = {**facts_of(view), "next": when_of(following)}
        return Reply("followup-finished-again", facts, buttons=(undo,), card=f"followup:{view.id}")
    choices = (*CHOICES, "none")
    following_buttons = tuple(Button(f"when-{choice}", press=f"followup.then:{view.id}.{choice}") for choice in choices)
    return Reply("followup-finished", facts_of(view), buttons=(*following_buttons, undo), card=f"followup:{view.id}")


def saved_card(key: str, view: FollowupView, undo: Button) -> Reply:
    """What was just planned or moved, with its Undo."""
    change = Button("button-reschedule", press=f"followup.when:{view.id}", opens_form=True)
    return Reply(key, facts_of(view), buttons=(change, undo), card=f"followup:{view.id}")
