"""What each topic of the company's settings shows: its values as they are, each with the button that changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.company.keeping import dumped
from domain.company.named import NamedList
from domain.company.topics import GRADES, WEEKDAYS, CompanySettings
from handlers.chat import Button, Line, Phrase
from handlers.company.forms import LEVELS
from handlers.company.role_fields import role_lines
from handlers.company.words import LISTS, rates_shown, setting, shown, span_shown
from handlers.router import ButtonTooOld

Card = tuple[Sequence[Line], Sequence[Button]]


def card_of(settings: CompanySettings, topic: str) -> Card:
    """Raises ButtonTooOld for a topic that has no card of its own."""
    return _CARDS[topic](settings) if topic in _CARDS else _list_card(settings, topic)


def edit_button(topic: str, item: str, label: str = "button-edit") -> Button:
    return Button(label, press=f"company.edit:{topic}.{item}", opens_form=True)


def _company_card(settings: CompanySettings) -> Card:
    return _plain_card("company", settings)


def _broadcasts_card(settings: CompanySettings) -> Card:
    return _plain_card("broadcasts", settings)


def _forecast_card(settings: CompanySettings) -> Card:
    """How likely each stage is, also where its place on the list says so."""
    stages = [each.key for each in settings.stages]
    lines = [
        Line(
            "setting-line",
            {
                "what": Phrase(f"stage-{each.key}"),
                "value": Phrase("setting-percent", {"count": settings.forecast.chance(each.key, stages)}),
            },
        )
        for each in settings.stages
        if each.offered
    ]
    least = {"what": Phrase("setting-forecast-least"), "value": settings.forecast.least}
    return [*lines, Line("setting-line", least)], (edit_button("forecast", "all"),)


def _points_card(settings: CompanySettings) -> Card:
    """Without a day from which they count there are no points."""
    values = {"since": None, **dumped(settings.points)}
    lines = []
    for name, value in values.items():
        said = rates_shown(value) if name == "won" else shown(("points", name), value)
        what = setting(("points", name), {})
        lines.append(
            Line(
                "setting-line",
                {"what": what, "value": said or Phrase(f"setting-points-no-{_NONE.get(name, 'points')}")},
            )
        )
    return lines, (edit_button("points", "all"),)


_NONE = {"since": "since", "most_a_day": "limit", "most_a_person": "limit", "months": "end"}


def _plain_card(topic: str, settings: CompanySettings) -> Card:
    """A line for each value, and one form for all of them."""
    values = dumped(getattr(settings, topic))
    paths = [(topic, name) for name in values]
    lines = [Line("setting-line", {"what": setting(path, {}), "value": shown(path, values[path[1]])}) for path in paths]
    return lines, (edit_button(topic, "all"),)


def _masks_card(settings: CompanySettings) -> Card:
    return role_lines(settings, "masks"), ()


def _locks_card(settings: CompanySettings) -> Card:
    return role_lines(settings, "locks"), ()


def _calendar_card(settings: CompanySettings) -> Card:
    calendar = settings.calendar
    lines = [
        Line(
            "setting-line",
            {"what": Phrase(f"weekday-{place}"), "value": getattr(calendar, day) or Phrase("setting-free")},
        )
        for place, day in enumerate(WEEKDAYS, start=1)
    ]
    for name in ("free", "work"):
        days = sorted(getattr(calendar, name))
        lines.append(Line("setting-days", {"kind": name, "days": days[-10:], "count": len(days)}))
    return lines, (
        edit_button("calendar", "hours", "setting-hours-button"),
        edit_button("calendar", "days", "setting-days-button"),
    )


def _service_card(settings: CompanySettings) -> Card:
    service = settings.service
    lines = []
    for name in LEVELS:
        level = service.level(name)
        grades = [grade for grade in GRADES if grade in level.grades]
        facts = {
            "level": Phrase(f"level-{name}"),
            "answer": span_shown(level.answer),
            "solve": span_shown(level.solve),
            "grades": grades,
        }
        lines.append(Line("setting-level", facts, buttons=(edit_button("service", name),)))
    rest = {"accept": span_shown(service.accept), "close": span_shown(service.close), "capacity": service.capacity}
    lines.append(Line("setting-rest", rest, buttons=(edit_button("service", "rest"),)))
    return lines, (Button("setting-people-button", press="company.people:"),)


def _ladder_card(settings: CompanySettings) -> Card:
    lines = []
    for grade in (*GRADES, "other"):
        own = getattr(settings.ladder, grade)
        rungs = settings.ladder.rungs(grade)
        steps = {name: Phrase("setting-workdays", {"count": days}) for name, days in rungs.model_dump().items()}
        facts = {"grade": grade if grade != "other" else None, "own": own is not None, **steps}
        lines.append(Line("setting-ladder", facts, buttons=(edit_button("ladder", grade),)))
    return lines, ()


def _list_card(settings: CompanySettings, topic: str) -> Card:
    if topic not in LISTS:
        raise ButtonTooOld
    listed: NamedList = getattr(settings, topic)
    lines = []
    for place, each in enumerate(listed):
        up = (Button("setting-up-button", press=f"company.up:{topic}.{each.key}"),) if place else ()
        buttons = (
            Button("setting-rename-button", press=f"company.rename:{topic}.{each.key}", opens_form=True),
            *up,
            Button(
                "setting-hide-button" if each.offered else "setting-offer-button",
                press=f"company.offer:{topic}.{each.key}",
            ),
        )
        facts = {"name": Phrase(f"{LISTS[topic]}-{each.key}"), "offered": each.offered}
        lines.append(Line("setting-named", facts, buttons=buttons))
    lines += [Line("setting-fixed", {"name": Phrase(f"{LISTS[topic]}-{key}")}) for key in listed.FIXED]
    return lines, (Button("setting-add-button", press=f"company.rename:{topic}.new", opens_form=True),)


_CARDS: Mapping[str, Callable[[CompanySettings], Card]] = {
    "company": _company_card,
    "calendar": _calendar_card,
    "service": _service_card,
    "ladder": _ladder_card,
    "broadcasts": _broadcasts_card,
    "forecast": _forecast_card,
    "masks": _masks_card,
    "locks": _locks_card,
    "points": _points_card,
}
