"""Finds the handler of a message: command, button verb, form, an open question, else free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rapidfuzz import process

from domain.errors import CrmError, ForStaffOnly, NotAllowed
from domain.people.model import Role
from handlers.chat import ChatEvent, Phrase, Press, Reply, Text
from handlers.context import ChatContext, Outcome

Answer = Reply | Outcome | None
STAFF = frozenset(Role)
LEADERS = frozenset({Role.MANAGER, Role.ADMIN})
SUPPORT = frozenset({Role.AGENT, Role.MANAGER, Role.ADMIN})
EVERYBODY: frozenset[Role] | None = None


class UnknownCommand(CrmError):
    """``nearest`` is the command the person may have meant, or None."""

    code = "unknown-command"

    def __init__(self, *, typed: str, nearest: str | None) -> None:
        super().__init__(typed=typed, nearest=nearest)


class WrongUsage(CrmError):
    """The command lacks something; ``usage`` shows an example of it."""

    code = "wrong-usage"

    def __init__(self, command: str) -> None:
        super().__init__(usage=Phrase(f"usage-{command}"))


class ButtonTooOld(CrmError):
    """A press that no handler knows: forged, or from a version long gone."""

    code = "button-too-old"


class FieldErrors(CrmError):
    """Values of a form that cannot be taken: field name -> what is wrong with it."""

    code = "form-errors"

    def __init__(self, errors: Mapping[str, Phrase]) -> None:
        super().__init__()
        self.errors = errors


@dataclass(frozen=True, kw_only=True)
class Command:
    """``bare`` tells whether the words after the name make this a command even without the slash. ``apart`` holds what
    may set a Chinese keyword apart from any words: 跟进 华新 is the command, 跟进华新 may be news."""

    name: str
    keywords: tuple[str, ...]
    run: Callable[[ChatContext, Any], Awaitable[Answer]]
    who: frozenset[Role] | None
    bare: Callable[[str], bool]
    apart: str = ""


PressHandler = Callable[[ChatContext, str], Awaitable[Answer]]
FormHandler = Callable[[ChatContext, str, Mapping[str, str]], Awaitable[Answer]]
FormCheck = Callable[[ChatContext, Mapping[str, str]], Awaitable[None]]
TextHandler = Callable[[ChatContext, str], Awaitable[Answer]]
# Decorators give a handler back as it is, so that others may call it with what it takes beside.
TakesPress = TypeVar("TakesPress", bound=PressHandler)
TakesText = TypeVar("TakesText", bound=TextHandler)
ReadsAhead = TypeVar("ReadsAhead", bound=Callable[[ChatContext, str], Awaitable[None]])


@dataclass
class Routes:
    """The tables that the decorators below fill, and in which order words are offered to those who look at them; one a program.

    Who looks at a text gives None when it is not theirs. ``overheard`` listens to words in a group that are not for the bot.
    """

    commands: dict[str, Command] = field(default_factory=dict)
    keywords: dict[str, Command] = field(default_factory=dict)
    presses: dict[str, PressHandler] = field(default_factory=dict)
    forms: dict[str, FormHandler] = field(default_factory=dict)
    checks: dict[str, FormCheck] = field(default_factory=dict)
    questions: dict[str, TextHandler] = field(default_factory=dict)
    contents: dict[type, Callable[[ChatContext, Any], Awaitable[Answer]]] = field(default_factory=dict)
    before_questions: tuple[TextHandler, ...] = ()
    before_free_text: tuple[TextHandler, ...] = ()
    free_text: TextHandler | None = None
    outsider: Callable[[ChatContext], Awaitable[Answer]] | None = None
    ahead: dict[str, Callable[[ChatContext, str], Awaitable[None]]] = field(default_factory=dict)
    overheard: tuple[Callable[[ChatContext, str], Awaitable[None]], ...] = ()


ROUTES = Routes()


def _nothing_after(rest: str) -> bool:
    return not rest


def command(
    name: str,
    *keywords: str,
    who: frozenset[Role] | None = STAFF,
    bare: Callable[[str], bool] | None = None,
    apart: str = "",
) -> Callable[[Callable[[ChatContext, Any], Awaitable[Answer]]], Callable[[ChatContext, Any], Awaitable[Answer]]]:
    """Register ``/name`` and its Chinese keywords. The handler is given the rest of the message.

    Without a slash the message is a command only when ``bare(rest)`` says so, by default when nothing follows, or when
    a character of ``apart`` stands after a keyword (half width)."""

    def register(
        run: Callable[[ChatContext, Any], Awaitable[Answer]],
    ) -> Callable[[ChatContext, Any], Awaitable[Answer]]:
        made = Command(name=name, keywords=keywords, run=run, who=who, bare=bare or _nothing_after, apart=apart)
        ROUTES.commands[name] = made
        for keyword in keywords:
            ROUTES.keywords[keyword] = made
        return run

    return register


def press(verb: str) -> Callable[[TakesPress], TakesPress]:
    """Register a button's verb; the handler is given what follows the first colon."""

    def register(run: TakesPress) -> TakesPress:
        ROUTES.presses[verb] = run
        return run

    return register


