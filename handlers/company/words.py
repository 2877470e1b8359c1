"""What a setting, its value, a difference and an effect are called, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.company.differences import ORDER, Difference
from domain.company.figures import Effect
from domain.company.topics import WEEKDAYS
from domain.values.spans import tidy_span
from handlers.chat import Line, Phrase
from handlers.company.role_fields import TOPICS, field_name, role_name
from handlers.rendering.own_words import LOST, SOURCE, STAGE
from handlers.rendering.wording import shortened

LISTS = {"stages": STAGE, "sources": SOURCE, "lost_reasons": LOST}
_LONGEST = 60
Names = Mapping[int, str]
"""The names of people whom settings are about, by id."""


def setting(path: Sequence[str], names: Names, *, name: object = None) -> Phrase:
    """What the value at this path is; ``name`` stands for something new on a list."""
    topic, *rest = path
    if topic in LISTS:
        return _of_list(topic, rest, name)
    if topic == "calendar":
        return _of_calendar(rest)
    if topic == "service":
        return _of_service(rest, names)
    if topic == "ladder":
        grade = rest[0] if rest[0] != "other" else None
        return Phrase(f"setting-ladder-{rest[1].replace('_', '-')}", {"grade": grade})
    if topic == "forecast" and rest[0] == "chances":
        return Phrase("setting-chance", {"name": Phrase(f"{STAGE}-{rest[1]}")})
    if topic == "greeting":
        part, language = Phrase(f"greeting-part-{rest[0]}"), Phrase(f"language-{rest[1]}")
        return Phrase("setting-greeting", {"part": part, "language": language})
    if topic in TOPICS:
        return Phrase(f"setting-{topic}", {"role": role_name(rest[0]), "field": field_name(topic, rest[1])})
    if topic == "teams":
        return Phrase("setting-team", {"team": rest[1]})
    return Phrase(f"setting-{topic}-{rest[0].replace('_', '-')}")


def _of_list(topic: str, rest: Sequence[str], name: object) -> Phrase:
    if rest[0] == ORDER:
        return Phrase(f"setting-order-{LISTS[topic]}")
    called = name if name is not None else Phrase(f"{LISTS[topic]}-{rest[0]}")
    return Phrase(f"setting-one-{LISTS[topic]}", {"name": called})


def _of_calendar(rest: Sequence[str]) -> Phrase:
    if rest[0] in WEEKDAYS:
        return Phrase("setting-hours", {"day": Phrase(f"weekday-{WEEKDAYS.index(rest[0]) + 1}")})
    return Phrase(f"setting-day-{rest[0]}")


def _of_service(rest: Sequence[str], names: Names) -> Phrase:
    if rest[0] == "capacity_of":
        return Phrase("setting-capacity-of", {"name": names.get(int(rest[1]), rest[1])})
    if len(rest) == 1:
        return Phrase(f"setting-{rest[0]}")
    grade = rest[2] if rest[1] == "grades" else None
    return Phrase(f"setting-{rest[-1]}", {"level": Phrase(f"level-{rest[0]}"), "grade": grade})


def shown(path: Sequence[str], value: Any) -> Any:
    """The value as its reader calls it."""
    topic, last = path[0], path[-1]
    if value is None:
        return None
    if topic in LISTS:
        return _shown_of_list(topic, last, value)
    if topic == "calendar" and last in WEEKDAYS:
        return value or Phrase("setting-free")
    if topic == "calendar":
        return date.fromisoformat(value)
    if topic == "ladder":
        return Phrase("setting-workdays", {"count": value})
    if topic == "forecast" and last != "least":
        return Phrase("setting-percent", {"count": value})
    if topic == "company" and last == "language":
        return Phrase(f"language-{value}")
    if topic == "service" and isinstance(value, str):
        return span_shown(value)
    if path[:2] == ("points", "since"):
        return date.fromisoformat(value)
    if path[:2] == ("points", "won"):
        return rates_shown({last: value})
    return shortened(value, _LONGEST) if isinstance(value, str) else value


def rates_shown(rates: Mapping[str, int]) -> list[Phrase]:
    """For how much of each currency there is a point."""
    return [Phrase("points-rate", {"amount": amount, "currency": currency}) for currency, amount in rates.items()]


def _shown_of_list(topic: str, last: str, value: Any) -> Any:
    if last == ORDER:
        return [Phrase(f"{LISTS[topic]}-{key}") for key in value]
    if last == "offered":
        return Phrase("setting-offered" if value else "setting-not-offered")
    return value


def span_shown(text: str) -> Phrase:
    """``2d`` as "2 working days"."""
    plain = tidy_span(text) or text
    return Phrase("setting-span", {"count": int(plain[:-1]), "unit": plain[-1]})


def difference_line(each: Difference, names: Names) -> Line:
    what = setting(each.path, names, name=_name_of(each) if _is_entry(each) else None)
    if _is_entry(each) or _is_day(each) or _is_member(each):
        day = each.after if each.after is not None else each.before
        value = shown(each.path, day) if _is_day(each) else None
        facts = {"what": what, "value": value, "added": each.after is not None}
        return Line("setting-added", facts)
    before, after = shown(each.path, each.before), shown(each.path, each.after)
    return Line("setting-difference", {"what": what, "before": before, "after": after})


def _is_entry(each: Difference) -> bool:
    """Something new on a list, or, as an undo leaves it, off it."""
    return each.path[0] in LISTS and len(each.path) == 2 and each.path[1] != ORDER


def _name_of(each: Difference) -> object:
    """What is on no list has its name from the difference alone; None where it is one of ours, which are known by their key."""
    name = each.after if each.after is not None else each.before
    return name if name != each.path[1] else None


def _is_day(each: Difference) -> bool:
    return each.path[0] == "calendar" and each.path[1] in {"free", "work"}


def _is_member(each: Difference) -> bool:
    """One of many values that are there or not."""
    return each.path[0] in {"teams", *TOPICS}


def effect_line(effect: Effect) -> Line:
    facts = dict(effect.facts)
    kept = {"effect-stages-kept": STAGE, "effect-sources-kept": SOURCE, "effect-lost-reasons-kept": LOST}
    if effect.key in kept:
        facts["name"] = Phrase(f"{kept[effect.key]}-{facts.pop('key')}")
    return Line(effect.key, facts)


def told(what: Sequence[Sequence[Any]], names: Names) -> Phrase:
    """The differences of a notification, in one line."""
    lines = [difference_line(Difference(tuple(path), before, after), names) for path, before, after in what]
    first, *others = [Phrase(line.key, line.facts) for line in lines]
    for other in others:
        first = Phrase("setting-and", {"first": first, "then": other})
    return first
