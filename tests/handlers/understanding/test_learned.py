"""Which words a correction teaches, and how what was taught is read."""

from dataclasses import replace

import pytest

from handlers.understanding import Context, Known, Names, learned, understand
from handlers.understanding.cues import Cues, cues_of
from handlers.understanding.phrases import Phrases


def cues(context: Context, text: str) -> Cues:
    return cues_of(text, understand(text, context))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("pinged Delmar about pricing", "pinged"),
        ("just looped in Delmar on the rollout", "looped in"),
        ("Delmar skyped about the rollout", "skyped"),
        ("water cooler with Delmar on the way", "water cooler with"),
        # What is plain, denied, a plan, no verb, or too much of a sentence is never taught.
        ("called Delmar about pricing", None),
        ("met with Delmar", None),
        ("didn't ping Delmar", None),
        ("ping Delmar tomorrow", None),
        ("great news from Delmar", None),
        ("Delmar agreed", None),
        ("the big budget round of all the teams with Delmar", None),
    ],
)
def test_english_activities(english: Context, text: str, cue: str | None) -> None:
    assert cues(english, text).activity == cue


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("给远航科技拨了个语音，他们很满意", "拨了个语音"),
        ("跟远航科技视频了一下，约周五见", "视频了"),
        ("刚敲了远航科技，等回话", "敲了"),
        ("给远航科技打了电话", None),
        ("联系了远航科技", None),
        ("没给远航科技拨语音", None),
    ],
)
def test_chinese_activities(chinese: Context, text: str, cue: str | None) -> None:
    assert cues(chinese, text).activity == cue


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("called the old mill, they want 5 loaves", "the old mill"),
        ("called Globex, no news", "globex"),
        ("called Delmar, no news", None),
        ("called the customer, no news", None),
        ("met the new buyer today", None),
    ],
)
def test_english_names(english: Context, text: str, name: str | None) -> None:
    assert cues(english, text).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("拜访了老地方，他们要报价", "老地方"),
        ("老地方又要一批货，周五送", "老地方"),
        ("客户又要一批货", None),
        ("拜访了王总，要报价", None),
        ("去现场看了，谈得不错", None),
    ],
)
def test_chinese_names(chinese: Context, text: str, name: str | None) -> None:
    assert cues(chinese, text).name == name


def test_a_lone_word_of_an_intent_is_taught_with_its_neighbours(english: Context) -> None:
    assert cues(english, "Delmar wants a discount on top").intents["price_objection"] != "discount"


def test_the_words_that_said_nothing(english: Context, chinese: Context) -> None:
    assert cues(english, "called Delmar, they're tickled pink, follow up Friday").remark == "tickled pink"
    assert cues(english, "called Delmar, tickled pink, on cloud nine").remark is None
    assert cues(chinese, "给远航科技打了电话，老板拍着胸脯答应").remark == "老板拍着胸脯答应"


def test_what_was_taught_is_read_so(english: Context) -> None:
    taught = replace(
        english,
        learned=learned(
            activities=[("looped in", "message"), ("water cooler with", "meeting")],
            intents=[("tickled pink", "interested")],
            denied=[("interested parties list", "interested")],
        ),
    )

    def read(text: str) -> tuple[str | None, tuple[str, ...]]:
        understood = understand(text, taught)
        return understood.activity, understood.intents

    assert read("looped in Delmar, they're tickled pink") == ("message", ("interested",))
    assert read("called Delmar, not tickled pink") == ("call", ())
    assert read("haven't looped in Delmar") == ("note", ())
    assert read("water cooler with Delmar about seats")[0] == "meeting"
    assert read("book a water cooler with Delmar Friday 10am")[0] == "task"
    assert read("called Delmar, they want the interested parties list")[1] == ()
    assert read("called Delmar, they are interested")[1] == ("interested",)
    assert read("unlooped in Delmar")[0] == "note"


def test_what_a_customer_is_called_holds_against_guesses_only() -> None:
    names = Names(
        [Known("customer", 1, "Globex"), Known("customer", 2, "Old Mill Bakery"), Known("lead", 3, "远航科技")]
    )
    names.call(
        [
            ("customer", 1, "the old place"),
            ("customer", 1, "old mill bakery"),
            ("lead", 3, "老地方"),
            ("lead", 9, "那里"),
        ]
    )

    def meant(text: str) -> list[tuple[str, int | str]]:
        found = names.find(text, text.lower())
        return [(names.known[number].kind, names.known[number].id) for one in found.mentions for number in one.entries]

    assert meant("called the old place") == [("customer", 1)]
    assert meant("called Old Mill Bakery") == [("customer", 2)]
    assert meant("老地方又要货") == [("lead", 3)]
    assert meant("去了那里") == []
    names.call([("customer", 2, "the old place")])
    assert meant("called the old place") == [("customer", 1), ("customer", 2)]


def test_phrases_are_whole_words_and_the_longest() -> None:
    phrases = Phrases([("ping", 1), ("ping pong", 2), ("微信聊", 3)])

    assert [value for _, _, value in phrases.find("ping pong, pinged, ping; 用微信聊了")] == [2, 1, 3]
    assert not Phrases([("x", 1)])
