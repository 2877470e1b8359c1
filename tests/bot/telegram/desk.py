"""What the tests of the adapter share: a desk in dispatch's place, and short ways to say things."""

from dataclasses import dataclass, field

from bot.telegram.menu import MenuCommand
from bot.telegram.pacing import Rates
from bot.telegram.polling import Pauses
from domain.errors import TryAgain
from handlers.chat import ChatEvent, Outgoing, Phrase, Receipt, Rendered, RenderedButton

UNHURRIED = Rates(per_second_and_chat=1e6, burst_per_chat=100, per_minute_and_group=10_000, per_second=1e6)
QUICK = Pauses(poll=5, first=0.01, longest=0.05, while_busy=0.05, stop=2, album=0.05, menus=0.01)
COMMANDS = (
    MenuCommand("lead", {"en": "New lead", "zh-CN": "新线索"}),
    MenuCommand("today", {"en": "My day", "zh-CN": "今天"}),
)


@dataclass
class Desk:
    """Stands where dispatch stands: notes what was committed, and fails when told to."""

    events: list[ChatEvent] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    fail_on: dict[str, int] = field(default_factory=dict)
    fault: type[Exception] = TryAgain
    toast: str | None = None

    async def dispatch(self, event: ChatEvent) -> Receipt:
        text = getattr(event.content, "text", "")
        self.attempts.append(text)
        if self.fail_on.get(text, 0):
            self.fail_on[text] -= 1
            raise self.fault
        self.events.append(event)
        return Receipt(toast=Phrase("done") if self.toast else None)

    def say(self, receipt: Receipt) -> str | None:
        return self.toast if receipt.toast else None

    @property
    def texts(self) -> list[str]:
        return [getattr(event.content, "text", "") for event in self.events]


def reply(text: str, *, place: int | str, **more: object) -> Outgoing:
    """A plain answer; ``labels`` gives it a row of buttons, ``body`` replaces it."""
    labels = more.pop("labels", ())
    row = tuple(RenderedButton(label, f"press:{label}"[:64]) for label in labels)
    body = more.pop("body", None) or Rendered(text, rows=(row,) if row else ())
    return Outgoing(place=str(place), body=body, **more)
