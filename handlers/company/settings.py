"""What the whole company has set, in chat: topics, each with its values and forms. Every change is shown before it is kept.

One way for all of it: a form or a button makes the topic as it is to be, the preview says what differs and what that does,
and Save changes the company by the same action as a file does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.company.changing import change_company, keeping_names, must_be_theirs_to_set
from domain.company.differences import differences
from domain.company.effects import effects_of
from domain.company.keeping import dumped, settings_of
from domain.company.named import NamedList
from domain.company.topics import TOPICS, CompanySettings
from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.model import WORKERS
from handlers.chat import Button, Line, Phrase, Reply
from handlers.company.cards import card_of, edit_button
from handlers.company.forms import LEVELS, entries_of, form_of, name_form, read_form, with_name
from handlers.company.role_fields import field_buttons, role_name, turned
from handlers.company.words import (
    LISTS,
    difference_line,
    effect_line,
    told,
)
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import draft_of, keep_draft
from handlers.dialogs.forms import ask_form
from handlers.notices import Batch, Decision, notice
from handlers.router import LEADERS, Answer, ButtonTooOld, WrongUsage, command, form, number, press

KIND = "company-setting"  # a draft: a change that is looked at and not kept yet
BACK = Button("button-back", press="company.show:")
MOST_SHOWN = 20  # differences on one card


class SettingGone(CrmError):
    """The change was kept or dropped, or is somebody else's."""

    code = "setting-gone"
    ends_card = True


class LastOffered(CrmError):
    """A list of stages needs one to begin with."""

    code = "last-offered"


@command("company", "公司设置", who=LEADERS)
async def company(ctx: ChatContext, rest: str) -> Reply:
    """The topics, without the way through one's own settings."""
    if rest.strip():
        raise WrongUsage("company")
    return await show(ctx, "")


