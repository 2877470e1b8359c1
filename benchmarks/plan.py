"""How long a run may take, and where its files go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """A quick run shows a developer the direction; the table is made by a full one."""

    folder: Path
    is_quick: bool = False

    @property
    def rounds(self) -> int:
        return self.pick(quick=3, full=9)

    def pick(self, *, quick: T, full: T) -> T:
        return quick if self.is_quick else full
