"""What was begun and not finished: shown here, wherever it was begun, or dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.records import LETTERS
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import more_button, page_of
from handlers.rendering.wording import one_line, shortened
from handlers.router import ROUTES, Answer, ButtonTooOld, command, number, press

PAGE = 5
MOST = 200  # of one person's drafts are looked at; what waits for 14 days is removed
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Waiting:
    """``show`` is the button's verb that shows such a draft; ``ask`` the verbs that ask its open question again,
    by what is asked. Both are given the draft's id, or what ``argument`` makes of the draft."""

    title: Callable[[Draft], Phrase | str]
    show: str
    ask: Mapping[str, str] | None = None
    argument: Callable[[Draft], str] = lambda draft: str(draft.id)
    is_asked_anew: bool = False  # showing it makes a draft of its own


def _entry_title(draft: Draft) -> Phrase | str:
    said = shortened(one_line(str(draft.content.get("text", ""))).strip(), LONGEST_TITLE)
    return said or Phrase("resume-entry")


def _form_title(draft: Draft) -> Phrase:
    form = draft.content["form"]
    return Phrase(form.title, form.facts)


def _lead_title(draft: Draft) -> Phrase:
    known = (draft.content.get("company"), " ".join(draft.content.get("doubt", ())), draft.content.get("person"))
    name = shortened(" · ".join(one for one in known if one), LONGEST_TITLE)
    return Phrase("entry-new-lead", {"name": name})


def _question(record: str, show: str, *, ask: Mapping[str, str] | None = None) -> Waiting:
    """An open question about one record, whose number the draft keeps."""
    return Waiting(
        lambda draft: Phrase("resume-question", {"code": f"{LETTERS[record]}{draft.content[record]}"}),
        show,
        ask=ask,
        argument=lambda draft: str(draft.content[record]),
        is_asked_anew=True,
    )


# Kinds of drafts that wait for somebody. Searches and the like are drafts too, but nothing to go on with.
WAITING: dict[str, Waiting] = {
    "entry": Waiting(
        _entry_title,
        "entry.show",
        ask={"when": "entry.when", "who": "entry.who", "note": "entry.note", "amount": "entry.amount"},
    ),
    "form": Waiting(_form_title, "form.show"),
    "lead-words": Waiting(_lead_title, "lead.which"),
    "lead-anyway": Waiting(_lead_title, "lead.again"),
    "list": Waiting(
        lambda draft: Phrase("resume-list", {"count": len(draft.content["lines"])}),
        "list.page",
        argument=lambda draft: f"{draft.id}.0",
    ),
    "entries": Waiting(lambda draft: Phrase("resume-entries", {"count": len(draft.content["cards"])}), "entries.show"),
    "attachment": Waiting(
        lambda draft: Phrase("attachment-count", {"count": len(draft.content["files"]), "album": False}),
        "attachment.show",
        ask={"who": "attachment.show"},
    ),
    "followup-when": Waiting(
        lambda draft: Phrase("resume-followup", {"followup": draft.content["followup"]}),
        "followup.when",
        argument=lambda draft: str(draft.content["followup"]),
        is_asked_anew=True,
    ),
    "followup-pass": _question("followup", "followup.pass"),
    "lead-asked": _question("lead", "lead.show", ask={"lost": "lead.lost", "owner": "lead.assign"}),
    "customer-asked": _question("customer", "customer.assign"),
    "opportunity-asked": _question("opportunity", "opportunity.lost"),
    "record-log": Waiting(
        lambda draft: Phrase("resume-question", {"code": f"{LETTERS[draft.content['record']]}{draft.content['id']}"}),
        "record.log",
        argument=lambda draft: f"{draft.content['record']}.{draft.content['id']}",
        is_asked_anew=True,
    ),
    "settings-away": Waiting(lambda draft: Phrase("resume-away"), "settings.away", is_asked_anew=True),
}


@command("resume", "继续")
async def resume(ctx: ChatContext, rest: str) -> Reply:
    """Newest first."""
    return await _list(ctx, after=None)


async def _list(ctx: ChatContext, *, after: int | None, key: str = "resume-list-card") -> Reply:
    found = await ctx.uow.drafts.list_of(ctx.actor.id, kinds=tuple(WAITING), limit=MOST)
    ids = [draft.id for draft in found]
    start = ids.index(after) + 1 if after in ids else 0
    page = page_of(found[start:], PAGE)
    if not page.shown:
        return Reply("resume-nothing", private=True)
    more = more_button(page, f"resume.list:{page.shown[-1].id}")
    return Reply(key, {"count": len(found)}, lines=tuple(map(_line, page.shown)), buttons=more, private=True)


def _line(draft: Draft) -> Line:
    facts = {"title": WAITING[draft.kind].title(draft), "at": draft.updated_at}
    buttons = (
        Button("button-go-on", press=f"resume.show:{draft.id}"),
        Button("button-drop", press=f"resume.drop:{draft.id}"),
    )
    return Line("resume-line", facts, buttons=buttons)


@press("resume.list")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    return await _list(ctx, after=number(argument))


@press("resume.show")
async def show(ctx: ChatContext, argument: str) -> Answer:
    """The card comes here, with its open question."""
    draft = await _find(ctx, argument)
    if draft is None:
        return await _list(ctx, after=None)
    waiting = WAITING[draft.kind]
    asked = (waiting.ask or {}).get(draft.asking or "", waiting.show)
    event = ctx.event
    await ctx.uow.drafts.move(draft, channel=event.channel, place=event.conversation.key)
    draft.updated_at = ctx.now
    handler = ROUTES.presses.get(asked)
    if handler is None:
        raise ButtonTooOld
    if waiting.is_asked_anew:
        await ctx.uow.drafts.remove(draft)
    return await handler(ctx, waiting.argument(draft))


@press("resume.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    """A second tap finds it gone, which is what was wanted."""
    draft = await _find(ctx, argument)
    if draft is not None:
        await ctx.uow.drafts.remove(draft)
    return await _list(ctx, after=None, key="resume-dropped")


async def _find(ctx: ChatContext, argument: str) -> Draft | None:
    """None when it was saved or dropped meanwhile."""
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(argument))
    except RecordNotFound:
        return None
    return draft if draft.kind in WAITING else None
