"""Small frozen values that cross record kinds: what a search finds, a name to recognise, a line of history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LETTERS = {
    "lead": "L",
    "customer": "C",
    "contact": "P",
    "followup": "F",
    "opportunity": "O",
    "ticket": "T",
    "activity": "A",
}
RECORDS = {letter: record for record, letter in LETTERS.items()}
_KINDS_FOUND = {"lead": 0, "customer": 1, "contact": 2, "activity": 3}
_NAMES_FROM = 2**49  # fifteen digits, as long as a number on a button may be


def place_in_search(record: str, row_id: int) -> int:
    """Where a record stands in the order of search results (higher is newer): what the next page begins after.

    What was said stands below all names, or every report about a customer would stand above the customer."""
    return row_id * 4 + _KINDS_FOUND[record] + (_NAMES_FROM if record != "activity" else 0)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A lead, customer or contact as a list shows it, or (``activity``) what was said with one of them: ``note``, what
    kind it was, and when (``last_touched_at``); ``title`` is theirs then."""

    record: str  # lead, customer, contact, activity
    id: int
    title: str
    person: str | None
    owner_id: int | None
    owner_name: str | None
    last_touched_at: datetime | None
    matched: str | None = None  # what a duplicate shares: phone, email, company, credit_code, near_name, domain
    customer_id: int | None = None
    lead_id: int | None = None
    note: str | None = None
    kind: str | None = None

    @property
    def code(self) -> str:
        return f"{LETTERS[self.record]}{self.id}"

    @property
    def place(self) -> int:
        return place_in_search(self.record, self.id)

    @property
    def may_be_another(self) -> bool:
        """A duplicate by its name or domain alone: who knows better saves it all the same."""
        return self.matched == "company" or self.is_near

    @property
    def is_near(self) -> bool:
        """Only much like it, so nothing is taken for granted."""
        return self.matched in {"near_name", "domain"}


class Matches(list[Found]):
    """What was found. ``goes_on_after``: the place to look on from, where the looking ended before the page was full."""

    def __init__(self, found: Iterable[Found] = (), *, goes_on_after: int | None = None) -> None:
        super().__init__(found)
        self.goes_on_after = goes_on_after


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A name the speaker may see. ``parent`` is the customer of a contact."""

    record: str  # customer, lead, contact
    id: int
    name: str
    aliases: tuple[str, ...] = ()
    parent: int | None = None
    title: str | None = None
    is_learned: bool = False  # ``name`` is what people call a record whose own name is given elsewhere


@dataclass(frozen=True, kw_only=True)
class NamesSince:
    """What happened to names since an index of them was built. ``version`` is another one whenever a name may have changed;
    ``added`` has the ids of new rows by their table, None when more was done than adding."""

    version: int
    added: Mapping[str, Sequence[int]] | None

    @property
    def taught(self) -> bool:
        """Whether the company's words may be others now."""
        return self.added is None or "learned_phrases" in self.added


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One action's change of one record: the fields that changed as (field, before, after). ``touched`` is what of the
    record's it wrote, as (table, id); ``notes`` are the words that it wrote down there."""

    action_id: int
    name: str
    staff_id: int | None
    staff_name: str | None
    at: datetime
    undone: bool
    fields: tuple[tuple[str, Any, Any], ...]
    touched: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
