"""The next steps on the card of a report beside the first one: "send the quote Friday, call Monday at 10"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from domain.followups.actions import When
from handlers.chat import Line, Phrase
from handlers.entries.step_words import says_only_how, step_words
from handlers.rendering.secrets import Secret
from handlers.understanding import Moment

MOST = 8  # on one card; more than that is a plan of its own


class Step(TypedDict):
    """One of them, as the draft keeps it; ``due_at`` is aware UTC."""

    words: str
    due_at: datetime
    has_hour: bool
    is_deadline: bool
    is_doubtful: bool


def further_steps(moments: Sequence[Moment], text: str, *, zone: ZoneInfo, work_start: time) -> list[Step]:
    """What was understood besides the first step. A deadline is due in the morning of its day."""
    return [_step(moment, text, zone, work_start) for moment in moments[:MOST]]


def _step(moment: Moment, text: str, zone: ZoneInfo, work_start: time) -> Step:
    is_deadline = moment.limit == "before"
    at = datetime.combine(moment.at.date(), work_start) if is_deadline else moment.at
    return Step(
        words=step_words(text, moment, ""),
        due_at=at.replace(tzinfo=zone).astimezone(UTC),
        has_hour=not is_deadline and moment.grain in {"minute", "daypart"},
        is_deadline=is_deadline,
        is_doubtful=moment.doubtful,
    )


def when_of_step(step: Step, *, otherwise: str = "") -> When:
    """``otherwise`` is what the reminder says where no words say what is to be done; without it the whole note."""
    note = step["words"] or otherwise or None
    return When(at=step["due_at"], has_hour=step["has_hour"], is_deadline=step["is_deadline"], note=note)


def line_of_step(step: Step) -> Line:
    """Like the line of the first step."""
    facts: Mapping[str, Any] = {
        "step": Secret("amount", step["words"]) if step["words"] else None,
        "when": step["due_at"] if step["has_hour"] else Phrase("day-of", {"at": step["due_at"]}),
        "doubt": "yes" if step["is_doubtful"] else "no",
        "deadline": step["is_deadline"],
        "repeats": None,
    }
    return Line("entry-line-next", facts)


def note_of_step(step: str, note: str) -> str | None:
    """What the reminder says: what is to be done, and what was told where "call him back" alone would say too little."""
    if step and note and says_only_how(step):
        return f"{step} · {note}"
    return step or None
