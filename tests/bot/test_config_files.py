"""The company's settings as a file: out and in again, what it leaves out stays, and faults are named with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import keeping
from bot.config_files import WrongFile, read_config, write_config
from bot.refusals import Refused
from domain.company.differences import differences
from domain.company.keeping import settings_of
from domain.company.model import Company

STANDING = settings_of(Company(name="Huaxin", timezone="Asia/Shanghai", currency="CNY", country="CN"))
PEOPLE = {"Sam": 3, "王芳": 4}

CHANGED = """
service:
  urgent: {answer: 10m, grades: {A: {answer: 5 分钟}}}
  capacity_of: {sam: 12, 王芳: 4}
calendar:
  mon: 9-12, 13-18
  free: [2026-12-24]
stages:
  - key: qualified
  - key: trial
    en: Trial run
    zh-CN: 试用
ladder:
  A:
company: {country: NO}
"""


def test_what_was_exported_changes_nothing() -> None:
    text = write_config(STANDING, PEOPLE)
    assert read_config(text, STANDING, PEOPLE) == STANDING
    changed = read_config(CHANGED, STANDING, PEOPLE)
    assert "Sam: 12" in write_config(changed, PEOPLE)
    assert read_config(write_config(changed, PEOPLE), changed, PEOPLE) == changed


def test_the_file_says_only_what_is_to_be_otherwise() -> None:
    found = differences(STANDING, read_config(CHANGED, STANDING, PEOPLE))
    assert {".".join(each.path): (each.before, each.after) for each in found} == {
        "company.country": ("CN", "NO"),
        "calendar.mon": ("09:00-18:00", "09:00-12:00 13:00-18:00"),
        "calendar.free.2026-12-24": (None, "2026-12-24"),
        "service.urgent.answer": ("15m", "10m"),
        "service.urgent.grades.A.answer": (None, "5m"),
        "service.capacity_of.3": (None, 12),
        "service.capacity_of.4": (None, 4),
        **{f"ladder.A.{step}": (days, None) for step, days in (("owner", 1), ("manager", 3), ("at_risk", 5))},
        "stages.trial": (None, "Trial run"),
        "stages.demo": ("demo", None),
        "stages.proposal": ("proposal", None),
        "stages.negotiation": ("negotiation", None),
    }


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("service:\n  urgent:\n    answer: soon\n  capacity: 0\n", [(3, "no span"), (4, "greater than or equal to 1")]),
        ("service:\n  urgent: soon\n", [(2, "names and values belong below it")]),
        ("stagez: []\ncompany:\n  currency: GBX\n", [(1, "stagez is no setting"), (3, "no currency")]),
        ("service:\n  capacity_of:\n    Ida: 3\n", [(3, "nobody on the staff is called 'Ida'")]),
        ("calendar:\n  free: [2026-13-01]\n", [(2, "date")]),
        ("ladder:\n  other: {owner: 3, manager: 2, at_risk: 9}\n", [(2, "each step comes later")]),
        ("stages:\n  - key: won\n", [(1, "always there")]),
        ("greeting:\n  private:\n    en: Hello {nmae}\n", [(1, "unknown-placeholder")]),
        ("company:\n  name: A\n  name: B\n", [(3, "twice")]),
        ("a: [", [(1, "")]),
        ("- 1\n", [(1, "no settings")]),
        ("", [(1, "no settings")]),
    ],
)
def test_each_fault_is_named_with_its_line(text: str, faults: list[tuple[int, str]]) -> None:
    with pytest.raises(WrongFile) as wrong:
        read_config(text, STANDING, PEOPLE)
    assert [fault.line for fault in wrong.value.faults] == [line for line, _ in faults]
    assert all(why in fault.why for fault, (_, why) in zip(wrong.value.faults, faults, strict=True)), wrong.value.faults


def test_a_name_that_is_left_out_is_not_given_to_a_new_key() -> None:
    """Records that chose the old one go on to show its name."""
    renamed = read_config("sources:\n  - {key: exhibition, en: Fair, zh-CN: 展会}\n", STANDING, PEOPLE)
    with pytest.raises(Refused, match=r"sources\.yaml: Sources: .*stands there twice; keep the key"):
        keeping(Path("sources.yaml"), STANDING, renamed)
