"""Kinds of notifications, as people know them: which keys each has, and what its reader wants of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.people.model import Staff


class Wish(StrEnum):
    """Said at once, kept for My day, or not said."""

    NOW = "now"
    DIGEST = "digest"
    OFF = "off"


KINDS: Mapping[str, tuple[str, ...]] = {
    "reminders": ("followup-due",),
    "assignments": (
        "followup-assigned",
        "followup-accepted",
        "followup-passed",
        "lead-assigned",
        "lead-passed",
        "customer-assigned",
        "customer-passed",
        "records-received",
        "leaver-records",
        "handover-asked",
        "handover-accepted",
        "handover-undone",
        "deputy-asked",
        "nudged-overdue",
        "nudged-risk",
        "slip-asked",
    ),
    "comments": ("comment-told", "praised"),
    "sharing": ("share-asked", "share-granted", "share-declined"),
    "tickets": (
        "ticket-assigned",
        "ticket-said",
        "ticket-waits",
        "ticket-complaint",
        "ticket-answer-lost",
        "ticket-answer-warn",
        "ticket-answer-due",
        "ticket-solve-warn",
        "ticket-solve-due",
    ),
    "surveys": ("survey-low", "survey-low-told", "survey-offer"),
    "untouched": ("lead-untouched",),
    "customers": ("contact-came-in", "contact-closed-chat", "radar"),
    "day": ("my-day",),
    "digest": ("digest", "digest-chart", "digest-satisfaction"),
}
WISHES: Mapping[str, tuple[Wish, ...]] = {
    kind: (Wish.NOW, Wish.OFF) if kind in {"day", "digest"} else (Wish.NOW, Wish.DIGEST, Wish.OFF) for kind in KINDS
}
KIND_OF = {key: kind for kind, keys in KINDS.items() for key in keys}
# Said whatever somebody set: answers to what they did themselves, edits of cards that stand, what only they can decide,
# and what would be lost if nobody heard of it.
ALWAYS_SAID = frozenset(
    {
        "approval-answered",
        "approval-card",
        "attachment-lying",
        "attachment-not-kept",
        "backup-failed",
        "broadcast-counted",
        "quota-changed",  # one line, of what is asked of oneself
        "company-changed",  # one line on how everybody works from now on
        "followup-card",
        "handover-finished",
        "handover-returned",
        "home-changed",
        "inquiry-card",
        "job-stuck",
        "job-stuck-admin",
        "moved-to-team",
        "list-finished",
        "report-comes-here",  # into a group, once
        "report-group-lost",  # who had it come, once
        "report-stopped-by",  # who had it come
        "report-due",  # who had it come can stop it
        "sight-changed",
        "staff-unreachable",
        "survey-low-card",
        "triage-found",
        "triage-lost",
        "ticket-answer-card",
        "ticket-answer",
        "ticket-card-stands",
        "ticket-heard",  # in the group of tickets, which is nobody's private chat
        "ticket-place",
        "ticket-place-stands",
        "ticket-progress",
        "ticket-queue-stands",
        "undo-finished",
    }
)
# What a deputy hears while somebody is away: what must be done, not what is only good to know.
FOR_DEPUTIES = frozenset({"reminders", "assignments", "surveys", "tickets", "untouched"})


def wish(person: Staff, kind: str) -> Wish:
    """What the person set for a kind; ``now`` where nothing, or nothing known, is set."""
    chosen = person.preferences.get(kind)
    return Wish(chosen) if chosen in WISHES[kind] else Wish.NOW


def wish_for(person: Staff, key: str) -> Wish:
    """The same for a catalogue key; what is of no kind is always said."""
    kind = KIND_OF.get(key)
    return Wish.NOW if kind is None else wish(person, kind)
