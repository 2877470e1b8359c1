"""What the company's people taught. A name is known to those who see the record that it means."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select

from domain.errors import RecordNotFound
from domain.lexicon.model import MOST, LearnedPhrase, Meaning, may_see_all
from domain.people.model import Staff
from storage import tables
from storage.dialects import is_sqlite
from storage.repository import Repository
from storage.visibility import visible_customers, visible_leads

_t, _leads, _customers = tables.learned_phrases, tables.leads, tables.customers
_LOCK = 0x6C657869636F6E  # "lexicon"; those of conversations are random 64 bits


class SqlLexicon(Repository):
    """See ``domain.ports.Lexicon``."""

    async def lock(self) -> None:
        """SQLite's writer is alone, and needs no other lock."""
        if not is_sqlite(self._session):
            await self._session.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    async def add(self, phrase: LearnedPhrase) -> LearnedPhrase:
        return await self._add(phrase)

    async def remove(self, phrase: LearnedPhrase) -> None:
        await self._session.delete(phrase)
        await self._session.flush()

    async def get_for(self, actor: Staff, phrase_id: int) -> LearnedPhrase:
        statement = select(LearnedPhrase).where(_t.c.id == phrase_id, _tended_by(actor))
        phrase = await self._one(statement, of=LearnedPhrase)
        if phrase is None:
            raise RecordNotFound(record=f"#{phrase_id}")
        return phrase

    async def list_for(self, actor: Staff, *, limit: int, before: int | None = None) -> Sequence[LearnedPhrase]:
        statement = select(LearnedPhrase).where(_tended_by(actor)).order_by(_t.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(_t.c.id < before)
        return (await self._session.scalars(statement)).all()

    async def list_same(self, phrases: Sequence[str]) -> Sequence[LearnedPhrase]:
        statement = select(LearnedPhrase).where(_t.c.phrase.in_(set(phrases))).order_by(_t.c.id)
        return (await self._session.scalars(statement)).all()

    async def list_words(self) -> Sequence[LearnedPhrase]:
        statement = select(LearnedPhrase).where(_t.c.meaning != Meaning.NAME).order_by(_t.c.id).limit(MOST)
        return (await self._session.scalars(statement)).all()

    async def count(self) -> int:
        return int(await self._session.scalar(select(func.count()).select_from(_t)) or 0)


def _tended_by(actor: Staff) -> ColumnElement[bool]:
    if not may_see_all(actor):
        return _t.c.by_id == actor.id
    is_of_nobody = and_(_t.c.lead_id.is_(None), _t.c.customer_id.is_(None))
    return or_(
        is_of_nobody,
        _t.c.by_id == actor.id,
        _t.c.lead_id.in_(select(_leads.c.id).where(visible_leads(actor))),
        _t.c.customer_id.in_(select(_customers.c.id).where(visible_customers(actor))),
    )
