"""What a page may say over its socket, and what it is answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from bot.local.audience import Frame
from bot.local.channel import LONGEST_TEXT
from bot.local.messages import Upload
from bot.local.uploads import kind_of
from domain.attachments.model import LARGEST, MOST_AT_ONCE

Key = Annotated[str, Field(min_length=1, max_length=200)]
MessageId = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]


class PageFrame(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Hello(PageFrame):
    """The first frame of each connection. ``have`` says how many messages of each place the page already shows."""

    type: Literal["hello"]
    have: Annotated[dict[Key, int], Field(max_length=1000)] = {}


class Event(PageFrame):
    """Something that a person does. ``id`` is made by the page and stays the same when it repeats itself."""

    id: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
    user: Key = Field(alias="as")
    place: Key


class UploadNamed(PageFrame):
    """A file whose bytes were put on the page before; ``stored`` is what that was answered with."""

    stored: str = Field(pattern=r"^[0-9a-f]{32}(\.enc)?$")
    name: str = Field(max_length=200)
    media_type: str = Field(default="", max_length=200)
    size: int = Field(ge=1, le=LARGEST)

    @property
    def upload(self) -> Upload:
        kind = kind_of(self.media_type)
        return Upload(stored=self.stored, kind=kind, name=self.name, media_type=self.media_type, size=self.size)


class Say(Event):
    """``text`` may be empty beside files."""

    type: Literal["say"]
    text: str = Field(max_length=LONGEST_TEXT)
    reply_to: MessageId | None = None
    uploads: Annotated[list[UploadNamed], Field(max_length=MOST_AT_ONCE)] = []

    @model_validator(mode="after")
    def says_something(self) -> Say:
        if not self.text and not self.uploads:
            raise ValueError("says nothing")
        return self


class PressButton(Event):
    type: Literal["press"]
    payload: str = Field(min_length=1, max_length=256)
    message: MessageId | None = None


class SendForm(Event):
    type: Literal["form"]
    form: str = Field(min_length=1, max_length=256)
    values: Annotated[dict[Key, str], Field(max_length=100)]
    message: MessageId | None = None

    @field_validator("values")
    @classmethod
    def within_limits(cls, values: dict[str, str]) -> dict[str, str]:
        if sum(map(len, values.values())) > LONGEST_TEXT:
            raise ValueError("too long")
        return values


class CloseForm(Event):
    type: Literal["close_form"]
    form: str = Field(min_length=1, max_length=256)


class Read(PageFrame):
    type: Literal["read"]
    user: Key = Field(alias="as")
    place: Key
    message: MessageId


class Older(PageFrame):
    type: Literal["older"]
    place: Key
    before: MessageId


class AskPeople(PageFrame):
    type: Literal["people"]


class MoveClock(PageFrame):
    type: Literal["move_clock"]
    user: Key = Field(alias="as")
    step: Literal["hour", "tomorrow", "friday", "at"]
    wall: Annotated[str, Field(max_length=32)] | None = None


Speech = Say | PressButton | SendForm | CloseForm
Known = Annotated[
    Hello | Say | PressButton | SendForm | CloseForm | Read | Older | AskPeople | MoveClock, Field(discriminator="type")
]
parse: TypeAdapter[Known] = TypeAdapter(Known)


def refused(reason: str, raw: Any = None) -> Frame:
    """``reason`` is a word the page has a sentence for; the frame's id lets it say which one was meant."""
    given = raw.get("id") if isinstance(raw, dict) else None
    return {"type": "refused", "reason": reason, "id": given if isinstance(given, str) else None}