def form(verb: str, *, check: FormCheck | None = None) -> Callable[[FormHandler], FormHandler]:
    """Register a form; the handler is given what follows the verb in ``Form.press``, and the values as text.

    ``check`` hears each answer where the fields are asked one by one, by its field's name, and raises FieldErrors for what
    the handler would not take: whoever mistypes a phone hears it at once. What it says of other fields does not count.
    """

    def register(run: FormHandler) -> FormHandler:
        ROUTES.forms[verb] = run
        if check is not None:
            ROUTES.checks[verb] = check
        return run

    return register


def question(kind: str) -> Callable[[TakesText], TakesText]:
    """Register who takes the words that answer an open question of a draft of this kind."""

    def register(run: TakesText) -> TakesText:
        ROUTES.questions[kind] = run
        return run

    return register


def ahead(*names: str) -> Callable[[ReadsAhead], ReadsAhead]:
    """Register who reads beforehand, outside any transaction, what the command (``/name``) or the button's verb then finds in
    ``ChatContext.once``: what takes longer than a writer may be held. It writes nothing, and what it refuses is refused anew."""

    def register(reads: ReadsAhead) -> ReadsAhead:
        for name in names:
            ROUTES.ahead[name] = reads
        return reads

    return register


def content(kind: type) -> Callable[[Callable[[ChatContext, Any], Awaitable[Answer]]], Any]:
    """Register who takes a content other than text, press and form (``Attachment``, ``Location`` …)."""

    def register(run: Callable[[ChatContext, Any], Awaitable[Answer]]) -> Any:
        ROUTES.contents[kind] = run
        return run

    return register


def outsider(
    run: Callable[[ChatContext], Awaitable[Answer]],
) -> Callable[[ChatContext], Awaitable[Answer]]:
    """Register who answers a command of the staff that somebody else gave; None is a refusal."""
    ROUTES.outsider = run
    return run


def free_text(run: TakesText) -> TakesText:
    """Register who takes a text that is nothing else."""
    ROUTES.free_text = run
    return run


# ---------------------------------------------------------------- reading a text as a command

SLASHES = "/／、"
MARKS = "!?.~…。！？～ "
LONGEST_MARKED = 12
LIKENESS = 66  # per cent, of a typed command and the one that is meant: "leed" is lead, "ticket" is not next
LONGEST_TYPED = 30  # of an unknown command, when it is said back
WORD = re.compile(r"[A-Za-z_]+")
NUMBERED = re.compile(r"[LCPFOT][0-9]{1,15}\s*", re.IGNORECASE)
BREAK = " \t\n:：,，"


def fold(text: str) -> str:
    """Full-width letters, digits and punctuation as half-width ones; the rest as it is."""
    return unicodedata.normalize("NFKC", text)


def read_command(
    text: str, routes: Routes = ROUTES, *, by: Role | None = None, slash_optional: bool = False
) -> tuple[Command, str] | None:
    """The command that a message is, with the words after it; None for free text. ``slash_optional`` as in ``Text``.

    Raises UnknownCommand, only for a message that begins with a slash.
    """
    stripped = text.strip()
    if stripped[:1] and stripped[0] in SLASHES and len(stripped) > 1 and stripped[1] not in SLASHES:
        return _slashed(stripped[1:].lstrip(), routes, by)
    found = _name_at_start(_unmarked(stripped), routes, whole_words=True)
    if found is None:
        return None
    chosen, rest = found
    is_name_alone = not rest and is_for(chosen, by)  # whatever it wants to be told: it says so itself
    return found if slash_optional or is_name_alone or chosen.bare(rest) or _stands_apart(stripped, chosen) else None


