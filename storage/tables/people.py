"""The company, its people, and who may see and decide what."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)

from domain.approvals.model import ApprovalState
from domain.inquiries.model import InquiryState
from domain.people.model import Role, Scope, Topic
from storage.tables.making import refers, row_id, row_version, table
from storage.types import BigId, TimeOfDay, UtcDateTime, Words, json_column

company = table(
    "company",
    row_id(),
    row_version(),
    Column("name", String(200), nullable=False),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("country", String(2), nullable=False),
    Column("work_start", TimeOfDay, nullable=False),
    Column("work_end", TimeOfDay, nullable=False),
    Column("extra_workdays", json_column(), nullable=False),
    Column("extra_holidays", json_column(), nullable=False),
    Column("settings", json_column(), nullable=False),
)

staff = table(
    "staff",
    row_id(),
    row_version(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("role", Words(Role), nullable=False),
    Column("team", String(200)),
    Column("sees", Words(Scope)),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("work_start", TimeOfDay, nullable=False),
    Column("work_end", TimeOfDay, nullable=False),
    Column("lunch_start", TimeOfDay),
    Column("lunch_end", TimeOfDay),
    Column("workdays", String(7), nullable=False),
    Column("quiet_start", TimeOfDay, nullable=False),
    Column("quiet_end", TimeOfDay, nullable=False),
    Column("preferences", json_column(), nullable=False),
    Column("absent_from", Date),
    Column("absent_until", Date),
    refers("deputy_id", "staff"),
    Column("is_active", Boolean(create_constraint=False), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index(
    "uq_staff_active_name",
    staff.c.name_key,
    unique=True,
    sqlite_where=text("is_active = 1"),
    postgresql_where=text("is_active"),
)

identities = table(
    "identities",
    row_id(),
    row_version(),
    Column("channel", String(40), nullable=False),
    Column("user", String(200), nullable=False),
    refers("staff_id", "staff"),
    refers("contact_id", "contacts"),
    Column("name", String(400), nullable=False),
    Column("private_place", String(400)),
    Column("locale", String(40)),
    Column("last_spoke_at", UtcDateTime),
    Column("unreachable_since", UtcDateTime),
    # Which commands their menu shows there, in short, neither mapped nor journaled; None is the menu for everybody.
    Column("menu", String(100)),
)
Index("uq_identities_channel_user", identities.c.channel, identities.c.user, unique=True)
Index("ix_identities_staff_id", identities.c.staff_id)
Index("ix_identities_contact_id", identities.c.contact_id)
Index("ix_identities_private_place", identities.c.channel, identities.c.private_place)

invitations = table(
    "invitations",
    row_id(),
    row_version(),
    Column("code", String(100), nullable=False),
    refers("staff_id", "staff"),
    Column("role", Words(Role)),
    Column("contact_id", BigId),  # without a foreign key: a code for a contact that an undo took away is just invalid
    refers("created_by", "staff"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
Index("uq_invitations_code", invitations.c.code, unique=True)

record_shares = table(
    "record_shares",
    row_id(),
    row_version(),
    Column("record", String(20), nullable=False),
    Column("record_id", BigId, nullable=False),
    refers("staff_id", "staff", required=True),
)
Index(
    "uq_record_shares_record",
    record_shares.c.record,
    record_shares.c.record_id,
    record_shares.c.staff_id,
    unique=True,
)
Index("ix_record_shares_staff_id", record_shares.c.staff_id)

approvals = table(
    "approvals",
    row_id(),
    row_version(),
    Column("kind", String(40), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("facts", json_column(), nullable=False),
    refers("asked_by", "staff"),
    refers("identity_id", "identities"),
    Column("state", Words(ApprovalState), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    refers("decided_by", "staff"),
    Column("decided_at", UtcDateTime),
)
_undecided = text("state = 'open'")
Index(
    "uq_approvals_open",
    approvals.c.kind,
    approvals.c.subject,
    unique=True,
    sqlite_where=_undecided,
    postgresql_where=_undecided,
)
Index(
    "ix_approvals_expires_at",
    approvals.c.expires_at,
    sqlite_where=_undecided,
    postgresql_where=_undecided,
)
Index("ix_approvals_subject", approvals.c.subject, approvals.c.kind, approvals.c.decided_at)

# Until somebody accepts what was handed to them; a note about an action, which undoing the action leaves behind.
handovers = table(
    "handovers",
    row_id(),
    Column("giver_id", BigId, nullable=False),
    Column("taker_id", BigId, nullable=False),
    Column("by_id", BigId, nullable=False),
    Column("action_id", BigId, nullable=False),
    Column("records", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("accept_by", UtcDateTime, nullable=False),
    Column("accepted_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("returned_at", UtcDateTime),
)
_unaccepted = text("accepted_at IS NULL AND closed_at IS NULL AND returned_at IS NULL")
Index("ix_handovers_waiting", handovers.c.accept_by, sqlite_where=_unaccepted, postgresql_where=_unaccepted)

inquiries = table(
    "inquiries",
    row_id(),
    row_version(),
    refers("identity_id", "identities", required=True),
    Column("name", String(400), nullable=False),
    Column("words", Text, nullable=False),
    Column("state", Words(InquiryState), nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    refers("closed_by", "staff"),
    Column("closed_at", UtcDateTime),
    refers("contact_id", "contacts"),
    refers("lead_id", "leads"),
)
_still_waiting = text("state = 'waiting'")
Index(
    "uq_inquiries_waiting",
    inquiries.c.identity_id,
    unique=True,
    sqlite_where=_still_waiting,
    postgresql_where=_still_waiting,
)
Index("ix_inquiries_identity_id", inquiries.c.identity_id)
Index("ix_inquiries_contact_id", inquiries.c.contact_id)
Index("ix_inquiries_lead_id", inquiries.c.lead_id)

# A group in which people of one customer are: staff bound it, and whoever comes in is greeted.
bound_groups = table(
    "bound_groups",
    row_id(),
    row_version(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("title", String(400)),
    refers("customer_id", "customers", required=True),
    refers("bound_by", "staff"),
    Column("bound_at", UtcDateTime, nullable=False),
)
Index("uq_bound_groups_place", bound_groups.c.channel, bound_groups.c.place, unique=True)
Index("ix_bound_groups_customer_id", bound_groups.c.customer_id)

# Who of outside the company was seen in a group: there the staff are answered privately.
guests = table(
    "guests",
    row_id(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column(
        "identity_id",
        BigId,
        ForeignKey("identities.id", ondelete="CASCADE", name="fk_guests_identity_id_identities"),  # its revision's name
        nullable=False,
    ),
    # The moment that a greeting names: those who came in together are greeted together, and nobody twice.
    Column("greeted_at", UtcDateTime),
    Column("left_at", UtcDateTime),
)
Index("uq_guests_place", guests.c.channel, guests.c.place, guests.c.identity_id, unique=True)
Index("ix_guests_identity_id", guests.c.identity_id)

# What somebody said yes or no to, with the moment and their words; the newest counts. It is its own history.
consents = table(
    "consents",
    row_id(),
    Column("identity_id", BigId, ForeignKey("identities.id", ondelete="CASCADE"), nullable=False),
    Column("topic", Words(Topic), nullable=False),
    Column("given", Boolean(create_constraint=False), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_consents_identity_id", consents.c.identity_id, consents.c.id)
