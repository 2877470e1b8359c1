"""A survey as it is kept, and what one person was asked and answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from domain.surveys.definition import Definition

COMMENT_WITHIN = timedelta(minutes=15)
MIND_WITHIN = timedelta(hours=1)
ONE_BREATH = timedelta(minutes=2)
FORM_TALK = timedelta(minutes=30)
"""So long after the last answer what somebody types is still taken for the next answer of a form."""


@dataclass(kw_only=True, eq=False)
class Survey:
    """One edition of a survey: it never changes but for ``is_current`` and ``paused_at``, so that answers keep what was
    asked. ``definition`` is a ``Definition`` as JSON."""

    id: int = field(init=False)
    name: str
    edition: int
    kind: str
    definition: dict[str, Any]
    is_current: bool = True
    paused_at: datetime | None = None
    created_by: int | None = None
    created_at: datetime

    @property
    def asks(self) -> Definition:
        return _read(json.dumps(self.definition, sort_keys=True))


@lru_cache(256)
def _read(definition: str) -> Definition:
    return Definition.model_validate_json(definition)


@dataclass(kw_only=True, eq=False)
class SurveyAnswer:
    """What one person was asked, at ``at``, and what they said: there is a row from the moment it is planned.

    ``survey`` is the survey's name, ``survey_id`` the edition that was asked. ``cause`` is why, once for each contact
    (``ticket:18``). ``channel`` and ``place`` name the group that it is asked in. Without contact and lead it is a test.
    ``about_id`` is the colleague whose work it is about.
    ``answers`` are those of a form, an empty one was passed over.
    """

    id: int = field(init=False)
    survey: str
    survey_id: int
    customer_id: int | None = None
    contact_id: int | None = None
    lead_id: int | None = None
    ticket_id: int | None = None
    cause: str
    asked_by: int | None = None
    about_id: int | None = None
    channel: str | None = None
    place: str | None = None
    at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    is_low: bool = False
    comment: str | None = None
    commented_at: datetime | None = None
    answers: dict[str, str] = field(default_factory=dict)
    finished_at: datetime | None = None
    followup_id: int | None = None

    @property
    def is_test(self) -> bool:
        return self.contact_id is None and self.lead_id is None

    def is_expired(self, now: datetime) -> bool:
        return now >= self.expires_at

    def may_change(self, now: datetime) -> bool:
        """Not answered yet, or so lately that they may think better of it."""
        return self.answered_at is None or now - self.answered_at <= MIND_WITHIN

    def takes_comment(self, now: datetime) -> bool:
        """Words that come now are about the score; after the first of them only those of the same breath."""
        if self.answered_at is None or self.score is None or now - self.answered_at > COMMENT_WITHIN:
            return False
        return self.commented_at is None or now - self.commented_at <= ONE_BREATH
