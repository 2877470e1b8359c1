"""The search index of each database over ``search_entries.tokens``, which holds words we cut ourselves.

SQLite: an FTS5 table that triggers keep in step. PostgreSQL: a generated ``tsvector`` made of the words as they are, past
any parser, with a GIN index.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from storage.append_only import create_guards
from storage.tables import metadata

SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        tokens, content='search_entries', content_rowid='id', detail=none, columnsize=0,
        tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER search_entries_changed AFTER UPDATE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
)
POSTGRES = (
    """ALTER TABLE search_entries ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(tokens, ' '), ''))
    ) STORED""",
    "CREATE INDEX ix_search_entries_lexemes ON search_entries USING gin (lexemes) WITH (fastupdate = off)",
)


def create_index(connection: Connection) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.execute(text(statement))


def create_all(connection: Connection) -> None:
    """Every table, the search index and what guards the ledger, in an empty database."""
    metadata.create_all(connection, checkfirst=False)  # what stands there already is not ours
    create_index(connection)
    create_guards(connection)
