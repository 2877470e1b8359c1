"""What the domain, the handlers and the scheduler need of storage, which implements it; ``bot.wiring`` connects them.

Every method runs in its unit of work's one transaction. Times are aware UTC. ``get_*`` raises ``RecordNotFound`` when
the record is absent or not visible to ``actor``, ``find_*`` gives None, ``list_*`` a bounded sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from domain.apart import Apart
from domain.journal.model import Source
from domain.notifications.model import Notification, Planned
from domain.people.model import Staff
from domain.ports.approvals import ApprovalRepository, Privacy
from domain.ports.attachments import Attachments, FileStore
from domain.ports.broadcasts import Addressee, BroadcastRepository
from domain.ports.conversations import (
    CardRepository,
    DraftRepository,
    Inbox,
    LocalMessages,
    NotificationRepository,
    Receivers,
)
from domain.ports.copies import Copies
from domain.ports.customers import ActivityRepository, CustomerRepository, LeadRepository, OpportunityRepository
from domain.ports.digests import DigestRepository
from domain.ports.finding import Lexicon, Search
from domain.ports.followups import Agenda, FollowupRepository
from domain.ports.groups import KnownGroups
from domain.ports.handovers import HandoverRepository
from domain.ports.journal import JobRepository, Journal
from domain.ports.outreach import BirthdayOf, Outreach
from domain.ports.people import CompanyRepository, IdentityRepository, MenuShown, StaffRepository
from domain.ports.points import PointRepository
from domain.ports.quotas import QuotaRepository
from domain.ports.radar import Radar
from domain.ports.reports import Reports
from domain.ports.surveys import SurveyRepository
from domain.ports.tickets import Counted, GroupRepository, InquiryRepository, Looked, TicketRepository

__all__ = [
    "ActivityRepository",
    "Addressee",
    "Agenda",
    "ApprovalRepository",
    "Attachments",
    "BirthdayOf",
    "BroadcastRepository",
    "CardRepository",
    "CompanyRepository",
    "Copies",
    "Counted",
    "CustomerRepository",
    "DigestRepository",
    "DraftRepository",
    "Facts",
    "FileStore",
    "FollowupRepository",
    "GroupRepository",
    "HandoverRepository",
    "IdentityRepository",
    "Inbox",
    "InquiryRepository",
    "JobRepository",
    "Journal",
    "KnownGroups",
    "LeadRepository",
    "Lexicon",
    "LocalMessages",
    "Looked",
    "MenuShown",
    "NotificationRepository",
    "OpenUnitOfWork",
    "OpportunityRepository",
    "Outreach",
    "PointRepository",
    "Privacy",
    "QuotaRepository",
    "Radar",
    "Receivers",
    "Reports",
    "Search",
    "StaffRepository",
    "SurveyRepository",
    "TicketRepository",
    "UnitOfWork",
]


class UnitOfWork(Protocol):
    """One transaction. Nothing is kept unless ``commit`` was awaited; leaving the block otherwise rolls back."""

    @property
    def staff(self) -> StaffRepository: ...
    @property
    def identities(self) -> IdentityRepository: ...
    @property
    def company(self) -> CompanyRepository: ...
    @property
    def leads(self) -> LeadRepository: ...
    @property
    def customers(self) -> CustomerRepository: ...
    @property
    def activities(self) -> ActivityRepository: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def followups(self) -> FollowupRepository: ...
    @property
    def opportunities(self) -> OpportunityRepository: ...
    @property
    def quotas(self) -> QuotaRepository: ...
    @property
    def tickets(self) -> TicketRepository: ...
    @property
    def surveys(self) -> SurveyRepository: ...
    @property
    def points(self) -> PointRepository: ...
    @property
    def approvals(self) -> ApprovalRepository: ...
    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def inquiries(self) -> InquiryRepository: ...
    @property
    def groups(self) -> GroupRepository: ...
    @property
    def known_groups(self) -> KnownGroups: ...
    @property
    def broadcasts(self) -> BroadcastRepository: ...
    @property
    def outreach(self) -> Outreach: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def agenda(self) -> Agenda: ...
    @property
    def digests(self) -> DigestRepository: ...
    @property
    def handovers(self) -> HandoverRepository: ...
    @property
    def drafts(self) -> DraftRepository: ...
    @property
    def cards(self) -> CardRepository: ...
    @property
    def notifications(self) -> NotificationRepository: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def jobs(self) -> JobRepository: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def receivers(self) -> Receivers: ...
    @property
    def search(self) -> Search: ...
    @property
    def radar(self) -> Radar: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def local_messages(self) -> LocalMessages: ...
    @property
    def apart(self) -> Apart:
        """What this process could not read, of all its transactions."""

    def acts(self, actor: Staff | None, *, at: datetime, source: Source) -> None:
        """Say who acts from here on; the journal writes it with each change."""

    def happened(self, name: str, **facts: Any) -> None:
        """Name the action that is under way (``lead-added``); the last name said stays. ``facts`` are ids only."""

    def plan(self, planned: Planned) -> None:
        """Put something into the outbox with this transaction. A dedupe key that exists already plans nothing."""

    def answer(self, planned: Planned) -> None:
        """The same for a direct answer: born leased to this process, handed to delivery after the commit."""

    async def conversations_moved(
        self, channel: str, old: str, new: str, *, keeps_messages: bool = False
    ) -> Collection[str]:
        """A platform gave a conversation another key: where people are reached, open drafts and what waits to be said
        go along, also in its threads. Cards go along where it ``keeps_messages``. Else they are forgotten, because
        messages are numbered anew there; gives the records that those showed, but for the ones of which a card waits to
        be said there."""

    async def action_id(self) -> int:
        """The id under which this transaction's changes are journaled; given out at the first asking."""

    def go_on(self, action_id: int) -> None:
        """Add to an action that an earlier transaction began: a job in chunks is one action. Raises RuntimeError when
        this transaction has done something of its own before."""

    async def lock_conversation(self, key: str) -> None:
        """Wait until no other process handles an event of this conversation, as ``inbox.accept`` does."""

    async def flush(self) -> None: ...
    async def commit(self) -> None: ...

    @property
    def answers(self) -> Sequence[Notification]:
        """After the commit: the direct answers, leased to this process."""

    @property
    def plans_something(self) -> bool:
        """Is there something to say beside the direct answers?"""


OpenUnitOfWork = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
Facts = Mapping[str, Any]
