"""Where long texts are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rendering.splitting import is_blank, split, without_surrogates

FAMILY = "👩\u200d👩\u200d👧"
THUMB = "👍🏽"
FLAG = "🇨🇳"


def test_a_short_text_stays_whole() -> None:
    assert split("called Acme", 4096) == ["called Acme"]
    assert split("", 4096) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("one two\nthree four", ["one two\n", "three four"]),
        ("今天打了电话。他们要报价", ["今天打了电话。", "他们要报价"]),
        ("aaaa bbbb cccc", ["aaaa bbbb ", "cccc"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
    ],
)
def test_the_cut_is_where_a_reader_would_make_it(text: str, pieces: list[str]) -> None:
    assert split(text, 10) == pieces


@pytest.mark.parametrize("sign", [FAMILY, THUMB, FLAG, "e\u0301", "한", "\u1112\u1161\u11ab", "❤\ufe0f"])
@pytest.mark.parametrize("before", range(6, 11))
def test_no_sign_made_of_several_code_points_is_cut(sign: str, before: int) -> None:
    text = "x" * before + sign + "y" * 5

    assert any(sign in piece for piece in split(text, 10))


def test_flags_are_counted_in_pairs() -> None:
    assert all(len(piece) % 2 == 0 for piece in split(FLAG * 20, 9))


@given(st.text(max_size=300), st.integers(min_value=8, max_value=50))
def test_nothing_is_lost_and_every_piece_fits(text: str, limit: int) -> None:
    pieces = split(text, limit)

    assert "".join(pieces) == text
    assert all(1 <= len(piece) <= limit for piece in pieces)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2060\ufeff", "\u3164", "\u0301"])
def test_what_nobody_sees_is_blank(text: str) -> None:
    assert is_blank(text)


def test_half_characters_are_joined_or_replaced() -> None:
    assert without_surrogates("\ud83d\udcde") == "📞"
    assert without_surrogates("a\ud83d") == "a�"
