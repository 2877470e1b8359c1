"""What the domain, the handlers and the scheduler need of storage, which implements it; ``bot.wiring`` connects them.

Every method runs in its unit of work's one transaction. Times are aware UTC. ``get_*`` raises ``RecordNotFound`` when
the record is absent or not visible to ``actor``, ``find_*`` gives None, ``list_*`` a bounded sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from domain.activities.model import Activity
from domain.approvals.model import Approval
from domain.attachments.model import AttachedFile, Attachment, Fetched, Shown
from domain.company.model import Company
from domain.customers.model import Contact, ContactPoint, Customer
from domain.drafts.model import Draft
from domain.followups.model import Followup
from domain.followups.queries import FollowupView
from domain.groups.model import BoundGroup
from domain.inquiries.model import Inquiry
from domain.jobs.model import Job, Told
from domain.journal.model import ActionRecord, ChangeRecord, Source
from domain.leads.model import Lead
from domain.lexicon.model import LearnedPhrase
from domain.notifications.agenda import (
    IdleRecord,
    LadderLead,
    LadderMark,
    LoggedCount,
    OverdueCount,
    WaitingLead,
)
from domain.notifications.model import CardPlace, Notification, Outcome, Planned
from domain.opportunities.model import Opportunity
from domain.people.model import Consent, Identity, Invitation, Role, Staff
from domain.records import Found, HistoryLine, KnownName, Matches
from domain.tickets.clock import Deadlines
from domain.tickets.model import Ticket, TicketMessage
from domain.tickets.queries import Load, MessageView, TicketView


class StaffRepository(Protocol):
    async def add(self, staff: Staff) -> Staff: ...
    async def get(self, staff_id: int) -> Staff: ...
    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Staff]: ...
    async def find_by_name(self, name: str) -> Staff | None:
        """The active person of that name, case and width ignored."""

    async def list_active(self) -> Sequence[Staff]: ...

    async def list_with_deputies(self, deputy_ids: Collection[int]) -> Sequence[Staff]:
        """Active people for whom one of these stands in while they are away, now or at another time."""

    async def list_all(self) -> Sequence[Staff]: ...
    async def managers_of(self, staff: Staff) -> Sequence[Staff]:
        """The active managers of the person's team, else those without a team, else the admins; never the person."""


class MenuShown(NamedTuple):
    """Which menu of commands somebody of a channel sees. ``role`` and ``locale`` are None for whoever is not of the staff;
    ``shown`` is what was last set for them, None for the menu that everybody has."""

    identity_id: int
    user: str
    role: Role | None
    locale: str | None
    shown: str | None


class IdentityRepository(Protocol):
    async def list_menus(self, channel: str) -> Sequence[MenuShown]:
        """Of the active staff, and of those who still see a menu of their own."""

    async def mark_menu(self, identity_id: int, shown: str | None) -> None:
        """Remember what the platform was told; no change of the person's, so not journaled."""

    async def find(self, channel: str, user: str) -> Identity | None: ...
    async def meet(self, channel: str, people: Sequence[Identity]) -> Sequence[Identity]:
        """Those among them who are known, as they are known, and the others, newly added. Two statements for any number."""

    async def get(self, identity_id: int) -> Identity: ...
    async def add(self, identity: Identity) -> Identity: ...
    async def list_for_staff(self, staff_id: int) -> Sequence[Identity]:
        """Reachable and unreachable, the one last spoken from first."""

    async def list_for_contact(self, contact_id: int) -> Sequence[Identity]: ...
    async def list_reachable(self, *, staff_ids: Sequence[int], contact_ids: Sequence[int]) -> Sequence[Identity]:
        """With a private place and not unreachable, for many people at once, last spoken from first."""

    async def list_at(self, places: Collection[tuple[str, str]]) -> Sequence[Identity]:
        """The accounts of staff whose private conversation is one of these (channel, key)."""

    async def list_of_channel(self, channel: str, *, limit: int) -> Sequence[Identity]: ...
    async def list_by_ids(self, ids: Collection[int]) -> Sequence[Identity]: ...
    async def list_staff_on(self, channel: str, staff_ids: Collection[int]) -> Collection[int]:
        """Which of these people have an account there."""

    async def cannot_be_reached(self, identity_id: int, at: datetime) -> None:
        """The platform refuses this person for good; they are tried again once they speak."""

    async def spoke(self, identity_id: int, at: datetime, *, private_place: str | None) -> None:
        """Remember where the person last spoke; whoever speaks is reachable again."""

    async def add_consent(self, consent: Consent) -> None: ...
    async def list_consents(self, identity_ids: Collection[int]) -> Sequence[Consent]:
        """Oldest first: the last of a topic counts."""

    async def add_invitation(self, invitation: Invitation) -> Invitation: ...
    async def find_invitation(self, code: str) -> Invitation | None:
        """Locked: of two who open it at once, the second sees what the first did."""

    async def withdraw_open_invitations(self, *, now: datetime) -> None:
        """Those that name nobody and were not used run out now."""


class CompanyRepository(Protocol):
    async def get(self) -> Company:
        """The one row; made from the settings' defaults when the database is new."""


class LeadRepository(Protocol):
    async def add(self, lead: Lead) -> Lead: ...
    async def add_many(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        """Many at once, journaled like any other, in as many statements as one."""

    async def get_for(self, actor: Staff, lead_id: int) -> Lead:
        """With its contact points."""

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        """All that did not become customers, lost ones too, by id; for handing them over."""

    async def list_untouched(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        """Open leads of the owner without any activity, oldest first."""


class CustomerRepository(Protocol):
    async def add(self, customer: Customer) -> Customer: ...
    async def get_for(self, actor: Staff, customer_id: int) -> Customer: ...
    async def add_contact(self, contact: Contact) -> Contact: ...
    async def get_contact_for(self, actor: Staff, contact_id: int) -> Contact: ...
    async def find_contact(self, contact_id: int) -> Contact | None:
        """Whoever asks: for the contact themselves, and for telling whom they are."""

    async def find_customer(self, customer_id: int) -> Customer | None:
        """Whoever asks, as ``find_contact``."""

    async def list_contacts_with_phone(self, e164: str, *, limit: int) -> Sequence[Contact]:
        """Who is reached under that number (without an extension), and is still at their customer."""

    async def list_contacts(self, customer_id: int, *, limit: int) -> Sequence[Contact]: ...
    async def find_duplicates(
        self, *, company_key: str | None, points: Sequence[ContactPoint], limit: int = 5
    ) -> Sequence[Found]:
        """Leads and customers, whoever owns them, that share the normalised company name or a contact point."""

    async def find_near(self, *, company: str, emails: Sequence[str] = (), limit: int = 3) -> Sequence[Found]:
        """Leads and customers, whoever owns them, that may be the same under another spelling (``near_name``), nearest
        first; then those, contacts too, under the same e-mail domain of a company (``domain``)."""

    async def find_near_many(self, companies: Sequence[str]) -> Mapping[str, Found]:
        """Of many names those that some lead or customer, whoever owns it, has nearly so, with the nearest."""

    async def find_taken(self, *, company_keys: Sequence[str], unique_keys: Sequence[str]) -> Mapping[str, Found]:
        """Which of many normalised company names and unique contact points are taken, whoever owns the records.

        Keys of the answer are ``company:KEY`` and unique keys; absent ones are free. Two statements at most."""

    async def find_anybodys(self, record: str, record_id: int) -> Found | None:
        """A lead or customer whoever owns it: to ask its owner, never to be shown."""

    async def share(self, record: str, record_id: int, staff_id: int) -> None: ...
    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Customer]:
        """By id; for handing them over."""


class ActivityRepository(Protocol):
    async def add(self, activity: Activity) -> Activity: ...
    async def get_for(self, actor: Staff, activity_id: int) -> Activity: ...
    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int, before: datetime | None = None
    ) -> Sequence[Activity]: ...
    async def list_recent_subjects(self, staff_id: int, *, limit: int) -> Sequence[tuple[str, int, str]]:
        """With whom the person was lately, newest first: ("customer" or "lead", id, title), open leads only."""


