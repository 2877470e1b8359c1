"""Photos, files and voice notes that colleagues send: kept, and put to what they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from domain.attachments.actions import attach_files, refuse_too_large
from domain.attachments.model import LARGEST_MEGABYTES, AttachedFile, AttachmentKind, FileState
from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.people.binding import contact_behind
from domain.records import LETTERS
from domain.tickets.answering import add_to_answer
from domain.tickets.noting import note_files
from handlers.attachments.giving import OWNERS, give, give_to_record, owner_in
from handlers.attachments.whose import KIND, TOGETHER, ask_whose
from handlers.chat import LONGEST_REF, Album, Attachment, Reply
from handlers.context import ChatContext, Outcome
from handlers.dialogs.below import go_on_below
from handlers.entries.amending import SAVED
from handlers.entries.card import EntryCard
from handlers.entries.hearing import hear_report
from handlers.entries.reporting import KIND as ENTRY
from handlers.entries.reporting import keep_entry
from handlers.rendering.wording import clean, one_line
from handlers.router import Answer, content, read_command
from handlers.tickets.answers import DRAFT as ANSWER
from handlers.tickets.answers import add_files, take_files_as_answer
from handlers.tickets.asked_by_customers import is_in_bound_group, say
from handlers.tickets.words import ticket_of_place
from handlers.visitors.strangers import answer_outsider

ALBUM_LASTS = timedelta(hours=2)
EVER = datetime(2000, 1, 1, tzinfo=UTC)
MOST_OF_AN_ALBUM = 100
LOOKED_BACK = 5  # actions; the next step may have been pressed since
LONGEST_NAME = 200
GOES_WITH = frozenset({"activity-logged", "entry-amended", "comment-added", "attachment-added", "lead-added"})
NEXT_STEP = "followup-"  # pressed on the card of what was saved; it parts nothing


@content(Attachment)
async def take_attachment(ctx: ChatContext, attachment: Attachment) -> Answer:
    return await _take(ctx, (attachment,), attachment.caption, addressed=attachment.addressed)


@content(Album)
async def take_album(ctx: ChatContext, album: Album) -> Answer:
    return await _take(ctx, album.files[:MOST_OF_AN_ALBUM], album.caption, addressed=album.addressed)


async def _take(ctx: ChatContext, sent: Sequence[Attachment], words: str, *, addressed: bool) -> Answer:
    """Keep what was sent; the words beside it are heard as any others, unless somebody else may have written them."""
    ticket_id = await ticket_of_place(ctx.uow, ctx.event) if ctx.staff is not None and ctx.in_group else None
    if ticket_id is None and ctx.in_group and not addressed:
        return None
    if ctx.staff is None:
        return await _from_outside(ctx, sent, words)
    files = [await ctx.uow.attachments.add_file(_file(ctx, each)) for each in sent]
    fitting = [file for file in files if file.state is FileState.WAITING]
    ctx.files[:] = [file.id for file in fitting]
    refused = () if len(fitting) == len(files) else (_too_large(),)
    if ticket_id is not None and not is_answer(words):
        await _note_beside(ctx, ticket_id, sent, fitting, words)
        return Outcome(refused)
    if not words.strip() and ctx.files:
        draft = await take_files_as_answer(ctx)
        if draft is not None:
            return Outcome((draft, *refused))
    await _join_album(ctx, fitting, has_words=bool(words.strip()))
    hear = partial(hear_report, ctx) if ctx.is_forwarded else ctx.hear
    said = await hear(words) if words.strip() else Outcome()
    # Words that were a command or an answer took no photo with them.
    alone = not (words.strip() or ctx.words_refused)
    left = [await _left(ctx, alone=alone)] if ctx.files else []
    replies = (*said.replies, *(reply for reply in left if reply is not None), *refused, *await _on_voice(ctx, fitting))
    return Outcome(replies, said.receipt)


async def _note_beside(
    ctx: ChatContext, ticket_id: int, sent: Sequence[Attachment], fitting: Sequence[AttachedFile], words: str
) -> None:
    """A note, with what the words say; what comes after the first of an album goes where that went."""
    if not words.strip():
        await _join_album(ctx, fitting, has_words=False)
        if fitting and not ctx.files:
            return
    said_beside = words if words.strip() else _mark(sent, words).strip()
    with suppress(RecordNotFound):  # a colleague who may not see it only shows it there
        await note_files(ctx.uow, ctx.actor, ticket_id, said_beside, ctx.take_files(), now=ctx.now)


async def _from_outside(ctx: ChatContext, sent: Sequence[Attachment], words: str) -> Answer:
    """A customer's files are kept with their request; of a stranger who asked for nothing only the mention is."""
    is_known = await contact_behind(ctx.uow, ctx.identity) is not None or await is_in_bound_group(ctx)
    if not is_known and await ctx.uow.tickets.find_last_open(ctx.identity) is None:
        return None if ctx.in_group else await answer_outsider(ctx, _mark(sent, words))
    files = [await ctx.uow.attachments.add_file(_file(ctx, each)) for each in sent]
    fitting = [file.id for file in files if file.state is FileState.WAITING]
    said = words if words.strip() else _mark(sent, words)
    answer = await (say(ctx, said, fitting) if ctx.in_group else answer_outsider(ctx, said, fitting))
    refused = () if len(fitting) == len(files) else (_too_large(),)
    answered = answer.replies if isinstance(answer, Outcome) else (answer,) if answer is not None else ()
    return Outcome((*answered, *refused))


