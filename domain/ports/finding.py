"""Search, and the words a company uses. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from domain.lexicon.model import LearnedPhrase
from domain.people.model import Staff
from domain.records import Found, KnownName, Matches, NamesSince


class Search(Protocol):
    async def known_names(self, actor: Staff) -> Sequence[KnownName]:
        """Every name the person may see: customers, contacts and open leads; behind them what people call these."""

    async def desk_version(self, actor: Staff) -> str:
        """Another one whenever an agent's tickets, or the queue, are about other customers; empty for everybody else."""

    async def names_since(self, seen: int | None) -> NamesSince:
        """What happened to names since that version; with None the version alone."""

    async def names_added(self, actor: Staff, added: Mapping[str, Sequence[int]]) -> Sequence[KnownName]:
        """What the person sees of ``NamesSince.added``."""

    async def find(self, actor: Staff, text: str, *, limit: int, after: int | None = None) -> Matches: ...
    async def list_owned(self, actor: Staff, record: str, *, limit: int, before: int | None = None) -> Sequence[Found]:
        """The person's own customers (``customer``) or open leads (``lead``), newest first; ``before`` an id."""

    async def titles_of(self, actor: Staff, records: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """What these (("lead", 12), ("activity", 3) …) are called; those that the person may not see are left out."""


class Lexicon(Protocol):
    """What the company's people taught."""

    async def lock(self) -> None:
        """Until the transaction ends nobody else teaches anything."""

    async def add(self, phrase: LearnedPhrase) -> LearnedPhrase: ...
    async def remove(self, phrase: LearnedPhrase) -> None: ...
    async def get_for(self, actor: Staff, phrase_id: int) -> LearnedPhrase:
        """One that the person tends: their own; for managers and admins all but names of records that they do not see."""

    async def list_for(self, actor: Staff, *, limit: int, before: int | None = None) -> Sequence[LearnedPhrase]:
        """Those that the person tends, newest first; ``before`` an id."""

    async def list_same(self, phrases: Sequence[str]) -> Sequence[LearnedPhrase]:
        """Whatever these phrases mean, to anybody."""

    async def list_words(self) -> Sequence[LearnedPhrase]:
        """All but names, oldest first, bounded; names come with ``Search.known_names``."""

    async def count(self) -> int: ...
