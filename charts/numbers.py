"""Values as a chart writes them: short, and in the reader's own steps (thousand, million; 万, 亿)."""

from __future__ import annotations

from charts.model import Unit

_STEPS = {"zh-CN": ((1e8, "亿"), (1e4, "万")), "en": ((1e9, "B"), (1e6, "M"), (1e3, "K"))}
_SIGNS = {
    "zh-CN": {Unit.DAYS: "天", Unit.HOURS: "小时", Unit.SECONDS: "秒", Unit.PERCENT: "%"},
    "en": {Unit.DAYS: " d", Unit.HOURS: " h", Unit.SECONDS: " s", Unit.PERCENT: "%"},
}
_PLAIN_BELOW = 10_000  # a count of 4321 is read as it is; 12 345 is not


def short(value: float, *, unit: Unit = Unit.COUNT, language: str = "en") -> str:
    """``1.2M``, ``3.4万``, ``12 d``, ``85%``: three digits at most beside the step."""
    sign = _SIGNS.get(language, _SIGNS["en"]).get(unit, "")
    if unit is not Unit.MONEY and abs(value) < _PLAIN_BELOW:
        return _digits(value, places=0 if unit is Unit.PERCENT else 1) + sign
    for size, word in _STEPS.get(language, _STEPS["en"]):
        if abs(value) >= size:
            scaled = value / size
            return _digits(scaled, places=0 if abs(scaled) >= 100 else 1) + word + sign
    return _digits(value, places=0) + sign


def _digits(value: float, *, places: int) -> str:
    written = f"{value:,.{places}f}"
    whole = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if whole in {"-0", ""} else whole
