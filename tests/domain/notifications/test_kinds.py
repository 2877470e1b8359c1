"""Every notification of somebody of the staff is of a kind that /settings governs, or is said for a reason."""

from __future__ import annotations

import handlers.everything  # noqa: F401  (registers the notices)
from domain.notifications.kinds import ALWAYS_SAID, KIND_OF
from handlers.notices import NOTICES

PLAIN = frozenset(
    {
        "records-received",
        "deputy-asked",
        "share-declined",
        "staff-unreachable",
        "backup-failed",
        "job-stuck",
        "job-stuck-admin",
    }
)


FOR_CUSTOMERS = frozenset(
    {
        *("group-greeting", "ticket-answer", "ticket-answer-file", "ticket-progress"),
        *("broadcast", "care-greeting"),
        *("survey-csat", "survey-visit", "survey-nps", "survey-form", "survey-card", "survey-changed"),
    }
)


def test_every_notification_is_of_a_kind_or_always_said() -> None:
    assert sorted((NOTICES.keys() | PLAIN) - FOR_CUSTOMERS - KIND_OF.keys() - ALWAYS_SAID) == []
    assert sorted(KIND_OF.keys() & ALWAYS_SAID) == []
