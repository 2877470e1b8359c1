"""Lists of the company's own words, each under a key that never changes: stages, sources of leads, reasons for a loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
MOST = 20


class Named(BaseModel):
    """``en`` and ``zh`` are its names; of one that ships with us None is ours, and one name stands for both languages.

    What is not ``offered`` any more keeps its name where it was chosen before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]{0,29}$")]
    en: Word | None = None
    zh: Word | None = Field(default=None, validation_alias=AliasChoices("zh-CN", "zh"), serialization_alias="zh-CN")
    offered: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.en, self.zh) if name)


class NamedList(RootModel[tuple[Named, ...]]):
    """In the order in which they are offered. ``OURS`` ship with us and have texts in the catalogue; ``FIXED`` ones do
    something of their own, so they always stand behind the others and are not on the list. ``SEED`` are those that a company
    begins with beside ours."""

    model_config = ConfigDict(frozen=True)
    OURS: ClassVar[tuple[str, ...]] = ()
    SEED: ClassVar[tuple[Named, ...]] = ()
    FIXED: ClassVar[tuple[str, ...]] = ()
    LEAST: ClassVar[int] = 0

    @classmethod
    def first(cls) -> Self:
        """What a company begins with."""
        return cls((*(Named(key=key) for key in cls.OURS), *cls.SEED))

    def __iter__(self) -> Iterator[Named]:  # type: ignore[override]
        return iter(self.root)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        keys = [each.key for each in self.root]
        names = [folded(name) for each in self.root for name in {*map(folded, each.names)}]
        if len(self.root) > MOST:
            raise ValueError(f"at most {MOST}")
        for found, what in ((keys, "key"), (names, "name")):
            twice = next((each for each in found if found.count(each) > 1), None)
            if twice is not None:
                raise ValueError(f"the {what} {twice!r} stands there twice")
        for each in self.root:
            if each.key in self.FIXED:
                raise ValueError(f"{each.key!r} is always there; leave it out")
            if not each.names and each.key not in self.OURS:
                raise ValueError(f"{each.key!r} needs a name: en, zh-CN or both")
        if sum(each.offered for each in self.root) < self.LEAST:
            raise ValueError("one has to stay on offer")
        return self

    @property
    def offered(self) -> tuple[str, ...]:
        """The keys that can be chosen, the fixed ones last."""
        return (*(each.key for each in self.root if each.offered), *self.FIXED)

    @property
    def keys(self) -> tuple[str, ...]:
        """All of them, offered or not, the fixed ones last."""
        return (*(each.key for each in self.root), *self.FIXED)

    def find(self, key: str | None) -> Named | None:
        return next((each for each in self.root if each.key == key), None)

    def find_by_name(self, text: str) -> str | None:
        """The key of the one that is called so in either language."""
        wanted = folded(text)
        return next((each.key for each in self.root if wanted in map(folded, each.names)), None)

    def keeping(self, wanted: Self) -> Self:
        """``wanted``, with what it leaves out no longer offered: where it was chosen it keeps its name."""
        left_out = [each for each in self.root if wanted.find(each.key) is None]
        kept = (each.model_copy(update={"offered": False}) for each in left_out)
        return type(self)((*wanted.root, *kept))


class Stages(NamedList):
    """What an opportunity goes through, before it is won or lost."""

    OURS = ("qualified", "demo", "proposal", "negotiation")
    FIXED = ("won", "lost")
    LEAST = 1


class Sources(NamedList):
    """Where leads come from; free words may be written beside."""

    SEED = (
        Named(key="website", en="Website", zh="官网"),
        Named(key="referral", en="Referral", zh="转介绍"),
        Named(key="fair", en="Fair", zh="展会"),
        Named(key="advert", en="Advert", zh="广告"),
        Named(key="cold-call", en="Cold call", zh="陌拜"),
    )


class LossReasons(NamedList):
    """Why leads and opportunities are lost; "other" asks for words."""

    OURS = ("price", "timing", "competitor", "no-need")
    FIXED = ("other",)


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def new_key(name: str, taken: Sequence[str]) -> str:
    """A key for something new: its English name in short, else a number; none that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:20].strip("-") or "own"
    return next(
        key for key in (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3))) if key not in taken
    )
