"""The index of the names that a speaker may see, and whom a text means by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from handlers.understanding.han_index import HanIndex
from handlers.understanding.han_names import (
    is_han,
)
from handlers.understanding.latin_index import LatinIndex
from handlers.understanding.latin_names import (
    name_words,
)
from handlers.understanding.mentions import Found, Mention
from handlers.understanding.model import Kind, Known
from handlers.understanding.normalise import fold, normalise
from handlers.understanding.phrases import Phrases


class Names:
    """An index over customers, leads and contacts. Built once for a speaker in O(n); a look-up depends on the text alone."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.known: list[Known] = []
        self._records: set[tuple[Kind, int | str]] = set()
        self._han = HanIndex(self.known)
        self._latin = LatinIndex(self.known)
        self._called: dict[str, list[int]] = {}
        self._calls: Phrases[tuple[int, ...]] = Phrases()
        self.extend(known)

    def extend(self, more: Iterable[Known]) -> None:
        """Add the names of records that are new. Ten thousand take half a second to index, one takes none.

        A record that is here already is passed over: it may be told of as new after it was read with all others, and twice
        would be two of one name.
        """
        for one in more:
            number, record = len(self.known), (one.kind, one.id)
            if record in self._records:
                continue
            self._records.add(record)
            self.known.append(one)
            self._add(number, one, one.name)
            for alias in one.aliases:
                # A lead has one name for its company and one for the person there.
                self._add(number, one, alias, is_persons=one.kind == "lead")
        self._han.finish()
        self.__dict__.pop("customer_numbers", None)

    def _add(self, number: int, one: Known, name: str, *, is_persons: bool = False) -> None:
        plain = normalise(name).strip()
        if not plain:
            return
        if is_han(plain):
            self._han.add(number, plain, is_person=one.kind == "contact")
            if is_persons:
                self._han.add_surname(number, plain)
        if one.kind == "contact":
            self._latin.add_person(number, name_words(plain))
        else:
            self._latin.add_company(number, plain, fold(name).strip(), is_persons=is_persons)

    def call(self, called: Iterable[tuple[Kind, int | str, str]]) -> None:
        """Learn what people call records that are known: (kind, id, normalised words). Others are passed over."""
        numbers = {(one.kind, one.id): number for number, one in enumerate(self.known)}
        for kind, id_, phrase in called:
            number = numbers.get((kind, id_))
            meant = self._called.setdefault(phrase, [])
            if number is not None and number not in meant:
                meant.append(number)
        self._calls = Phrases((phrase, tuple(meant)) for phrase, meant in self._called.items() if meant)

    def find(self, folded: str, text: str, masked: Sequence[tuple[int, int]] = ()) -> Found:
        """The mentions of known names in a text; ``folded`` is the text with its capitals, ``masked`` are spans to leave out."""
        taken = bytearray(len(text))
        for start, end in masked:
            taken[start:end] = b"\1" * (end - start)
        mentions: list[Mention] = []
        others: list[tuple[int, int]] = []
        if not text.isascii():
            self._han.find(text, taken, mentions, others)
        self._latin.find(folded, text, taken, mentions, others)
        for start, end, entries in self._calls.find(text):
            _name_by_call(Mention("company", entries, start, end, 3), mentions, others)
        return Found(tuple(sorted(mentions, key=lambda mention: mention.start)), tuple(others))

    def owner_of(self, number: int) -> int | None:
        """Whom a record stands for: of a contact its customer, of anything else the record itself; None for a contact alone."""
        one = self.known[number]
        if one.kind != "contact":
            return number
        return self.customer_numbers.get(one.parent) if one.parent is not None else None

    @cached_property
    def customer_numbers(self) -> dict[int | str, int]:
        """From a customer's id to its place in ``known``."""
        return {one.id: number for number, one in enumerate(self.known) if one.kind == "customer"}


def _name_by_call(called: Mention, mentions: list[Mention], others: list[tuple[int, int]]) -> None:
    """What people call somebody holds against a guess at the same place, never against a name that stands there."""
    within = [mention for mention in mentions if mention.start < called.end and called.start < mention.end]
    if any(mention.exact and mention.entries and mention.strength > 1 for mention in within):
        return
    mentions[:] = [*(mention for mention in mentions if mention not in within), called]
    others[:] = [span for span in others if span[1] <= called.start or called.end <= span[0]]


def settled(found: Found, names: Names) -> tuple[list[Mention], list[Mention], bool, bool]:
    """Companies and persons with their doubts taken out as far as the mentions decide each other.

    A company named in the same text decides between contacts, and a contact between companies. Gives companies, persons,
    and whether customer and contact remain in doubt.
    """
    companies = [mention for mention in found.mentions if mention.kind == "company"]
    persons = [mention for mention in found.mentions if mention.kind == "person" and mention.entries]
    named = {number for mention in companies for number in mention.entries}
    is_company_known = bool(companies) or bool(found.others)
    ends = {mention.end for mention in companies} | {end for _, end in found.others}
    decided: list[Mention] = []
    for person in persons:
        here = tuple(number for number in person.entries if names.owner_of(number) in named)
        if here:
            decided.append(replace(person, entries=here))
        elif not is_company_known or person.strength == 3 or _stands_alone(person, ends):
            decided.append(person)
    decided = _settle_together(decided)
    owners = {names.owner_of(number) for person in decided for number in person.entries}
    settled_companies = []
    for company in companies:
        there = tuple(number for number in company.entries if number in owners)
        settled_companies.append(replace(company, entries=there) if there and len(company.entries) > 1 else company)
    settled_companies = _settle_together(settled_companies)
    contact_doubt = any(
        len(person.entries) > 1 and any(names.known[number].kind == "contact" for number in person.entries)
        for person in decided
    )
    doubtful_owners = any(len({names.owner_of(number) for number in person.entries}) > 1 for person in decided)
    customer_doubt = any(len(company.entries) > 1 for company in settled_companies) or doubtful_owners
    return settled_companies, decided, customer_doubt, contact_doubt


def _stands_alone(person: Mention, ends: Collection[int]) -> bool:
    """A surname with a title of one known person, away from the company named: 和马老板在东方红吃饭. ``ends`` are those of all
    company names."""
    is_one = bool(person.surname) and len(person.entries) == 1
    return is_one and not any(person.start - gap in ends for gap in range(3))


def _settle_together(mentions: list[Mention]) -> list[Mention]:
    """A mention that is certain settles a doubtful one of which it is a candidate: "Jane Miller … Jane"."""
    certain = {mention.entries[0] for mention in mentions if len(mention.entries) == 1}
    return [
        replace(mention, entries=tuple(number for number in mention.entries if number in certain))
        if len(mention.entries) > 1 and certain & set(mention.entries)
        else mention
        for mention in mentions
    ]
