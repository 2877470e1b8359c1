"""A time expression alone, as after a command or in a correction."""

from __future__ import annotations

import re

from handlers.understanding.dates.combine import expressions
from handlers.understanding.dates.resolve import Expression
from handlers.understanding.dates.scene import HAN, Scene
from handlers.understanding.model import Context, Moment
from handlers.understanding.normalise import normalise

READ_AT_MOST = 1_000
_LATIN = re.compile("[a-z]")


def parse_when(text: str, context: Context) -> Moment | None:
    """The instant that ``text`` names, the future one if there are several; None when it names none. Never raises."""
    found = expressions(scene_of(normalise(text[:READ_AT_MOST]), context), context.working_hours)
    future = [expression for expression in found if not expression.past]
    return moment(max(future, key=_weight)) if future else None


def moments_in(text: str, context: Context) -> list[Moment]:
    """Every future time that ``text`` names, in order, with where it stands there. Never raises."""
    found = expressions(scene_of(normalise(text[:READ_AT_MOST]), context), context.working_hours)
    return [moment(expression) for expression in found if not expression.past]


def parse_past(text: str, context: Context) -> Moment | None:
    """The first past time that ``text`` names, for telling somebody who was asked for a future one. Never raises."""
    return next(iter(past_in(text, context)), None)


def past_in(text: str, context: Context) -> list[Moment]:
    """Every past time that ``text`` names, in order, with where it stands there. Never raises."""
    found = expressions(scene_of(normalise(text[:READ_AT_MOST]), context), context.working_hours)
    return [moment(expression) for expression in found if expression.past]


def scene_of(text: str, context: Context) -> Scene:
    """What the date grammar needs; ``text`` is normalised."""
    han = len(HAN.findall(text)) if not text.isascii() else 0
    latin = len(_LATIN.findall(text)) if han else 1
    return Scene(
        text,
        context.local_now,
        context.date_order,
        context.country,
        chinese=han * 2 >= latin and han > 0,
        zone=context.zone,
    )


def moment(expression: Expression) -> Moment:
    return Moment(
        at=expression.at,
        grain=expression.grain,
        start=expression.start,
        end=expression.end,
        doubtful=expression.vague or expression.doubt,
        limit=expression.limit or None,
        recurrence=expression.recurrence,
        has_date=expression.has_date or expression.is_relative,
    )


def _weight(expression: Expression) -> tuple[bool, int]:
    return expression.has_date, -expression.start
