"""The page's files, as far as one can tell without a browser."""

import re

import pytest

from web.app import STATIC

FILES = sorted(STATIC.iterdir())


def words_of(language: str) -> dict[str, str]:
    text = (STATIC / "words.js").read_text(encoding="utf-8")
    block = re.search(rf'^  "?{language}"?: \{{\n(.*?)^  \}},$', text, re.MULTILINE | re.DOTALL)
    assert block is not None
    return dict(re.findall(r'^ {4}"?([\w-]+)"?: "(.*)",$', block[1], re.MULTILINE))


def test_both_languages_have_the_same_words_with_the_same_places_to_fill() -> None:
    english, chinese = words_of("en"), words_of("zh-CN")

    assert len(english) > 40
    assert english.keys() == chinese.keys()
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", chinese[key])), key


def test_every_word_that_the_page_asks_for_exists() -> None:
    asked = set()
    for file in FILES:
        if file.suffix == ".js":
            asked |= set(re.findall(r'\bword\([\w.()]+, "([\w-]+)"', file.read_text(encoding="utf-8")))

    assert len(asked) > 20
    assert asked <= words_of("en").keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_comes_from_outside_and_nothing_becomes_markup(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"""(src|href|url|from|import)\W{1,3}(https?:)?//""", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|style=", text)
