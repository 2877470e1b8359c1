"""Replies as native pieces."""

import pytest

from bot.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, file_name, pieces
from handlers.chat import Rendered, RenderedButton
from tests.fakes.telegram import PNG_DOT

ROW = ((RenderedButton("Done", "a:1"),),)


def test_title_and_text_are_escaped() -> None:
    (piece,) = pieces(Rendered("a < b && *c* _d_ <script>", title="<Acme> & *Co*"))

    assert piece.html == "<b>&lt;Acme&gt; &amp; *Co*</b>\na &lt; b &amp;&amp; *c* _d_ &lt;script&gt;"


def test_the_buttons_stand_under_the_last_piece() -> None:
    first, last = pieces(Rendered("x" * (TEXT_LIMIT + 1), rows=ROW))

    assert first.markup is None
    assert last.markup is not None


def test_a_long_title_stays_strong_over_the_cut() -> None:
    first, last = pieces(Rendered("rest", title="t" * (TEXT_LIMIT + 2)))

    assert first.html == f"<b>{'t' * TEXT_LIMIT}</b>"
    assert last.html == "<b>tt</b>\nrest"


def test_a_picture_carries_a_short_text() -> None:
    (piece,) = pieces(Rendered("x" * CAPTION_LIMIT, picture=PNG_DOT, rows=ROW))

    assert (piece.photo, piece.html) == (PNG_DOT, "x" * CAPTION_LIMIT)
    assert piece.markup is not None


def test_a_picture_with_a_long_text_is_two_pieces() -> None:
    picture, text = pieces(Rendered("x" * (CAPTION_LIMIT + 1), picture=PNG_DOT, rows=ROW))

    assert (picture.photo, picture.html, picture.markup) == (PNG_DOT, "", None)
    assert text.is_text
    assert text.markup is not None


def test_a_picture_and_a_document() -> None:
    picture, document = pieces(Rendered("report", picture=PNG_DOT, document=b"a,b", document_name="march.csv"))

    assert (picture.photo, picture.html) == (PNG_DOT, "")
    assert (document.document, document.file_name, document.html) == (b"a,b", "march.csv", "report")


def test_a_picture_too_heavy_for_a_photo_is_a_file() -> None:
    (piece,) = pieces(Rendered("chart", picture=b"\x89PNG" + bytes(10_000_000)))

    assert piece.photo is None
    assert piece.document is not None


def test_nothing_to_say_is_still_a_message() -> None:
    assert [piece.html for piece in pieces(Rendered(" \u200b\n"))] == ["…"]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("三月 report.csv", "三月 report.csv"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b\r\nX: y.csv', "a_b__X_ y.csv"),
        ("\x1f", "_"),
        ("", "document"),
        ("x" * 300 + ".xlsx", "x" * 60 + ".xlsx"),
    ],
)
def test_file_names_hurt_nobody(name: str, clean: str) -> None:
    assert file_name(name) == clean