def _mark(sent: Sequence[Attachment], words: str) -> str:
    """What staff read of a stranger's files: their names and the words beside them."""
    names = [one_line(clean(each.name or "")).strip() for each in sent]
    return "\n".join([*(f"📎 {name}".strip() for name in names), words])


def _file(ctx: ChatContext, sent: Attachment) -> AttachedFile:
    event = ctx.event
    file = AttachedFile(
        channel=event.channel,
        ref=sent.ref[:LONGEST_REF],
        kind=AttachmentKind(sent.kind) if sent.kind in set(AttachmentKind) else AttachmentKind.FILE,
        name=one_line(clean(sent.name or ""))[:LONGEST_NAME].strip() or None,
        claimed_type=(sent.mime or "")[:200] or None,
        claimed_size=sent.size,
        place=event.conversation.key,
        message=event.message,
        album=(sent.album or "")[:200] or None,
        staff_id=ctx.staff.id if ctx.staff is not None else None,
        identity_id=ctx.identity.id if ctx.staff is None else None,
        due_at=ctx.now,
        created_at=ctx.now,
    )
    refuse_too_large(file)
    return file


async def _on_voice(ctx: ChatContext, files: Sequence[AttachedFile]) -> tuple[Reply, ...]:
    """Nobody listens to it: said once, with what is understood instead."""
    if not any(file.kind is AttachmentKind.VOICE for file in files):
        return ()
    hint = Reply("voice-kept", card=f"voice:{ctx.actor.id}", fresh=True, private=True)
    said = await ctx.uow.notifications.keys_said(str(hint.card), since=EVER)
    return () if hint.key in said else (hint,)


def is_answer(words: str) -> bool:
    """``/r …`` beside a file: it goes to the customer."""
    try:
        found = read_command(words) if words.strip() else None
    except CrmError:
        return False
    return found is not None and found[0].name == "r"


def _too_large() -> Reply:
    return Reply("attachment-too-large", {"limit": LARGEST_MEGABYTES}, fresh=True)


# ---------------------------------------------------------------- where it belongs


async def _join_album(ctx: ChatContext, files: Sequence[AttachedFile], *, has_words: bool) -> None:
    """What comes after the first of an album goes where that went, silently; anything else stays to be given.

    Words beside a later one are heard for themselves.
    """
    album = files[0].album if files else None
    if album is None:
        return
    event = ctx.event
    listed = await ctx.uow.attachments.list_album(event.channel, event.conversation.key, album, limit=MOST_OF_AN_ALBUM)
    earlier = [file.id for file in listed if file.id not in ctx.files and file.staff_id == ctx.actor.id]
    if not earlier:
        return
    used = await ctx.uow.attachments.list_using(earlier)
    if used:
        first = used[0]
        history = await ctx.uow.journal.history_of("attachments", first.id, limit=1)
        if history:
            ctx.uow.go_on(history[0].action_id)  # the album is one thing, also to undo
        if first.ticket_message_id is not None:
            await add_to_answer(ctx.uow, ctx.actor, first.ticket_message_id, ctx.take_files(), now=ctx.now)
            return
        owner = {name: getattr(first, name) for name in OWNERS}
        await attach_files(ctx.uow, ctx.actor, ctx.take_files(), **owner, now=ctx.now)
        return
    draft = await _draft_with(ctx, earlier)
    if draft is None or (draft.kind == KIND and has_words):
        return  # with its words it becomes a report, which takes along what waits
    if draft.kind == ANSWER:
        add_files(draft, ctx.take_files())
        return
    draft.content["files"] = [*draft.content["files"], *ctx.take_files()]