class Attachments(Protocol):
    """What belongs to records, and the files behind it. Records are ``lead``, ``customer`` and ``activity``; whoever asks
    has loaded the record for its reader."""

    async def add(self, attachment: Attachment) -> Attachment: ...
    async def list_of(self, record: str, record_id: int, *, limit: int, before: int | None = None) -> Sequence[Shown]:
        """Newest first, also what belongs to the record's activities; ``before`` an attachment's id."""

    async def count_of(self, record: str, record_id: int) -> int: ...
    async def add_file(self, file: AttachedFile) -> AttachedFile: ...
    async def list_files(self, ids: Sequence[int]) -> Sequence[AttachedFile]:
        """By id."""

    async def list_album(self, channel: str, place: str, album: str, *, limit: int) -> Sequence[AttachedFile]:
        """What was sent together, by id."""

    async def list_using(self, file_ids: Sequence[int]) -> Sequence[Attachment]:
        """The attachments of these files, by id."""

    async def count_waiting(self) -> int:
        """How many files are still to be fetched."""

    async def next_fetch(self, channels: Sequence[str]) -> datetime | None:
        """When a waiting file of these channels is to be fetched next, which may be past; None when none waits."""

    async def claim_fetches(
        self, *, channels: Sequence[str], limit: int, lease: timedelta, holder: str
    ) -> Sequence[AttachedFile]:
        """Lease waiting files that are due and count the attempt. By the real clock."""

    async def settle_fetch(self, fetched: Fetched) -> bool:
        """Write what became of an attempt; False when it was claimed again meanwhile, and nothing was written."""

    async def fetch_holders(self) -> Sequence[str]:
        """Who holds leases now, as ``claim_fetches`` was told."""

    async def release_fetches(self, holders: Sequence[str]) -> int:
        """Give back at once the leases of these holders; gives how many."""

    async def mark_unused(self, now: datetime, *, after: int, limit: int) -> int | None:
        """Of so many kept files above an id, note since when nothing refers to them; what is used again is unmarked.
        Gives the last id looked at, None at the end."""

    async def remove_unused(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Forget the bytes of files that were unused since before then; gives their names in the store."""

    async def list_stored(self, names: Sequence[str]) -> frozenset[str]:
        """Which of these names of the store some file has."""


class FileStore(Protocol):
    """Where bytes are kept, outside the database. Everything here blocks."""

    def put(self, content: bytes) -> str:
        """Keep; gives a random name. It is on the disk when this returns. Raises OSError."""

    def get(self, name: str) -> bytes:
        """Raises OSError, also for a name that nothing is kept under."""

    def remove(self, name: str) -> None:
        """What is not there needs no removing."""

    def names_before(self, moment: datetime) -> Sequence[str]:
        """What was put before then."""


class FollowupRepository(Protocol):
    async def add(self, followup: Followup) -> Followup: ...
    async def get_for(self, actor: Staff, followup_id: int) -> Followup: ...
    async def list_open(
        self,
        *,
        owner_id: int | None = None,
        lead_id: int | None = None,
        customer_id: int | None = None,
        due_before: datetime | None = None,
        due_from: datetime | None = None,
        limit: int,
    ) -> Sequence[Followup]:
        """By ``due_at``, earliest first."""

    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int
    ) -> Sequence[Followup]:
        """Open and closed ones of a record, by ``due_at``."""

    async def list_views(self, ids: Sequence[int]) -> Sequence[FollowupView]:
        """With titles, owner and phone, in two statements at most, whoever owns them; by ``due_at``."""

    async def plan_due(self, *, until: datetime, now: datetime, limit: int) -> int:
        """Put reminders of open follow-ups with an hour, due by ``until`` and not planned for that moment yet, into the
        outbox; gives how many. In one statement, and twice is once."""


class OpportunityRepository(Protocol):
    async def add(self, opportunity: Opportunity) -> Opportunity: ...
    async def get_for(self, actor: Staff, opportunity_id: int) -> Opportunity: ...
    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[Opportunity]: ...
    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Opportunity]:
        """The open ones, by id; for handing them over."""


class Looked(NamedTuple):
    """What the planner saw of a ticket: at which version, when it must look again (None: not by itself), and by which
    calendar the deadlines are counted."""

    ticket_id: int
    version: int
    look_at: datetime | None
    stamp: str


class Counted(NamedTuple):
    """The deadlines of a ticket by the calendar of ``stamp``."""

    ticket_id: int
    deadlines: Deadlines
    stamp: str


class TicketRepository(Protocol):
    async def add(self, ticket: Ticket) -> Ticket: ...
    async def get_for(self, actor: Staff, ticket_id: int) -> Ticket:
        """Locked: of two who take it at once, the second sees what the first did."""

    async def get_asked_by(self, identity: Identity, ticket_id: int) -> Ticket:
        """For its customer, locked: asked from this account, or by the contact behind it from another one."""

    async def find_last_open(self, identity: Identity) -> Ticket | None:
        """What this account, or the contact behind it, asked last in private and that is not closed. Locked.

        What was asked in a group is answered there, where others read along: private words never go to it.
        """

    async def find_running_at(self, channel: str, places: Sequence[str], *, identity: Identity | None) -> Ticket | None:
        """The newest in one of these places that is not over, locked; with ``identity`` only what that account asked."""

    async def list_unknown_of(self, identity_id: int, *, limit: int) -> Sequence[Ticket]:
        """What this account asked and that belongs to no contact yet."""

    async def list_active_of(self, staff_id: int, *, limit: int) -> Sequence[Ticket]: ...
    async def list_to_drain(self, *, limit: int) -> Sequence[Ticket]:
        """What waits in the queue, the head and then the oldest first, locked, without what somebody is just taking."""

    async def list_loads(self, staff_ids: Sequence[int]) -> Sequence[Load]:
        """Of each of them, one statement."""

    async def owners_of(self, customer_ids: Collection[int]) -> Mapping[int, int]: ...
    async def find_grade(self, customer_id: int) -> str | None: ...
    async def is_reachable(self, ticket: Ticket) -> bool:
        """Would an answer get anywhere: is there a conversation, or an account of the contact that can be reached?"""

    # what is said
    async def add_message(self, message: TicketMessage) -> TicketMessage: ...
    async def get_message_for(self, actor: Staff, message_id: int) -> TicketMessage: ...
    async def find_answer(self, message_id: int) -> TicketMessage | None:
        """One in the lane to the customer that nobody recalled: nothing else may be rendered for a customer."""

    async def find_said_by(self, identity: Identity, message_id: int) -> TicketMessage | None:
        """What this very account wrote to a ticket."""

    async def list_said_by(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[TicketMessage]:
        """What these accounts wrote to tickets, newest first."""

    async def list_said(self, ticket_id: int, *, limit: int) -> Sequence[TicketMessage]:
        """By id."""

    # what screens show
    async def list_views(self, ids: Sequence[int]) -> Sequence[TicketView]:
        """By id, whoever may see them: the caller has loaded them for their reader."""

    async def list_queue(self, actor: Staff, *, limit: int) -> Sequence[TicketView]:
        """What nobody has, in the order in which it is given out."""

    async def list_held(self, actor: Staff, staff_id: int, *, limit: int) -> Sequence[TicketView]:
        """What somebody has and is not over, the nearest deadline first."""

    async def list_of_customer(self, actor: Staff, customer_id: int, *, limit: int) -> Sequence[TicketView]:
        """Newest first."""

    async def list_messages(self, ticket_id: int, *, limit: int, before: int | None = None) -> Sequence[MessageView]:
        """Newest first; ``before`` a message's id."""

    async def list_message_views(self, ids: Sequence[int]) -> Sequence[MessageView]:
        """By id, whoever may see them."""

    # the planner's
    async def is_any_to_look(self, now: datetime) -> bool: ...
    async def is_any_queued(self) -> bool: ...
    async def list_to_look(self, now: datetime, *, limit: int) -> Sequence[tuple[Ticket, int]]:
        """Tickets that changed since the planner looked, or whose time to be looked at has come, with their versions.
        Locked, without those that somebody works on just now."""

    async def mark_looked(self, looked: Sequence[Looked]) -> None:
        """No change of theirs, so not journaled."""

    async def list_by_other_calendar(self, stamp: str, *, limit: int) -> Sequence[Ticket]:
        """Tickets whose clock runs and was counted by another calendar."""

    async def write_deadlines(self, counted: Sequence[Counted]) -> None:
        """Nobody's decision, so not journaled; the planner looks at them anew."""


class ApprovalRepository(Protocol):
    async def add(self, approval: Approval) -> Approval: ...
    async def get_for(self, actor: Staff, approval_id: int) -> Approval:
        """Locked: of two who decide at once, the second sees what the first did. Raises ApprovalNotFound, also when the
        person's role may not decide it."""

    async def find_open(self, kind: str, subject: str) -> Approval | None:
        """Locked; also one whose time has run out, until the planner has closed it."""

    async def find_declined(self, kind: str, subject: str, *, since: datetime) -> Approval | None:
        """The last that was declined after that moment."""

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Approval]: ...
    async def list_overdue(self, now: datetime, *, limit: int) -> Sequence[Approval]:
        """Open ones whose time has run out, locked, without those that somebody is just deciding."""


