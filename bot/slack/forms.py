"""Forms as modals: fields as input blocks, and what was filled in back again.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.slack.elements import block_text, input_block, mrkdwn_section
from bot.slack.payloads import Json, objects, part, word
from handlers.chat import FormClosed, FormFilled, RenderedField, RenderedForm
from handlers.rendering.wording import shortened

FORM = "form"
TITLE_LIMIT = 24
FIELDS_AT_ONCE = 20
"""Of a hundred blocks; more fields on one modal are more than anybody fills in at a stretch."""
META_LIMIT = 3000
VALUE_LIMIT = 3000
OPTION_VALUE_LIMIT = 149
OPTIONS_LIMIT = 100
BUTTONS_LIMIT = 5
"""So many choices stand side by side; more of them are a list to choose from."""
ELEMENT = "value"
MARK = "="
"""Before each option's value, because Slack takes no empty one."""
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What a modal carries along: ``form`` is ``Form.press``; ``place`` and ``message`` say where its card stands,
    ``extra`` how to answer privately."""

    form: str = ""
    place: str = ""
    message: str | None = None
    home: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> str:
        full = {
            "form": self.form,
            "place": self.place,
            "message": self.message,
            "home": self.home,
            "extra": dict(self.extra),
        }
        text = json.dumps({name: value for name, value in full.items() if value}, ensure_ascii=False)
        return text if len(text) <= META_LIMIT else replace(self, extra={}, message=None).written()

    @classmethod
    def read(cls, text: str) -> Meta:
        try:
            known = json.loads(text)
            extra = known.get("extra") or {}
            return cls(
                form=str(known.get("form") or ""),
                place=str(known.get("place") or ""),
                message=known.get("message"),
                home=known.get("home") is True,
                extra={str(name): str(value) for name, value in extra.items()},
            )
        except (ValueError, AttributeError):
            return cls()


@dataclass(frozen=True, kw_only=True)
class FormWords:
    """What stands on a modal beside the form's own words, in its reader's language."""

    cancel: str
    choose: str


def form_view(form: RenderedForm, *, meta: Meta, words: FormWords, errors: Mapping[str, str]) -> dict[str, Any]:
    """The modal of a form. ``errors`` are shown above their fields."""
    blocks: list[dict[str, Any]] = []
    if len(form.title) > TITLE_LIMIT:
        blocks.append(mrkdwn_section(form.title, bold=True))
    if form.note:
        blocks.append(mrkdwn_section(form.note))
    for each in form.fields:
        if each.name in errors:
            blocks.append(mrkdwn_section(f"⚠️ {errors[each.name]}"))
        blocks.append(
            input_block(
                _element(each, words), label=each.label, hint=each.hint, block_id=each.name, optional=not each.required
            )
        )
    view = modal(
        title=form.title,
        submit=form.submit,
        close=words.cancel,
        blocks=blocks,
        meta=replace(meta, form=form.press),
    )
    return {**view, "notify_on_close": True}


def modal(
    *, title: str, close: str, blocks: Sequence[Mapping[str, Any]], submit: str | None = None, meta: Meta | None = None
) -> dict[str, Any]:
    """A view for views.open and views.update."""
    view: dict[str, Any] = {
        "type": "modal",
        "title": block_text(title, TITLE_LIMIT),
        "close": block_text(close, TITLE_LIMIT),
        "blocks": list(blocks) or [mrkdwn_section("…")],
        "callback_id": FORM,
        "private_metadata": (meta or Meta()).written(),
    }
    if submit is not None:
        view["submit"] = block_text(submit, TITLE_LIMIT)
    return view


# ---------------------------------------------------------------- fields


def _element(each: RenderedField, words: FormWords) -> dict[str, Any]:
    if each.choices and all(len(value) <= OPTION_VALUE_LIMIT for value, _ in each.choices):
        return _choices(each, words)
    if each.kind == "date" and (not each.value or _is_date(each.value)):
        return _given({"type": "datepicker", "action_id": ELEMENT}, "initial_date", each.value)
    if each.kind == "time" and (not each.value or CLOCK.fullmatch(each.value)):
        return _given({"type": "timepicker", "action_id": ELEMENT}, "initial_time", each.value)
    text: dict[str, Any] = {"type": "plain_text_input", "action_id": ELEMENT, "max_length": VALUE_LIMIT}
    if each.kind == "long":
        text["multiline"] = True
    return _given(text, "initial_value", shortened(each.value, VALUE_LIMIT))


def _given(element: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    return {**element, name: value} if value else element


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _choices(each: RenderedField, words: FormWords) -> dict[str, Any]:
    options = [{"text": block_text(label, 75), "value": MARK + value} for value, label in dict(each.choices).items()]
    chosen = next((option for option in options if option["value"] == MARK + each.value), None)
    initial = {"initial_option": chosen} if chosen is not None else {}
    # A round button that was pressed cannot be released, so what may stay open is a list.
    if len(options) <= BUTTONS_LIMIT and each.required:
        return {"type": "radio_buttons", "action_id": ELEMENT, "options": options, **initial}
    select = {
        "type": "static_select",
        "action_id": ELEMENT,
        "placeholder": block_text(words.choose, 150),
        **initial,
    }
    return {**select, **listed(options)}


def listed(options: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Options as a list, or as groups of a hundred where there are more."""
    if len(options) <= OPTIONS_LIMIT:
        return {"options": list(options)}
    groups = []
    for at in range(0, min(len(options), OPTIONS_LIMIT * OPTIONS_LIMIT), OPTIONS_LIMIT):
        some = list(options[at : at + OPTIONS_LIMIT])
        groups.append({"label": block_text(f"{at + 1}–{at + len(some)}", 75), "options": some})
    return {"option_groups": groups}


# ---------------------------------------------------------------- what comes back


def filled(view: Json) -> tuple[Meta, FormFilled | None]:
    """A modal that was sent off; None when it is none of ours."""
    meta = Meta.read(word(view, "private_metadata"))
    if word(view, "callback_id") != FORM or not meta.form:
        return meta, None
    return meta, FormFilled(meta.form, values_of(view), meta.message, home=meta.home)


def closed(view: Json) -> tuple[Meta, FormClosed | None]:
    meta = Meta.read(word(view, "private_metadata"))
    if word(view, "callback_id") != FORM or not meta.form:
        return meta, None
    return meta, FormClosed(meta.form)


def values_of(view: Json) -> dict[str, str]:
    """By field name, as text; what was left empty is the empty text."""
    state = part(part(view, "state"), "values")
    return {str(name): _value(part(state, name)) for name in state}


def _value(elements: Json) -> str:
    element = next((each for each in elements.values() if isinstance(each, Mapping)), {})
    option = part(element, "selected_option")
    if option:
        return word(option, "value").removeprefix(MARK)
    for name in (
        "value",
        "selected_date",
        "selected_time",
        "selected_user",
        "selected_channel",
        "selected_conversation",
    ):
        if word(element, name):
            return word(element, name)
    return ",".join(word(each, "value").removeprefix(MARK) for each in objects(element, "selected_options"))
