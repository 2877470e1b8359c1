"""What typed text may contain, how wide it is, where it may be cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rendering.wording import clean, clusters, shortened, width

anything = st.text(
    st.characters() | st.sampled_from("\u202e\u200b\u200d\ufeff\ud83d\x00\r\n👨👩🇬🇧e\u0301"), max_size=40
)


@given(anything)
def test_clean_text_can_be_sent_and_hides_nothing(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    hidden = [letter for letter in cleaned if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n"]
    assert hidden == []
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u200e\u200f")
    assert clean(cleaned) == cleaned


@given(anything)
def test_what_can_be_seen_stays(text: str) -> None:
    seen = [letter for letter in text if unicodedata.category(letter)[0] in "LNPS"]
    assert [letter for letter in clean(text) if unicodedata.category(letter)[0] in "LNPS"] == seen


@given(anything, st.integers(1, 20))
def test_a_shortened_text_fits_and_is_cut_between_visible_characters(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    if short != text:
        assert short.endswith("…")
        pieces = clusters(text)
        assert any("".join(pieces[:count]).rstrip() + "…" == short for count in range(len(pieces)))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👨\u200d👩\u200d👧!", ["👨\u200d👩\u200d👧", "!"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇬🇧🇨🇳", ["🇬🇧", "🇨🇳"]),
        ("✈\ufe0f", ["✈\ufe0f"]),
    ],
)
def test_visible_characters(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "columns"), [("Save", 4), ("保存", 4), ("A张", 3), ("e\u0301", 1), ("👍", 2), ("", 0)]
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns
