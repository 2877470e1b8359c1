"""Photos, files, voice notes and places in a conversation: where they go, what is shown, what undo takes off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from domain.attachments.model import LARGEST
from handlers.chat import Album, Attachment, Location
from tests.conversations.conftest import Chat, Person

JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 20
PDF = b"%PDF-1.7 quote"
MAGIC = {"photo": JPEG, "file": PDF, "voice": b"OggS" + b"\0" * 40}


@pytest.fixture
def upload(chat: Chat) -> Callable[..., Attachment]:
    """A file as the page announces it: its bytes lie with the channel."""

    def put(kind: str = "photo", content: bytes | None = None, **said: Any) -> Attachment:
        given = MAGIC[kind] if content is None else content
        return Attachment(kind, chat.house.page_files.put(given), **{"size": len(given), **said})

    return put


async def attached(chat: Chat) -> list[Mapping[str, Any]]:
    return list(await chat.rows("attachments"))


async def files(chat: Chat) -> list[Mapping[str, Any]]:
    return list(await chat.rows("attached_files"))


async def logged_call(chat: Chat, who: Person, name: str = "Acme") -> int:
    """A customer, and a call saved with them; gives the activity's id."""
    await chat.customer(name, owner=who)
    await who.says(f"called {name}, they want a quote")
    await who.presses("Save")
    return int((await chat.rows("activities"))[-1]["id"])


