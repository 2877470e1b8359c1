"""What was said is found, behind the names; a lead keeps its expected amount; whose a private conversation is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from storage.migrations.frozen.writing import folded, is_han

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES_FROM = 2**49  # where the entries of names begin; those of notes stand below
NOTE = 3  # the kind of an activity in the number of its entry
AT_ONCE = 1000
LONGEST = 4000
DIGITS = re.compile(r"[0-9]{4,}")
MARK_IN_WORD = re.compile(r"(?<=\w)[^\w\s,;:|<>()\[\]{}\"“”「」]+(?=\w)|_")
GAP_IN_NUMBER = re.compile(r"(?<=[0-9])[\s().\-]+(?=[0-9])")


def upgrade() -> None:
    op.add_column("leads", sa.Column("amount_minor", sa.BigInteger()))
    op.add_column("leads", sa.Column("amount_currency", sa.String(length=3)))
    op.create_index("ix_identities_private_place", "identities", ["channel", "private_place"], unique=False)
    op.execute(sa.text(f"UPDATE search_entries SET id = id + {NAMES_FROM}"))
    _index_notes(op.get_bind())


def _index_notes(connection: sa.Connection) -> None:
    noted = sa.text("SELECT id, note FROM activities WHERE id > :after AND note <> '' ORDER BY id LIMIT :most")
    put = sa.text(
        "INSERT INTO search_entries (id, record, record_id, tokens) VALUES (:place, 'activity', :id, :tokens)"
    )
    after = 0
    while rows := connection.execute(noted, {"after": after, "most": AT_ONCE}).all():
        connection.execute(
            put, [{"place": row.id * 4 + NOTE, "id": row.id, "tokens": _terms(row.note)} for row in rows]
        )
        after = rows[-1].id


def _terms(note: str) -> str:
    """How notes were cut into words when this revision was new; whoever changes the rule indexes them anew."""
    tokens: dict[str, None] = {}
    for spelling in _spellings(folded(note[:LONGEST])):
        for run in _runs(spelling):
            tokens.update(dict.fromkeys(_pieces(run)))
    return " ".join(tokens)


def _spellings(plain: str) -> Iterator[str]:
    yield MARK_IN_WORD.sub("", plain)
    numbers = GAP_IN_NUMBER.sub("", plain)
    if numbers != plain:
        yield " ".join(DIGITS.findall(numbers))
    if all(len(run) == 1 for run in _runs(plain)):
        yield "".join(character for character in plain if character.isalnum())


def _runs(text: str) -> Iterator[str]:
    for kind, characters in groupby(text, key=lambda one: "han" if is_han(one) else "word" if one.isalnum() else ""):
        if kind:
            yield "".join(characters)


def _pieces(run: str) -> Iterator[str]:
    yield from _grams(run, 2)
    if not is_han(run[0]):
        yield from _grams(run, 3)
    for digits in DIGITS.findall(run):
        yield from _grams(digits, 4)


def _grams(run: str, size: int) -> Iterator[str]:
    return (run[start : start + size] for start in range(len(run) - size + 1))


def downgrade() -> None:
    op.drop_index("ix_identities_private_place", table_name="identities")
    op.execute(sa.text("DELETE FROM search_entries WHERE record = 'activity'"))
    op.execute(sa.text(f"UPDATE search_entries SET id = id - {NAMES_FROM}"))
    # A batch would build the table anew, without what counts its ids.
    op.drop_column("leads", "amount_currency")
    op.drop_column("leads", "amount_minor")
