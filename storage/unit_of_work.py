"""One transaction with its repositories, its action in the journal and what it plans to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

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

ANSWER_LEASE = timedelta(seconds=15)  # delivery sends direct answers at once; after a crash another process does


class SqlUnitOfWork:
    """``domain.ports.UnitOfWork`` over one connection. ``clock`` is the real time, for leases alone."""

    def __init__(
        self,
        transaction: Transaction,
        *,
        holder: str,
        company: Callable[[], Company],
        clock: Callable[[], datetime],
    ) -> None:
        self._transaction = transaction
        self._holder = holder
        self._clock = clock
        session = self._session = AsyncSession(
            transaction.connection,
            sync_session_class=RecordingSession,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
        )
        locks = not transaction.read_only
        self._action = CurrentAction(session, clock=clock)
        self._actor: Staff | None = None
        self._outbox = Buffer()
        self._answers: Sequence[Notification] = ()
        self.staff = SqlStaff(session)
        self.identities = SqlIdentities(session)
        self.company = SqlCompany(session, company, writes=locks)
        self.leads = SqlLeads(session, locks=locks)
        self.customers = SqlCustomers(session, locks=locks)
        self.activities = SqlActivities(session, locks=locks)
        self.attachments = SqlAttachments(session, clock=clock)
        self.followups = SqlFollowups(session, locks=locks)
        self.opportunities = SqlOpportunities(session, locks=locks)
        self.quotas = SqlQuotas(session, locks=locks)
        self.tickets = SqlTickets(session, locks=locks)
        self.surveys = SqlSurveys(session, locks=locks)
        self.points = SqlPoints(session, locks=locks)
        self.approvals = SqlApprovals(session, locks=locks)
        self.lexicon = SqlLexicon(session, locks=locks)
        self.inquiries = SqlInquiries(session, locks=locks)
        self.groups = SqlGroups(session, locks=locks)
        self.known_groups = SqlKnownGroups(session)
        self.broadcasts = SqlBroadcasts(session, locks=locks, clock=clock)
        self.outreach = SqlOutreach(session)
        self.agenda = SqlAgenda(session)
        self.digests = SqlDigests(session)
        self.handovers = SqlHandovers(session, locks=locks)
        self.drafts = SqlDrafts(session)
        self.cards = SqlCards(session)
        self.notifications = SqlNotifications(session, clock=clock)
        self.jobs = SqlJobs(session, clock=clock)
        self.privacy = Erasing(session, self.jobs)
        self.journal = SqlJournal(session, self._action, jobs=self.jobs, plan=self.plan)
        self.inbox = SqlInbox(session)
        self.receivers = SqlReceivers(session, clock=clock)
        self.search = SqlSearch(session)
        self.radar = SqlRadar(session)
        self.reports = SqlReports(session)
        self.local_messages = SqlLocalMessages(session)

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
        self._action.acts(actor, at=at, source=source)

    def happened(self, name: str, **facts: Any) -> None:
        self._action.happened(name, facts)

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
        return await self._action.id()

    def go_on(self, action_id: int) -> None:
        """Add to an action that an earlier transaction began: a job in chunks is one action."""
        self._action.go_on(action_id, plans=self._outbox.plans_something)

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
        action_id = await self._action.write(changes, plans=self._outbox.plans_something, last=last)
        written = await self._outbox.write(
            self._session,
            last,
            action_id=action_id,
            at=self._action.at or self._clock(),
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
