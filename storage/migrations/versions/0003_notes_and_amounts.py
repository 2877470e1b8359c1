"""What was said is found, behind the names; a lead keeps its expected amount; whose a private conversation is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from domain.values.searching import note_terms

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES_FROM = 2**49  # where the entries of names begin; those of notes stand below
NOTE = 3  # the kind of an activity in the number of its entry
AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("leads", sa.Column("amount_minor", sa.BigInteger()))
    op.add_column("leads", sa.Column("amount_currency", sa.String(length=3)))
    op.create_index("ix_identities_private_place", "identities", ["channel", "private_place"], unique=False)
    op.execute(sa.text(f"UPDATE search_entries SET id = id + {NAMES_FROM}"))
    _index_notes(op.get_bind())


def _index_notes(connection: sa.Connection) -> None:
    noted = sa.text("SELECT id, note FROM activities WHERE id > :after AND note <> '' ORDER BY id LIMIT :most")
    put = sa.text("INSERT INTO search_entries (id, record, record_id, tokens) VALUES (:place, 'activity', :id, :tokens)")
    after = 0
    while rows := connection.execute(noted, {"after": after, "most": AT_ONCE}).all():
        connection.execute(
            put, [{"place": row.id * 4 + NOTE, "id": row.id, "tokens": note_terms(row.note)} for row in rows]
        )
        after = rows[-1].id


def downgrade() -> None:
    op.drop_index("ix_identities_private_place", table_name="identities")
    op.execute(sa.text("DELETE FROM search_entries WHERE record = 'activity'"))
    op.execute(sa.text(f"UPDATE search_entries SET id = id - {NAMES_FROM}"))
    with op.batch_alter_table("leads") as leads:
        leads.drop_column("amount_currency")
        leads.drop_column("amount_minor")
