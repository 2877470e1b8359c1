"""The forms of the company's settings: which fields each has, and what of a topic they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.company.keeping import dumped
from domain.company.named import Named, NamedList, new_key
from domain.company.topics import GRADES, WEEKDAYS, CompanySettings
from handlers.chat import Choice, Field, Form, Phrase
from handlers.router import FieldErrors, fold
from locales import LANGUAGES

LEVELS = ("urgent", "high", "normal", "low", "complaint")
STEPS = ("owner", "manager", "at_risk")
LONGEST_RANGE = timedelta(days=60)
_DAYS = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:\.\.+|~|到|至|to)\s*(\d{4}-\d{1,2}-\d{1,2}))?")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A field of a form: where its value stands in the topic, and what is said when it cannot be taken."""

    name: str
    path: tuple[str, ...]
    label: str
    wrong: str
    kind: str = "text"
    required: bool = True
    hint: str | None = None
    choices: tuple[Choice, ...] = ()


def entries_of(topic: str, item: str, settings: CompanySettings) -> Sequence[Entry]:
    """Empty where there is no such form."""
    if topic == "company" and item == "all":
        return _COMPANY
    if topic == "broadcasts" and item == "all":
        return _BROADCASTS
    if topic == "forecast" and item == "all":
        return _forecast(settings)
    if topic == "points" and item == "all":
        return _POINTS
    if topic == "calendar":
        return {"hours": _HOURS, "days": _EXTRA}.get(item, ())
    if topic == "service" and item in LEVELS:
        return [_span(name, (item, name), f"setting-field-{name}") for name in ("answer", "solve")] + [
            _span(f"{name}_{grade}", (item, "grades", grade, name), f"setting-field-{name}-{grade}", required=False)
            for grade in GRADES
            for name in ("answer", "solve")
        ]
    if topic == "service" and item == "rest":
        return _REST
    if topic == "service" and item.isdecimal():
        return (_number("capacity", ("capacity_of", item), "setting-capacity", required=False),)
    if topic == "ladder" and item in {*GRADES, "other"}:
        return [_number(step, (item, step), f"setting-field-{step}", required=item == "other") for step in STEPS]
    return ()


def _forecast(settings: CompanySettings) -> Sequence[Entry]:
    """A field for each stage; an empty one goes by its place on the list."""
    chances = [
        Entry(
            name=each.key,
            path=("chances", each.key),
            label=f"stage-{each.key}",
            wrong="wrong-chance",
            kind="number",
            required=False,
            hint="setting-hint-chance",
        )
        for each in settings.stages
        if each.offered
    ]
    return [*chances, _number("least", ("least",), "setting-forecast-least")]


def _span(name: str, path: tuple[str, ...], label: str, *, required: bool = True) -> Entry:
    return Entry(name=name, path=path, label=label, wrong="wrong-span", required=required, hint="setting-hint-span")


def _number(name: str, path: tuple[str, ...], label: str, *, required: bool = True) -> Entry:
    return Entry(name=name, path=path, label=label, wrong="wrong-count", kind="number", required=required)


_LANGUAGES = tuple(Choice(language, Phrase(f"language-{language}")) for language in LANGUAGES)
_COMPANY = (
    Entry(name="name", path=("name",), label="setting-company-name", wrong="wrong-name"),
    Entry(
        name="language",
        path=("language",),
        label="setting-company-language",
        wrong="form-choose-one",
        kind="choice",
        choices=_LANGUAGES,
    ),
    Entry(name="timezone", path=("timezone",), label="setting-company-timezone", wrong="wrong-zone"),
    Entry(name="currency", path=("currency",), label="setting-company-currency", wrong="wrong-currency"),
    Entry(name="country", path=("country",), label="setting-company-country", wrong="wrong-country"),
)
_HOURS = tuple(
    Entry(
        name=day,
        path=(day,),
        label=f"weekday-{place}",
        wrong="wrong-hours",
        required=False,
        hint="setting-hint-hours",
    )
    for place, day in enumerate(WEEKDAYS, start=1)
)
_EXTRA = tuple(
    Entry(
        name=name,
        path=(name,),
        label=f"setting-field-{name}",
        wrong="wrong-days",
        kind="long",
        required=False,
        hint="setting-hint-days",
    )
    for name in ("free", "work")
)
_REST = (
    _span("accept", ("accept",), "setting-accept"),
    _span("close", ("close",), "setting-close"),
    _number("capacity", ("capacity",), "setting-capacity"),
)


_BROADCASTS = (
    Entry(
        name="approval_above",
        path=("approval_above",),
        label="setting-broadcasts-approval-above",
        wrong="wrong-readers",
        kind="number",
    ),
)

_POINTS = (
    Entry(
        name="since",
        path=("since",),
        label="setting-points-since",
        wrong="wrong-points-day",
        required=False,
        hint="setting-hint-points-since",
    ),
    Entry(
        name="won",
        path=("won",),
        label="setting-points-won",
        wrong="wrong-points-rates",
        required=False,
        hint="setting-hint-points-won",
    ),
    *(
        Entry(
            name=name,
            path=(name,),
            label=f"setting-points-{name.replace('_', '-')}",
            wrong="wrong-points-months" if name == "months" else "wrong-points-number",
            kind="number",
        )
        for name in ("referral", "survey", "most_a_day", "most_a_person", "months")
    ),
)


