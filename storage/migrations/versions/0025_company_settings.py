"""Topics of the settings in place of single texts, and by which ladder a lead was looked at."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_GREETING, _LANGUAGES, _PARTS = "greeting-", ("en", "zh-CN"), ("private", "group", "reach")
_KEPT = {"keep-strangers-days": "strangers_days", "keep-tickets-years": "tickets_years"}
_OPEN = sa.text("status IN ('new', 'working', 'qualified')")
_company = sa.table("company", sa.column("id", sa.BigInteger), sa.column("settings", sa.Text))


def upgrade() -> None:
    op.add_column("leads", sa.Column("ladder_by", sa.String(length=20), nullable=True))
    op.create_index("ix_leads_ladder_by", "leads", ["ladder_by"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    _rewrite(_as_topics)


def downgrade() -> None:
    op.drop_index("ix_leads_ladder_by", "leads")
    op.drop_column("leads", "ladder_by")
    _rewrite(_as_texts)


def _rewrite(change: Any) -> None:
    connection = op.get_bind()
    for row_id, settings in connection.execute(sa.text("SELECT id, settings FROM company")).all():
        kept = json.loads(settings) if isinstance(settings, str) else settings
        changed = json.dumps(change(dict(kept or {})))
        as_json = "CAST(:to AS JSONB)" if connection.dialect.name == "postgresql" else ":to"
        connection.execute(sa.text(f"UPDATE company SET settings = {as_json} WHERE id = :id"), {"to": changed, "id": row_id})


def _as_topics(kept: dict[str, Any]) -> dict[str, Any]:
    greeting: dict[str, dict[str, str]] = {}
    for part in _PARTS:
        for language in _LANGUAGES:
            text = kept.pop(f"{_GREETING}{part}-{language}", None)
            if text:
                greeting.setdefault(part, {})[language] = text
    retention = {new: int(kept.pop(old)) for old, new in _KEPT.items() if old in kept}
    topics = {"greeting": greeting, "retention": retention}
    return {**kept, **{name: value for name, value in topics.items() if value}}


def _as_texts(kept: dict[str, Any]) -> dict[str, Any]:
    for part, texts in kept.pop("greeting", {}).items():
        kept |= {f"{_GREETING}{part}-{language}": text for language, text in texts.items()}
    retention = kept.pop("retention", {})
    kept |= {old: str(retention[new]) for old, new in _KEPT.items() if new in retention}
    return {name: value for name, value in kept.items() if isinstance(value, str)}