async def _draft_with(ctx: ChatContext, file_ids: Sequence[int]) -> Draft | None:
    """The card on which these files wait."""
    event, since = ctx.event, ctx.now - ALBUM_LASTS
    for kind in (ENTRY, KIND, ANSWER):
        draft = await ctx.uow.drafts.find_latest(
            ctx.actor.id, event.channel, event.conversation.key, since=since, kind=kind
        )
        if draft is not None and set(file_ids) & set(draft.content.get("files", ())):
            return draft
    return None


async def _left(ctx: ChatContext, *, alone: bool) -> Reply | None:
    """To the card that it replies to, else to the card that waits or to what was saved a moment ago, whichever came last,
    else its sender is asked.

    Beside words of its own it is no part of what was saved before them.
    """
    return (
        await _to_replied_card(ctx)
        or (await _to_what_was_saved(ctx) if alone and await _saved_last(ctx) else None)
        or await _to_open_card(ctx)
        or (await _to_what_was_saved(ctx) if alone else None)
        or await ask_whose(ctx)
    )


async def _to_replied_card(ctx: ChatContext) -> Reply | None:
    event = ctx.event
    if event.reply_to is None:
        return None
    card = await ctx.uow.cards.find(event.channel, event.conversation.key, event.reply_to)
    record, _, record_id = (card.record if card else "").partition(":")
    if not record_id.isdecimal():
        return None
    if record == "draft":
        try:
            draft = await ctx.uow.drafts.get_for(ctx.actor.id, int(record_id))
        except RecordNotFound:
            return None
        return await _to_card(ctx, draft) if draft.kind == ENTRY else None
    return await give_to_record(ctx, record, int(record_id), ctx.take_files()) if record in LETTERS else None


async def _saved_last(ctx: ChatContext) -> bool:
    """Whether a card was saved here since any that waits was touched: that one was left for it."""
    event = ctx.event
    draft = await ctx.uow.drafts.find_latest(
        ctx.actor.id, event.channel, event.conversation.key, since=ctx.now - TOGETHER
    )
    return draft is not None and draft.kind == SAVED


async def _to_open_card(ctx: ChatContext) -> Reply | None:
    event = ctx.event
    draft = await ctx.uow.drafts.find_latest(
        ctx.actor.id, event.channel, event.conversation.key, since=ctx.now - TOGETHER, kind=ENTRY
    )
    return None if draft is None else await _to_card(ctx, draft)


async def _to_card(ctx: ChatContext, draft: Draft) -> Reply:
    card = EntryCard.of(draft)
    card.files = [*card.files, *ctx.take_files()]
    await go_on_below(ctx, draft.id, Reply("attachment-below"))
    return keep_entry(ctx, draft, card, is_touched=False)


async def _to_what_was_saved(ctx: ChatContext) -> Reply | None:
    """What was saved here a moment ago; the photo becomes part of that, so that one Undo takes both back.

    The journal knows the channel and not the conversation: what somebody saved in private is not named in a group.
    """
    if ctx.in_group:
        return None
    for action in await ctx.uow.journal.actions_of(ctx.actor.id, limit=LOOKED_BACK):
        if action.undone_by is not None or action.name.startswith(NEXT_STEP):
            continue
        is_here = action.source.startswith(f"{ctx.event.channel}:")
        if action.name not in GOES_WITH or ctx.now - action.at > TOGETHER or not is_here:
            return None
        owner = owner_in(await ctx.uow.journal.changes_of(action.id))
        if owner is None:
            return None
        ctx.uow.go_on(action.id)
        return await give(ctx, ctx.take_files(), owner)
    return None
