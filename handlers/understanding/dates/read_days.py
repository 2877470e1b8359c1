"""Single days: dates in all spellings, weekdays, today and tomorrow, the third Friday of a month."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.days import (
    DAY,
    add_months,
    month_end,
    next_date,
    nth_week,
    nth_weekday,
    quarter_start,
)
from handlers.understanding.dates.numbers import ORDINALS, whole
from handlers.understanding.dates.read_clock import part_of
from handlers.understanding.dates.read_periods import month_period
from handlers.understanding.dates.scene import (
    HAN_WEEKDAYS,
    WEEKS_ON,
    Scene,
    day_number,
    month_of,
    reads,
    weekday_of,
    year_of,
)


@reads("iso")
def _iso(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("date", day=date(int(match["y"]), month_of(match["m"]), int(match["d"])), tags=("full",))


@reads("month_day", "day_month")
def _month_day(match: re.Match[str], scene: Scene) -> Atom:
    return _calendar_day(
        month_of(match["month"]), day_number(match["d"]), year_of(match["y"], scene.today), scene.today
    )


def _calendar_day(month: int, day: int, year: int | None, today: date) -> Atom:
    if year is not None:
        return Atom("date", day=date(year, month, day), tags=("full",))
    return Atom("date", day=next_date(today, month, day), yearless=True)


@reads("z_date")
def _z_date(match: re.Match[str], scene: Scene) -> Atom:
    return _calendar_day(
        month_of(match["month"]), whole(match["d"]), year_of(match.groupdict().get("y"), scene.today), scene.today
    )


@reads("number_date", "number_date_dotted")
def _number_date(match: re.Match[str], scene: Scene) -> Atom | None:
    dotted = "y" not in match.groupdict()
    before = scene.text[max(0, match.start() - 12) : match.start()]
    if dotted and not _is_dotted_date(match, before, scene):
        return None
    first, second = int(match["a"]), int(match["b"])
    month_first = scene.chinese or scene.order != "DMY"
    month, day = (first, second) if month_first else (second, first)
    if month > 12:
        month, day = day, month
    return _calendar_day(month, day, None if dotted else year_of(match["y"], scene.today), scene.today)


def _is_dotted_date(match: re.Match[str], before: str, scene: Scene) -> bool:
    """A number with a point is a date only in a date's place: 4.22 after "on", 7.6 after a weekday, 6.30前, or alone."""
    after = scene.text[match.end() : match.end() + 8]
    if match[0] == scene.text.strip() or match[0].endswith(".") or _DATE_GOES_ON.match(after):
        return True
    if "." not in match[0] and "·" not in match[0]:
        return bool(re.search(r"(?:day|mon|tue|wed|thu|fri|sat|sun),?\s+$", before))
    if re.search(r"(?:^|\s)(?:on|by|于|到|截止|截至|在|至)\s*$", before):
        return True
    if re.search(r"(?:记得|提醒我?|别忘了?|等|约了?|定了?|就)\s*$", before):
        return not _MEASURE.match(after)
    return len(match["b"]) == 1 and bool(re.search(r"(?:day|mon|tues?|weds?|thu(?:rs)?|fri|sat|sun),?\s+$", before))


# 约了2.5小时, 就1.5个点, 等3.5折: so much of something.
_MEASURE = re.compile(
    r"\s*(?:[个小分天年月点折米尺公里吨斤克千百万亿块元毛倍成度寸升平亩瓦匹版代刻套台件箱只份名位人厘毫%a-z]|周(?![一二三四五六日末])|左右)"
)
_DATE_GOES_ON = re.compile(
    r"\s*(?:前|后|之|以|号|日|截|上午|下午|早上|晚上|联系|跟进|拜访|回访|上门|见面|开会|演示|签约|签合同|交货|付款|开标|进场|到期|截稿|送货|发货|安装|验收|给(?=他|她|客户)|再(?:打|约|问|去|来|联系|跟|说|看)|下午|一早)"
)


