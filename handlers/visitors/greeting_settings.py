"""How customers are greeted, in the company's own words: leaders change them, and see them before they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from domain.company.greeting import (
    DAYS,
    YEARS,
    WrongRetention,
    change_greeting,
    change_retention,
    own_words,
    strangers_kept,
    tickets_kept_years,
)
from domain.company.greeting_words import GROUP, PARTS, PLACEHOLDERS, PRIVATE, UnknownPlaceholder, checked
from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.leads.errors import TooLong
from handlers.chat import Button, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import draft_of, keep_draft
from handlers.dialogs.forms import ask_form
from handlers.router import LEADERS, Answer, ButtonTooOld, FieldErrors, fold, form, number, press
from handlers.visitors.greeting import about_us, greeting_preview
from locales import LANGUAGES

KIND = "greeting"  # a draft: words that are looked at and not kept yet
BACK = Button("button-back", press="greeting.show:")
SOMEBODY = {"en": "Jane", "zh-CN": "张伟"}  # who is greeted in a preview


class GreetingGone(CrmError):
    """The words were kept or dropped, or are somebody else's."""

    code = "greeting-gone"
    ends_card = True


@press("greeting.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return _settings(ctx)


def _settings(ctx: ChatContext, *, undo: bool = False) -> Reply:
    ctx.allow(*LEADERS)
    company = ctx.company
    parts = tuple(
        Line(
            "greeting-part",
            {
                "part": Phrase(f"greeting-part-{part}"),
                "own": any(own_words(company, part, language) for language in LANGUAGES),
            },
            buttons=(Button("button-edit", press=f"greeting.edit:{part}", opens_form=True),),
        )
        for part in PARTS
    )
    kept = Line(
        "greeting-kept",
        {"days": strangers_kept(company).days, "years": tickets_kept_years(company)},
        buttons=(Button("button-edit", press="greeting.keep:", opens_form=True),),
    )
    looks = tuple(Button(f"preview-{language}", press=f"greeting.preview:{language}") for language in LANGUAGES)
    back = Button("button-back", press="company.show:")
    last = (undo_button(), back) if undo else (back,)
    return Reply("greeting-settings", lines=(*parts, kept), buttons=(*looks, *last), private=True)


@press("greeting.preview")
async def preview(ctx: ChatContext, argument: str) -> Reply:
    """As customers read it now, in one of the languages."""
    ctx.allow(*LEADERS)
    if argument not in LANGUAGES:
        raise ButtonTooOld
    channel, name = ctx.event.channel, SOMEBODY[argument]
    lines = tuple(
        greeting_preview(
            ctx.company, argument, channel, part=part, own=own_words(ctx.company, part, argument) or "", name=name
        )
        for part in (PRIVATE, GROUP)
    )
    lines = (*lines, *about_us(ctx.company, argument, channel))
    others = tuple(
        Button(f"preview-{other}", press=f"greeting.preview:{other}") for other in LANGUAGES if other != argument
    )
    return Reply("greeting-preview", lines=lines, buttons=(*others, BACK), locale=argument, private=True)


# ---------------------------------------------------------------- the words


@press("greeting.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    if argument not in PARTS:
        raise ButtonTooOld
    texts = {language: own_words(ctx.company, argument, language) or "" for language in LANGUAGES}
    return await ask_form(ctx, _form(argument, texts))


def _form(part: str, texts: Mapping[str, str]) -> Form:
    fields = tuple(
        Field(_field(language), f"greeting-field-{language}", "long", value=texts[language], hint="greeting-hint")
        for language in LANGUAGES
    )
    known = [f"{{{name}}}" for name in PLACEHOLDERS[part]]
    return Form(
        f"greeting.words:{part}",
        "greeting-form",
        fields,
        "button-look",
        {"part": Phrase(f"greeting-part-{part}"), "known": known},
    )


def _field(language: str) -> str:
    return f"text_{language.replace('-', '_').lower()}"


@form("greeting.words")
async def take_words(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    """Checked, and shown before they are kept. What is wrong is said at its field."""
    ctx.allow(*LEADERS)
    if argument not in PARTS:
        raise ButtonTooOld
    errors: dict[str, Phrase] = {}
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        try:
            texts[language] = checked(argument, values.get(_field(language), ""))
        except (UnknownPlaceholder, TooLong) as wrong:
            errors[_field(language)] = Phrase(wrong.code, wrong.facts)
    if errors:
        raise FieldErrors(errors)
    draft = await keep_draft(ctx, KIND, {"part": argument, "texts": texts})
    return _unsaved(ctx, draft, LANGUAGES[0])


def _unsaved(ctx: ChatContext, draft: Draft, language: str) -> Reply:
    part, texts = draft.content["part"], draft.content["texts"]
    line = greeting_preview(
        ctx.company, language, ctx.event.channel, part=part, own=texts[language], name=SOMEBODY[language]
    )
    others = tuple(
        Button(f"preview-{other}", press=f"greeting.see:{draft.id}.{other}") for other in LANGUAGES if other != language
    )
    buttons = (
        Button("button-save", press=f"greeting.save:{draft.id}", is_main=True),
        Button("button-edit", press=f"greeting.again:{draft.id}", opens_form=True),
        *others,
        BACK,
    )
    return Reply(
        "greeting-unsaved",
        {"part": Phrase(f"greeting-part-{part}")},
        lines=(line,),
        buttons=buttons,
        card=f"draft:{draft.id}",
        locale=language,
        private=True,
    )


async def _draft(ctx: ChatContext, argument: str) -> Draft:
    ctx.allow(*LEADERS)
    return await draft_of(ctx, number(argument), kind=KIND, gone=GreetingGone)


@press("greeting.see")
async def see(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, language = argument.partition(".")
    if language not in LANGUAGES:
        raise ButtonTooOld
    return _unsaved(ctx, await _draft(ctx, draft_id), language)


@press("greeting.again")
async def again(ctx: ChatContext, argument: str) -> Answer:
    draft = await _draft(ctx, argument)
    return await ask_form(ctx, _form(draft.content["part"], draft.content["texts"]))


@press("greeting.save")
async def save(ctx: ChatContext, argument: str) -> Reply:
    draft = await _draft(ctx, argument)
    ctx.company = await change_greeting(ctx.uow, ctx.actor, draft.content["part"], draft.content["texts"], now=ctx.now)
    await ctx.uow.drafts.remove(draft)
    return _settings(ctx, undo=True)


# ---------------------------------------------------------------- how long it is kept


@press("greeting.keep")
async def ask_keep(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    fields = (
        Field("days", "greeting-field-days", "number", required=True, value=str(strangers_kept(ctx.company).days)),
        Field("years", "greeting-field-years", "number", required=True, value=str(tickets_kept_years(ctx.company))),
    )
    return await ask_form(ctx, Form("greeting.retention:", "greeting-kept-form", fields))


@form("greeting.retention")
async def take_retention(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    ctx.allow(*LEADERS)
    errors: dict[str, Phrase] = {}
    read: dict[str, int] = {}
    for name, allowed in (("days", DAYS), ("years", YEARS)):
        typed = fold(values.get(name, "")).strip()
        if typed.isdecimal() and len(typed) <= 6 and int(typed) in allowed:
            read[name] = int(typed)
        else:
            wrong = WrongRetention(typed=typed[:20] or "–", least=allowed.start, most=allowed.stop - 1)
            errors[name] = Phrase(wrong.code, wrong.facts)
    if errors:
        raise FieldErrors(errors)
    ctx.company = await change_retention(ctx.uow, ctx.actor, days=read["days"], years=read["years"], now=ctx.now)
    return _settings(ctx, undo=True)
