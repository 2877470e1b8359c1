"""A form on every channel: opened where there are forms, asked field by field where there are none.

The form is a draft, so that it survives a restart and goes on from another channel. What its handler finds wrong
(``FieldErrors``) is shown at the fields, or asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from handlers.chat import Field, Form, FormClosed, Line, Phrase, Press, Receipt, Reply
from handlers.context import ChatContext, Outcome
from handlers.dialogs.asking import PATIENCE, draft_of, keep_draft
from handlers.dialogs.below import go_on_below
from handlers.dialogs.form_cards import (
    Filling,
    label_of,
    overview_card,
    question_card,
    shown_value,
    title_of,
    waiting_card,
)
from handlers.dialogs.form_steps import step_to_open, steps_of
from handlers.dialogs.only_answers import answers
from handlers.incoming import LONGEST_VALUE
from handlers.rendering.wording import clean
from handlers.router import ROUTES, Answer, ButtonTooOld, FieldErrors, content, form, number, press, question

KIND = "form"
CLEARS = frozenset({"-", "—", "none", "无", "清空"})
SKIPS = frozenset({"skip", "跳过"})


class FormGone(CrmError):
    """The form was sent off, dropped, or belongs to somebody else."""

    code = "form-gone"
    ends_card = True


async def ask_form(ctx: ChatContext, wanted: Form, *, errors: Mapping[str, Phrase] | None = None) -> Answer:
    """Have a form filled in; its handler (``@form``) gets the values, here or natively.

    A press opens it at once where the channel has forms, words where it can do that too; else they are answered with a card
    that opens it. Elsewhere the fields are asked one by one. ``errors`` are what is known to be wrong with the given values.
    """
    pressed, opens_at_once = isinstance(ctx.event.content, Press), _opens_at_once(ctx)
    if pressed and opens_at_once and len(wanted.fields) <= ctx.capabilities.form_fields:
        return Outcome(receipt=Receipt(form=wanted, field_errors=errors or {}))
    filling = Filling(form=wanted, errors=dict(errors or {}), fresh=not any(each.value for each in wanted.fields))
    draft = await keep_draft(ctx, KIND, filling.content())
    return _opened(ctx, draft, filling) if opens_at_once else await _show(ctx, draft, filling)


def _opens_at_once(ctx: ChatContext) -> bool:
    if isinstance(ctx.event.content, Press):
        return ctx.capabilities.forms
    return ctx.capabilities.forms and ctx.capabilities.opens_after_words and ctx.event.trigger is not None


def _opened(ctx: ChatContext, draft: Draft, filling: Filling, *, step: int | None = None) -> Outcome:
    """The native form, or the step of it where the person goes on."""
    steps = steps_of(draft, filling, size=ctx.capabilities.form_fields)
    shown = steps.form_of(step_to_open(steps, filling) if step is None else step)
    return Outcome(receipt=Receipt(form=shown, field_errors=filling.errors))


async def _show(
    ctx: ChatContext, draft: Draft, filling: Filling, *, asked: Field | None = None, error: Phrase | None = None
) -> Reply:
    if ctx.capabilities.forms:
        _keep(ctx, draft, filling, asking=None)
        return waiting_card(draft, filling)
    asked = asked or filling.next_to_ask()
    if asked is not None and draft.asking is None:
        await _quiet_others(ctx, draft)
    _keep(ctx, draft, filling, asking=asked.name if asked else None)
    return overview_card(draft, filling) if asked is None else question_card(draft, filling, asked, error=error)


async def _quiet_others(ctx: ChatContext, draft: Draft) -> None:
    """One open question a person and conversation: ours takes the place of what was asked before."""
    event = ctx.event
    other = await ctx.uow.drafts.find_question(ctx.actor.id, event.channel, event.conversation.key)
    if other is not None and other.id != draft.id:
        other.asking = None
        await ctx.uow.flush()


def _keep(ctx: ChatContext, draft: Draft, filling: Filling, *, asking: str | None) -> None:
    draft.content, draft.asking, draft.updated_at = filling.content(), asking, ctx.now
    draft.channel, draft.place = ctx.event.channel, ctx.event.conversation.key


# ---------------------------------------------------------------- answers


@question(KIND)
async def take_answer(ctx: ChatContext, text: str) -> Answer:
    """The words that answer the question of the form."""
    event = ctx.event
    draft = await ctx.uow.drafts.find_question(ctx.actor.id, event.channel, event.conversation.key)
    if draft is None or draft.kind != KIND or draft.asking is None:
        return None
    filling = Filling.of(draft)
    asked = filling.field(draft.asking)
    if asked is None or ctx.now - draft.updated_at > PATIENCE:
        draft.asking = None  # the person went on to something else; the form still waits
        return None
    if asked.kind != "long" and not await answers(ctx, draft, text, "field"):
        return None
    if text.strip().casefold() in SKIPS and not asked.required:
        _pass(filling, asked)
        await go_on_below(ctx, draft.id, _answered(filling, asked))
        return await _show(ctx, draft, filling)
    return await _take(ctx, draft, filling, asked, text)


async def _take(ctx: ChatContext, draft: Draft, filling: Filling, asked: Field, text: str) -> Answer:
    """Keep the answer and go on; one that cannot be taken is asked for again, and what stood there before stays."""
    tried = filling.copy()
    _put(tried, asked, text)
    wrong = await _wrong(ctx, tried, asked)
    if wrong is not None and asked.kind != "long" and not await answers(ctx, draft, text, "value"):
        return None
    await go_on_below(ctx, draft.id, _answered(tried, asked))
    if wrong is None:
        return await _show(ctx, draft, tried)
    if asked.name in filling.errors:  # it was wrong before, and still is
        filling.values[asked.name], filling.errors[asked.name] = tried.value(asked), wrong
    return await _show(ctx, draft, filling, asked=asked, error=wrong)


async def _wrong(ctx: ChatContext, tried: Filling, asked: Field) -> Phrase | None:
    """What whoever gets the form would have against this answer."""
    check = ROUTES.checks.get(tried.form.press.partition(":")[0])
    if check is None or not tried.value(asked) or asked.name in tried.errors:
        return None
    try:
        await check(ctx, {asked.name: tried.value(asked)})
    except FieldErrors as wrong:
        return wrong.errors.get(asked.name)
    return None


def _answered(filling: Filling, asked: Field) -> Reply:
    line = Line("form-line", {"label": label_of(filling, asked), "value": shown_value(filling, asked)})
    return Reply("form-answered", {"title": title_of(filling)}, lines=(line,))


def _put(filling: Filling, asked: Field, text: str) -> None:
    value = clean(text).strip()
    filling.errors.pop(asked.name, None)
    if len(value) > LONGEST_VALUE:
        filling.errors[asked.name] = Phrase("too-long", {"field": asked.name, "limit": LONGEST_VALUE})
    elif asked.choices and _choice(asked, value) is None and value.casefold() not in CLEARS:
        filling.errors[asked.name] = Phrase("form-choose-one")
    else:
        filling.values[asked.name] = "" if value.casefold() in CLEARS else _choice(asked, value) or value
        _pass(filling, asked)


def _choice(asked: Field, typed: str) -> str | None:
    return next((choice.value for choice in asked.choices if choice.value.casefold() == typed.casefold()), None)


def _pass(filling: Filling, asked: Field) -> None:
    filling.errors.pop(asked.name, None)
    if asked.name not in filling.passed:
        filling.passed.append(asked.name)


async def _load(ctx: ChatContext, argument: str) -> tuple[Draft, Filling]:
    draft = await draft_of(ctx, number(argument), kind=KIND, gone=FormGone)
    return draft, Filling.of(draft)


def _field_at(filling: Filling, argument: str) -> Field:
    index = number(argument)
    if index >= len(filling.form.fields):
        raise ButtonTooOld
    return filling.form.fields[index]


@press("form.show")
async def show(ctx: ChatContext, argument: str) -> Answer:
    """The form as it stands, for going on with it."""
    draft, filling = await _load(ctx, argument)
    return await _show(ctx, draft, filling)


@press("form.open")
async def open_form(ctx: ChatContext, argument: str) -> Answer:
    draft, filling = await _load(ctx, argument)
    if not ctx.capabilities.forms:
        return await _show(ctx, draft, filling)
    return _opened(ctx, draft, filling)


@press("form.ask")
async def ask_one(ctx: ChatContext, argument: str) -> Answer:
    draft_id, _, index = argument.partition(".")
    draft, filling = await _load(ctx, draft_id)
    return await _show(ctx, draft, filling, asked=_field_at(filling, index))


@press("form.set")
async def set_choice(ctx: ChatContext, argument: str) -> Answer:
    draft_id, _, rest = argument.partition(".")
    index, _, place = rest.partition(".")
    draft, filling = await _load(ctx, draft_id)
    asked = _field_at(filling, index)
    if number(place) >= len(asked.choices):
        raise ButtonTooOld
    filling.values[asked.name] = asked.choices[number(place)].value
    _pass(filling, asked)
    return await _show(ctx, draft, filling)


@press("form.skip")
async def skip(ctx: ChatContext, argument: str) -> Answer:
    draft_id, _, index = argument.partition(".")
    draft, filling = await _load(ctx, draft_id)
    asked = _field_at(filling, index)
    if asked.name in filling.errors:  # skipping a wrong value leaves it out
        filling.values[asked.name] = ""
    _pass(filling, asked)
    return await _show(ctx, draft, filling)


@press("form.cancel")
async def cancel(ctx: ChatContext, argument: str) -> Reply:
    draft, filling = await _load(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    return Reply("form-dropped", {"title": title_of(filling)})


@press("form.save")
async def save(ctx: ChatContext, argument: str) -> Answer:
    draft, filling = await _load(ctx, argument)
    if filling.missing() is not None:
        return await _show(ctx, draft, filling)
    values = {each.name: filling.value(each) for each in filling.form.fields}
    try:
        return await _hand_over(ctx, draft, filling, values)
    except FieldErrors as wrong:
        filling.errors = dict(wrong.errors)
        return await _show(ctx, draft, filling)


@form("form.send")
async def send(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Answer:
    """The native form of a draft was sent off; its errors travel in the platform's own answer."""
    draft_id, _, step = argument.partition(".")
    draft, filling = await _load(ctx, draft_id)
    if step:
        return await _send_step(ctx, draft, filling, number(step), values)
    return await _hand_over(ctx, draft, filling, values)


