"""Long lists in pages: the next page begins behind the last line shown, and the button says how many are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.chat import Button

T = TypeVar("T")
PAGE = 8
COUNTED = 50  # beyond the page only so many are counted: "50+ more"


@dataclass(frozen=True)
class Page(Generic[T]):
    """``left`` counts what follows, at most ``COUNTED`` exactly; then ``is_open`` says that there are still more."""

    shown: Sequence[T]
    left: int
    is_open: bool


def asked_for(page: int = PAGE) -> int:
    """How many to ask storage for."""
    return page + COUNTED + 1


def page_of(found: Sequence[T], page: int = PAGE) -> Page[T]:
    """The first page of what storage gave, knowing that it gave at most ``asked_for(page)``."""
    left = max(0, len(found) - page)
    return Page(found[:page], min(left, COUNTED), left > COUNTED)


def more_button(page: Page[T], press: str) -> tuple[Button, ...]:
    """``12 more``, or nothing on the last page. ``press`` names where the next page begins, no more."""
    if not page.left:
        return ()
    return (Button("button-n-more", press=press, facts={"count": page.left, "open": page.is_open}),)
