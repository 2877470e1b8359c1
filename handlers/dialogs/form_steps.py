"""A form too long for what its channel shows at once, step by step. What was filled in is kept in the draft meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from domain.drafts.model import Draft
from handlers.chat import Field, Form, Phrase
from handlers.dialogs.form_cards import Filling


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The steps of ``form``, of at most ``size`` fields each, counted from 0."""

    form: Form
    size: int

    @property
    def count(self) -> int:
        return max(1, -(-len(self.form.fields) // self.size))

    def fields(self, step: int) -> tuple[Field, ...]:
        return self.form.fields[step * self.size : (step + 1) * self.size]

    def first_with(self, names: Collection[str]) -> int | None:
        """The first step that has one of these fields."""
        return next((at // self.size for at, each in enumerate(self.form.fields) if each.name in names), None)

    def form_of(self, step: int) -> Form:
        """What the channel shows of it; ``form`` as it is where one step is enough."""
        if self.count == 1:
            return self.form
        return replace(
            self.form,
            press=f"{self.form.press}.{step}",
            fields=self.fields(step),
            submit=self.form.submit if step + 1 == self.count else "form-next",
            note=_note(self.form.note, Phrase("form-step", {"number": step + 1, "of": self.count})),
        )


def _note(own: Phrase | None, step: Phrase) -> Phrase:
    return step if own is None else Phrase("form-notes", {"first": step, "then": own})


def steps_of(draft: Draft, filling: Filling, *, size: int) -> Steps:
    """The steps of a draft's form, with what was filled in so far."""
    return Steps(form=replace(filling.filled(), press=f"form.send:{draft.id}"), size=size)


def step_to_open(steps: Steps, filling: Filling) -> int:
    """Where something is wrong, else the first that was not sent off yet, else the last."""
    wrong = steps.first_with(filling.errors)
    if wrong is not None:
        return wrong
    left = steps.first_with({each.name for each in steps.form.fields} - set(filling.passed))
    return steps.count - 1 if left is None else left