async def test_a_photo_with_words_belongs_to_what_its_card_saves(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    [card] = await tom.does(upload(caption="called Acme, they want a quote"))
    waits = await attached(chat)
    saved = await tom.presses("Save")
    await chat.house.fetching.fetch_due()

    assert card.key == "entry-card"
    assert "📎 1 attachment" in card.text
    assert waits == []
    assert "📎 1 attachment" in saved.text
    [row], [file], [activity] = await attached(chat), await files(chat), await chat.rows("activities")
    assert (row["activity_id"], row["kind"], row["file_id"]) == (activity["id"], "photo", file["id"])
    assert (file["state"], file["media_type"], file["size"]) == ("kept", "image/jpeg", len(JPEG))
    assert chat.house.store.get(file["stored"]) == JPEG


async def test_undo_of_the_call_takes_its_photo_off_and_redo_puts_it_back(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.does(upload(caption="called Acme, they want a quote"))
    await tom.presses("Save")

    await tom.presses("Undo")
    taken_off = await attached(chat)
    await tom.presses("Redo")

    assert taken_off == []
    [back] = await attached(chat)
    assert back["file_id"] == (await files(chat))[0]["id"]


async def test_a_photo_right_after_what_was_saved_becomes_part_of_it(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    activity = await logged_call(chat, tom)
    chat.now += timedelta(seconds=100)

    [answer] = await tom.does(upload())
    [row] = await attached(chat)
    await tom.presses("Undo")

    assert answer.key == "attachment-added"
    assert "Acme" in answer.text
    assert row["activity_id"] == activity
    assert (await attached(chat), await chat.rows("activities")) == ([], [])


async def test_a_photo_sent_after_save_stays_when_what_was_saved_is_corrected(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")
    await tom.does(upload())

    for words in ("no, Thursday", "no, Monday"):
        assert (await tom.says(words)).key == "entry-amended"
        assert len(await attached(chat)) == 1
    await tom.presses("Undo")

    assert len(await attached(chat)) == 1


async def test_a_photo_after_a_correction_goes_where_the_corrected_went(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, follow up Friday 10am")
    await tom.says("no, Thursday")
    await tom.does(upload())
    await tom.presses("Save")
    assert len(await attached(chat)) == 1

    await tom.says("no, Monday")
    [answer] = await tom.does(upload())

    [activity] = await chat.rows("activities")
    assert answer.key == "attachment-added"
    assert [row["activity_id"] for row in await attached(chat)] == [activity["id"]] * 2
    await tom.says("no, Tuesday")
    assert len(await attached(chat)) == 2


async def test_a_photo_goes_with_what_was_saved_last_and_not_onto_a_card_that_was_left_before(
    chat: Chat, upload: Any
) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("they think about it")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")

    [answer] = await tom.does(upload())

    assert answer.key == "attachment-added"
    assert "Acme" in answer.text


async def test_a_photo_while_the_card_is_open_goes_onto_the_card(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they want a quote")

    answers = await tom.does(upload())
    await tom.presses("Save")

    assert answers[0].key == "entry-card"
    assert "📎 1 attachment" in answers[0].text
    assert len(await attached(chat)) == 1


async def test_a_photo_alone_asks_and_a_button_answers(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await logged_call(chat, tom)
    await logged_call(chat, tom, "Beta Works")
    chat.now += timedelta(minutes=3)

    [question] = await tom.does(upload())
    answer = await tom.presses("Acme")

    assert question.key == "attachment-whose"
    assert question.buttons[:2] == ["Beta Works", "Acme"]
    assert answer.key == "attachment-added"
    [row], [acme, _] = await attached(chat), await chat.rows("customers")
    assert (row["customer_id"], row["activity_id"]) == (acme["id"], None)


async def test_a_name_answers_and_a_sentence_soon_after_takes_the_photo_along(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    await tom.does(upload())
    named = await tom.says("Acme")
    chat.now += timedelta(minutes=3)
    await tom.does(upload("file", name="quote.pdf", mime="application/pdf"))
    chat.now += timedelta(minutes=1)
    sentence = await tom.says("met Acme about the quote")

    assert named.key == "attachment-added"
    assert sentence.key == "entry-card"
    assert "📎 1 attachment" in sentence.text


async def test_one_after_the_other_share_a_question(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)

    await tom.does(upload())
    [again] = await tom.does(upload("file"))
    await tom.says("Acme")

    assert again.text.startswith("2 kept.")
    assert [row["customer_id"] for row in await attached(chat)] == [acme.id] * 2
    assert await chat.rows("drafts") == []


async def test_a_sentence_much_later_is_news_of_its_own(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    await tom.does(upload())
    chat.now += timedelta(minutes=5)
    sentence = await tom.says("called Acme, they want a quote")

    assert "📎" not in sentence.text


async def test_a_reply_to_a_card_goes_to_its_record(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"C{acme.id}")
    [place] = [row for row in await chat.rows("cards") if row["record"] == f"customer:{acme.id}"]

    [alone] = await tom.does(upload(), reply_to=place["message"])
    [with_words] = await tom.does(upload(caption="their sign"), reply_to=place["message"])

    assert (alone.key, with_words.key) == ("attachment-added", "comment-added")
    first, second = await attached(chat)
    [note] = await chat.rows("activities")
    assert (first["customer_id"], second["activity_id"]) == (acme.id, note["id"])


async def test_an_album_is_one_thing_however_it_arrives(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    first = await tom.does(upload(caption="called Acme, they want a quote", album="9"))
    second = await tom.does(upload(album="9"))
    await tom.presses("Save")
    late = await tom.does(upload(album="9"))
    at_once = await tom.does(Album((upload(), upload()), caption="met Acme"))

    assert [len(answers) for answers in (first, second, late, at_once)] == [1, 0, 0, 1]
    assert "📎 2 attachments" in at_once[0].text
    rows = await attached(chat)
    assert [row["activity_id"] for row in rows] == [rows[0]["activity_id"]] * 3
    await tom.presses("Cancel")
    await tom.says("/undo")
    assert await attached(chat) == []


async def test_words_that_come_with_the_second_of_an_album_take_the_first_along(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    await tom.does(upload(album="9"))
    answers = await tom.does(upload(caption="called Acme, they want a quote", album="9"))

    assert [answer.key for answer in answers] == ["entry-card"]
    assert "📎 The album" in answers[0].text
    assert "📎 2 attachments" in (await tom.presses("Save")).text


@pytest.mark.parametrize("is_saved", [True, False])
async def test_words_beside_a_later_photo_are_heard_for_themselves(chat: Chat, upload: Any, is_saved: bool) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.does(upload(caption="called Acme, they want a quote", album="9"))
    if is_saved:
        await tom.presses("Save")

    answers = await tom.does(upload(caption="met Beta about the lease", album="9"))

    assert "met Beta about the lease" in answers[-1].text
    first = (await attached(chat))[0]["activity_id"] if is_saved else None
    assert [row["activity_id"] for row in await attached(chat)] == ([first, first] if is_saved else [])


async def test_a_voice_note_is_kept_and_answered_kindly(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")

    [asked, hint] = await tom.does(upload("voice", mime="audio/ogg"))
    await tom.presses("Cancel")
    again = await tom.does(upload("voice", mime="audio/ogg"))
    await chat.house.fetching.fetch_due()

    assert (asked.key, hint.key) == ("attachment-whose", "voice-kept")
    assert "Dictate with your keyboard" in hint.text
    assert [said.key for said in again] == ["attachment-whose"]
    assert [file["state"] for file in await files(chat)] == ["kept", "kept"]


async def test_a_voice_note_beside_a_card_is_answered_as_well(chat: Chat, upload: Any) -> None:
    mei = await chat.staff("Mei", locale="zh-CN")
    await mei.says("拜访了华新科技，要报价")

    answers = await mei.does(upload("voice", mime="audio/ogg"))

    assert [said.key for said in answers if said.key != "attachment-below"] == ["entry-card", "voice-kept"]
    assert "听写" in answers[-1].text


async def test_a_place_alone_is_a_check_in(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await logged_call(chat, tom)

    [card] = await tom.does(Location(51.5, -0.123456))
    await tom.presses("Save for Acme")
    [nonsense] = await tom.does(Location(1e308, float("nan")))

    assert "51.50000, -0.12346" in card.text
    [row] = await attached(chat)
    activity = (await chat.rows("activities"))[-1]
    assert (activity["kind"], row["kind"], row["activity_id"]) == ("check_in", "location", activity["id"])
    assert (row["latitude"], row["longitude"]) == (51.5, -0.123456)
    assert nonsense.key == "place-not-understood"


async def test_the_card_says_how_many_and_sends_them_back(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.does(upload(caption="called Acme, they want a quote"))
    await tom.presses("Save")
    await tom.does(upload("file", name="../quote.pdf", mime="application/pdf"))
    await chat.house.fetching.fetch_due()

    card = await tom.says(f"C{acme.id}")
    await tom.presses("📎 2")
    sent = tom.heard[-2:]
    history = await tom.says(f"/history C{acme.id}")

    assert "📎 2" in card.buttons
    assert "📎 2" in history.buttons
    assert (sent[0].body.document, sent[0].body.document_name) == (PDF, ".._quote.pdf")
    assert sent[1].body.picture == JPEG


async def test_nobody_is_sent_what_is_not_theirs(chat: Chat, upload: Any) -> None:
    tom, mei, stranger = await chat.staff("Tom"), await chat.staff("Mei"), chat.stranger("Eve")
    acme = await chat.customer("Acme", owner=tom)
    await tom.does(upload(caption="called Acme, they want a quote"))
    await tom.presses("Save")
    await chat.house.fetching.fetch_due()

    assert (await mei.forges(f"attachment.list:customer.{acme.id}")).key == "record-not-found"
    assert (await stranger.forges(f"attachment.list:customer.{acme.id}")).key == "for-staff-only"
    assert (await tom.forges("attachment.list:staff.1")).key == "button-too-old"


async def test_somebody_elses_waiting_photo_cannot_be_taken(chat: Chat, upload: Any) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=mei)
    await tom.does(upload())
    [draft] = await chat.rows("drafts")

    answer = await mei.forges(f"attachment.to:{draft['id']}.customer.{acme.id}")

    assert answer.key == "record-not-found"
    assert await attached(chat) == []


@pytest.mark.parametrize(
    ("content", "said", "key", "words"),
    [
        (b"", {}, "attachment-not-kept", "it is empty"),
        (b"<html><script>", {"name": "offer.pdf", "mime": "application/pdf"}, "attachment-lying", "plain file"),
        (b"MZ\x90", {"name": "photo.jpg"}, "attachment-lying", "plain file"),
    ],
)
async def test_what_turns_out_bad_is_said_afterwards(
    chat: Chat, upload: Any, content: bytes, said: dict[str, Any], key: str, words: str
) -> None:
    tom = await chat.staff("Tom")
    await tom.does(upload("file", content, **said))

    await chat.house.fetching.fetch_due()
    [told] = await chat.delivered()

    assert told.key == key
    assert words in told.text
    [file] = await files(chat)
    assert file["media_type"] in {None, "application/octet-stream"}


async def test_what_says_that_it_is_too_large_is_refused_at_once_and_its_words_are_heard(
    chat: Chat, upload: Any
) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    card, refusal = await tom.does(upload(size=LARGEST + 1, caption="called Acme, they want a quote"))

    assert card.key == "entry-card"
    assert "📎" not in card.text
    assert refusal.key == "attachment-too-large"
    assert await chat.house.fetching.fetch_due() == 0


async def test_a_file_still_on_its_way_is_said_to_be(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.does(upload(caption="called Acme, they want a quote"))
    await tom.presses("Save")

    await tom.says(f"C{acme.id}")
    shown = await tom.presses("📎 1")

    assert shown.key == "attachment-sent-not"
    assert "on its way" in shown.text


async def test_in_a_group_only_what_is_meant_for_us_is_kept(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    group = chat.group("Sales")

    ignored = await tom.does(upload(addressed=False), place=group)

    assert ignored == []
    assert await files(chat) == []


async def test_a_photo_whose_words_are_a_command_is_asked_about(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")

    keys = [answer.key for answer in await tom.does(upload(caption="/help"))]

    assert keys[-1] == "attachment-whose"
    assert len(keys) == 2


@pytest.mark.parametrize("words", ["/history nonsense", "/nosuchcommand", "/customer C999"])
async def test_a_photo_whose_words_are_refused_is_kept_all_the_same(chat: Chat, upload: Any, words: str) -> None:
    tom = await chat.staff("Tom")

    refusal, question = await tom.does(upload(caption=words))

    assert refusal.key in {"wrong-usage", "unknown-command", "record-not-found"}
    assert question.key == "attachment-whose"
    assert len(await files(chat)) == 1


async def test_a_photo_in_reply_to_what_is_no_longer_theirs_is_asked_about(chat: Chat, upload: Any) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"C{acme.id}")
    [place] = [row for row in await chat.rows("cards") if row["record"] == f"customer:{acme.id}"]
    async with chat.house.database.unit_of_work() as uow:
        (await uow.customers.get_for(tom.staff, acme.id)).owner_id = mei.id
        await uow.commit()

    keys = [answer.key for answer in await tom.does(upload(), reply_to=place["message"])]

    assert keys == ["record-not-found", "attachment-whose"]


async def test_it_goes_with_the_last_thing_that_was_saved(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    activity = await logged_call(chat, tom)
    acme = (await chat.rows("customers"))[-1]["id"]
    await tom.does(upload())
    await tom.does(upload())
    await tom.says("/lead Beta, Ann")
    await tom.does(upload())
    chat.now += timedelta(minutes=3)
    await tom.does(upload())
    await tom.presses("Acme")
    [answer] = await tom.does(upload())

    rows = [(row["activity_id"], row["lead_id"], row["customer_id"]) for row in await attached(chat)]
    lead = (await chat.rows("leads"))[-1]["id"]
    with_customer = (None, None, acme)
    assert rows == [(activity, None, None)] * 2 + [(None, lead, None)] + [with_customer] * 2
    assert answer.key == "attachment-added"


async def test_what_databases_refuse_is_left_out_of_a_files_claims(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")

    [answer] = await tom.does(upload("file", name="a\0\ud800.pdf", mime="application/pdf\0", album="\0"))
    await chat.house.fetching.fetch_due()

    assert answer.key == "attachment-whose"
    [file] = await files(chat)
    assert (file["name"], file["claimed_type"], file["album"], file["state"]) == (
        "a.pdf",
        "application/pdf",
        None,
        "kept",
    )


async def test_a_photo_of_nobody_waits_in_resume_and_can_be_dropped(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await tom.does(upload())

    waiting = await tom.says("/resume")
    again = await tom.presses("Go on")
    dropped = await tom.presses("Cancel")

    assert "📎 1 attachment" in waiting.text
    assert (again.key, dropped.key) == ("attachment-whose", "attachment-dropped")
    assert await chat.rows("drafts") == []


async def test_a_command_beside_a_photo_is_an_action_of_its_own(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    call = await logged_call(chat, tom)
    await chat.customer("Bolt", owner=tom)

    answers = await tom.does(upload(caption="/next Bolt Friday 10am send the quote"))
    by_photo = [row["activity_id"] for row in await attached(chat)]
    undone = await tom.says("/undo")

    assert [answer.key for answer in answers][-1] == "attachment-whose"
    assert by_photo == []
    assert undone.key == "undone"
    assert [row["id"] for row in await chat.rows("activities")] == [call]
    assert "send the quote" not in {row["note"] for row in await chat.rows("followups")}


@pytest.mark.parametrize("words", ["/customer C2", "/customer C999", "/nosuchcommand"])
async def test_beside_words_of_its_own_a_photo_is_no_part_of_what_was_saved_before(
    chat: Chat, upload: Any, words: str
) -> None:
    tom = await chat.staff("Tom")
    await logged_call(chat, tom)
    await chat.customer("Bolt", owner=tom)

    answers = await tom.does(upload(caption=words))

    assert [answer.key for answer in answers][-1] == "attachment-whose"
    assert await attached(chat) == []


async def test_a_photo_with_a_word_about_it_is_offered_the_customer_of_a_moment_ago(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await logged_call(chat, tom)

    [card] = await tom.does(upload(caption="the new sign over the door"))

    assert card.buttons[0] == "Save for Acme"
    await tom.presses("Save for Acme")
    assert (await attached(chat))[0]["activity_id"] == (await chat.rows("activities"))[-1]["id"]


async def test_in_a_group_nothing_is_told_of_what_was_saved_in_private(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    await logged_call(chat, tom)

    answers = await tom.does(upload(), place=chat.group("Sales"))

    assert [answer.key for answer in answers] == ["attachment-whose"]
    assert await attached(chat) == []


async def test_a_file_that_cannot_be_read_is_said_to_be_missing(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.does(upload("file", name="quote.pdf", mime="application/pdf", caption="called Acme, they want a quote"))
    await tom.presses("Save")
    await chat.house.fetching.fetch_due()
    [file] = await files(chat)
    chat.house.store.remove(file["stored"])

    await tom.says(f"C{acme.id}")
    await tom.presses("📎 1")

    assert tom.heard[-1].body.document is None
    assert tom.heard[-1].text.startswith("quote.pdf")
    assert tom.heard[-1].text.endswith("no longer kept")


async def test_how_large_a_file_may_be_is_said_in_one_way(chat: Chat, upload: Any) -> None:
    tom = await chat.staff("Tom")

    *_, refused = await tom.does(upload(size=LARGEST + 1))
    await tom.does(upload("file", b"x" * (LARGEST + 1), size=None))
    await chat.house.fetching.fetch_due()
    [told] = await chat.delivered()

    assert "larger than 20 MB" in refused.text
    assert "larger than 20 MB" in told.text
