"""What customers are asked, and what they answered."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Text, text

from storage.tables.making import refers, row_id, row_version, table
from storage.types import UtcDateTime, json_column

surveys = table(
    "surveys",
    row_id(),
    row_version(),
    Column("name", String(40), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("definition", json_column(), nullable=False),
    Column("is_current", Boolean(create_constraint=False), nullable=False),
    Column("paused_at", UtcDateTime),
    refers("created_by", "staff"),
    Column("created_at", UtcDateTime, nullable=False),
)
_current = text("is_current")
Index("uq_surveys_edition", surveys.c.name, surveys.c.edition, unique=True)
Index("uq_surveys_current", surveys.c.name, unique=True, sqlite_where=_current, postgresql_where=_current)
Index("ix_surveys_created_by", surveys.c.created_by)

survey_answers = table(
    "survey_answers",
    row_id(),
    row_version(),
    Column("survey", String(40), nullable=False),
    refers("survey_id", "surveys", required=True),
    refers("customer_id", "customers"),
    refers("contact_id", "contacts"),
    refers("lead_id", "leads"),
    refers("ticket_id", "tickets"),
    Column("cause", String(80), nullable=False),
    refers("asked_by", "staff"),
    refers("about_id", "staff"),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("score", Integer),
    Column("is_low", Boolean(create_constraint=False), nullable=False),
    Column("comment", Text),
    Column("commented_at", UtcDateTime),
    Column("answers", json_column(), nullable=False),
    Column("finished_at", UtcDateTime),
    refers("followup_id", "followups"),
    # When it really went out, when somebody began with the form, and when its owner was asked to tell the customer what
    # changed: marks of ours, neither mapped nor journaled.
    Column("sent_at", UtcDateTime),
    Column("begun_at", UtcDateTime),
    Column("offered_at", UtcDateTime),
)
_a = survey_answers.c
_followed = text("followup_id IS NOT NULL AND offered_at IS NULL")
_low = text("is_low")
Index("uq_survey_answers_once", _a.survey, _a.cause, _a.contact_id, unique=True)
Index("ix_survey_answers_contact_id", _a.contact_id, _a.at)
Index("ix_survey_answers_survey", _a.survey, _a.at)
Index("ix_survey_answers_place", _a.channel, _a.place)
Index("ix_survey_answers_low", _a.answered_at, sqlite_where=_low, postgresql_where=_low)
Index("ix_survey_answers_followed", _a.followup_id, sqlite_where=_followed, postgresql_where=_followed)
for _name in ("survey_id", "customer_id", "lead_id", "ticket_id", "asked_by", "about_id", "followup_id"):
    Index(f"ix_survey_answers_{_name}", _a[_name])