@press("company.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    """The topics."""
    ctx.allow(*LEADERS)
    topics = [topic for topic in TOPICS if topic not in {"greeting", "retention", "teams"}]
    buttons = tuple(Button(f"topic-{topic}", press=f"company.topic:{topic}") for topic in topics)
    teams = Button("topic-teams", press="team.tree:")
    greeting = Button("settings-customers-button", press="greeting.show:")
    back = Button("button-back", press="settings.show:")
    return Reply("company-settings", buttons=(*buttons, teams, greeting, back), private=True)


@press("company.topic")
async def topic_card(ctx: ChatContext, argument: str) -> Reply:
    return await _topic(ctx, argument)


async def _topic(ctx: ChatContext, topic: str, *, said: str = "company-topic", undo: bool = False) -> Reply:
    ctx.allow(*LEADERS)
    if topic not in TOPICS:
        raise ButtonTooOld
    settings = settings_of(ctx.company)
    lines, buttons = card_of(settings, topic)
    last = (undo_button(), BACK) if undo else (BACK,)
    note = {"topic": Phrase(f"topic-{topic}")}
    return Reply(said, note, lines=tuple(lines), buttons=(*buttons, *last), private=True)


@press("company.people")
async def people(ctx: ChatContext, argument: str) -> Reply:
    """How many tickets each may have at once."""
    ctx.allow(*LEADERS)
    service = settings_of(ctx.company).service
    lines = [
        Line(
            "setting-person",
            {
                "name": person.name,
                "count": service.capacity_of.get(person.id, service.capacity),
                "own": person.id in service.capacity_of,
            },
            buttons=(edit_button("service", str(person.id)),),
        )
        for person in await _workers(ctx.uow)
    ]
    back = Button("button-back", press="company.topic:service")
    return Reply("company-people", lines=tuple(lines), buttons=(back,), private=True)


async def _workers(uow: UnitOfWork) -> Sequence[Staff]:
    return [person for person in await uow.staff.list_active() if person.role in WORKERS][:MOST_SHOWN]


# ---------------------------------------------------------------- a change is made


def _two(argument: str) -> tuple[str, str]:
    topic, _, item = argument.partition(".")
    if topic not in TOPICS or not item:
        raise ButtonTooOld
    return topic, item


@press("company.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    topic, item = _two(argument)
    if not entries_of(topic, item, settings_of(ctx.company)):
        raise ButtonTooOld
    return await ask_form(ctx, form_of(topic, item, settings_of(ctx.company), await _title(ctx, topic, item)))


async def _title(ctx: ChatContext, topic: str, item: str) -> dict[str, object]:
    if topic == "service" and item in LEVELS:
        return {"topic": Phrase(f"level-{item}")}
    if topic == "service" and item.isdecimal():
        person = next((each for each in await _workers(ctx.uow) if each.id == number(item)), None)
        if person is None:
            raise ButtonTooOld
        return {"topic": person.name}
    return {"topic": Phrase(f"topic-{topic}")}


@form("company.change")
async def take_values(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    ctx.allow(*LEADERS)
    topic, item = _two(argument)
    if not entries_of(topic, item, settings_of(ctx.company)):
        raise ButtonTooOld
    await _title(ctx, topic, item)  # also that the person whose number it is works here
    settings = settings_of(ctx.company)
    return await _preview(ctx, topic, read_form(topic, item, settings, values))


@press("company.rename")
async def rename(ctx: ChatContext, argument: str) -> Answer:
    listed, topic, key = _listed(ctx, argument)
    named = listed.find(key)
    if named is None and key != "new":
        raise ButtonTooOld
    return await ask_form(ctx, name_form(topic, key, named))


@form("company.name")
async def take_name(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    listed, topic, key = _listed(ctx, argument)
    return await _preview(ctx, topic, with_name(listed, key, values))


@press("company.up")
async def move_up(ctx: ChatContext, argument: str) -> Reply:
    listed, topic, key = _listed(ctx, argument)
    keys = [each.key for each in listed]
    if key not in keys[1:]:
        raise ButtonTooOld
    place, entries = keys.index(key), list(listed)
    entries[place - 1 : place + 1] = [entries[place], entries[place - 1]]
    return await _preview(ctx, topic, type(listed).model_validate(tuple(entries)))


@press("company.offer")
async def offer(ctx: ChatContext, argument: str) -> Reply:
    """Offered no longer, or again."""
    listed, topic, key = _listed(ctx, argument)
    if listed.find(key) is None:
        raise ButtonTooOld
    entries = tuple(
        each.model_copy(update={"offered": not each.offered}) if each.key == key else each for each in listed
    )
    if sum(each.offered for each in entries) < listed.LEAST:
        raise LastOffered
    return await _preview(ctx, topic, type(listed).model_validate(entries))


@press("company.fields")
async def show_fields(ctx: ChatContext, argument: str) -> Reply:
    """What is masked or locked for one role, each field a press."""
    ctx.allow(*LEADERS)
    topic, role = _two(argument)
    buttons = field_buttons(settings_of(ctx.company), topic, role)
    back = Button("button-back", press=f"company.topic:{topic}")
    facts = {"topic": Phrase(f"topic-{topic}"), "role": role_name(role), "kind": topic}
    return Reply("company-fields", facts, buttons=(*buttons, back), private=True)


@press("company.turn")
async def turn_field(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    topic, rest = _two(argument)
    role, _, field = rest.partition(".")
    return await _preview(ctx, topic, turned(settings_of(ctx.company), topic, role, field))


def _listed(ctx: ChatContext, argument: str) -> tuple[NamedList, str, str]:
    ctx.allow(*LEADERS)
    topic, key = _two(argument)
    if topic not in LISTS:
        raise ButtonTooOld
    listed: NamedList = getattr(settings_of(ctx.company), topic)
    return listed, topic, key


# ---------------------------------------------------------------- it is looked at, and kept


async def _preview(ctx: ChatContext, topic: str, value: BaseModel) -> Reply:
    settings = settings_of(ctx.company)
    if getattr(settings, topic) == value:
        return await _topic(ctx, topic, said="company-same")
    must_be_theirs_to_set(ctx.actor, settings, settings.model_copy(update={topic: value}))
    content = {"topic": topic, "value": dumped(value), "base": dumped(getattr(settings, topic))}
    draft = await keep_draft(ctx, KIND, content)
    return await _unsaved(ctx, draft, settings, value)


async def _unsaved(
    ctx: ChatContext, draft: Draft, settings: CompanySettings, value: BaseModel, *, said: str = "company-preview"
) -> Reply:
    topic = draft.content["topic"]
    wanted = keeping_names(settings, settings.model_copy(update={topic: value}))
    found = differences(settings, wanted)
    names = {person.id: person.name for person in await ctx.uow.staff.list_active()}
    lines = [difference_line(each, names) for each in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        lines.append(Line("setting-more", {"count": len(found) - MOST_SHOWN}))
    lines += [effect_line(effect) for effect in await effects_of(ctx.uow, settings, wanted, now=ctx.now)]
    buttons = (
        Button("button-save", press=f"company.save:{draft.id}", is_main=True),
        Button("button-cancel", press=f"company.drop:{draft.id}"),
    )
    facts = {"topic": Phrase(f"topic-{topic}")}
    return Reply(said, facts, lines=tuple(lines), buttons=buttons, card=f"draft:{draft.id}", private=True)


async def _draft(ctx: ChatContext, argument: str) -> Draft:
    ctx.allow(*LEADERS)
    return await draft_of(ctx, number(argument), kind=KIND, gone=SettingGone)


@press("company.save")
async def save(ctx: ChatContext, argument: str) -> Reply:
    """What somebody else changed meanwhile is shown first, and not overwritten unseen."""
    draft = await _draft(ctx, argument)
    topic = draft.content["topic"]
    settings = settings_of(ctx.company)
    current: BaseModel = getattr(settings, topic)
    value = type(current).model_validate(draft.content["value"])
    if dumped(current) != draft.content["base"]:
        draft.content = {**draft.content, "base": dumped(current)}
        return await _unsaved(ctx, draft, settings, value, said="company-preview-anew")
    await ctx.uow.drafts.remove(draft)
    await change_company(ctx.uow, ctx.actor, settings.model_copy(update={topic: value}), now=ctx.now)
    return await _topic(ctx, topic, said="company-saved", undo=True)


@press("company.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    draft = await _draft(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    return await _topic(ctx, draft.content["topic"])


@notice("company-changed")
async def changed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """One line: who changed what."""
    names = {person.id: person.name for person in await uow.staff.list_active()}
    return {
        row.id: Reply(
            "company-changed",
            {"who": row.facts["who"], "what": told(row.facts["what"], names), "more": row.facts["more"]},
        )
        for row in batch.rows
    }
