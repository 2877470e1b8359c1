"""Holds the ledger of points to what it is: lines are added, and neither changed nor removed, by whatever hand."""

from __future__ import annotations

from sqlalchemy import Connection, text

SQLITE = (
    """CREATE TRIGGER point_entries_unchanged BEFORE UPDATE ON point_entries BEGIN
        SELECT RAISE(ABORT, 'lines of point_entries are only added');
    END""",
    """CREATE TRIGGER point_entries_unremoved BEFORE DELETE ON point_entries BEGIN
        SELECT RAISE(ABORT, 'lines of point_entries are only added');
    END""",
)
FUNCTION = "point_entries_stay()"  # it stays when its table goes
POSTGRES = (
    f"""CREATE FUNCTION {FUNCTION} RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'lines of point_entries are only added' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE TRIGGER point_entries_stay BEFORE UPDATE OR DELETE ON point_entries
        FOR EACH ROW EXECUTE FUNCTION {FUNCTION}""",
)


def create_guards(connection: Connection) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.execute(text(statement))
