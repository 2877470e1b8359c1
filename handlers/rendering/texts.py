"""Renders replies, notifications and receipts for their reader: language, time zone, what the channel can show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog

import locales
from handlers.chat import (
    Button,
    Capabilities,
    Choice,
    Document,
    Field,
    Form,
    Line,
    Phrase,
    Picture,
    Receipt,
    Rendered,
    RenderedButton,
    RenderedField,
    RenderedForm,
    Reply,
)
from handlers.rendering import drawing
from handlers.rendering.hiding import with_show_button
from handlers.rendering.layout import Row, circled, cut_label, in_rows, numbered, within
from handlers.rendering.own_words import OwnWords, own_words
from handlers.rendering.reader import Reader
from handlers.rendering.wording import clean, one_line

if TYPE_CHECKING:
    from charts.model import Chart
    from domain.company.model import Company
    from handlers.rendering.formats import View

__all__ = ["Reader", "Texts"]

log = structlog.get_logger()
ToastAndForm = tuple[str, dict[str, str], RenderedForm | None]


class Texts:
    """The words of the company. ``company`` is a fact of every text, because the bot speaks in its name.

    ``draw`` and ``write`` make pictures and documents; by default those registered in ``handlers.rendering.drawing``.
    """

    def __init__(
        self,
        company: str,
        *,
        draw: Callable[[Picture, Reader], bytes] = drawing.draw,
        write: Callable[[Document, Reader], bytes] = drawing.write,
    ) -> None:
        self.draw = draw
        self.write = write
        self._common: Mapping[str, str] = {"company": one_line(clean(company))}
        self._own: OwnWords = {}
        self._followed: object = None

    def follow(self, company: Company) -> None:
        """Say from now on what the company calls itself and its stages, sources and reasons."""
        seen = (company.name, *(company.settings.get(name) for name in ("stages", "sources", "lost_reasons")))
        if seen != self._followed:
            self._followed = seen
            self._common = {"company": one_line(clean(company.name))}
            self._own = own_words(company)

    def has(self, key: str) -> bool:
        """Is there such a text? English has them all."""
        from handlers.rendering.catalogue import catalogue

        return catalogue(locales.DEFAULT).has(key)

    def say(self, key: str, facts: Mapping[str, Any], reader: Reader, *, now: datetime) -> str:
        """The text of one key. ``now`` is aware; it decides what is called today."""
        return self._view(reader, now).say(key, facts)

    def render(
        self,
        reply: Reply,
        reader: Reader,
        *,
        now: datetime,
        capabilities: Capabilities = Capabilities(),
        masked: bool = False,
    ) -> Rendered:
        """The reply, finished for one reader and channel. ``masked`` hides ``Secret`` facts, as in groups; what is masked for
        the reader's role gets a button that shows it.

        Lines that have buttons are tied to them by ①②③ when there are several. On a channel without buttons the text
        ends in numbered answers, and ``rows`` still holds them in that order. Without forms ``form`` is None: the
        fields are then asked one by one. A picture or document that cannot be made is logged and left out.
        """
        if reply.unmasked:
            reader = replace(reader, masked=frozenset())
        if reader.masked and not masked:
            reply = with_show_button(reply, reader)
        view = self._view(replace(reader, locale=reply.locale or reader.locale), now, masked=masked)
        lines, rows = _LinesAndRows(view, reply, capabilities).laid_out()
        picture, document = reply.picture, reply.document
        return Rendered(
            text="\n".join(text for text in (view.say(reply.key, reply.facts).strip(), *lines) if text),
            title=one_line(view.say(reply.key, reply.facts, part="title")),
            rows=tuple(rows),
            form=_form(view, reply.form) if reply.form and capabilities.forms else None,
            picture=_made(self.draw, picture, reader) if picture and capabilities.pictures else None,
            picture_alt=view.say(f"picture-{picture.kind}", picture.facts) if picture else "",
            document=_made(self.write, document, reader) if document and capabilities.documents else None,
            document_name=document.name if document else "",
        )

    def chart(self, wanted: Picture, reader: Reader, *, now: datetime) -> Chart:
        """A chart in the words of its reader, ready to be drawn. Raises LookupError for a shape that nobody draws."""
        from handlers.rendering.charts import chart_of

        return chart_of(wanted, self._view(reader, now))

    def alt(self, wanted: Picture, reader: Reader, *, now: datetime) -> str:
        """What is to be seen in a chart, for those who hear it."""
        return self._view(reader, now).say("picture-chart", {"alt": wanted.facts["alt"]})

    def receipt(self, receipt: Receipt, *, now: datetime | None = None) -> ToastAndForm:
        """Toast, errors by field, and the form to open, in the language of the person who pressed."""
        view = self._view(Reader(receipt.locale, receipt.timezone), now)
        toast = one_line(_phrase(view, receipt.toast)) if receipt.toast else ""
        errors = {name: _phrase(view, phrase) for name, phrase in receipt.field_errors.items()}
        return toast, errors, _form(view, receipt.form) if receipt.form else None

    def _view(self, reader: Reader, now: datetime | None, *, masked: bool = False) -> View:
        # Fluent and Babel are imported with the first text that is rendered, not when the command starts.
        from handlers.rendering.formats import view

        language = locales.language_of(reader.locale)
        return view(reader, language, now=now, masked=masked, common=self._common, own=self._own)


class _LinesAndRows:
    """The lines of a reply and the rows of its buttons, in the order in which they stand."""

    def __init__(self, view: View, reply: Reply, capabilities: Capabilities) -> None:
        self._view = view
        self._reply = reply
        self._capabilities = capabilities
        self._ties = capabilities.buttons and sum(1 for line in reply.lines if line.buttons) > 1

    def laid_out(self) -> tuple[list[str], list[Row]]:
        lines: list[str] = []
        line_rows: list[Row] = []
        tied = 0
        for line in self._reply.lines:
            text = self._whole(line) if line.whole else self._view.say(line.key, line.facts)
            tied += bool(line.buttons)
            mark = circled(tied) if self._ties and line.buttons else ""
            lines.append(f"{mark} {text}" if mark else text)
            rows = in_rows(self._buttons(line.buttons, mark))
            if not self._capabilities.buttons:
                lines.append(numbered(rows, 1 + sum(map(len, line_rows))))
            line_rows += rows
        own_rows = in_rows(self._buttons(self._reply.buttons, ""))
        if not self._capabilities.buttons:
            lines.append(numbered(own_rows, 1 + sum(map(len, line_rows))))
            return lines, [*line_rows, *own_rows]
        return lines, within(self._capabilities.buttons_limit, line_rows, own_rows)

    def _whole(self, line: Line) -> str:
        words = self._view.say(line.key, line.facts, part="title"), self._view.say(line.key, line.facts)
        return " · ".join(one_line(each) for text in words for each in text.splitlines() if each.strip())

    def _buttons(self, buttons: Sequence[Button], mark: str) -> list[RenderedButton]:
        possible = [button for button in buttons if not button.asks_phone or self._capabilities.asks_phone]
        return [_button(self._view, button, mark, self._capabilities.label_limit) for button in possible]


def _button(view: View, button: Button, mark: str, limit: int) -> RenderedButton:
    label = cut_label(one_line(view.say(button.key, button.facts)), mark, limit)
    return RenderedButton(
        label,
        button.press,
        url=button.url,
        opens_form=button.opens_form,
        is_main=button.is_main,
        starts_row=button.starts_row,
        asks_phone=button.asks_phone,
    )


def _phrase(view: View, phrase: Phrase | str) -> str:
    return clean(phrase) if isinstance(phrase, str) else view.say(phrase.key, phrase.facts)


def _form(view: View, form: Form) -> RenderedForm:
    return RenderedForm(
        press=form.press,
        title=one_line(view.say(form.title, form.facts)),
        submit=one_line(view.say(form.submit, form.facts)),
        fields=tuple(_field(view, field, form.facts) for field in form.fields),
        note=one_line(view.say(form.note.key, form.note.facts)) if form.note else "",
    )


def _field(view: View, field: Field, facts: Mapping[str, Any]) -> RenderedField:
    def shown(choice: Choice) -> tuple[str, str]:
        return choice.value, one_line(_phrase(view, choice.label))

    return RenderedField(
        name=field.name,
        label=one_line(view.say(field.label, {**facts, **field.facts})),
        kind=field.kind,
        required=field.required,
        value=clean(field.value),
        choices=tuple(map(shown, field.choices)),
        hint=one_line(view.say(field.hint, facts)) if field.hint else "",
    )


def _made(make: Callable[[Any, Reader], bytes], wanted: Picture | Document, reader: Reader) -> bytes | None:
    try:
        return make(wanted, reader)
    except Exception:  # the words still reach their reader
        log.exception("not-drawn", kind=wanted.kind)
        return None
