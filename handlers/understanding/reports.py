"""A message that tells of several customers, in its parts: a day's report by lines or numbers, or two names in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.activity import has_step
from handlers.understanding.clauses import split
from handlers.understanding.headings import Heading, heading_of
from handlers.understanding.joined_names import Joined, find_joined
from handlers.understanding.model import Context, Understood
from handlers.understanding.normalise import normalise
from handlers.understanding.short_names import may_be_one, said_in
from handlers.understanding.understand import understand

MOST = 20  # parts of one report
LONGEST = 4_000
_BULLET = re.compile(r"^\s*(?:[(（]?\d{1,2}\s*[.、)）:：](?!\d)|[①-⑳]|[-•*·–—])\s*")
_INLINE = re.compile(r"(?:^|(?<=[\s。；;，,】:：]))[(（]?(?P<number>\d{1,2})\s*[.、)）](?!\d)\s*")
_SENTENCE = re.compile(r"(?<=[。；;!！])\s*|(?<=[a-z0-9][.])\s+(?=[A-Z])")
_COMMA = re.compile(r"(?<!\d)[,，](?!\d)|(?<=\d)[,，]\s|，")
_JOINT_WORD = re.compile(r"[,，、&+和与跟及]|(?<![A-Za-z])and(?![A-Za-z])", re.IGNORECASE)
_HEADING = 30  # characters; a first line up to this that names nobody is one
_EDGES = " \t,，;；。.、:："
_REPORT = re.compile(
    r"[:：】\]]\s*$|(?<![a-z])(?:report|summary|recap|update)s?(?![a-z])|[日周]报|小结|汇报|总结", re.IGNORECASE
)
_ONLY_HEADING = re.compile(
    r"\W*(?:(?:my|the|today'?s|daily|weekly|[a-z]+day'?s?)\s+)?(?:report|summary|recap|update)s?\W*", re.IGNORECASE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Piece:
    text: str
    understood: Understood

    @property
    def subjects(self) -> frozenset[object]:
        """Whom it names: by id, or by the name that is not known."""
        known = {(match.kind, match.id) for match in self.understood.customers}
        company = self.understood.unknown_company or self.understood.unknown_person
        return frozenset(known) or frozenset({company.casefold()} if company else ())

    @property
    def tells(self) -> bool:
        return self.understood.activity != "note" or self.understood.follow_up is not None


def parts_of(text: str, context: Context) -> tuple[str, ...]:
    """The parts, each a sentence about one customer that can be read by itself; empty for a message about one. Never raises."""
    if len(text) > LONGEST:
        return ()
    heading = heading_of(text, context)
    if heading is not None:
        headed = _below(heading, context)
        if headed:
            return headed
    lines = _lines(text)
    if len(lines) > 1:
        return _by_pieces(lines, context, must_tell=False)
    numbered = _numbered(text)
    if numbered:
        return _by_pieces(numbered, context, must_tell=False)
    joined = _by_names(text, context)
    if joined:
        return joined
    sentences = [piece for piece in _SENTENCE.split(text) if piece.strip()]
    found = _by_pieces(sentences, context, must_tell=True) if len(sentences) > 1 else ()
    return tuple(part for piece in found for part in _by_names(piece, context) or (piece,))


def _below(heading: Heading, context: Context) -> tuple[str, ...]:
    """The parts below a heading that says what they are, or how many: they need not tell it again."""
    lines = _lines(heading.rest)
    if len(lines) > 1:
        return _by_pieces(lines, context, must_tell=False)
    numbered = _numbered(heading.rest)
    if numbered:
        return _by_pieces(numbered, context, must_tell=False)
    sentences = [piece for piece in _SENTENCE.split(heading.rest) if piece.strip()]
    if len(sentences) < 2 and heading.is_counted:
        sentences = [piece for piece in _COMMA.split(heading.rest) if piece.strip()]
    return _by_pieces(sentences, context, must_tell=False) if len(sentences) > 1 else ()


def _lines(text: str) -> list[str]:
    return [_BULLET.sub("", line) for line in text.splitlines() if line.strip()]


def _numbered(text: str) -> list[str]:
    """1、… 2、… 3、… on one line, counted from one; what stands before the first is a heading."""
    marks: list[re.Match[str]] = []
    for match in _INLINE.finditer(text):
        if int(match["number"]) == len(marks) + 1:
            marks.append(match)
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _by_pieces(pieces: Sequence[str], context: Context, *, must_tell: bool) -> tuple[str, ...]:
    """What names nobody goes on with the piece before it; a heading is left out. Two of them must differ in whom they name."""
    if len(pieces) > MOST:
        return ()
    read = [_Piece(piece.strip(), understand(piece.strip(), context)) for piece in pieces if piece.strip(_EDGES)]
    if read and _is_heading(read[0]):
        read = read[1:]
    if any(len(piece.subjects) > 1 or "customer" in piece.understood.ambiguous for piece in read):
        return ()
    if must_tell and any(piece.subjects and not piece.tells for piece in read):
        return ()
    parts: list[str] = []
    named: list[frozenset[object]] = []
    for piece in read:
        if not piece.subjects or (named and piece.subjects == named[-1]):
            if not parts:
                return ()
            parts[-1] = f"{parts[-1].rstrip(_EDGES)}{_comma(parts[-1])}{piece.text}"
        else:
            parts.append(piece.text.strip(_EDGES))
            named.append(piece.subjects)
    return tuple(parts) if len(parts) > 1 and len(set(named)) > 1 else ()


def _is_heading(piece: _Piece) -> bool:
    """ "Wednesday report:", 【日报】: it names nobody, and tells nothing or says that it is one."""
    if _ONLY_HEADING.fullmatch(piece.text):
        return True
    if piece.subjects or len(piece.text) > _HEADING:
        return False
    return not piece.tells or bool(_REPORT.search(piece.text))


def _comma(text: str) -> str:
    return "，" if _HAN.search(text) else ", "


def _by_names(text: str, context: Context) -> tuple[str, ...]:
    """ "called Acme and Beta, both want demos; Acme Tuesday, Beta Thursday": what is said of all, and of each."""
    if _JOINT_WORD.search(text) is None:
        return ()
    understood = understand(text, context)
    if "customer" in understood.ambiguous:
        return ()
    joined = find_joined(text, understood)
    if joined is None:
        return ()
    names = [text[start:end] for start, end in joined.items]
    if _names_another(_Piece(text[joined.end :], understand(text[joined.end :], context)), names):
        return ()
    parts = tuple(_part_of(text, joined, names, name) for name in names)
    subjects = {_Piece(part, understand(part, context)).subjects for part in parts}
    return parts if len(subjects) == len(parts) and all(len(one) == 1 for one in subjects) else ()


def _names_another(rest: _Piece, names: Sequence[str]) -> bool:
    """Is somebody told of further on who is not among them?"""
    understood = rest.understood
    told = [rest.text[each.start : each.end] for each in understood.customers if each.end > each.start]
    told += [understood.unknown_company] if understood.unknown_company else []
    return any(not any(may_be_one(one, name, _besides(name, names)) for name in names) for one in told)


def _part_of(text: str, joined: Joined, names: Sequence[str], name: str) -> str:
    """The sentence as if it named one alone; clauses that speak of another are left out."""
    others = _besides(name, names)
    said = []
    is_told = False
    for start, end in split(normalise(text)).spans:
        if end <= joined.start or start >= joined.end:
            clause = text[start:end].strip(_EDGES)
            found = said_in(clause, name, others)
            if found is None and any(said_in(clause, other, _besides(other, names)) for other in others):
                continue
            said.append(_own(clause, found) if found is not None else clause)
        elif not is_told:
            is_told = True
            last = next(span for span in split(normalise(text)).spans if span[1] >= joined.end)
            behind = _ALL_OF_THEM.sub("", text[joined.end : last[1]])
            said.append(f"{text[start : joined.start]}{name}{behind}".strip(_EDGES))
    return _comma(text).join(each for each in said if each)


def _besides(name: str, names: Sequence[str]) -> list[str]:
    return [each for each in names if each != name]


_ALL_OF_THEM = re.compile(r"^\s+(?:both|all|each)(?=\s)", re.IGNORECASE)  # "Acme and Beta both called"


def _own(clause: str, found: re.Match[str]) -> str:
    """ "Acme Tuesday" is a step without a verb."""
    if clause[: found.start()].strip(_EDGES):
        return clause
    rest = clause[found.end() :].lstrip(_EDGES)
    if len(rest.split()) > 3 or len(rest) > 24:
        return clause
    if has_step(normalise(rest)):
        return rest
    return f"{rest}跟进" if _HAN.search(clause) else f"follow up {rest}"
