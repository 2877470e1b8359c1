"""What customers are asked, and what they answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
REFERENCES = {
    "survey_id": "surveys",
    "customer_id": "customers",
    "contact_id": "contacts",
    "lead_id": "leads",
    "ticket_id": "tickets",
    "asked_by": "staff",
    "about_id": "staff",
    "followup_id": "followups",
}
PARTS = {
    "low": ("answered_at", "is_low"),
    "followed": ("followup_id", "followup_id IS NOT NULL AND offered_at IS NULL"),
}


def upgrade() -> None:
    _create_surveys()
    _create_answers()
    op.create_index("ix_tickets_closed_at", "tickets", ["closed_at"])
    op.create_index("ix_activities_kind", "activities", ["kind", "at"])


def _create_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("definition", Json, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("paused_at", Moment),
        sa.Column("created_by", BigId),
        sa.Column("created_at", Moment, nullable=False),
        *_references("surveys", created_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sqlite_autoincrement=True,
    )
    current = sa.text("is_current")
    op.create_index("uq_surveys_edition", "surveys", ["name", "edition"], unique=True)
    op.create_index(
        "uq_surveys_current", "surveys", ["name"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_index("ix_surveys_created_by", "surveys", ["created_by"])


def _create_answers() -> None:
    op.create_table(
        "survey_answers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("survey", sa.String(length=40), nullable=False),
        *(sa.Column(name, BigId, nullable=name != "survey_id") for name in REFERENCES),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=40)),
        sa.Column("place", sa.String(length=400)),
        sa.Column("at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("answered_at", Moment),
        sa.Column("score", sa.Integer()),
        sa.Column("is_low", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("commented_at", Moment),
        sa.Column("answers", Json, nullable=False),
        sa.Column("finished_at", Moment),
        sa.Column("sent_at", Moment),
        sa.Column("offered_at", Moment),
        *_references("survey_answers", **REFERENCES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_survey_answers_once", "survey_answers", ["survey", "cause", "contact_id"], unique=True)
    op.create_index("ix_survey_answers_contact_id", "survey_answers", ["contact_id", "at"])
    op.create_index("ix_survey_answers_survey", "survey_answers", ["survey", "at"])
    op.create_index("ix_survey_answers_place", "survey_answers", ["channel", "place"])
    for name in ("survey_id", "customer_id", "lead_id", "ticket_id", "asked_by", "about_id", "followup_id"):
        op.create_index(f"ix_survey_answers_{name}", "survey_answers", [name])
    for name, (column, where) in PARTS.items():
        part = sa.text(where)
        op.create_index(
            f"ix_survey_answers_{name}", "survey_answers", [column], sqlite_where=part, postgresql_where=part
        )


def _references(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"), deferrable=True)
        for name, target in targets.items()
    ]


def downgrade() -> None:
    op.drop_index("ix_activities_kind", "activities")
    op.drop_index("ix_tickets_closed_at", "tickets")
    op.drop_table("survey_answers")
    op.drop_table("surveys")
