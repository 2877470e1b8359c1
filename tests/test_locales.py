"""Every text exists in every language, with the same facts, and every key that the code names exists."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from fluent.syntax import FluentParser, ast

import domain
import locales
from domain.errors import CrmError
from handlers.rendering import functions
from tests.texts_in_code import actions, notices, refusals, uses, words

ALWAYS_GIVEN = {"company"}
# Keys that are put together from a stored value, and those that programs outside may name.
COMPOSED = (
    "action-",
    "activity-",
    "role-",
    "stage-",
    "record-",
    "point-",
    "lead-status-",
    "followup-status-",
    "weekday-",
    "month-",
)
# The bot's own name; buttons that DESIGN §7 promises to programs outside; words that most screens will want.
ALLOWED_UNUSED = {
    "bot-name",
    *("button-accept", "button-approve", "button-reply", "button-send", "button-take"),
    *("button-details", "button-edit", "button-more", "button-no", "button-open-form", "button-pass-on"),
    *("button-save-all", "button-show-me", "button-skip", "button-yes"),
}


@dataclass
class Text:
    """One message: the variables, messages and functions that it and its attributes use."""

    file: str
    attributes: set[str]
    variables: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)


def nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from nodes(child)


def text_of(message: ast.Message, file: str) -> Text:
    text = Text(file, {attribute.id.name for attribute in message.attributes})
    for node in nodes(message):
        if isinstance(node, ast.VariableReference):
            text.variables.add(node.id.name)
        elif isinstance(node, ast.MessageReference):
            text.messages.add(node.id.name)
        elif isinstance(node, ast.FunctionReference):
            text.functions.add(node.id.name)
            text.words |= {f"{each.value.value}-" for each in node.arguments.named if each.name.name == "of"}
        elif isinstance(node, ast.TextElement | ast.StringLiteral):
            text.parts.append(node.value)
    return text


@cache
def texts(language: str) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for file, source in locales.sources(language).items():
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ast.Junk), f"{language}/{file}: {entry.content!r}"
            if not isinstance(entry, ast.Message):
                continue
            key = entry.id.name
            assert key not in found, f"{key} stands in {file} and in {found[key].file}"
            found[key] = text_of(entry, file)
    return found


def needed(key: str, language: str = locales.DEFAULT) -> set[str]:
    """The facts that a text needs, also through the messages it refers to."""
    text = texts(language)[key]
    return text.variables.union(*(needed(other, language) for other in text.messages)) - ALWAYS_GIVEN


def refusals_of_the_domain() -> Iterator[type[CrmError]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    waiting: list[type[CrmError]] = [CrmError]
    while waiting:
        error = waiting.pop()
        if error.__module__.partition(".")[0] == "domain":
            yield error
        waiting += error.__subclasses__()


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_language_has_the_same_files_and_keys(language: str) -> None:
    assert locales.sources(language).keys() == locales.sources(locales.DEFAULT).keys()
    ours, english = texts(language), texts(locales.DEFAULT)
    assert ours.keys() == english.keys()
    assert {key: text.file for key, text in ours.items()} == {key: text.file for key, text in english.items()}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_text_uses_the_same_facts_and_attributes(language: str) -> None:
    english = texts(locales.DEFAULT)
    differing = {
        key
        for key, text in texts(language).items()
        if key in english and (text.variables, text.attributes) != (english[key].variables, english[key].attributes)
    }
    assert not differing


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_texts_refer_to_what_exists(language: str) -> None:
    known = texts(language)
    for key, text in known.items():
        assert text.messages <= known.keys(), key
        assert all(any(other.startswith(word) for other in known) for word in text.words), key
        assert text.functions <= {*functions.ALL, "WORD"}, key


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    def says_nothing(text: Text) -> bool:
        return not "".join(text.parts).strip() and not text.variables and not text.messages

    assert [key for key, text in texts(language).items() if says_nothing(text)] == []


def test_chinese_punctuation_is_full_width() -> None:
    han = "[\u4e00-\u9fff]"
    narrow = re.compile(f"{han}[,;:?!]|[,;:?!]{han}")
    assert [key for key, text in texts("zh-CN").items() if any(narrow.search(part) for part in text.parts)] == []


def test_every_refusal_has_a_text() -> None:
    codes = {error.code for error in refusals_of_the_domain()} | {code for code, _, _ in refusals()}
    assert len(codes) > 10
    assert codes - texts(locales.DEFAULT).keys() == set()


def test_every_refusal_gives_the_facts_of_its_text() -> None:
    lacking = {
        code: needed(code) - given
        for code, given, _ in refusals()
        if given is not None and code in texts(locales.DEFAULT) and needed(code) - given
    }
    assert lacking == {}


def test_every_key_in_the_code_has_a_text() -> None:
    known = texts(locales.DEFAULT)
    built = notices()
    missing = set()
    for use in uses():
        if use.call == "Planned" and use.key in built:
            continue
        exists = any(key.startswith(use.key) for key in known) if use.dynamic else use.key in known
        if not exists:
            missing.add(f"{use.key} ({use.where})")
    assert sorted(missing) == []


def test_the_code_gives_every_fact_that_a_text_uses() -> None:
    lacking = {
        f"{use.key} ({use.where})": needed(use.key) - use.facts
        for use in uses()
        if use.facts is not None
        and not use.dynamic
        and use.key in texts(locales.DEFAULT)
        and needed(use.key) - use.facts
    }
    assert lacking == {}


def test_every_action_has_a_name_for_people() -> None:
    known = texts(locales.DEFAULT)
    assert [name for name in sorted(actions()) if f"action-{name}" not in known] == []


def test_every_text_is_used() -> None:
    literals, beginnings = words()
    all_texts = texts(locales.DEFAULT).values()
    referred = set().union(*(text.messages for text in all_texts))
    beginnings = beginnings.union(*(text.words for text in all_texts))
    unused = {
        key
        for key in texts(locales.DEFAULT)
        if key not in literals | referred | ALLOWED_UNUSED and not key.startswith((*COMPOSED, *beginnings))
    }
    assert unused == set()


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-CN", "zh-CN"),
        ("zh_CN", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("ZH-tw", "zh-CN"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_locale_finds_its_language(locale: str, language: str) -> None:
    assert locales.language_of(locale) == language
