"""The time of day: clocks, spoken hours, morning and evening, the end of the working day."""

from __future__ import annotations

import re
from typing import Literal

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.numbers import whole
from handlers.understanding.dates.scene import Scene, reads


def part_of(word: str) -> str:
    word = " ".join(word.replace("-", " ").split())
    if word == "after lunch":
        return "afternoon"
    if word.startswith(("first thing", "early morning")) or word in {"morning", "forenoon", "am", "a.m."}:
        return "morning"
    if word in {"late morning", "mid morning", "midmorning"}:
        return word.replace("midmorning", "mid morning")
    if "noon" in word or word in {"arvo", "pm", "p.m."}:
        return "late afternoon" if word == "late afternoon" else "afternoon"
    if "hours" in word:
        return "small hours"
    return "noon" if word.startswith("lunch") else "evening"


_ZPARTS = {
    "中午": "noon",
    "正午": "noon",
    "午间": "noon",
    "午饭": "noon",
    "午饭时": "noon",
    "午后": "afternoon",
    "下午": "afternoon",
    "傍晚": "dusk",
    "傍黑": "dusk",
}
_ZPARTS |= {
    "晚上": "evening",
    "晚间": "evening",
    "夜里": "evening",
    "夜晚": "evening",
    "晚": "evening",
    "晚饭": "evening",
    "晚饭时": "evening",
    "早": "morning",
}
_ZPARTS |= {"深夜": "late night", "半夜": "late night", "午夜": "late night", "凌晨": "small hours"}


@reads("part")
def _read_part(match: re.Match[str], scene: Scene) -> Atom | None:
    word = match["word"]
    if word.startswith("lunch") and not re.search(
        r"(?:at|around|over|by|before|after|tomorrow|tmrw|today|day|mon|tues?|weds?|thurs?|fri|sat|sun)\s+$",
        scene.text[max(0, match.start() - 9) : match.start()],
    ):
        return None
    return Atom("part", part=part_of(word))


@reads("z_part")
def _z_part(match: re.Match[str], scene: Scene) -> Atom:
    word = match["word"]
    if word.endswith("后") or word.startswith("吃完"):
        return Atom("part", part="evening" if "晚饭" in word else "afternoon")
    return Atom("part", part=_ZPARTS.get(word, "morning"))


# "Moved from 3 to 4:30" names the new hour, where "from 3 to 4:30" is a stretch that begins at three.
_IS_MOVED = re.compile(
    r"(?<![a-z])(?:moved?|moving|push(?:ed|ing)?|shift(?:ed|ing)?|chang(?:ed?|ing)|re-?sched(?:uled?|uling)?|switch(?:ed|ing)?|bump(?:ed|ing)?|delayed|postponed?|brought\s+forward|pulled\s+forward|put\s+back)(?![a-z])[^.;!?\d]{0,30}$"
)


@reads("clock", "clock_range")
def _clock(match: re.Match[str], scene: Scene) -> Atom | None:
    groups = match.groupdict()
    hour, minute = whole(match["h"]), _minute(groups.get("min"))
    meridiem = _meridiem(groups.get("ap"))
    if groups.get("h2") and _IS_MOVED.search(scene.text[max(0, match.start() - 48) : match.start()]):
        hour, minute, meridiem = whole(groups["h2"]), _minute(groups.get("min2")), _meridiem(groups["ap2"]) or meridiem
    elif groups.get("h2"):
        later = _meridiem(groups["ap2"])
        if not meridiem and later:
            meridiem = later if hour <= int(groups["h2"]) or hour == 12 else "am" if later == "pm" else ""
    if hour > 24 or (meridiem and hour > 12) or (hour == 24 and minute):
        if meridiem and hour <= 24:
            meridiem = ""
        else:
            return None
    return Atom(
        "clock", hour=hour, minute=minute, meridiem=meridiem, certain=len(match["h"]) == 2 and match["h"][0] == "0"
    )


@reads("at_hour", "day_at", "times")
def _at_hour(match: re.Match[str], scene: Scene) -> Atom | None:
    return _clock(match, scene)


@reads("number")
def _number(match: re.Match[str], scene: Scene) -> Atom | None:
    hour = whole(match["h"])
    if hour > 31:
        return None
    return Atom("number", hour=hour, number=hour, minute=_minute(match["min"]))


def _minute(word: str | None) -> int:
    if not word:
        return 0
    return {"thirty": 30, "fifteen": 15, "forty five": 45, "forty-five": 45}.get(word) or whole(word)


def _meridiem(word: str | None) -> Literal["am", "pm", ""]:
    return "" if not word else "am" if word[0] == "a" else "pm"


@reads("half_hour")
def _half_hour(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("clock", hour=whole(match["h"]), minute=30)


@reads("past_hour")
def _past_hour(match: re.Match[str], scene: Scene) -> Atom | None:
    words = {"half": 30, "quarter": 15}
    minutes = words.get(match["min"]) or whole(match["min"].replace("-", " "))
    hour = whole(match["h"])
    if hour > 23 or minutes > 59:
        return None
    if match["way"] in {"to", "before", "till"}:
        if match["way"] != "to" and not match["ap"] and match["min"].isdigit():
            return None
        if match["way"] == "to" and match["min"].isdigit() and match["min"] not in {"5", "10", "15", "20", "25"}:
            return None
        hour, minutes = (hour - 1) % 24 or 12, 60 - minutes
    return Atom("clock", hour=hour, minute=minutes, meridiem=_meridiem(match["ap"]))


@reads("hour_word")
def _hour_word(match: re.Match[str], scene: Scene) -> Atom:
    if match["word"] == "midnight":
        return Atom("clock", hour=24, certain=True)
    return Atom("clock", hour=12, meridiem="pm")


def _is_hour_place(match: re.Match[str], scene: Scene) -> bool:
    """一点 mostly means a little; one o'clock stands after a day or a part of it, or alone."""
    return match[0] == scene.text.strip() or bool(
        re.search(r"[午晚上早天日号一二三四五六末]$", scene.text[: match.start()])
    )


@reads("z_clock", "z_hour_range")
def _z_clock(match: re.Match[str], scene: Scene) -> Atom | None:
    groups = match.groupdict()
    hour = whole(match["h"])
    if hour > 24 or (match[0] == "一点" and not _is_hour_place(match, scene)):
        return None
    if groups.get("half"):
        minute = 30
    elif groups.get("quarter"):
        minute = 15 * whole(match["quarter"])
    else:
        minute = whole(groups.get("min") or groups.get("past") or groups.get("min2") or "0")
    return Atom("clock", hour=hour, minute=minute, certain=len(match["h"]) == 2 and match["h"][0] == "0")


@reads("z_short_of")
def _z_short_of(match: re.Match[str], scene: Scene) -> Atom | None:
    """差一刻四点 and 四点差一刻."""
    hour, short = whole(match["h"]), 15 if match["min"] == "一刻" else whole(match["min"].removesuffix("分"))
    return Atom("clock", hour=hour - 1 or 12, minute=60 - short) if 0 < hour <= 24 else None


@reads("day_end", "z_day_end")
def _day_end(match: re.Match[str], scene: Scene) -> Atom:
    return Atom(
        "part",
        part="day end",
        limit="before" if match[0].endswith("前") or match[0] in {"eod", "cob", "cop", "eob"} else "",
    )
