"""The surveys that come with us. Their words stand in the catalogue, in every language; a company changes them as its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.surveys.definition import Definition


def _key(name: str) -> dict[str, str]:
    return {"key": f"survey-of-{name}"}


_SCALE = {"ends": {"low": _key("csat-low"), "high": _key("csat-high")}}
_AFTER_CSAT = [
    {"from": 1, "to": 3, "ask": _key("csat-bad")},
    {"from": 4, "to": 5, "ask": _key("csat-good")},
]


def _csat(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "csat",
        "title": _key(f"{name}-title"),
        "ask": _key(f"{name}-ask"),
        "low": 2,
        **_SCALE,
        "then": _AFTER_CSAT,
        **more,
    }


def _question(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "ask": _key(f"needs-{name}"), **more}


def _choices(name: str, *values: str) -> dict[str, Any]:
    return {
        "type": "choice",
        "choices": [{"value": value, "label": _key(f"needs-{name}-{value}")} for value in values],
    }


_TEMPLATES: tuple[dict[str, Any], ...] = (
    _csat("csat", rules=[{"on": "ticket_closed", "after": "1h"}]),
    _csat("visit", rules=[{"on": "activity", "kind": "visit", "after": "2h"}]),
    _csat("first-week", rules=[{"on": "first_days", "days": 7}]),
    {
        "name": "nps",
        "kind": "nps",
        "title": _key("nps-title"),
        "ask": _key("nps-ask"),
        "low": 6,
        "ends": {"low": _key("nps-low"), "high": _key("nps-high")},
        "then": [
            {"from": 0, "to": 6, "ask": _key("nps-bad")},
            {"from": 7, "to": 8, "ask": _key("nps-fair")},
            {"from": 9, "to": 10, "ask": _key("nps-good")},
        ],
        "expires_days": 14,
        "rules": [{"on": "every_months", "months": 3, "grades": ["A", "B"]}],
    },
    {
        "name": "wishes",
        "kind": "form",
        "title": _key("wishes-title"),
        "ask": _key("wishes-ask"),
        "questions": [
            {
                "name": "what",
                "type": "choice",
                "ask": _key("wishes-what"),
                "required": True,
                "choices": [
                    {"value": each, "label": _key(f"wishes-what-{each}")}
                    for each in ("quality", "speed", "service", "price", "nothing")
                ],
            },
            {
                "name": "more",
                "ask": _key("wishes-more"),
                "when": {"what": ["quality", "speed", "service", "price"]},
            },
        ],
        "expires_days": 14,
    },
    {
        "name": "needs",
        "kind": "form",
        "for": "lead",
        "title": _key("needs-title"),
        "ask": _key("needs-ask"),
        "questions": [
            _question("what"),
            _question("people", type="number", min=0),
            _question("start", type="date"),
            _question("budget", **_choices("budget", "fixed", "open", "unknown")),
            _question("decides"),
            _question("others", **_choices("others", "yes", "no")),
            _question("who-else", when={"others": "yes"}),
        ],
    },
)
TEMPLATES: Mapping[str, Definition] = {each["name"]: Definition.model_validate(each) for each in _TEMPLATES}
ON_FROM_THE_START = frozenset({"csat"})
"""Asked by its rules without anybody having switched it on; the others wait until somebody does."""
