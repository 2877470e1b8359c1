"""Answers to customers. Nothing goes but by /r or a Send, and what goes stands on the card first, to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from domain.drafts.model import Draft
from domain.notifications.standing import edit_cards
from domain.ports import UnitOfWork
from domain.tickets.answering import answer_ticket, recall_answer, send_now
from domain.tickets.errors import NobodyToAnswer
from domain.tickets.queries import MessageView
from domain.tickets.words import said
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import ask_words, draft_of, drop_question, keep_draft, open_question
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import SUPPORT, Answer, ButtonTooOld, WrongUsage, command, number, press, question
from handlers.tickets.buttons import fresh_view, show_ticket
from handlers.tickets.canned import filled, is_canned
from handlers.tickets.cards import asking_card, facts_of
from handlers.tickets.words import names_ticket, which_ticket

ASKED = "ticket-reply"  # a draft: the next words are an answer
ATTACHED = "📎"  # stands for files without words
DRAFT = "ticket-draft"  # an answer that waits for Send


@command("r", "回复", who=SUPPORT, bare=names_ticket)
async def answer(ctx: ChatContext, rest: str) -> Reply:
    """``/r T18 text`` is itself the act: what the customer will read stands ten seconds, then goes by itself; and so do
    files, beside which it is written."""
    ticket_id, words = await which_ticket(ctx, rest, "r")
    files = ctx.take_files()
    if not words and not files:
        raise WrongUsage("r")
    if is_canned(words):
        words = await filled(ctx, ticket_id, words)
    words = words or ATTACHED * len(files)
    message = await answer_ticket(ctx.uow, ctx.actor, ticket_id, words, now=ctx.now, files=files)
    return await _card(ctx, message.id)


async def _card(ctx: ChatContext, message_id: int) -> Reply:
    await ctx.uow.flush()
    return answer_card((await ctx.uow.tickets.list_message_views([message_id]))[0])


def answer_card(message: MessageView) -> Reply:
    """How an answer stands: going, with Recall and Send; sent, recalled, or not delivered."""
    facts = {"ticket": message.ticket_id, "preview": preview(message.ticket_id, message.by or "", message.text)}
    is_going = message.state == "going"
    buttons = (
        Button("button-recall", press=f"ticket.recall:{message.id}", is_main=True),
        Button("button-send", press=f"ticket.now:{message.id}"),
    )
    back = (Button("button-ticket", press=f"ticket.fresh:{message.ticket_id}", facts={"ticket": message.ticket_id}),)
    return Reply(
        f"ticket-answer-{message.state}",
        facts,
        buttons=buttons if is_going else back,
        card=f"answer:{message.id}" if is_going else f"answered:{message.id}",
        private=True,
    )


def preview(ticket_id: int, by: str, text: str) -> Phrase:
    """What the customer reads, to the letter: the same text renders both."""
    return Phrase("ticket-answer", {"ticket": ticket_id, "by": by, "text": text})


@press("ticket.recall")
async def recall(ctx: ChatContext, argument: str) -> Reply:
    message = await recall_answer(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    return await _card(ctx, message.id)


@press("ticket.now")
async def send_at_once(ctx: ChatContext, argument: str) -> Reply:
    """Do not wait for the rest of the ten seconds."""
    message = await send_now(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    card = await _card(ctx, message.id)
    return Reply("ticket-answer-leaves", card.facts, card=card.card) if card.key == "ticket-answer-going" else card


@press("ticket.fresh")
async def show_below(ctx: ChatContext, argument: str) -> Reply:
    card = await show_ticket(ctx, number(argument))
    return Reply(card.key, card.facts, lines=card.lines, buttons=card.buttons, card=card.card, fresh=True)


@notice("ticket-answer-card")
async def answers_ended(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The preview says what became of it; whoever wrote what did not arrive is told."""
    found = {
        view.id: view for view in await uow.tickets.list_message_views([row.facts["message"] for row in batch.rows])
    }
    views = ((row, found.get(row.facts["message"])) for row in batch.rows)
    return {
        row.id: answer_card(view) if view is not None and view.state != "going" else Skip("gone") for row, view in views
    }


# ---------------------------------------------------------------- a draft with Send


@press("ticket.reply")
async def ask_words_for_customer(ctx: ChatContext, argument: str) -> Reply:
    """The next message becomes a draft; nothing goes before Send."""
    view = await _answerable(ctx, number(argument))
    await ask_words(ctx, ASKED, "words", ticket=view)
    buttons = (
        Button("button-canned", press=f"ticket.canned:{view}"),
        Button("button-back", press=f"ticket.show:{view}"),
    )
    return Reply("ticket-ask-reply", facts_of(await fresh_view(ctx, view)), buttons=buttons, card=asking_card(view))


