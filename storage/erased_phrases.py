"""Takes a person out of what colleagues taught: what they called them, and other phrases in which their name stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.lexicon.model import LearnedPhrase
from storage import tables
from storage.recording import recorder_of
from storage.redaction import ERASED, Redaction

AT_ONCE = 500
_TABLE = tables.learned_phrases.name
Side = Mapping[str, Any]


async def erase_phrases(session: AsyncSession, facts: dict[str, Any], redaction: Redaction) -> bool:
    """Remove the phrases, then a stretch of their journal in each transaction; gives whether that was the last one.

    The journal is read whole: it also has what was forgotten or corrected since.
    """
    if not facts["after"]:
        await _remove(session, facts, redaction)
    changes = tables.journal_changes
    statement = select(changes).where(changes.c.table_name == _TABLE, changes.c.id > facts["after"])
    rows = (await session.execute(statement.order_by(changes.c.id).limit(AT_ONCE))).all()
    for row in rows:
        sides = {name: side for name, side in (("before", row.before), ("after", row.after)) if side is not None}
        named = {name: {**side, "phrase": ERASED} for name, side in sides.items() if _names(side, facts, redaction)}
        if named:
            await session.execute(update(changes).where(changes.c.id == row.id).values(named))
        facts["after"] = row.id
    return len(rows) < AT_ONCE


async def _remove(session: AsyncSession, facts: Mapping[str, Any], redaction: Redaction) -> None:
    """Journaled, so that names are known anew everywhere, but without the phrase."""
    for phrase in (await session.scalars(select(LearnedPhrase))).all():
        if not _names(vars(phrase), facts, redaction):
            continue
        await session.delete(phrase)
        await session.flush()
        change = recorder_of(session).changes[_TABLE, phrase.id]
        change.before = {**(change.before or {}), "phrase": ERASED}


def _names(phrase: Side, facts: Mapping[str, Any], redaction: Redaction) -> bool:
    """Whatever a private person is called means them; of a company's person only what has their name."""
    text = phrase.get("phrase") or ""
    if text == ERASED:
        return False
    is_theirs = phrase.get("lead_id") in facts["leads"] or phrase.get("customer_id") == facts["customer"]
    if facts["is_private"] and is_theirs:
        return True
    return redaction.text(text) != text
