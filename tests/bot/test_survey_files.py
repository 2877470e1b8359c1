"""Surveys as YAML: every fault is named with its line, and what is written is read again."""

from __future__ import annotations

import pytest

from bot.survey_files import read_surveys, write_surveys
from domain.surveys.errors import BadDefinition
from domain.surveys.templates import TEMPLATES
from handlers.surveys.definitions import written_out

GOOD = """\
name: fair
kind: form
title: The fair
ask: "Two questions about the fair?"
questions:
  - name: came
    type: choice
    ask: {en: "Did you come?", zh-CN: "您来了吗？"}
    choices: [yes, no]
  - name: day
    type: number
    ask: Which day?
    min: 1
    max: 3
    when: {came: yes}
rules:
  - {on: activity, kind: meeting, after: 1h, one_in: 2}
"""


def test_yaml_words_stay_words_and_everything_is_read_again() -> None:
    [fair] = read_surveys(GOOD)
    came, day = fair.questions
    assert [choice.value for choice in came.choices] == ["yes", "no"]
    assert (day.is_asked_after({"came": "yes"}), day.is_asked_after({"came": "no"})) == (True, False)
    assert (fair.rules[0].after, fair.next_question({"came": "no"})) == (3600, None)
    everything = [fair, *TEMPLATES.values()]
    written = [written_out(asks) for asks in everything]
    again = read_surveys(write_surveys(written))
    assert [written_out(asks) for asks in again] == written


@pytest.mark.parametrize(
    ("changed", "line", "why"),
    [
        (("kind: form", "kind: from"), 2, "Input should be"),
        (("max: 3", "most: 3"), 14, "Extra inputs"),
        (("type: number", "type: choice"), 10, "needs choices"),
        (("when: {came: yes}", "when: {come: yes}"), 1, "no earlier question"),
        (("{came: yes}", "{came: maybe}"), 1, "no choice maybe"),
        (("after: 1h", "after: soon"), 17, "30m, 1h or 2d"),
        (("kind: meeting, ", ""), 17, "needs the kind"),
        (("title: The fair", "name: fair"), 3, "twice"),
        (("choices: [yes, no]", "choices: [yes, no"), 10, "expected"),
        (("title: The fair", "title: &a The fair\nthanks: *a"), 4, "aliases"),
        (("name: fair", "name: The Fair!"), 1, "match pattern"),
        (("kind: form", "kind: form\nlow: 2"), 1, "neither then nor ends"),
    ],
)
def test_a_fault_is_named_with_its_line(changed: tuple[str, str], line: int, why: str) -> None:
    assert changed[0] in GOOD
    with pytest.raises(BadDefinition) as refused:
        read_surveys(GOOD.replace(*changed))
    assert refused.value.facts["line"] == line
    assert why in refused.value.facts["why"]


@pytest.mark.parametrize("text", ["", "just words", "- 1", "[" * 5000, GOOD + "---\n" + GOOD, "\t- x: y"])
def test_what_is_no_survey_is_refused(text: str) -> None:
    with pytest.raises(BadDefinition):
        read_surveys(text)
