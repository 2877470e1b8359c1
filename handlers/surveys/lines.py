"""Questions and rules as people type them into a form, a line each, and back.

A question: ``How many seats? | number``, ``Which plan? | Basic, Pro``, ``Which ones? | text | if 2 = Pro``; ``*`` at its end
makes it required. A rule: ``ticket_closed 1h``, ``activity visit 2h``, ``every_months 3 A B``, ``first_days 7 1/10``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.activities.model import ActivityKind
from domain.surveys.definition import Answered, Cause, Question, Rule, said_in
from domain.surveys.errors import BadDefinition
from handlers.router import fold
from handlers.surveys.definitions import span_of, words_written

_CONDITION = re.compile(r"(?:if|如果|若)\s*(?P<number>\d{1,2})\s*=\s*(?P<values>.+)", re.IGNORECASE)
_TYPES = {
    "number": "number",
    "数字": "number",
    "date": "date",
    "日期": "date",
    "text": "text",
    "文字": "text",
    "文本": "text",
}
_SPAN = re.compile(r"\d{1,4}(?:m|h|d)")
_ONE_IN = re.compile(r"1/(\d{1,4})")


def read_questions(typed: str, standing: Sequence[Question], language: str) -> list[dict[str, Any]]:
    """The questions as a definition has them. What a question was called, and its words in other languages, stay with
    its words, else with its place. Raises BadDefinition with the line."""
    lines = [[part.strip() for part in re.split(r"[|｜]", line)] for line in typed.splitlines() if line.strip()]
    by_words = {said_in(words_written(question.ask), language): question for question in standing}
    kept = [by_words.get(_without_star(line[0])[0]) for line in lines]
    names = {question.name for question in kept if question is not None}
    made: list[dict[str, Any]] = []
    for at, line in enumerate(lines):
        before = kept[at]
        if before is None and at < len(standing) and standing[at].name not in names:
            before = standing[at]
        taken = names | {each["name"] for each in made}
        free = next(name for number in range(at + 1, at + len(lines) + 99) if (name := f"q{number}") not in taken)
        made.append(_question(line, before.name if before is not None else free, made, before, language))
    return made


def _without_star(ask: str) -> tuple[str, bool]:
    """The words, and whether an answer is required."""
    is_required = ask.endswith(("*", "＊"))
    return (ask[:-1].strip() if is_required else ask), is_required


def _question(
    line: Sequence[str], name: str, made: Sequence[dict[str, Any]], before: Question | None, language: str
) -> dict[str, Any]:
    ask, is_required = _without_star(line[0])
    given: dict[str, Any] = {"name": name, **({"required": True} if is_required else {})}
    given["ask"] = with_words(before.ask if before is not None else None, ask, language)
    for part in line[1:]:
        condition = _CONDITION.fullmatch(part)
        if condition is not None:
            number = int(condition["number"])
            if not 1 <= number <= len(made):
                raise BadDefinition(why=f"there is no question {number} before it", line=len(made) + 1)
            asked = made[number - 1]
            given["when"] = {asked["name"]: [_value_of(asked, each) for each in _pieces(condition["values"])]}
        elif fold(part).casefold() in _TYPES:
            given["type"] = _TYPES[fold(part).casefold()]
        elif part:
            given["type"], given["choices"] = "choice", _choices(part, before, language)
    return given


def _choices(typed: str, before: Question | None, language: str) -> list[Any]:
    """A choice that stood there keeps its value, by which answers are counted, when its label is typed again."""
    known: dict[str, Any] = {}
    for choice in before.choices if before is not None else ():
        words = words_written(choice.label)
        known[said_in(words, language)] = {"value": choice.value, "label": words}
    return [known.get(piece, piece) for piece in _pieces(typed)]


def _value_of(asked: Mapping[str, Any], typed: str) -> str:
    """A condition names a choice as its button does, in any language, or by the value that is counted."""
    for choice in asked.get("choices", ()):
        value, labels = (choice, ()) if isinstance(choice, str) else (choice["value"], choice["label"].values())
        if typed.casefold() in {value.casefold(), *(words.casefold() for words in labels)}:
            return str(value)
    return typed


def _pieces(typed: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,，、/]", typed) if piece.strip()]


def with_words(before: Mapping[str, str] | None, typed: str, language: str) -> dict[str, str]:
    """The words with those of one language changed; others stay."""
    words = words_written(before) if before is not None else {}
    if "" in words or not words:
        return {"": typed} if words.get("", typed) == typed or set(words) <= {""} else {**words, language: typed}
    return {**words, language: typed}


def write_questions(questions: Sequence[Question], language: str) -> str:
    numbered = {question.name: (number, question) for number, question in enumerate(questions, start=1)}
    return "\n".join(_written(question, numbered, language) for question in questions)


def _written(question: Question, numbered: Mapping[str, tuple[int, Question]], language: str) -> str:
    parts = [said_in(words_written(question.ask), language) + (" *" if question.required else "")]
    if question.type is Answered.CHOICE:
        parts.append(", ".join(said_in(words_written(choice.label), language) for choice in question.choices))
    else:
        parts.append(question.type.value)
    for name, values in question.when.items():
        number, asked = numbered[name]
        labels = {choice.value: said_in(words_written(choice.label), language) for choice in asked.choices}
        parts.append(f"if {number} = {', '.join(labels.get(value, value) for value in values)}")
    return " | ".join(parts)


# ---------------------------------------------------------------- rules


def read_rules(typed: str) -> list[dict[str, Any]]:
    """Raises BadDefinition with the line."""
    lines = [line.split() for line in fold(typed).splitlines() if line.strip()]
    return [_rule(words, at) for at, words in enumerate(lines, start=1)]


def _rule(words: Sequence[str], line: int) -> dict[str, Any]:
    cause, *rest = words
    if cause not in set(Cause):
        raise BadDefinition(why=f"{cause} is none of {', '.join(Cause)}", line=line)
    rule: dict[str, Any] = {"on": cause}
    counted = {"first_days": "days", "every_months": "months"}.get(cause)
    for word in rest:
        one_in = _ONE_IN.fullmatch(word)
        if one_in is not None:
            rule["one_in"] = int(one_in[1])
        elif _SPAN.fullmatch(word):
            rule["after"] = word
        elif word.isdecimal() and counted is not None:
            rule[counted] = int(word)
        elif word in set(ActivityKind):
            rule["kind"] = word
        elif len(word) == 1 and word.isalpha():
            rule.setdefault("grades", []).append(word.upper())
        else:
            raise BadDefinition(why=f"“{word}” is no time, number, grade or kind", line=line)
    return rule


def write_rules(rules: Sequence[Rule]) -> str:
    return "\n".join(_rule_written(rule) for rule in rules)


def _rule_written(rule: Rule) -> str:
    count = rule.days or rule.months
    parts = [rule.on.value, rule.kind.value if rule.kind is not None else "", str(count) if count else ""]
    parts += [str(span_of(rule.after)) if rule.after else "", *rule.grades]
    parts.append(f"1/{rule.one_in}" if rule.one_in > 1 else "")
    return " ".join(part for part in parts if part)
