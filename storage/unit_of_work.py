"""One transaction with its repositories, its action in the journal and what it plans to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from domain.apart import Apart
from domain.company.keeping import locks_of
from domain.company.model import Company
from domain.journal.model import Source
from domain.notifications.model import Notification, Planned
from domain.people.model import Role, Staff
from storage.activities import SqlActivities
from storage.agenda import SqlAgenda
from storage.approvals import SqlApprovals
from storage.attachments import SqlAttachments
from storage.broadcasts import SqlBroadcasts
from storage.cards import SqlCards
from storage.company import ONLY, SqlCompany
from storage.customers import SqlCustomers
from storage.digests import SqlDigests
from storage.drafts import SqlDrafts
from storage.erasing import Erasing
from storage.followups import SqlFollowups
from storage.groups import SqlGroups
from storage.handovers import SqlHandovers
from storage.identities import SqlIdentities
from storage.inbox import SqlInbox
from storage.inquiries import SqlInquiries
from storage.jobs import SqlJobs
from storage.journal import CurrentAction, SqlJournal
from storage.known_groups import SqlKnownGroups
from storage.leads import SqlLeads
from storage.lexicon import SqlLexicon
from storage.local_messages import SqlLocalMessages
from storage.locks import TABLES, must_be_unlocked
from storage.moved_conversations import move_conversations
from storage.notifications import SqlNotifications
from storage.opportunities import SqlOpportunities
from storage.outbox import Buffer
from storage.outreach import SqlOutreach
from storage.points import SqlPoints, note_changed
from storage.quotas import SqlQuotas
from storage.radar import SqlRadar
from storage.ready import Together
from storage.receivers import SqlReceivers
from storage.recording import Change, RecordingSession, notice_drafts, recorder_of
from storage.reports import SqlReports
from storage.search import SqlSearch, write_entries
from storage.staff import SqlStaff
from storage.surveys import SqlSurveys
from storage.tickets import SqlTickets
from storage.transactions import Transaction

T = TypeVar("T")
ANSWER_LEASE = timedelta(seconds=15)  # delivery sends direct answers at once; after a crash another process does


class WhenAsked(Generic[T]):
    """A repository of a unit of work, made when it is first asked for: a message needs six of forty."""

    def __init__(self, make: Callable[[SqlUnitOfWork], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, unit: SqlUnitOfWork, owner: type[Any]) -> T:
        made = unit.__dict__[self._name] = self._make(unit)  # which is found before us from here on
        return made


class SqlUnitOfWork:
    """``domain.ports.UnitOfWork`` over one connection. ``clock`` is the real time, for leases alone."""

    locks: bool
    """Whether what is read may be written."""
    new_company: Callable[[], Company]
    action: CurrentAction

    staff = WhenAsked(lambda unit: SqlStaff(unit.session))
    identities = WhenAsked(lambda unit: SqlIdentities(unit.session))
    company = WhenAsked(lambda unit: SqlCompany(unit.session, unit.new_company, writes=unit.locks))
    leads = WhenAsked(lambda unit: SqlLeads(unit.session, locks=unit.locks))
    customers = WhenAsked(lambda unit: SqlCustomers(unit.session, locks=unit.locks))
    activities = WhenAsked(lambda unit: SqlActivities(unit.session, locks=unit.locks))
    attachments = WhenAsked(lambda unit: SqlAttachments(unit.session, clock=unit.clock))
    followups = WhenAsked(lambda unit: SqlFollowups(unit.session, locks=unit.locks))
    opportunities = WhenAsked(lambda unit: SqlOpportunities(unit.session, locks=unit.locks))
    quotas = WhenAsked(lambda unit: SqlQuotas(unit.session, locks=unit.locks))
    tickets = WhenAsked(lambda unit: SqlTickets(unit.session, locks=unit.locks))
    surveys = WhenAsked(lambda unit: SqlSurveys(unit.session, locks=unit.locks))
    points = WhenAsked(lambda unit: SqlPoints(unit.session, locks=unit.locks))
    approvals = WhenAsked(lambda unit: SqlApprovals(unit.session, locks=unit.locks))
    lexicon = WhenAsked(lambda unit: SqlLexicon(unit.session, locks=unit.locks))
    inquiries = WhenAsked(lambda unit: SqlInquiries(unit.session, locks=unit.locks))
    groups = WhenAsked(lambda unit: SqlGroups(unit.session, locks=unit.locks))
    known_groups = WhenAsked(lambda unit: SqlKnownGroups(unit.session))
    broadcasts = WhenAsked(lambda unit: SqlBroadcasts(unit.session, locks=unit.locks, clock=unit.clock))
    outreach = WhenAsked(lambda unit: SqlOutreach(unit.session))
    agenda = WhenAsked(lambda unit: SqlAgenda(unit.session))
    digests = WhenAsked(lambda unit: SqlDigests(unit.session))
    handovers = WhenAsked(lambda unit: SqlHandovers(unit.session, locks=unit.locks))
    drafts = WhenAsked(lambda unit: SqlDrafts(unit.session))
    cards = WhenAsked(lambda unit: SqlCards(unit.session))
    notifications = WhenAsked(lambda unit: SqlNotifications(unit.session, clock=unit.clock))
    jobs = WhenAsked(lambda unit: SqlJobs(unit.session, clock=unit.clock))
    privacy = WhenAsked(lambda unit: Erasing(unit.session, unit.jobs))
    journal = WhenAsked(lambda unit: SqlJournal(unit.session, unit.action, jobs=unit.jobs, plan=unit.plan))
    inbox = WhenAsked(lambda unit: SqlInbox(unit.session))
    receivers = WhenAsked(lambda unit: SqlReceivers(unit.session, clock=unit.clock))
    search = WhenAsked(lambda unit: SqlSearch(unit.session))
    radar = WhenAsked(lambda unit: SqlRadar(unit.session))
    reports = WhenAsked(lambda unit: SqlReports(unit.session))
    local_messages = WhenAsked(lambda unit: SqlLocalMessages(unit.session))

    def __init__(
        self,
        transaction: Transaction,
        *,
        holder: str,
        company: Callable[[], Company],
        clock: Callable[[], datetime],
        apart: Apart,
    ) -> None:
        self.apart = apart
        self._transaction = transaction
        self._holder = holder
        self._clock = clock
        session = self._session = AsyncSession(
            transaction.connection,
            sync_session_class=RecordingSession,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
        )
        self.locks = not transaction.read_only
        self.new_company = company
        self.action = CurrentAction(session, clock=clock)
        self._actor: Staff | None = None
        self._outbox = Buffer()
        self._answers: Sequence[Notification] = ()

    @property
    def clock(self) -> Callable[[], datetime]:
        """The real time, for leases alone."""
        return self._clock

    @property
    def session(self) -> AsyncSession:
        """For storage's own bulk work, export and import."""
        return self._session

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Nothing here needs the connection: the transaction ends itself. The objects stay usable, detached.
        self._session.sync_session.expunge_all()
        # Sessions are cycles. What they held would wait with them for the garbage collector, ever longer to walk.
        self._session.sync_session.info.clear()

    def acts(self, actor: Staff | None, *, at: datetime, source: Source) -> None:
        self._actor = actor
        self.action.acts(actor, at=at, source=source)

    def happened(self, name: str, **facts: Any) -> None:
        self.action.happened(name, facts)

    def plan(self, planned: Planned) -> None:
        self._outbox.plan(planned)

    def answer(self, planned: Planned) -> None:
        self._outbox.answer(planned)

    async def conversations_moved(
        self, channel: str, old: str, new: str, *, keeps_messages: bool = False
    ) -> Collection[str]:
        await self.flush()
        return await move_conversations(self._session, channel, old, new, keeps_messages=keeps_messages)

    async def action_id(self) -> int:
        return await self.action.id()

    def go_on(self, action_id: int) -> None:
        """Add to an action that an earlier transaction began: a job in chunks is one action."""
        self.action.go_on(action_id, plans=self._outbox.plans_something)

    @property
    def answers(self) -> Sequence[Notification]:
        return self._answers

    @property
    def plans_something(self) -> bool:
        return self._outbox.plans_something

    async def flush(self) -> None:
        session = self._session
        notice_drafts(session.sync_session)
        if session.new or session.dirty or session.deleted:
            await session.flush()

    async def lock_conversation(self, key: str) -> None:
        await self.inbox.lock(key)

    async def commit(self) -> None:
        """Keep everything: rows, their journal, search entries and what must be said. Once a unit."""
        await self._flush_all()
        recorder = recorder_of(self._session)
        await self._must_be_unlocked(
            [each for each in recorder.take() if (each.table, each.row_id) not in recorder.judged]
        )
        last = Together(self._session)
        await write_entries(self._session, recorder.stale, last)
        changes = recorder.take()
        await note_changed(self._session, changes)
        action_id = await self.action.write(changes, plans=self._outbox.plans_something, last=last)
        written = await self._outbox.write(
            self._session,
            last,
            action_id=action_id,
            at=self.action.at or self._clock(),
            holder=self._holder,
            lease_until=self._clock() + ANSWER_LEASE,
        )
        await self._transaction.commit(last)
        self._answers = written.answers()

    async def _must_be_unlocked(self, changes: Sequence[Change]) -> None:
        """Of somebody who acts, and is no admin; asked where something is written that can be locked at all."""
        if self._actor is None or self._actor.role is Role.ADMIN or TABLES.isdisjoint(each.table for each in changes):
            return
        company = await self._session.get(
            Company, ONLY
        )  # where there is none yet, nothing is locked, and asking makes none
        if company is not None:
            await must_be_unlocked(self._session, changes, locks_of(company), self._actor.role)

    async def _flush_all(self) -> None:
        """Removing an orphan during one flush is work for the next."""
        await self.flush()
        while self._session.new or self._session.deleted:
            await self._session.flush()
