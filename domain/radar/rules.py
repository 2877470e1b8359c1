"""The churn radar: named rules by which a customer may be slipping away, as a table. What each counts: docs/users/reports.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``after`` is the silence, or how long back a low score is looked at. ``grades`` None is every customer.

    ``factor`` and ``least``: silent so many times longer than usual, of those with at least so many contacts ``within``.
    """

    name: str
    after: timedelta
    grades: tuple[str, ...] | None = None
    factor: float = 0.0
    least: int = 0
    within: timedelta = timedelta(0)


UNANSWERED = Rule(name="unanswered", after=timedelta(0))
LOW_SCORE = Rule(name="low-score", after=timedelta(days=14))
KEY_SILENT = Rule(name="key-silent", after=timedelta(days=30), grades=("A",))
RHYTHM = Rule(name="rhythm", after=timedelta(days=14), factor=2.5, least=4, within=timedelta(days=180))
SILENT = Rule(name="silent", after=timedelta(days=90))
RULES = (UNANSWERED, LOW_SCORE, KEY_SILENT, RHYTHM, SILENT)
"""The more urgent first: of several that flag a customer, the first is said."""
TRIED = (LOW_SCORE, KEY_SILENT, RHYTHM, SILENT)
"""Those whose answer of an earlier day can still be told: of a ticket only the present state is known."""
MOST_A_DAY = 3  # cards a person: whoever begins with an old list of customers is not flooded
STRETCH, STRETCHES = (
    timedelta(days=30),
    6,
)  # the back-test looks at so many stretches before now, from the beginning of each


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """A customer whom a rule flags. ``mark`` changes when what it flags is another: the last contact, the score, the ticket."""

    customer_id: int
    owner_id: int
    rule: str
    mark: int

    @property
    def dedupe_key(self) -> str:
        return f"radar:{self.rule}:{self.customer_id}:{self.mark}"
