"""A correction teaches: the words are read so in the next message, listed, forgotten, and taken back by Undo."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat, Person


async def _saved(person: Person, text: str, *corrections: str) -> str:
    await person.says(text)
    for label in corrections:
        await person.presses(label)
    return (await person.presses("Save")).text


async def test_a_corrected_activity_is_read_so_by_everybody_next_time(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=mei)

    saved = await _saved(tom, "looped in Acme on the rollout", "What", "Message")

    assert "“looped in” means: Message" in saved
    assert "Message" in (await mei.says("looped in Globex on the audit")).text
    assert "Message" not in (await mei.says("haven't looped in Globex yet")).text


async def test_a_plain_word_is_never_taught(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    saved = await _saved(tom, "called Acme about the rollout", "What", "Visit")

    assert "Learned" not in saved
    assert "Call" in (await tom.says("called Acme about the audit")).text


async def test_what_a_customer_is_called_among_colleagues(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom", locale="zh-CN"), await chat.staff("Mei", locale="zh-CN")
    await chat.customer("华新科技", owner=tom)
    await tom.says("拜访了老地方，他们要报价")
    await tom.presses("客户")
    await tom.says("华新科技")
    saved = await tom.presses("保存")

    assert "“老地方”就是华新科技" in saved.text
    assert "华新科技" in (await tom.says("老地方又打来电话，周五要货")).text
    # Who does not see the customer is told nothing of it.
    assert "华新" not in (await mei.says("拜访了老地方，他们要报价")).text


async def test_a_name_that_stands_there_is_not_read_as_another(chat: Chat) -> None:
    """Picked for another reason: the exact name keeps its meaning."""
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=tom)
    await tom.says("called Acme about the rollout")
    await tom.presses("Who")
    await tom.says("Globex")

    assert "Learned" not in (await tom.presses("Save")).text
    assert "Acme" in (await tom.says("called Acme about the audit")).text


async def test_a_name_taken_later_beats_what_people_called_another(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Globex", owner=tom)
    await tom.says("called the old mill, they want 5 loaves")
    await tom.presses("Who")
    await tom.says("Globex")
    await tom.presses("Save")
    assert "Globex" in (await tom.says("called the old mill, they want 6 loaves")).text

    await chat.customer("The Old Mill", owner=tom)

    card = await tom.says("called The Old Mill, they want 7 loaves")
    assert "Globex" not in card.text and "Old Mill" in card.text


async def test_intents_are_shown_corrected_and_learned(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    card = await tom.says("called Acme, they're over the zorb")
    assert "interested" not in card.text
    await tom.presses("Wants")
    await tom.presses("interested")

    await tom.presses("Back")

    assert "“over the zorb” means: interested" in (await tom.presses("Save")).text
    assert "Customer: interested" in (await tom.says("met Acme, over the zorb about the trial")).text
    assert "interested" not in (await tom.says("met Acme, not over the zorb")).text


@pytest.mark.parametrize("again", ["button", "undo"])
async def test_what_was_learned_is_forgotten(chat: Chat, again: str) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await _saved(tom, "looped in Acme on the rollout", "What", "Message")
    await tom.presses("Don’t remember" if again == "button" else "Undo")

    assert (await tom.says("/lexicon")).key == "lexicon-empty"
    assert "Message" not in (await tom.says("looped in Acme on the audit")).text


async def test_the_list_shows_managers_all_and_others_their_own(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    ana = await chat.staff("Ana", role="manager")
    await chat.customer("Acme", owner=tom)
    await _saved(tom, "looped in Acme on the rollout", "What", "Message")

    assert (await mei.says("/lexicon")).key == "lexicon-empty"
    assert "“looped in” means: Message · Tom" in (await ana.says("/lexicon")).text
    assert "Tom" not in (await tom.says("词典")).text
    [learned] = await chat.rows("learned_phrases")
    assert (await mei.forges(f"lexicon.forget:{learned['id']}")).key == "lexicon-empty"
    assert await chat.rows("learned_phrases")

    assert "Forgotten" in (await ana.presses("Forget")).text
    await ana.presses("Undo")
    assert "“looped in” means: Message" in (await ana.says("/lexicon")).text


async def test_the_list_has_pages(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    for word in ("zorbed", "frobbed", "glimmed", "plonked", "wibbled", "nudgeled", "skorped", "trimbled", "dropleted"):
        await _saved(tom, f"{word} Acme about the rollout", "What", "Message")

    first = await tom.says("/lexicon")
    assert first.text.count("means: Message") == 8
    assert "“zorbed” means: Message" in (await tom.presses("1 more")).text


async def test_a_full_lexicon_says_so(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    for module in ("domain.lexicon.actions", "handlers.entries.lexicon"):
        monkeypatch.setattr(f"{module}.MOST", 1)
    assert "no more" not in (await tom.says("/lexicon")).text
    await _saved(tom, "zorbed Acme about the rollout", "What", "Message")

    assert "Learned" not in await _saved(tom, "frobbed Acme about the rollout", "What", "Message")
    assert "can learn no more" in (await tom.says("/lexicon")).text