async def _answerable(ctx: ChatContext, ticket_id: int) -> int:
    """Refused before anybody types, where the words would get nowhere. Raises RecordNotFound, TicketDone, NobodyToAnswer."""
    ticket = await ctx.uow.tickets.get_for(ctx.actor, ticket_id)
    ticket.must_be_active()
    if not await ctx.uow.tickets.is_reachable(ticket):
        raise NobodyToAnswer(ticket=ticket.id, customer=ticket.customer_id)
    return ticket.id


@question(ASKED)
async def take_words(ctx: ChatContext, text: str) -> Answer:
    """Whatever is said is the draft: it goes nowhere by itself."""
    asked = await open_question(ctx, ASKED)
    if asked is None:
        return None
    await ctx.uow.drafts.remove(asked)
    return await draft_answer(ctx, asked.content["ticket"], text, ctx.take_files())


async def take_files_as_answer(ctx: ChatContext) -> Reply | None:
    """Files without words while an answer is asked for; None while none is."""
    asked = await open_question(ctx, ASKED)
    if asked is None:
        return None
    files = ctx.take_files()
    await ctx.uow.drafts.remove(asked)
    return await draft_answer(ctx, asked.content["ticket"], ATTACHED * len(files), files)


async def draft_answer(ctx: ChatContext, ticket_id: int, text: str, files: Sequence[int] = ()) -> Reply:
    await ctx.uow.tickets.get_for(ctx.actor, ticket_id)
    words = await filled(ctx, ticket_id, text) if is_canned(text) else said(text)
    draft = await keep_draft(ctx, DRAFT, {"ticket": ticket_id, "text": words, "files": list(files)})
    await asked_enough(ctx, ticket_id)
    return _draft_card(ctx, draft)


async def asked_enough(ctx: ChatContext, ticket_id: int) -> None:
    """The card that asked shows the ticket again."""
    facts = {"ticket": ticket_id}
    await edit_cards(ctx.uow, asking_card(ticket_id), key="ticket-card-stands", facts=facts, now=ctx.now)


def add_files(draft: Draft, files: Sequence[int]) -> None:
    """What comes after the first file of an album goes with it."""
    content = draft.content
    is_wordless = not content["text"].replace(ATTACHED, "")
    text = content["text"] + ATTACHED * len(files) if is_wordless else content["text"]
    draft.content = {**content, "text": text, "files": [*content["files"], *files]}


def _draft_card(ctx: ChatContext, draft: Draft) -> Reply:
    ticket_id = draft.content["ticket"]
    buttons = (
        Button("button-send", press=f"ticket.send:{draft.id}", is_main=True),
        Button("button-edit", press=f"ticket.again:{draft.id}"),
        Button("button-cancel", press=f"ticket.drop:{draft.id}"),
    )
    facts = {"ticket": ticket_id, "preview": preview(ticket_id, ctx.actor.name, draft.content["text"])}
    return Reply("ticket-draft", facts, buttons=buttons, card=f"draft:{draft.id}", private=True)


async def _own(ctx: ChatContext, argument: str) -> Draft:
    return await draft_of(ctx, number(argument), kind=DRAFT, gone=ButtonTooOld)


@press("ticket.send")
async def send(ctx: ChatContext, argument: str) -> Reply:
    """Pressed twice the draft is gone, so that it is sent once."""
    draft = await _own(ctx, argument)
    content = draft.content
    files = content.get("files", ())
    message = await answer_ticket(
        ctx.uow, ctx.actor, content["ticket"], content["text"], now=ctx.now, wait=timedelta(), files=files
    )
    await ctx.uow.drafts.remove(draft)
    facts = {"ticket": message.ticket_id, "preview": preview(message.ticket_id, ctx.actor.name, message.text)}
    return Reply("ticket-answer-leaves", facts, card=f"answer:{message.id}")


@press("ticket.again")
async def write_again(ctx: ChatContext, argument: str) -> Reply:
    draft = await _own(ctx, argument)
    ticket_id = draft.content["ticket"]
    await ctx.uow.drafts.remove(draft)
    return await ask_words_for_customer(ctx, str(ticket_id))


@press("ticket.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    draft = await _own(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    await drop_question(ctx, ASKED)
    return await show_ticket(ctx, draft.content["ticket"])
