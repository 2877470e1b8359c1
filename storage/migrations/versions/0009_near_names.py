"""Near names and e-mail domains are met by marks in the search entries; those that stand get theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.frozen.marks import domain_mark, near_marks

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAMES_FROM = 2**49  # where the entries of names begin
LEAD, CUSTOMER, CONTACT = 0, 1, 2  # the kinds in the number of an entry
AT_ONCE = 1000
MARK = re.compile(r" ?\bq[0-9a-f]{12}\b")
ADD = sa.text("UPDATE search_entries SET tokens = tokens || ' ' || :marks WHERE id = :place")


def upgrade() -> None:
    connection = op.get_bind()
    _add(connection, "SELECT id, company FROM leads", lambda row: (LEAD, row.id, near_marks(row.company)))
    _add(
        connection,
        "SELECT id, name, short_name FROM customers",
        lambda row: (CUSTOMER, row.id, [*near_marks(row.name), *near_marks(row.short_name or "")]),
    )
    _add(
        connection,
        "SELECT id, value, lead_id, customer_id, contact_id FROM contact_points",
        _of_point,
        only="kind = 'email' AND",
    )


def _of_point(row: sa.Row[Any]) -> tuple[int, int, list[str]]:
    mark = domain_mark(row.value)
    kind = LEAD if row.lead_id else CONTACT if row.contact_id else CUSTOMER
    return kind, row.lead_id or row.contact_id or row.customer_id, [mark] if mark else []


def _add(
    connection: sa.Connection,
    asked: str,
    marks_of: Callable[[sa.Row[Any]], tuple[int, int, Iterable[str]]],
    *,
    only: str = "",
) -> None:
    statement = sa.text(f"{asked} WHERE {only} id > :after ORDER BY id LIMIT :most")
    after = 0
    while rows := connection.execute(statement, {"after": after, "most": AT_ONCE}).all():
        marked = [
            {"place": row_id * 4 + kind + NAMES_FROM, "marks": " ".join(marks)}
            for kind, row_id, marks in map(marks_of, rows)
            if marks
        ]
        if marked:
            connection.execute(ADD, marked)
        after = rows[-1].id


def downgrade() -> None:
    connection = op.get_bind()
    asked = sa.text(
        "SELECT id, tokens FROM search_entries WHERE id > :after AND tokens LIKE '% q%' ORDER BY id LIMIT :most"
    )
    put = sa.text("UPDATE search_entries SET tokens = :tokens WHERE id = :id")
    after = 0
    while rows := connection.execute(asked, {"after": after, "most": AT_ONCE}).all():
        connection.execute(put, [{"id": row.id, "tokens": MARK.sub("", row.tokens)} for row in rows])
        after = rows[-1].id
