"""What customers are asked and what they answered. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.people.model import Identity, Staff
from domain.surveys.definition import Rule
from domain.surveys.model import Survey, SurveyAnswer
from domain.surveys.queries import AnswerView, Candidate, Segment, Tally


class SurveyRepository(Protocol):
    async def add(self, survey: Survey) -> Survey: ...
    async def find(self, name: str) -> Survey | None:
        """The current edition, locked."""

    async def list_current(self) -> Sequence[Survey]:
        """By name, a company has few."""

    async def list_by_ids(self, ids: Collection[int]) -> Mapping[int, Survey]: ...
    async def last_edition(self, name: str) -> int:
        """The highest number that was given out, 0 for none."""

    # one person's
    async def add_answer(self, answer: SurveyAnswer) -> SurveyAnswer: ...
    async def find_answer(self, answer_id: int) -> SurveyAnswer | None:
        """Locked, whoever asks: a press is judged by whom it is for."""

    async def get_answer_for(self, actor: Staff, answer_id: int) -> SurveyAnswer:
        """Locked. Raises RecordNotFound."""

    async def find_beside(self, answer: SurveyAnswer, contact_id: int) -> SurveyAnswer | None:
        """What another contact was asked by the same message of a group. Locked."""

    async def list_beside(self, answer: SurveyAnswer) -> Sequence[SurveyAnswer]:
        """What everybody was asked by the same message of a group, by id."""

    async def list_asked_beside(self, answer: SurveyAnswer) -> Sequence[SurveyAnswer]:
        """Of these the ones who got it, or answered all the same."""

    async def find_latest(self, contact_id: int, *, since: datetime) -> Sequence[SurveyAnswer]:
        """What this contact was asked and got since then, the latest first, locked: a few."""

    async def list_answers(self, ids: Collection[int]) -> Mapping[int, SurveyAnswer]: ...
    async def mark_sent(self, answer_ids: Sequence[int], at: datetime) -> None:
        """It went out: nobody's decision, so not journaled."""

    async def mark_begun(self, answer_id: int, at: datetime) -> None:
        """They pressed Begin on a form: a mark, not journaled."""

    async def begun_at(self, answer_id: int) -> datetime | None: ...
    async def list_of_contact(self, contact_id: int, *, limit: int) -> Sequence[SurveyAnswer]:
        """What they answered, the latest first."""

    async def contacts_in(self, channel: str, place: str, customer_id: int) -> Sequence[int]:
        """The customer's people who were seen in the group and are there, by id."""

    async def accounts_of(self, contact_ids: Collection[int]) -> Mapping[int, Identity]:
        """The account that each was last spoken with from and can be reached at, of those who are still at their customer."""

    async def phones_of(self, contact_ids: Collection[int]) -> Mapping[int, str]:
        """One phone number of each contact who has any, as E.164."""

    # by rule, and by hand to many
    async def list_due(
        self, name: str, rule: Rule, *, until: datetime, since: datetime, among: range | None = None, limit: int
    ) -> Sequence[Candidate]:
        """Whom a rule wants to ask for what happened between then and now, and who was not asked for it: one of each
        customer, who can be reached. At a rhythm ``among`` are the ids of the contacts to look at."""

    async def last_contact_id(self) -> int:
        """0 where there is none."""

    async def list_segment(self, actor: Staff, segment: Segment, *, after: int, limit: int) -> Sequence[Candidate]:
        """Contacts of a segment whom the person sees, who can be reached, by id from ``after`` on."""

    # listening
    async def list_followed(self, *, limit: int) -> Sequence[SurveyAnswer]:
        """Low answers whose follow-up is done and whose owner was not asked yet what to tell the customer. Locked."""

    async def is_any_followed(self) -> bool: ...
    async def mark_offered(self, answer_ids: Sequence[int], at: datetime) -> None: ...
    async def tally(self, actor: Staff, name: str, *, since: datetime) -> Tally:
        """Counts of what went out since then and what came back, of those whom the person sees."""

    async def list_views(
        self,
        actor: Staff,
        *,
        name: str | None = None,
        since: datetime,
        until: datetime | None = None,
        is_low: bool | None = None,
        commented: bool = False,
        limit: int,
    ) -> Sequence[AnswerView]:
        """Answers that came in then, the latest first."""

    async def list_low(
        self, staff_ids: Collection[int], *, since: datetime, until: datetime, limit: int
    ) -> Sequence[AnswerView]:
        """Low answers of these people's customers, or about their work, the lowest share of its scale first: for digests."""

    async def list_all_views(self, actor: Staff, name: str, *, since: datetime, limit: int) -> Sequence[AnswerView]:
        """Everybody who was asked since then, answered or not, by id: for exports."""