@reads("weekday")
def _read_weekday(match: re.Match[str], scene: Scene) -> Atom | None:
    relation = " ".join((match["rel"] or "").split())
    if (
        match["wd"] in {"sat", "sun", "mon", "wed"}
        and not relation
        and re.match(r"\s*(?:in\b|with\b|life|microsystems|trust)", scene.text[match.end() :][:12])
    ):
        return None
    relation = {
        "this coming": "",
        "the coming": "",
        "coming": "",
        "upcoming": "",
        "following": "next",
        "past": "last",
        "previous": "last",
        "earlier": "last",
    }.get(relation, relation)
    weeks = {"week": 1, "wk": 1, "after next": 2}.get(" ".join((match["week"] or "").split()), 0)
    return Atom(
        "weekday", weekday=weekday_of(match["wd"]), relation="next2" if weeks == 2 else relation, weeks=weeks % 2
    )


@reads("z_weekday")
def _z_weekday(match: re.Match[str], scene: Scene) -> Atom:
    relation = {
        "上上": "last2",
        "上": "last",
        "这": "this",
        "本": "this",
        "今": "this",
        "下": "znext",
        "下下": "znext2",
        "下下下": "znext3",
    }.get(match["rel"] or "", "")
    return Atom("weekday", weekday=HAN_WEEKDAYS[match["wd"]], relation=relation, doubt=bool(match["alt"]))


_DAY_WORDS = {
    "今天": 0, "今日": 0, "今儿": 0, "今儿个": 0, "当天": 0, "刚才": 0, "明天": 1, "明日": 1, "明儿": 1, "明儿个": 1, "翌日": 1, "次日": 1, "第二天": 1, "第三天": 2,
    "后天": 2, "后日": 2, "后儿": 2, "大后儿": 3, "大后天": 3, "大后日": 3, "大大后天": 4, "昨天": -1, "昨日": -1, "昨儿": -1, "前天": -2, "前日": -2, "大前天": -3,
}  # fmt: skip
_DAY_AND_PART = {
    "明早": (1, "morning"), "明晚": (1, "evening"), "明晨": (1, "morning"), "今早": (0, "morning"), "今晨": (0, "morning"), "今晚": (0, "evening"),
    "今夜": (0, "evening"), "当晚": (0, "evening"), "昨晚": (-1, "evening"), "昨夜": (-1, "evening"), "后晚": (2, "evening"),
}  # fmt: skip


@reads("z_day_word")
def _z_day_word(match: re.Match[str], scene: Scene) -> Atom | None:
    word = match["word"]
    if word in _DAY_AND_PART:
        ahead, part = _DAY_AND_PART[word]
        return Atom("date", day=scene.today + ahead * DAY, part=part, past=ahead < 0)
    if word == "刚才":
        return None
    if word in {"明后天", "今明两天"} or word.startswith("这"):
        return Atom("date", day=scene.today + DAY, vague=True)
    ahead = _DAY_WORDS[word]
    return Atom("date", day=scene.today + ahead * DAY, past=ahead < 0)


@reads("day_word")
def _day_word(match: re.Match[str], scene: Scene) -> Atom:
    word = " ".join(match["word"].split())
    if "yesterday" in word or word in {"yday", "yest", "ystdy"} or word.startswith("last "):
        day = scene.today - (2 if "before" in word else 1) * DAY
        return Atom("date", day=day, part="evening" if word.startswith("last ") else "", past=True)
    if word in {"tonight", "tonite", "2nite"}:
        return Atom("date", day=scene.today, part="evening")
    if word.startswith(("this ", "next ")) and not word.endswith("day"):
        return Atom("date", day=scene.today + (word[0] == "n") * DAY, part=part_of(word.split(" ", 1)[1]))
    ahead = 0 if word == "today" else 2 if "after" in word or word == "overmorrow" else 1
    return Atom("date", day=scene.today + ahead * DAY)


_FEW = 4
_COUNTED_THING = re.compile(
    r" (?!(?:at|by|from|in|on|of|for|to|with|w|and|or|between|till?|until|am|pm|then|when|if|around|about|early|late|morning|afternoon|evening|noon|lunch|lunchtime)(?![a-z]))[a-z]{3,}"
)


