"""Forms longer than what their channel shows at once: in steps, which a restart and another channel keep."""

from __future__ import annotations

import pytest

from handlers.chat import Capabilities, Form, FormClosed, Press
from tests.conversations.conftest import Chat, Person


@pytest.fixture
def narrow(chat: Chat) -> Chat:
    """A channel whose forms hold two fields."""
    chat.house.dispatcher._capabilities = lambda channel: Capabilities(forms=True, form_fields=2)
    return chat


def shown(person: Person) -> Form:
    form = person.receipt.form
    assert form is not None
    return form


def names(form: Form) -> list[str]:
    return [each.name for each in form.fields]


def step(form: Form) -> tuple[int, int]:
    assert form.note is not None
    return form.note.facts["number"], form.note.facts["of"]


async def test_a_long_form_comes_in_steps_and_is_handed_over_whole(narrow: Chat) -> None:
    tom = await narrow.staff("Tom")
    await tom.says("/lead")
    await tom.does(Press("form.open:1"))
    first = shown(tom)
    assert (names(first), step(first), first.submit) == (["company", "person"], (1, 3), "form-next")

    assert await tom.fills(first.press, {"company": "Acme", "person": "Jane"}) is None
    second = shown(tom)
    assert (names(second), step(second)) == (["phone", "email"], (2, 3))
    await tom.fills(second.press, {"phone": "020 7183 8750", "email": ""})
    last = shown(tom)
    assert (step(last), last.submit) == ((3, 3), "button-save")
    saved = await tom.fills(last.press, {"source": "fair", "note": "met at the fair"})

    assert saved is not None
    assert saved.key == "lead-added"
    [lead] = await narrow.rows("leads")
    assert (lead["company"], lead["name"], lead["source"], lead["note"]) == ("Acme", "Jane", "fair", "met at the fair")
    assert await narrow.rows("drafts") == []


async def test_what_is_wrong_on_an_earlier_step_opens_that_step_again(narrow: Chat) -> None:
    tom = await narrow.staff("Tom")
    await tom.says("/lead")
    await tom.does(Press("form.open:1"))
    await tom.fills(shown(tom).press, {"company": "Acme", "person": ""})
    await tom.fills(shown(tom).press, {"phone": "12", "email": ""})
    await tom.fills(shown(tom).press, {"source": "", "note": "kept"})

    again = shown(tom)
    assert (step(again), set(tom.receipt.field_errors)) == ((2, 3), {"phone"})
    await tom.fills(again.press, {"phone": "020 7183 8750", "email": ""})
    last = shown(tom)
    assert {each.name: each.value for each in last.fields} == {"source": "", "note": "kept"}
    saved = await tom.fills(last.press, {"source": "", "note": "kept"})
    assert saved is not None
    assert saved.key == "lead-added"


async def test_a_form_that_was_closed_half_way_goes_on_where_it_was(narrow: Chat) -> None:
    tom = await narrow.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.does(Press("lead.edit:1"))  # opens at once: no card stands of it
    form = shown(tom)
    await tom.fills(form.press, {"company": "Acme Ltd", "person": "Jane"})

    [waits] = await tom.does(FormClosed(shown(tom).press))

    assert waits.key == "form-waits"
    await tom.does(Press(f"form.open:{waits.sent.row.card.partition(':')[2]}"))
    assert step(shown(tom))[0] == 2
    assert await tom.does(FormClosed(shown(tom).press)) == []  # the card stands already
    await tom.presses("Cancel")
    assert await narrow.rows("drafts") == []


async def test_a_form_that_was_closed_untouched_leaves_nothing(narrow: Chat) -> None:
    tom = await narrow.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.does(Press("lead.edit:1"))

    assert await tom.does(FormClosed(shown(tom).press)) == []

    assert await narrow.rows("drafts") == []
    assert await tom.does(FormClosed("lead.change:1")) == []
    assert await tom.does(FormClosed("form.send:999.1")) == []
