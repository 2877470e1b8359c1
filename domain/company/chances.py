"""How likely a sale in each stage is won, as the company sets it, and from how many cases on its own history says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Percent = Annotated[int, Field(ge=0, le=100)]
LEAST = 20


class Forecast(BaseModel):
    """``chances`` are per cent by the key of a stage. One that is not named is as likely as it is far along: of four stages the
    first 20, the last 80."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chances: Mapping[str, Percent] = Field(default_factory=dict)
    least: Annotated[int, Field(ge=1, le=10_000)] = LEAST

    def chance(self, stage: str, open_stages: Sequence[str]) -> int:
        """Per cent. What is on no list any more counts as half."""
        if stage in self.chances:
            return self.chances[stage]
        if stage not in open_stages:
            return 50
        return round(100 * (open_stages.index(stage) + 1) / (len(open_stages) + 1))