def _unmarked(text: str) -> str:
    """Without the mark behind a word or two: "Help!" and "today?" are the command; news keeps its marks."""
    bare = text.rstrip(MARKS)
    return bare if 0 < len(bare) <= LONGEST_MARKED and len(bare.split()) == 1 else text


def _stands_apart(text: str, chosen: Command) -> bool:
    head = fold(text[:24])
    after = (head[len(keyword) :][:1] for keyword in chosen.keywords if head.startswith(keyword))
    return any(character and character in chosen.apart for character in after)


def _slashed(body: str, routes: Routes, by: Role | None) -> tuple[Command, str] | None:
    found = _name_at_start(body, routes, whole_words=False)
    if found is None and NUMBERED.fullmatch(fold(body[:24])):
        return None  # "/L12", which Telegram makes a link of, is the record of that number
    if found is None:
        typed = WORD.match(fold(body)) or re.match(r"\S{1,20}", body) or re.match("", body)
        name = typed.group()[:LONGEST_TYPED] if typed else ""
        raise UnknownCommand(typed=name, nearest=nearest(name, routes, by))
    return found


def nearest(name: str, routes: Routes, by: Role | None) -> str | None:
    """The command that is meant, of those that somebody of this role (None: nobody of the staff) may give."""
    known = {**routes.commands, **routes.keywords}
    found = process.extractOne(
        name.lower(), [each for each, command in known.items() if is_for(command, by)], score_cutoff=LIKENESS
    )
    return found[0] if found else None


def is_for(chosen: Command, role: Role | None) -> bool:
    return chosen.who is None or role in chosen.who


def _name_at_start(body: str, routes: Routes, *, whole_words: bool) -> tuple[Command, str] | None:
    head = fold(body[:24])
    word = WORD.match(head)
    if word is not None and len(head[: word.end()]) == word.end():
        named = routes.commands.get(word.group().lower())
        if named is not None and (
            len(body) == word.end() or not body[word.end()].isalnum() or body[word.end()] > "\x7f"
        ):
            return named, body[word.end() :].strip(BREAK)
    for length in range(min(6, len(body)), 0, -1):
        keyword = routes.keywords.get(head[:length])
        if keyword is None:
            continue
        rest = body[length:]
        if not whole_words or not rest or rest[0] in BREAK or keyword.bare(rest.strip(BREAK)):
            return keyword, rest.strip(BREAK)
    return None


async def run_command(ctx: ChatContext, chosen: Command, args: Any, routes: Routes = ROUTES) -> Answer:
    if is_for(chosen, ctx.role):
        return await chosen.run(ctx, args)
    answer = await routes.outsider(ctx) if ctx.staff is None and routes.outsider is not None else None
    if answer is None:
        raise NotAllowed if ctx.staff is not None else ForStaffOnly
    return answer


async def run_press(ctx: ChatContext, pressed: Press, routes: Routes = ROUTES) -> Answer:
    verb, _, argument = pressed.payload.partition(":")
    handler = routes.presses.get(verb)
    if handler is None:
        raise ButtonTooOld
    return await handler(ctx, argument)


def reads_ahead(
    event: ChatEvent, routes: Routes = ROUTES
) -> tuple[Callable[[ChatContext, str], Awaitable[None]], str] | None:
    """Who reads ahead for an event, and what of it is told them."""
    content = event.content
    if isinstance(content, Press):
        verb, _, argument = content.payload.partition(":")
        reads = routes.ahead.get(verb)
        return (reads, argument) if reads is not None else None
    if not isinstance(content, Text) or not content.addressed:
        return None
    try:
        found = read_command(content.text, routes, slash_optional=content.slash_optional)
    except CrmError:
        return None
    reads = routes.ahead.get(f"/{found[0].name}") if found is not None else None
    return (reads, found[1]) if reads is not None and found is not None else None


def number(argument: str) -> int:
    """The id in a press; a forged one is answered like any press that is no longer known."""
    if not re.fullmatch(r"[0-9]{1,15}", argument):
        raise ButtonTooOld
    return int(argument)