async def _send_step(ctx: ChatContext, draft: Draft, filling: Filling, step: int, values: Mapping[str, str]) -> Answer:
    """Keep what one step holds and open the next; after the last, the whole is handed over."""
    for each in filling.form.fields:
        if each.name in values:
            filling.values[each.name] = values[each.name]
            _pass(filling, each)
    _keep(ctx, draft, filling, asking=None)
    if step + 1 < steps_of(draft, filling, size=ctx.capabilities.form_fields).count:
        return _opened(ctx, draft, filling, step=step + 1)
    try:
        return await _hand_over(ctx, draft, filling, {each.name: filling.value(each) for each in filling.form.fields})
    except FieldErrors as wrong:
        if wrong.errors.keys() & values.keys():
            raise  # they are shown where the person stands
        filling.errors = dict(wrong.errors)
        _keep(ctx, draft, filling, asking=None)
        return _opened(ctx, draft, filling)


@content(FormClosed)
async def close(ctx: ChatContext, closed: FormClosed) -> Answer:
    """A form that was closed half-way, or that words filled in wrongly, waits on a card; an untouched one is forgotten."""
    verb, _, argument = closed.form.partition(":")
    draft_id = argument.partition(".")[0]
    if verb != "form.send" or ctx.staff is None or not draft_id.isdecimal():
        return None
    try:
        draft = await ctx.uow.drafts.get_for(ctx.staff.id, int(draft_id))
    except RecordNotFound:
        return None  # it was sent off meanwhile, in another window
    if draft.kind != KIND or await ctx.uow.cards.places_of(f"draft:{draft.id}", limit=1):
        return None  # its card stands already
    filling = Filling.of(draft)
    if filling.values or filling.errors:
        return waiting_card(draft, filling)
    await ctx.uow.drafts.remove(draft)
    return None


async def _hand_over(ctx: ChatContext, draft: Draft, filling: Filling, values: Mapping[str, str]) -> Answer:
    """Give the values to whoever asked for them. A handler raises FieldErrors before it writes anything."""
    verb, _, argument = filling.form.press.partition(":")
    handler = ROUTES.forms.get(verb)
    if handler is None:
        raise FormGone
    answer = await handler(ctx, argument, values)
    await ctx.uow.drafts.remove(draft)
    return answer
