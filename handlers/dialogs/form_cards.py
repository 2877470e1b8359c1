"""How a form looks where its fields are asked one by one: its question, the whole, and the card that opens it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from domain.drafts.model import Draft
from handlers.chat import Button, Field, Form, Line, Phrase, Reply
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import shortened


@dataclass(kw_only=True)
class Filling:
    """A form on its way: the draft's content. ``passed`` are fields that were answered or skipped; ``fresh``: nothing
    was filled in at the start, so that every field is asked once."""

    form: Form
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Phrase] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    fresh: bool = True

    @classmethod
    def of(cls, draft: Draft) -> Filling:
        return cls(**draft.content)

    def copy(self) -> Filling:
        """Another that may be filled in without this one."""
        return replace(self, values=dict(self.values), errors=dict(self.errors), passed=list(self.passed))

    def content(self) -> dict[str, Any]:
        return dict(vars(self))

    def field(self, name: str) -> Field | None:
        return next((each for each in self.form.fields if each.name == name), None)

    def value(self, each: Field) -> str:
        return self.values.get(each.name, each.value)

    def missing(self) -> Field | None:
        """The first field that must be answered (again) before the form can be sent."""
        wrong = (each for each in self.form.fields if each.name in self.errors)
        empty = (each for each in self.form.fields if each.required and not self.value(each))
        return next(wrong, None) or next(empty, None)

    def next_to_ask(self) -> Field | None:
        missing = self.missing()
        if missing is not None or not self.fresh:
            return missing
        return next((each for each in self.form.fields if each.name not in self.passed and not self.value(each)), None)

    def goes_on_after(self, asked: Field) -> bool:
        """Is another field asked next? Then the last one is left out by sending the form, not by skipping it."""
        passed = replace(self, passed=[*self.passed, asked.name])
        return self.fresh and passed.next_to_ask() is not None

    def was_complete(self, asked: Field) -> bool:
        """Did the person come from the whole form to change this one?"""
        return asked.name not in self.errors and (not self.fresh or asked.name in self.passed)

    def filled(self) -> Form:
        """The form with what was answered so far."""
        return replace(self.form, fields=tuple(replace(each, value=self.value(each)) for each in self.form.fields))


def title_of(filling: Filling) -> Phrase:
    return Phrase(filling.form.title, filling.form.facts)


def label_of(filling: Filling, each: Field) -> Phrase:
    return Phrase(each.label, {**filling.form.facts, **each.facts})


def _cancel(draft: Draft) -> Button:
    return Button("button-cancel", press=f"form.cancel:{draft.id}")


def waiting_card(draft: Draft, filling: Filling) -> Reply:
    lines = [
        Line("form-error-line", {"label": label_of(filling, each), "error": filling.errors[each.name]})
        for each in filling.form.fields
        if each.name in filling.errors
    ]
    open_it = Button("button-open-form", press=f"form.open:{draft.id}", opens_form=True)
    return Reply(
        "form-waits",
        {"title": title_of(filling)},
        lines=tuple(lines),
        buttons=(open_it, _cancel(draft)),
        card=f"draft:{draft.id}",
    )


def question_card(draft: Draft, filling: Filling, asked: Field, *, error: Phrase | None = None) -> Reply:
    """``error`` is what is wrong with an answer that was not kept."""
    index = filling.form.fields.index(asked)
    buttons = [
        Button("form-choice", press=f"form.set:{draft.id}.{index}.{place}", facts={"label": choice.label})
        for place, choice in enumerate(asked.choices)
    ]
    may_end = filling.missing() in (None, asked) and not (asked.required or asked.name in filling.errors)
    comes_back = filling.was_complete(asked)
    if not (asked.required or comes_back) and (not may_end or filling.goes_on_after(asked)):
        buttons.append(Button("button-skip", press=f"form.skip:{draft.id}.{index}"))
    if may_end:
        buttons.append(Button(filling.form.submit, press=f"form.save:{draft.id}"))
    if comes_back:
        buttons.append(Button("button-back", press=f"form.skip:{draft.id}.{index}"))
    facts = {
        "title": title_of(filling),
        "label": label_of(filling, asked),
        "error": error or filling.errors.get(asked.name),
        "hint": Phrase(asked.hint, filling.form.facts) if asked.hint else None,
        "value": _secret(filling.value(asked)),
    }
    return Reply("form-ask", facts, buttons=(*buttons, _cancel(draft)), card=f"draft:{draft.id}")


def overview_card(draft: Draft, filling: Filling) -> Reply:
    lines = tuple(
        Line("form-line", {"label": label_of(filling, each), "value": shown_value(filling, each)})
        for each in filling.form.fields
    )
    note = filling.form.note
    lines = (*((Line(note.key, note.facts),) if note is not None else ()), *lines)
    change = tuple(
        Button("form-field", press=f"form.ask:{draft.id}.{index}", facts={"label": label_of(filling, each)})
        for index, each in enumerate(filling.form.fields)
    )
    save = Button(filling.form.submit, press=f"form.save:{draft.id}")
    return Reply(
        "form-overview",
        {"title": title_of(filling)},
        lines=lines,
        buttons=(save, *change, _cancel(draft)),
        card=f"draft:{draft.id}",
    )


def _secret(value: str) -> Secret | None:
    """Forms hold names, numbers and notes: where a customer may read along, values are masked."""
    return Secret("amount", value) if value else None


def shown_value(filling: Filling, each: Field) -> Phrase | Secret | str | None:
    value = filling.value(each)
    chosen = next((choice.label for choice in each.choices if choice.value == value), None)
    return chosen or _secret(shortened(value, 300))