def form_of(topic: str, item: str, settings: CompanySettings, facts: Mapping[str, Any]) -> Form:
    kept = dumped(getattr(settings, topic))
    fields = tuple(
        Field(
            each.name,
            each.label,
            each.kind,
            required=each.required,
            value=_as_text(_at(kept, each.path)),
            choices=each.choices,
            hint=each.hint,
        )
        for each in entries_of(topic, item, settings)
    )
    return Form(f"company.change:{topic}.{item}", "setting-form", fields, "button-look", facts)


def read_form(topic: str, item: str, settings: CompanySettings, values: Mapping[str, str]) -> BaseModel:
    """The topic as the form has it. Raises FieldErrors, all at once."""
    current: BaseModel = getattr(settings, topic)
    kept, entries = deepcopy(dumped(current)), entries_of(topic, item, settings)
    for each in entries:
        typed = fold(values.get(each.name, "")).strip()
        _put(kept, each.path, _days(each, typed) if each.name in {"free", "work"} else typed or None)
    if topic == "ladder" and item != "other" and not any(values.get(each.name, "").strip() for each in entries):
        kept[item] = None
    try:
        return type(current).model_validate(kept)
    except ValidationError as wrong:
        raise FieldErrors(_errors(topic, entries, wrong)) from None


def _errors(topic: str, entries: Sequence[Entry], wrong: ValidationError) -> dict[str, Phrase]:
    errors: dict[str, Phrase] = {}
    for each in wrong.errors():
        where = tuple(str(part) for part in each["loc"])
        entry = next((one for one in entries if where[: len(one.path)] == one.path), None)
        if entry is None:  # the values fit one by one, and not together
            errors[entries[-1].name] = Phrase(f"wrong-together-{topic}")
        else:
            errors[entry.name] = Phrase(entry.wrong)
    return errors


def _days(entry: Entry, typed: str) -> list[str]:
    """ISO dates, and stretches of them (``2026-10-01..2026-10-07``). Raises FieldErrors."""
    found: list[str] = []
    rest = _DAYS.sub("", typed)
    try:
        for match in _DAYS.finditer(typed):
            first = date.fromisoformat(_padded(match[1]))
            last = date.fromisoformat(_padded(match[2])) if match[2] else first
            if last < first or last - first > LONGEST_RANGE:
                raise ValueError
            found += [(first + timedelta(days=step)).isoformat() for step in range((last - first).days + 1)]
    except ValueError:
        rest = typed
    if re.sub(r"[\s,，、;；]", "", rest):
        raise FieldErrors({entry.name: Phrase(entry.wrong)})
    return sorted(set(found))


def _padded(day: str) -> str:
    year, month, rest = day.split("-")
    return f"{year}-{int(month):02}-{int(rest):02}"


def _at(kept: Any, path: Sequence[str]) -> Any:
    for name in path:
        kept = kept.get(name) if isinstance(kept, Mapping) else None
    return kept


def _put(kept: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """What has no value of its own is left to the default, and what holds nothing goes."""
    *above, last = path
    for name in above:
        below = kept.get(name) or {}
        kept[name] = below
        kept = below
    if value is None and len(path) > 1:
        kept.pop(last, None)
    else:
        kept[last] = "" if value is None else value


def _as_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


# ---------------------------------------------------------------- lists


def name_form(topic: str, key: str, named: Named | None) -> Form:
    """Empty for a new one, ``key`` being ``new`` then."""
    names = {"en": named.en, "zh": named.zh} if named is not None else {"en": None, "zh": None}
    fields = (
        Field("en", "greeting-field-en", value=names["en"] or "", hint="setting-hint-name"),
        Field("zh", "greeting-field-zh-CN", value=names["zh"] or ""),
    )
    return Form(
        f"company.name:{topic}.{key}", "setting-form", fields, "button-look", {"topic": Phrase(f"topic-{topic}")}
    )


def with_name(listed: NamedList, key: str, values: Mapping[str, str]) -> NamedList:
    """The list with one renamed, or with a new one at its end. Raises FieldErrors."""
    en, zh = (" ".join(values.get(name, "").split()) or None for name in ("en", "zh"))
    if not en and not zh and (key == "new" or key not in listed.OURS):
        raise FieldErrors({"en": Phrase("wrong-name")})
    if any(len(name or "") > 40 for name in (en, zh)):
        raise FieldErrors({"en": Phrase("wrong-name")})
    taken = [each.key for each in listed] + list(listed.FIXED)
    if key == "new":
        named = (*listed, Named(key=new_key(en or zh or "", taken), en=en, zh=zh))
    else:
        named = tuple(each.model_copy(update={"en": en, "zh": zh}) if each.key == key else each for each in listed)
    try:
        return type(listed).model_validate(named)
    except ValidationError:
        raise FieldErrors({"en": Phrase("wrong-name-twice")}) from None
