"""Objects from rows that were read past the session, as if it had loaded them itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import JSON, Column, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from domain.customers.model import ContactPoint
from storage.recording import hold

T = TypeVar("T")


def columns_of(kind: type[Any]) -> Sequence[Column[Any]]:
    """What ``attached`` wants of a mapped class, in this order; the id comes first."""
    mapper = inspect(kind)
    first = mapper.local_table.c.id
    return (first, *(column for column in mapper.columns if column is not first))


def attached(session: AsyncSession, kind: type[T], row: Sequence[Any]) -> T:
    """The object of ``columns_of`` in the session: the one that is there already, else a new one with these values.

    What else the row has behind them is left alone.
    """
    plan = _plans.get(kind) or _planned(kind)
    known = session.identity_map.get(session.identity_key(kind, row[0]))
    if known is not None:
        return cast("T", known)
    thing: T = plan.new()
    thing.__dict__.update(zip(plan.names, row, strict=False))
    for name in plan.nested:
        value = thing.__dict__.pop(name)
        # Set as anybody would, so that it notices when it is changed in place.
        setattr(thing, name, value)
    make_transient_to_detached(thing)
    session.sync_session.add(thing)
    hold(session.sync_session, thing)
    return thing


def attached_whole(session: AsyncSession, kind: type[T], rows: Sequence[Sequence[Any]]) -> T | None:
    """The one object of the rows, with its contact points where its class has them: each row names one of them behind the
    ``columns_of`` the object, or none."""
    if not rows:
        return None
    thing = attached(session, kind, rows[0])
    plan = _plans[kind]
    if plan.has_points and "points" not in thing.__dict__:
        width = len(plan.names)
        points = [attached(session, ContactPoint, row[width:]) for row in rows if row[width] is not None]
        set_committed_value(thing, "points", points)
    return thing


@dataclass(frozen=True)
class _Plan:
    """How objects of a class are made. ``nested`` are the names of its lists and dictionaries."""

    new: Callable[[], Any]
    names: Sequence[str]
    nested: Sequence[str]
    has_points: bool


_plans: dict[type[Any], _Plan] = {}


def _planned(kind: type[Any]) -> _Plan:
    mapper, columns = inspect(kind), columns_of(kind)
    names = [mapper.get_property_by_column(column).key for column in columns]
    nested = [name for name, column in zip(names, columns, strict=True) if isinstance(column.type, JSON)]
    plan = _Plan(mapper.class_manager.new_instance, names, nested, "points" in mapper.relationships)
    return _plans.setdefault(kind, plan)
