"""Updates as JSON gives them, into chat events."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import ANY

import pytest

from bot.telegram.addressing import Me
from bot.telegram.places import Topics
from bot.telegram.receive import chat_event
from handlers.chat import (
    Attachment,
    Blocked,
    ChatEvent,
    ContactCard,
    ConversationMoved,
    Edited,
    Forwarded,
    Location,
    MembersChanged,
    PlaceKind,
    Press,
    Reaction,
    Text,
    Unknown,
)

ME = Me(700, "OurBot")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SENT = int(datetime(2026, 3, 2, 8, 59, tzinfo=UTC).timestamp())
MEI = {
    "id": 11,
    "is_bot": False,
    "first_name": "Mei",
    "last_name": "Wang",
    "username": "mei",
    "language_code": "zh-hans",
}
BOT = {"id": 700, "is_bot": True, "first_name": "Desk", "username": "OurBot"}
PRIVATE = {"id": 11, "type": "private", "first_name": "Mei"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Sales"}


def received(**update: Any) -> ChatEvent:
    return chat_event({"update_id": 5, **update}, me=ME, received_at=NOW)


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 42, "from": MEI, "chat": PRIVATE, "date": SENT, **content}


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def content(**parts: Any) -> Any:
    return received(message=message(**parts)).content


def test_a_private_text_says_who_where_and_when() -> None:
    event = received(message=message(text="called Acme"))

    assert event.content == Text("called Acme", addressed=True)
    assert (event.channel, event.delivery_id, event.message) == ("telegram", "5", "42")
    assert (event.conversation.key, event.conversation.kind, event.conversation.parent) == ("11", "private", None)
    assert event.sender is not None
    assert (event.sender.user, event.sender.name, event.sender.username) == ("11", "Mei Wang", "mei")
    assert event.sender.locale == "zh-hans"
    assert event.at == datetime(2026, 3, 2, 8, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "entities", "clean", "addressed"),
    [
        ("/log@OurBot called", [entity("bot_command", 0, 11)], "/log called", True),
        ("/log@ourbot called", [entity("bot_command", 0, 11)], "/log called", True),
        ("/log called", [entity("bot_command", 0, 4)], "/log called", True),
        ("/log@OtherBot called", [entity("bot_command", 0, 13)], "/log@OtherBot called", False),
        ("@OurBot called Acme", [entity("mention", 0, 7)], "called Acme", True),
        ("@OurBot：打给华新", [entity("mention", 0, 7)], "打给华新", True),
        ("звонок 📞 в 18:30 @OurBot", [entity("mention", 18, 7)], "звонок 📞 в 18:30", True),
        ("👍🏽 ask @OurBot about 📈 it", [entity("mention", 9, 7)], "👍🏽 ask about 📈 it", True),
        ("Desk, called Acme", [entity("text_mention", 0, 4, user=BOT)], "called Acme", True),
        ("give it to Tom", [entity("text_mention", 11, 3, user=MEI)], "give it to @Tom", False),
        ("ask @tom", [entity("mention", 4, 4)], "ask @tom", False),
        ("good morning", [], "good morning", False),
        ("、log 打给华新", [], "、log 打给华新", True),
        ("／log 打给华新", [], "／log 打给华新", True),
        ("see a/b", [], "see a/b", False),
        ("broken", [entity("mention", 4, 99)], "broken", False),
    ],
)
def test_in_a_group_only_what_names_us_is_addressed(
    text: str, entities: list[dict[str, Any]], clean: str, addressed: bool
) -> None:
    assert content(chat=GROUP, text=text, entities=entities) == Text(clean, addressed=addressed)


def test_a_reply_to_us_is_addressed_and_names_the_message() -> None:
    event = received(message=message(chat=GROUP, text="yes", reply_to_message=message(message_id=7, **{"from": BOT})))

    assert event.content == Text("yes", addressed=True)
    assert event.reply_to == "7"


def test_a_topic_is_a_conversation_of_its_own() -> None:
    opening = message(chat=GROUP, message_id=45, forum_topic_created={"name": "华新", "icon_color": 1})
    event = received(
        message=message(chat=GROUP, text="hi", message_thread_id=45, is_topic_message=True, reply_to_message=opening)
    )

    assert event.conversation.key == "-100123/45"
    assert event.conversation.parent == "-100123"
    assert event.conversation.kind is PlaceKind.GROUP
    assert event.reply_to is None


@pytest.mark.parametrize("thread", [{"message_thread_id": 45}, {"message_thread_id": 1, "is_topic_message": True}])
def test_comments_and_the_general_topic_belong_to_the_group(thread: dict[str, Any]) -> None:
    event = received(message=message(chat=GROUP, text="hi", **thread))

    assert (event.conversation.key, event.conversation.parent) == ("-100123", None)


def test_a_reaction_in_a_topic_finds_its_way_back() -> None:
    topics = Topics()
    said = message(chat=GROUP, message_id=50, text="hi", message_thread_id=45, is_topic_message=True)
    change = {"chat": GROUP, "date": SENT, "user": MEI, "old_reaction": []}
    emoji = [{"type": "emoji", "emoji": "👍"}]
    pressed = {"id": "q1", "from": MEI, "chat_instance": "1", "data": "followup.done:31"}
    gone = {"chat": GROUP, "message_id": 50, "date": 0}
    updates = [
        {"message": said},
        {"message_reaction": {**change, "message_id": 50, "new_reaction": emoji}},
        {"message_reaction": {**change, "message_id": 51, "new_reaction": emoji}},
        {"callback_query": {**pressed, "message": gone}},
    ]

    keys = [
        chat_event({"update_id": 5, **update}, me=ME, received_at=NOW, topics=topics).conversation.key
        for update in updates
    ]

    assert keys == ["-100123/45", "-100123/45", "-100123", "-100123/45"]


def test_the_memory_of_topics_is_bounded() -> None:
    topics = Topics(most=2)
    for number in range(3):
        topics.note(-100123, number, 45)

    assert [topics.of(-100123, number) for number in range(3)] == [None, 45, 45]


def test_a_group_that_moves_says_so_in_both_chats() -> None:
    old, new = {"id": -500, "type": "group", "title": "Sales"}, {"id": -100500, "type": "supergroup", "title": "Sales"}
    for told in (message(chat=old, migrate_to_chat_id=-100500), message(chat=new, migrate_from_chat_id=-500)):
        assert received(message=told).content == ConversationMoved("-500", "-100500")


UNNAMED = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
CHANNEL_NEWS = {"sender_chat": {"id": -100777, "type": "channel", "title": "News"}, "is_automatic_forward": True}


def test_who_stays_unnamed_but_speaks_to_us_is_heard() -> None:
    event = received(message=message(chat=GROUP, text="/today", entities=[entity("bot_command", 0, 6)], **UNNAMED))

    assert event.content == Text("/today")
    assert event.sender is None


@pytest.mark.parametrize(
    "more",
    [
        {"text": "good morning", **UNNAMED},
        {"text": "/today", "entities": [entity("bot_command", 0, 6)], **CHANNEL_NEWS},
        {"photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}], **UNNAMED},
    ],
)
def test_who_stays_unnamed_and_speaks_to_others_is_left_alone(more: dict[str, Any]) -> None:
    assert received(message=message(chat=GROUP, **more)).content == Unknown("message.anonymous", ANY)


def test_a_press_carries_its_payload_and_place() -> None:
    query = {"id": "q1", "from": MEI, "chat_instance": "1", "data": "followup.done:31", "message": message(text="?")}
    event = received(callback_query=query)

    assert event.content == Press("followup.done:31", "42")
    assert (event.conversation.key, event.at, event.extra["callback"]) == ("11", NOW, "q1")


def test_a_press_on_an_inaccessible_message() -> None:
    place = {"chat": PRIVATE, "message_id": 42, "date": 0}
    event = received(callback_query={"id": "q1", "from": MEI, "chat_instance": "1", "data": "a:1", "message": place})

    assert event.content == Press("a:1", "42")
    assert event.conversation.key == "11"


def test_a_press_on_an_inline_message_is_answered_privately() -> None:
    query = {"id": "q1", "from": MEI, "chat_instance": "1", "data": "a:1", "inline_message_id": "x"}
    event = received(callback_query=query)

    assert event.content == Press("a:1", None)
    assert event.conversation.key == "11"


def test_a_press_in_a_topic_stays_there() -> None:
    card = message(chat=GROUP, text="?", message_thread_id=45, is_topic_message=True)
    event = received(callback_query={"id": "q1", "from": MEI, "chat_instance": "1", "data": "a:1", "message": card})

    assert event.conversation.key == "-100123/45"


SMALL = {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60}
LARGE = {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600, "file_size": 1000}
FILE = {"file_id": "f", "file_unique_id": "u", "file_name": "q.pdf", "mime_type": "application/pdf", "file_size": 9}
CLIP = {"file_id": "v", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"photo": [SMALL, LARGE], "caption": "their office"},
            Attachment("photo", "large", None, None, 1000, "their office"),
        ),
        ({"document": FILE}, Attachment("file", "f", "q.pdf", "application/pdf", 9)),
        ({"voice": {"file_id": "o", "file_unique_id": "u", "duration": 3}}, Attachment("voice", "o")),
        ({"video": CLIP}, Attachment("video", "v")),
        ({"video_note": {**CLIP, "length": 1}}, Attachment("video", "v")),
        ({"animation": CLIP, "document": FILE}, Attachment("video", "v")),
        ({"audio": {"file_id": "a", "file_unique_id": "u", "duration": 3}}, Attachment("file", "a")),
        ({"location": {"latitude": 31.2, "longitude": 121.5}}, Location(31.2, 121.5)),
    ],
)
def test_files_and_places(parts: dict[str, Any], expected: object) -> None:
    assert content(**parts) == expected


@pytest.mark.parametrize(
    ("parts", "is_own"),
    [
        ({"user_id": 11}, True),
        ({"user_id": 12}, False),
        ({}, False),
    ],
)
def test_a_contact_is_ones_own_only_by_its_id(parts: dict[str, int], is_own: bool) -> None:
    card = {"phone_number": "+8613800138000", "first_name": "Mei", "last_name": "Wang", **parts}

    assert content(contact=card) == ContactCard("+8613800138000", "Mei Wang", is_own)


def test_a_forwarded_own_contact_proves_nothing() -> None:
    card = {"phone_number": "+8613800138000", "first_name": "Mei", "user_id": 11}
    origin = {"type": "hidden_user", "date": SENT, "sender_user_name": "X"}

    assert content(contact=card, forward_origin=origin) == ContactCard("+8613800138000", "Mei", is_own=False)


@pytest.mark.parametrize(
    ("origin", "author", "author_id"),
    [
        (
            {"type": "user", "sender_user": {"id": 12, "is_bot": False, "first_name": "Nora", "last_name": "Quinn"}},
            "Nora Quinn",
            "12",
        ),
        ({"type": "hidden_user", "sender_user_name": "Nora"}, "Nora", None),
        ({"type": "chat", "sender_chat": GROUP, "author_signature": "the boss"}, "the boss", None),
        ({"type": "channel", "chat": {"id": -1, "type": "channel", "title": "News"}, "message_id": 4}, "News", None),
        ({"type": "user", "sender_user": BOT}, "", "700"),
    ],
)
def test_a_forwarded_text_says_who_wrote_it_and_when(
    origin: dict[str, Any], author: str, author_id: str | None
) -> None:
    written = int(datetime(2026, 3, 1, 17, 0, tzinfo=UTC).timestamp())

    forwarded = content(text="hello", forward_origin={"date": written, **origin})

    assert forwarded == Forwarded("hello", author, datetime(2026, 3, 1, 17, 0, tzinfo=UTC), author_id)


def test_the_words_beside_a_forwarded_photo_are_known_to_be_forwarded() -> None:
    origin = {"type": "hidden_user", "date": SENT, "sender_user_name": "X"}
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]

    kept = content(photo=photo, caption="yes", forward_origin=origin)

    assert isinstance(kept, Attachment)
    assert kept.is_forwarded


def test_a_text_forwarded_to_a_group_is_like_any_other_there() -> None:
    origin = {"type": "hidden_user", "date": SENT, "sender_user_name": "X"}

    assert content(chat=GROUP, text="hello", forward_origin=origin) == Text("hello", addressed=False)


def test_people_come_and_go() -> None:
    tom = {"id": 12, "is_bot": False, "first_name": "Tom"}

    joined = content(chat=GROUP, new_chat_members=[tom, BOT])
    left = content(chat=GROUP, left_chat_member=tom)

    assert isinstance(joined, MembersChanged)
    assert [person.user for person in joined.joined] == ["12"]
    assert isinstance(left, MembersChanged)
    assert [person.user for person in left.left] == ["12"]


def test_the_bots_own_coming_is_told_once() -> None:
    member = {"status": "member", "user": BOT}
    away = {"status": "left", "user": BOT}
    change = {"chat": GROUP, "from": MEI, "date": SENT, "old_chat_member": away, "new_chat_member": member}
    back = {**change, "old_chat_member": member, "new_chat_member": away}

    assert received(my_chat_member=change).content == MembersChanged(bot_joined=True, hears_all=False)
    assert received(my_chat_member=back).content == MembersChanged(bot_left=True)
    assert received(my_chat_member={**change, "old_chat_member": member}).content.kind == "my_chat_member"
    assert content(chat=GROUP, new_chat_members=[BOT]).kind == "message.new_chat_members.self"


@pytest.mark.parametrize(("was", "now", "blocked"), [("member", "kicked", True), ("kicked", "member", False)])
def test_a_block_and_its_end(was: str, now: str, blocked: bool) -> None:
    def standing(status: str) -> dict[str, Any]:
        return {"status": status, "user": BOT} | ({"until_date": 0} if status == "kicked" else {})

    change = {
        "chat": PRIVATE,
        "from": MEI,
        "date": SENT,
        "old_chat_member": standing(was),
        "new_chat_member": standing(now),
    }

    event = received(my_chat_member=change)

    assert event.content == Blocked(blocked)
    assert event.sender is not None
    assert event.sender.user == "11"


def test_reactions_put_on_and_taken_off() -> None:
    thumb, heart = {"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "❤"}
    change = {"chat": PRIVATE, "message_id": 42, "user": MEI, "date": SENT}

    put_on = received(message_reaction={**change, "old_reaction": [heart], "new_reaction": [heart, thumb]})
    taken_off = received(message_reaction={**change, "old_reaction": [thumb], "new_reaction": []})

    assert put_on.content == Reaction("👍", "42", added=True)
    assert taken_off.content == Reaction("👍", "42", added=False)


def test_an_edit_is_dated_when_it_was_made() -> None:
    event = received(edited_message=message(text="called Acme twice", edit_date=SENT + 30))

    assert event.content == Edited("42", "called Acme twice")
    assert event.at == datetime(2026, 3, 2, 8, 59, 30, tzinfo=UTC)


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        (
            {"message": message(chat=GROUP, text="/close", **{"from": ANONYMOUS}, sender_chat=GROUP)},
            "message.anonymous",
        ),
        ({"message": message(chat=GROUP, text="hi", **{"from": {**BOT, "id": 9}})}, "message.from_bot"),
        ({"channel_post": {k: v for k, v in message(text="news", chat=GROUP).items() if k != "from"}}, "channel_post"),
        ({"message": message(location="nowhere")}, "rejected.message"),
        ({"message": "no message at all"}, "rejected.message"),
        ({"message": {**message(text="x"), "chat": {"id": "x"}}}, "rejected.message"),
        ({"a_kind_of_tomorrow": {"id": 1}}, "a_kind_of_tomorrow"),
        ({}, "empty"),
    ],
)
def test_what_is_not_for_us_is_kept_as_unknown(update: dict[str, Any], kind: str) -> None:
    event = received(**update)

    assert isinstance(event.content, Unknown)
    assert event.content.kind == kind
    assert event.content.raw == {"update_id": 5, **update}
    assert event.delivery_id == "5"


def test_nobody_speaks_for_an_anonymous_administrator() -> None:
    anonymous = message(chat=GROUP, text="/close", **{"from": ANONYMOUS}, sender_chat=GROUP)

    assert received(message=anonymous).sender is None


def test_a_rejected_update_still_says_where_it_happened() -> None:
    assert received(message=message(chat=GROUP, location="nowhere")).conversation.key == "-100123"
    assert received(poll_answer={"user": MEI}).conversation.key == "11"
    assert received(callback_query={"message": {"chat": GROUP}}).conversation.key == "-100123"
