"""Free text of a sales rep to a typed result, offline: the whole way in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.understanding.activity import Report, find_activity, first_plan
from handlers.understanding.clauses import Clauses, split
from handlers.understanding.contacts_in_text import as_kept, find_emails, find_phones
from handlers.understanding.dates.combine import expressions
from handlers.understanding.dates.resolve import Expression
from handlers.understanding.dates.when import moment, scene_of
from handlers.understanding.intents import find_intents
from handlers.understanding.mentions import Found, Mention
from handlers.understanding.model import Context, Field, Match, Understood
from handlers.understanding.money import find_amounts
from handlers.understanding.names import Names, settled
from handlers.understanding.normalise import fold, lower
from handlers.understanding.note import remaining_note
from handlers.understanding.roles import Roles, assign
from handlers.understanding.unknown import person_beside, unknown_company, unknown_person

NAME, AMOUNT, CONTACT = "\ue000", "\ue001", "\ue002"
#: Beyond this a text is a paste: only its beginning is read as a message, all of it stays in the note.
READ_AT_MOST = 4_000  # the rest of a long letter is note, so that nobody waits for its reading
#: A text with more times than this is a timetable; the first of them are read.
MOST_TIMES = 64


@dataclass(frozen=True)
class _Whom:
    customers: tuple[Match, ...]
    contacts: tuple[Match, ...]
    doubts: tuple[Field, ...]
    company: str | None
    person: str | None


def understand(text: str, context: Context) -> Understood:
    """What a message says: activity, whom it is about, phones, money, times, intents and the note.

    Never raises, in roughly linear time. All times are naive wall-clock times of the speaker; spans count characters of
    ``text``. What is doubtful is named in ``ambiguous``. The conventions are in docs/guide.
    """
    original, text = text, text[:READ_AT_MOST]
    folded = fold(text)
    plain = lower(folded)
    emails = find_emails(plain)
    masked = _mask(plain, ((span.start, span.end) for span in emails), CONTACT)
    phones = find_phones(masked, context.country)
    masked = _mask(masked, ((span.start, span.end) for span in phones), CONTACT)
    amount, amount_spans = find_amounts(masked, context.currency)
    masked = _mask(masked, amount_spans, AMOUNT)
    found = context.names.find(folded, masked)
    masked = _mask(masked, ((mention.start, mention.end) for mention in found.mentions if mention.entries), NAME)
    whom, masked = _whom(folded, masked, found, context.names)
    times = expressions(scene_of(masked, context), context.working_hours)[:MOST_TIMES]
    clauses = split(masked)
    intents = find_intents(masked, context.learned)
    numbers, odd_numbers = as_kept(text, phones, context.country)
    now = context.local_now
    plan = first_plan(masked, clauses, times)
    report = find_activity(
        masked,
        clauses,
        times,
        plan=plan,
        has_statement=plan is None or _has_statement(masked, clauses, times, plan),
        told_until=max((start for start, _ in intents.values()), default=0),
        learned=context.learned,
    )
    _forget_what_was_given(intents, report, clauses)
    if "no_answer" in intents and _is_away_elsewhere(masked, intents["no_answer"], report.clause, clauses):
        del intents["no_answer"]
    if "not_interested" in intents and _is_for_a_day(masked, intents["not_interested"], times, clauses):
        del intents["not_interested"]
    roles = assign(masked, clauses, times, done_clause=report.clause, now=now)
    return Understood(
        activity=report.kind,
        customers=whom.customers,
        contacts=whom.contacts,
        phones=phones,
        numbers=numbers,
        odd_numbers=odd_numbers,
        emails=emails,
        amount=amount,
        follow_up=moment(roles.follow_up) if roles.follow_up else None,
        further=tuple(moment(time) for time in roles.further),
        deadline=moment(roles.deadline) if roles.deadline else None,
        occurred_on=roles.occurred_on,
        intents=tuple(intents),
        ambiguous=(*whom.doubts, *_doubts(roles, is_amount_vague=amount is not None and amount.vague)),
        note=remaining_note(text, masked, clauses, roles.used, is_task=report.kind == "task") + original[READ_AT_MOST:],
        unknown_company=whom.company,
        unknown_person=whom.person,
        evidence={**intents, **({report.kind: (report.start, report.end)} if report.end else {})},
    )


def _forget_what_was_given(intents: dict[str, tuple[int, int]], report: Report, clauses: Clauses) -> None:
    """报价单发给他了: what was given is not wanted, nor is the demo that was shown."""
    if report.clause is None:
        return
    quote = intents.get("wants_quote")
    if report.kind == "quote" and quote and clauses.at(quote[0]) == report.clause:
        del intents["wants_quote"]
    for wanted in ("wants_demo", "wants_info"):
        start, end = intents.get(wanted, (0, 0))
        if start < report.end and report.start < end and start >= report.start:
            del intents[wanted]


_AWAY = re.compile(r"(?:is|was|'s)\s+(?:away|out|off|on\s+(?:holiday|leave|site))|出差|不在|休假")
_NEAR = 2  # clauses


def _is_away_elsewhere(masked: str, span: tuple[int, int], reported: int | None, clauses: Clauses) -> bool:
    """Who is away is why nobody was met only beside what was tried; further on it is a date of theirs."""
    if reported is None or not _AWAY.search(masked[span[0] : span[1] + 2]):
        return False
    return abs(clauses.at(span[0]) - reported) > _NEAR


_NOT_TO_CALL = re.compile(
    r"(?:don'?t|do\s+not|never)\s+(?:call|ring|e-?mail|contact|bother|phone|text|message)|(?:别|不要|不用)(?:再)?(?:打|来|联系|找|发)"
)


def _is_for_a_day(masked: str, span: tuple[int, int], times: Iterable[Expression], clauses: Clauses) -> bool:
    """ "Don't call on Thursday" speaks of that day; whoever says "don't call" alone wants nothing."""
    if not _NOT_TO_CALL.match(masked, *span):
        return False
    clause = clauses.at(span[0])
    return any(time.grain in {"minute", "daypart", "day"} and clauses.at(time.start) == clause for time in times)


def _mask(text: str, spans: Iterable[tuple[int, int]], with_: str) -> str:
    pieces, position = [], 0
    for start, end in sorted(spans):
        if start < position:
            continue
        pieces += [text[position:start], with_ * (end - start)]
        position = end
    return "".join(pieces) + text[position:] if pieces else text


def _whom(folded: str, masked: str, found: Found, names: Names) -> tuple[_Whom, str]:
    found = _without_denied(found, masked)
    companies, persons, customer_doubt, contact_doubt = settled(found, names)
    unknown = (
        unknown_company(folded, masked, found.others, is_alone=not found.mentions)
        if not companies and (found.others or not persons or all(person.strength == 1 for person in persons))
        else None
    )
    if unknown is not None and _is_company_beside(unknown[0], found, persons):
        persons = [person for person in persons if person.strength == 3]
        customer_doubt = contact_doubt = len(persons) > 0 and contact_doubt
    elif unknown is not None and persons:
        unknown = None
    decided = {person.start for person in persons}
    stranger = next(
        (mention for mention in found.mentions if mention.kind == "person" and mention.start not in decided),
        None,
    )
    person_name = folded[stranger.start : stranger.end] if stranger else None
    if unknown is not None:
        masked = _mask(masked, [(unknown[1], unknown[2])], NAME)
    if stranger is not None and not stranger.entries:
        masked = _mask(masked, [(stranger.start, stranger.end)], NAME)
    if person_name is None and unknown is not None:
        person_name = person_beside(folded, unknown[1], unknown[2])
    if person_name is None and (other := unknown_person(masked)) is not None:
        person_name = other[0]
    named = tuple(_matches(persons, names))
    contacts = tuple(match for match in named if match.kind == "contact")
    leads = (match for match in named if match.kind != "contact")
    customers = _with_parents(_once((*_matches(companies, names), *leads)), contacts, names)
    doubts: tuple[Field, ...] = (*(("customer",) if customer_doubt else ()), *(("contact",) if contact_doubt else ()))
    company = unknown[0] if unknown and not customers else None
    return _Whom(customers, contacts, doubts, company, person_name), masked


_DENIED_NAME = re.compile(r"(?:不是|并非|而非|(?<![a-z])not\s(?:the\s|to\s|with\s|from\s)?)$")


def _without_denied(found: Found, masked: str) -> Found:
    """ "Acme Dental, not Acme Logistics": whom it is not about, where somebody else is named."""
    kept = tuple(
        mention
        for mention in found.mentions
        if not _DENIED_NAME.search(masked, max(0, mention.start - 9), mention.start)
    )
    return replace(found, mentions=kept) if any(mention.entries for mention in kept) else found


def _is_company_beside(name: str, found: Found, persons: list[Mention]) -> bool:
    """An unknown name beside a known given name is taken for a company only when it looks like one."""
    if not persons or found.others:
        return True
    return bool(re.search(r"[\u4e00-\u9fff]", name)) or len(name.split()) > 1


def _matches(mentions: Iterable[Mention], names: Names) -> Iterable[Match]:
    seen = set()
    for mention in mentions:
        for number in mention.entries:
            if number not in seen:
                seen.add(number)
                one = names.known[number]
                yield Match(one.kind, one.id, one.name, one.parent, mention.start, mention.end, mention.exact)


def _once(matches: Iterable[Match]) -> tuple[Match, ...]:
    """A lead may be named by its company and by the person there."""
    found: dict[tuple[str, int | str], Match] = {}
    for match in matches:
        found.setdefault((match.kind, match.id), match)
    return tuple(found.values())


def _with_parents(customers: tuple[Match, ...], contacts: tuple[Match, ...], names: Names) -> tuple[Match, ...]:
    """A contact brings its customer along."""
    known = {match.id for match in customers if match.kind == "customer"}
    brought = []
    for contact in contacts:
        if contact.parent is not None and contact.parent not in known and contact.parent in names.customer_numbers:
            known.add(contact.parent)
            one = names.known[names.customer_numbers[contact.parent]]
            brought.append(Match("customer", one.id, one.name, None, contact.start, contact.start))
    return (*customers, *brought)


_BARE = re.compile(
    r"[\ue000-\ue002\s\W]+|(?<![a-z])(?:hi|hey|hello|note|fyi|update|the|a|at|with|from|for|to|of|and|weekly|monthly|quarterly|regular|can\s+you|could\s+you|please|pls|plz|log|jot|put|add|record|note\s+down|enter|save|this|that|down|ok|okay|so|right|quick|one|interview|inspection|install|installation|training|delivery|handover|slot|call|meeting|demo|visit|lunch|dinner|coffee|breakfast|teams|zoom|review|catch|up|sync|session|workshop|appointment|appt|kick|off|site|tour|training|qbr)(?![a-z])|的|例会|会议|演示|拜访|电话|而?不是"
)


def _has_statement(masked: str, clauses: Clauses, times: list[Expression], plan: int) -> bool:
    """Whether something is told before the first plan: then the message is a note with a follow-up, not a task."""
    for start, end in clauses.spans[:plan]:
        rest = masked[start:end]
        for time in times:
            if start <= time.start < end:
                rest = rest.replace(masked[time.start : time.end], "")
        if len(_BARE.sub("", rest)) >= (4 if rest.isascii() else 2):
            return True
    start, end = clauses.spans[plan]
    return bool(_STATED.search(masked[start:end]))


_STATED = re.compile(
    r"^\s*(?:just\s+)?(?:told|gave|sent|got|heard|had|(?!need|proceed|feed|(?:re)?schedul|book|mov|arrang|postpon|push|pencil|slott|confirm)[a-z]{2,}ed)(?![a-z])|"
    r"\ue000\s*(?:also\s+|[a-z]+\s+(?=(?:wants?|needs?|asked|said|says)(?![a-z]))){0,2}(?:wants?|needs?|asked|says?|said|is|are|was|has|signed|agreed|confirmed|requested|approved|likes?|loves?|would\s+like|promised|complained)(?![a-z])|\ue000\s*(?:also\s+|just\s+|has\s+|have\s+)?(?!(?:rescheduled|postponed|pushed|shifted|bumped|booked|scheduled|confirmed|pencilled)\s+(?:from|to|till|until|for|in)(?![a-z])|moved\s+(?:from|to|till|until|for)\s+(?:the\s+)?(?:\d{1,2}(?:[:.]\d\d)?(?:\s*(?:am|pm|st|nd|rd|th|o'?clock)(?![a-z])|\s*(?:$|[,.;])|:\d\d|\s+to\s+\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|$|[,.;]|on\s|to|this|next|mon|tue|wed|thu|fri|sat|sun))|mon|tue|wed|thu|fri|sat|sun|today|tomorrow|tonight|next|this|early|late|noon|midday|lunch|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)))[a-z]{3,}ed(?![a-z])|(?<![a-z])(?:he|she|they)\s+(?:wants?|needs?|asked|says?|said|is|are|will)(?![a-z])"
    r"|说|表示|反馈|答复了|要求|(?<!提醒)(?:\ue000)(?:要|想|问|催)|客户(?:要|想|说|问)"
)


def _doubts(roles: Roles, *, is_amount_vague: bool) -> tuple[Field, ...]:
    doubts: list[Field] = []
    if roles.follow_up is not None and (roles.follow_up.vague or roles.follow_up.doubt):
        doubts.append("follow_up")
    if roles.deadline is not None and (roles.deadline.vague or roles.deadline.doubt):
        doubts.append("deadline")
    if is_amount_vague:
        doubts.append("amount")
    return tuple(doubts)