class InquiryRepository(Protocol):
    async def add(self, inquiry: Inquiry) -> Inquiry: ...
    async def get_for(self, actor: Staff, inquiry_id: int) -> Inquiry:
        """Locked. Raises InquiryNotFound: agents and leaders see all, others those of contacts whom they see."""

    async def find_waiting(self, identity_id: int) -> Inquiry | None:
        """Locked."""

    async def list_waiting(self, *, limit: int) -> Sequence[Inquiry]:
        """The oldest first."""

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Inquiry]: ...
    async def list_of(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[Inquiry]:
        """The newest first."""


class GroupRepository(Protocol):
    """Groups that are bound to customers, and who of outside the company is in a group. ``place`` is the whole group's."""

    async def add(self, group: BoundGroup) -> BoundGroup: ...
    async def find(self, channel: str, place: str) -> BoundGroup | None:
        """Locked."""

    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[BoundGroup]: ...
    async def remove(self, group: BoundGroup) -> None: ...
    async def keep_guests(self, identities: Sequence[Identity], place: str) -> int:
        """Remember that these, all of one channel, are there; gives how many of them were not known to be."""

    async def guest_left(self, channel: str, user: str, place: str, *, at: datetime) -> None: ...
    async def customers_read_along(self, channel: str, place: str) -> bool:
        """Is it a customer's group, or is anybody in it who is not of the staff?"""

    async def greet_newcomers(self, channel: str, place: str, *, at: datetime) -> int:
        """Whoever is there and was never greeted belongs to the greeting of that moment; gives how many."""

    async def list_greeted(self, channel: str, place: str, *, at: datetime, limit: int) -> Sequence[Identity]:
        """Who belongs to the greeting of that moment and is still there."""


class Privacy(Protocol):
    """Taking people out of what is kept. Not journaled: there is nothing to put back."""

    async def go_on_erasing(self, job: Job, *, now: datetime) -> None:
        """The next part of it, in one transaction; the job goes with the last."""

    async def forget_strangers(self, before: datetime, *, limit: int, now: datetime) -> int:
        """Erase accounts of nobody's that said nothing since then, and what they wrote; gives how many."""

    async def forget_tickets(self, before: datetime, *, limit: int) -> int:
        """Clear what was said in tickets that were closed before then; gives how many."""


class Agenda(Protocol):
    """What My day, the digest and the ladder read: each question for many people at once, bounded for each of them."""

    async def list_due(self, owner_ids: Sequence[int], *, before: datetime, per_owner: int) -> Sequence[FollowupView]:
        """Open follow-ups due before then, earliest first."""

    async def list_untouched(self, owner_ids: Sequence[int], *, per_owner: int) -> Sequence[WaitingLead]:
        """Open leads without any activity, oldest first."""

    async def list_leads(self, ids: Sequence[int]) -> Sequence[WaitingLead]:
        """Those among them that are open and untouched still."""

    async def list_new_leads(
        self, owner_ids: Sequence[int], *, since: datetime, until: datetime, limit: int
    ) -> Sequence[WaitingLead]:
        """Added after ``since`` up to ``until``, theirs and nobody's, oldest first."""

    async def list_at_risk(self, owner_ids: Sequence[int], *, limit: int) -> Sequence[WaitingLead]:
        """Untouched to the end of the ladder, oldest first."""

    async def list_idle(self, owner_ids: Sequence[int], *, since: datetime, per_owner: int) -> Sequence[IdleRecord]:
        """Open opportunities, and A and B customers, with nothing planned and nothing done since then."""

    async def count_logged(
        self, staff_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[LoggedCount]: ...
    async def count_overdue(
        self, owner_ids: Sequence[int], *, now: datetime, today: datetime
    ) -> Sequence[OverdueCount]:
        """Open follow-ups due before ``now``; those without an hour only before ``today``. Most first."""

    async def list_for_ladder(self, now: datetime, *, limit: int) -> Sequence[LadderLead]:
        """Open leads that are new to the ladder or whose time to be looked at has come."""

    async def mark_ladder(self, marks: Sequence[LadderMark]) -> None:
        """Remember what was said of leads and when to look again; no change of theirs, so not journaled."""


class DraftRepository(Protocol):
    async def add(self, draft: Draft) -> Draft: ...
    async def get_for(self, staff_id: int | None, draft_id: int) -> Draft: ...
    async def find_owner(self, draft_id: int) -> int | None:
        """Whose it is; None where there is none."""

    async def find_question(self, staff_id: int, channel: str, place: str) -> Draft | None:
        """The draft with an open question to this person in this conversation."""

    async def find_latest(
        self, staff_id: int, channel: str, place: str, *, since: datetime, kind: str | None = None
    ) -> Draft | None:
        """The draft (of that kind) last shown in this conversation."""

    async def list_of(self, staff_id: int, *, limit: int, kinds: Sequence[str] | None = None) -> Sequence[Draft]:
        """The one last worked on first; of all kinds, or of those named."""

    async def move(self, draft: Draft, *, channel: str, place: str) -> None:
        """Go on with it in another conversation; its question takes the place of the one that is open there."""

    async def remove(self, draft: Draft) -> None: ...
    async def remove_older(self, than: datetime, *, limit: int) -> int:
        """Remove what nobody worked on since; gives how many."""


class CardRepository(Protocol):
    async def find(self, channel: str, place: str, message: str) -> CardPlace | None:
        """The card that stands there; None also where several records share a message."""

    async def list_at(self, channel: str, place: str, message: str) -> Sequence[CardPlace]:
        """All records that a message shows, in their order."""

    async def show_home(self, page: CardPlace, *, at: datetime) -> None:
        """What somebody's home page shows from now on; ``message`` is ``HOME``."""

    async def list_homes(
        self, record_kind: str, *, since: datetime, limit: int
    ) -> Sequence[tuple[CardPlace, datetime]]:
        """Home pages that show such a record, and when they were shown, the latest first."""

    async def find_topic(self, channel: str, group: str, message: str) -> str | None:
        """The key of the topic of ``group`` in which a card stands as this message."""

    async def places_of(self, record: str, *, limit: int = 10) -> Sequence[CardPlace]:
        """Where cards of a record stand, the newest first."""

    async def places_of_all(self, records: Collection[str], *, limit: int) -> Sequence[CardPlace]:
        """The same for many records, at most ``limit`` together."""


class NotificationRepository(Protocol):
    """The outbox. Planning goes through ``UnitOfWork.plan``."""

    async def claim_due(
        self, now: datetime, *, limit: int, lease: timedelta, holder: str, action_id: int | None = None
    ) -> Sequence[Notification]:
        """Lease pending rows due by ``now``, urgent first, and count the attempt. Leases run by the real clock, also
        when ``now`` is another moment (a demo's clock). ``action_id`` claims that action's alone."""

    async def claim_near(
        self,
        *,
        keys: Sequence[str],
        staff_ids: Sequence[int],
        until: datetime,
        limit: int,
        lease: timedelta,
        holder: str,
    ) -> Sequence[Notification]:
        """Lease further pending rows of these keys and people, due by ``until``: they share a card with what is due."""

    async def list_held(self, staff_ids: Sequence[int], *, since: datetime, limit: int) -> Sequence[Notification]:
        """What people wanted to hear in My day only and was settled so since then, oldest first."""

    async def list_known(self, dedupe_keys: Sequence[str]) -> frozenset[str]:
        """Which of these keys stand in the outbox."""

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write outcomes of claimed attempts; one that was claimed again meanwhile is left alone. Remembers cards."""

    async def holders(self) -> Sequence[str]:
        """Who holds leases now, as ``claim_due`` was told."""

    async def release(self, holders: Sequence[str]) -> int:
        """Give back at once the leases of these holders; gives how many."""

    async def list_settled(self, before: datetime, *, after: int, limit: int) -> Sequence[int]:
        """Ids above ``after`` of rows that were settled before that moment and still have their facts, in order."""

    async def empty(self, ids: Sequence[int]) -> None:
        """Forget what settled rows said, and to whom on the platform; when and why it was sent stays."""

    async def withdraw(self, dedupe_key: str) -> bool:
        """Take back what nobody tried to send yet; False when somebody did, or does this moment."""

    async def bring_forward(self, dedupe_key: str, due_at: datetime) -> None:
        """Send what waits earlier."""

    async def next_due(self) -> datetime | None: ...
    async def list_put_off(self, *, holder: str, now: datetime, limit: int) -> Sequence[tuple[int, str, str, datetime]]:
        """Direct answers that were tried and wait to be tried again, and those that another process than ``holder`` has (it
        may have died): id, channel, place, and when it is their turn at the latest."""

    async def depth(self, now: datetime) -> tuple[int, float]:
        """How many rows are due and unsent, and how many seconds the oldest has been."""

    async def list_for(self, staff_id: int, *, limit: int) -> Sequence[Notification]:
        """What was or will be said to somebody, newest first, direct answers left out."""

    async def list_about(self, record: str, *, limit: int) -> Sequence[Notification]:
        """What was or will be said about a record such as ``followup:31``, newest first, direct answers left out."""

    async def keys_said(self, about: str, *, since: datetime) -> frozenset[str]:
        """Which texts were said about it since then, direct answers too."""


class Journal(Protocol):
    async def actions_of(self, staff_id: int, *, limit: int) -> Sequence[ActionRecord]: ...
    async def get_action(self, action_id: int) -> ActionRecord: ...
    async def changes_of(self, action_id: int, *, limit: int | None = None) -> Sequence[ChangeRecord]:
        """In the order in which they were made; the first ``limit`` of them."""

    async def touched_by(self, action_ids: Sequence[int], *, most: int) -> Mapping[int, Sequence[tuple[str, int]]]:
        """By action: the tables and ids of its first changes, ``most`` an action; those that changed nothing are left out."""

    async def touched_lately(self, *, since: datetime, most: int) -> Mapping[int, datetime]:
        """Whose records changed since then, and when last, as the ``most`` latest changes tell; by the id of staff."""

    async def history_of(self, table: str, row_id: int, *, limit: int) -> Sequence[HistoryLine]:
        """Newest first, one line an action; of a record with its phones and e-mails."""

    async def undo(self, action_id: int, *, actor: Staff, now: datetime, told: Told | None = None) -> ActionRecord:
        """Put back what an action changed, all or nothing, and withdraw what it planned and did not send.

        What is too much for one transaction becomes a job: ``is_under_way`` in the answer says so, and its end is said
        at ``told``. A job that still works on the action stops. Raises UndoRefused naming who changed it since,
        NothingToUndo when there is no such action, RecordNotFound when it is not theirs to undo (any more).
        """

    async def take_back(self, action_id: int, *, now: datetime) -> None:
        """Undo what a job wrote before it failed, whoever began it."""

    async def go_on_undoing(self, job: Job, *, now: datetime) -> None:
        """The next chunk of a long undo."""


class JobRepository(Protocol):
    """Long actions under way. Each is locked when it is found. They are due by the real clock, as leases are."""

    async def add(self, job: Job, *, after: timedelta = timedelta()) -> Job: ...
    async def is_any_due(self) -> bool:
        """Only looked at: nothing is locked."""

    async def find_due(self) -> Job | None:
        """The one that waited longest and that nobody else works on."""

    async def find(self, job_id: int) -> Job | None: ...

    async def find_of(self, action_id: int) -> Job | None: ...
    async def keep(self, job: Job) -> None:
        """Write down how far it is."""

    async def postpone(self, job: Job, pause: timedelta) -> None:
        """Write it down, due again after the pause."""

    async def count_failing(self, *, attempts: int) -> int:
        """How many failed so often, one time after the other."""

    async def remove(self, job: Job) -> None: ...


class Inbox(Protocol):
    async def accept(self, channel: str, delivery: str, *, at: datetime, conversation: str | None = None) -> bool:
        """False when this delivery was already accepted. Waits first until no other process handles an event of this
        ``conversation``."""

    async def keep_unknown(self, channel: str, delivery: str, kind: str, raw: Mapping[str, Any]) -> None:
        """Keep what an accepted delivery held although nobody understood it, for as long as the delivery is remembered."""

    async def forget(self, before: datetime, *, limit: int) -> int:
        """Remove deliveries accepted before that moment, at most ``limit`` at once; gives how many."""


class Receivers(Protocol):
    """Which process receives for a bot. Leases run by the real clock."""

    async def take(self, channel: str, bot: str, *, holder: str, lease: timedelta) -> str:
        """Take or renew the lease unless another's still runs; gives who holds it now."""

    async def release(self, channel: str, bot: str, *, holder: str) -> None:
        """Give up the lease, if it is this holder's."""


class Search(Protocol):
    async def known_names(self, actor: Staff) -> Sequence[KnownName]:
        """Every name the person may see: customers, contacts and open leads; behind them what people call these."""

    async def names_version(self) -> int:
        """Grows whenever a name may have changed, so that an index built earlier is known to be stale."""

    async def names_added(self, actor: Staff, *, since: int, until: int) -> Sequence[KnownName] | None:
        """What the person sees of the names added between two versions; None when more than that was changed."""

    async def find(self, actor: Staff, text: str, *, limit: int, after: int | None = None) -> Matches: ...
    async def titles_of(self, actor: Staff, records: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """What these (("lead", 12), ("activity", 3) …) are called; those that the person may not see are left out."""


class Lexicon(Protocol):
    """What the company's people taught."""

    async def lock(self) -> None:
        """Until the transaction ends nobody else teaches anything."""

    async def add(self, phrase: LearnedPhrase) -> LearnedPhrase: ...
    async def remove(self, phrase: LearnedPhrase) -> None: ...
    async def get_for(self, actor: Staff, phrase_id: int) -> LearnedPhrase:
        """One that the person tends: their own; for managers and admins all but names of records that they do not see."""

    async def list_for(self, actor: Staff, *, limit: int, before: int | None = None) -> Sequence[LearnedPhrase]:
        """Those that the person tends, newest first; ``before`` an id."""

    async def list_same(self, phrases: Sequence[str]) -> Sequence[LearnedPhrase]:
        """Whatever these phrases mean, to anybody."""

    async def list_words(self) -> Sequence[LearnedPhrase]:
        """All but names, oldest first, bounded; names come with ``Search.known_names``."""

    async def count(self) -> int: ...


class LocalMessages(Protocol):
    """What stands in the conversations of the local channel, which has no server of its own to remember it."""

    async def add(self, place: str, *, sender: str | None, body: Mapping[str, Any], at: datetime) -> int:
        """``sender`` None is the bot. ``body`` is JSON. Gives the message's id."""

    async def replace(self, message_id: int, body: Mapping[str, Any], *, at: datetime) -> bool:
        """False when there is no such message."""

    async def list_of(self, place: str, *, limit: int, before: int | None = None) -> Sequence[Mapping[str, Any]]:
        """The newest ``limit``, oldest first: ``id``, ``sender``, ``body``, ``at``, ``edited_at``."""


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
    def tickets(self) -> TicketRepository: ...
    @property
    def approvals(self) -> ApprovalRepository: ...
    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def inquiries(self) -> InquiryRepository: ...
    @property
    def groups(self) -> GroupRepository: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def agenda(self) -> Agenda: ...
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
    def local_messages(self) -> LocalMessages: ...

    def acts(self, actor: Staff | None, *, at: datetime, source: Source) -> None:
        """Say who acts from here on; the journal writes it with each change."""

    def happened(self, name: str, **facts: Any) -> None:
        """Name the action that is under way (``lead-added``); the last name said stays. ``facts`` are ids only."""

    def plan(self, planned: Planned) -> None:
        """Put something into the outbox with this transaction. A dedupe key that exists already plans nothing."""

    def answer(self, planned: Planned) -> None:
        """The same for a direct answer: born leased to this process, handed to delivery after the commit."""

    async def conversations_moved(self, channel: str, old: str, new: str) -> None:
        """A platform gave a conversation another key: where people are reached, open drafts and what waits to be said
        go along. Cards are forgotten, because messages are numbered anew there."""

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


class Copies(Protocol):
    """The database as a whole. Everything here blocks, and refuses with ``domain.copies.CopyRefused``."""

    @property
    def suffix(self) -> str:
        """What a copy's file name ends in."""

    @property
    def file(self) -> Path | None:
        """SQLite's file, or None where there is none."""

    def copy(self, to: Path) -> None:
        """Write a copy as of now to a file, beside whatever works on the database."""

    def check(self, copy: Path) -> str:
        """Read a copy from end to end; gives its schema's revision."""

    def kept_files(self) -> frozenset[str]:
        """The names in the file store that the database speaks of."""

    def has_rows(self) -> bool:
        """Whether anybody works here: an empty or absent database has nothing to lose."""

    def put_back(self, copy: Path) -> Path | None:
        """Replace the database by a checked copy, all or nothing. Gives where the old file was put, if it is a file."""

    def knows(self, revision: str) -> bool:
        """Whether it is one of ours, not one of a newer program."""

    def upgrade(self) -> None:
        """Bring the schema up to date; the database may be empty."""

    def revisions(self) -> tuple[str | None, str]:
        """Where the schema stands (None: nowhere yet), and where an up to date one does."""


OpenUnitOfWork = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
Facts = Mapping[str, Any]