@reads("dom")
def _dom(match: re.Match[str], scene: Scene) -> Atom | None:
    """A bare day of the month needs a place: "the 4th", "on 15", "by the 3rd"; "2nd demo" is none."""
    before = scene.text[max(0, match.start() - 8) : match.start()]
    word = match["d"]
    ordinal = not word.isdigit()
    placed = bool(match["the"]) or bool(
        re.search(r"(?:^|\s)(?:on|by|before|until|till?|after|from|around|due)\s+(?:the\s+)?$", before)
    )
    if re.match(
        r"\s*(?:floor|time|round|meeting|call|demo|visit|version|place|draft|attempt|reminder|quote|half|party|person|year|option|site|office|of\b)",
        scene.text[match.end() :][:12],
    ):
        return None
    if not placed and ordinal and day_number(word) <= _FEW and _COUNTED_THING.match(scene.text, match.end()):
        return None  # "a quote for the second lift"
    if word in ORDINALS and (not match["the"] or ORDINALS[word] == 2):
        return None
    if not ordinal and not re.search(r"(?:^|\s)on\s+(?:the\s+)?$", before):
        return None
    if not ordinal and not re.match(
        r"\s*(?:$|[,.;!?)]|between|at\b|from\b|and\b|with\b|for\b|to\b|w/)", scene.text[match.end() :][:9]
    ):
        return None
    return Atom("dom", number=day_number(word), ordinal=ordinal, certain=placed)


@reads("z_dom")
def _z_dom(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("dom", number=whole(match["d"]), certain=True)


@reads("dom_of", "z_dom_of")
def _dom_of(match: re.Match[str], scene: Scene) -> Atom:
    relation = match.groupdict().get("rel")
    if relation is None:  # "the first of the month": the next such day
        return Atom("dom", number=day_number(match["d"]), ordinal=True, certain=True)
    ahead = {"下": 1, "下下": 2, "next": 1, "following": 1, "coming": 1}.get(relation, 0)
    month = add_months(scene.today.replace(day=1), ahead)
    return Atom("date", day=month.replace(day=day_number(match["d"])))


@reads("nth")
def _nth(match: re.Match[str], scene: Scene) -> Atom:
    today = scene.today
    nth = -1 if match["nth"] == "last" else day_number(match["nth"])
    ahead = 1 if match["rel"] in {"next", "following", "coming", "new"} else 0
    if match["month"]:
        month, year = month_of(match["month"]), year_of(match["y"], today)
    else:
        start = {"month": add_months(today.replace(day=1), ahead), "year": date(today.year + ahead, 1, 1)}
        first = start.get(match["unit"]) or add_months(quarter_start(today), 3 * ahead)
        month, year = first.month, first.year
        if match["unit"] == "month" and not match["rel"] and _nth_in(match["wd"], year, month, nth) < today:
            following = add_months(first, 1)  # "the last Friday of the month", when that is over
            month, year = following.month, following.year
    for candidate in [year] if year else [today.year, today.year + 1]:
        day = _nth_in(match["wd"], candidate, month, nth)
        if day >= today or year:
            break
    return Atom("date", day=day, part=match["part"] or "", grain="week" if match["wd"] == "week" else "day")


def _nth_in(word: str, year: int, month: int, nth: int) -> date:
    if word == "day":
        return month_end(year, month) if nth < 0 else date(year, month, nth)
    if word.endswith("day") and word.split(maxsplit=1)[0] in {"working", "business"}:
        day = month_end(year, month) if nth < 0 else date(year, month, 1)
        step = -DAY if nth < 0 else DAY
        left = abs(nth) - 1
        while day.weekday() > 4 or left:
            left -= left > 0 and day.weekday() < 5
            day += step
        return day
    if word == "week":
        return nth_week(year, month, nth)
    return nth_weekday(year, month, weekday=weekday_of(word), nth=nth)


@reads("z_nth")
def _z_nth(match: re.Match[str], scene: Scene) -> Atom:
    today = scene.today
    if match["month"]:
        first = month_period(month_of(match["month"]), year_of(match["y"], today), today).day or today
    else:
        first = add_months(today.replace(day=1), WEEKS_ON[match["rel"]])
    word = match["nth"]
    nth = -1 if word.startswith("最后") else whole(word[1]) if word[0] == "第" else 1
    if match["wd"]:
        return Atom("date", day=nth_weekday(first.year, first.month, weekday=HAN_WEEKDAYS[match["wd"]], nth=nth))
    unit = "working day" if match["unit"] == "工作日" else "week"
    grain: Literal["week", "day"] = "week" if unit == "week" else "day"
    return Atom("date", day=_nth_in(unit, first.year, first.month, nth), grain=grain)
