"""How a customer felt lately, as far as what was written down tells."""

from __future__ import annotations

from collections.abc import Sequence

from domain.activities.model import Activity

# By intent, the strongest first: what somebody new had better know before they call.
_TELLING = (
    ("annoyed", frozenset({"complaint"})),
    ("leaving", frozenset({"lost", "not_interested", "competitor"})),
    ("hesitant", frozenset({"price_objection", "on_hold", "decision_pending", "no_answer"})),
    ("keen", frozenset({"won", "interested", "wants_quote", "wants_demo", "wants_trial", "renewal", "negotiating"})),
)


def mood_of(activities: Sequence[Activity], *, complains: bool) -> str:
    """annoyed, leaving, hesitant, keen, or unknown. An open complaint counts first, then the newest report that tells."""
    if complains:
        return "annoyed"
    for activity in activities:
        for mood, intents in _TELLING:
            if not intents.isdisjoint(activity.intents):
                return mood
    return "unknown"
