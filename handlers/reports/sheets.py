"""A report as a workbook: what is on the card, and on a second sheet the rows behind it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import locales
from domain.records import LETTERS
from domain.reports.model import CountedRow
from domain.values.money import Money
from handlers.chat import Document, Phrase
from handlers.rendering.drawing import document
from handlers.rendering.reader import Reader
from handlers.reports.lines import Numbers, measure_name, section_word, sums_said

if TYPE_CHECKING:
    from handlers.rendering.formats import View

SHEETS = "sheets"
_WIDEST = 60
_ROW_HEADS = ("code", "title", "owner", "at", "note", "amount", "currency")


def workbook(numbers: Numbers, rows: Sequence[CountedRow], *, period: Phrase, people: str | None) -> Document:
    """Facts for ``SHEETS``: two tables, their words still without a language."""
    measures = list(dict.fromkeys(name for line in numbers.lines for name, count in line.counts.items() if count))
    table: list[list[Any]] = [["", "", *(measure_name(numbers, name) for name in measures), Phrase("sheet-median"), Phrase("sheet-sums")]]  # fmt: skip
    for section in dict.fromkeys(line.section for line in numbers.lines):
        for line in numbers.of(section):
            counts = [line.counts.get(name) for name in measures]
            name = numbers.name(section, line.group)
            table.append([section_word(section), name, *counts, line.median, sums_said(line.sums) or None])
    behind: list[list[Any]] = [[Phrase(f"sheet-{head}") for head in _ROW_HEADS]]
    behind += [_cells(row) for row in rows]
    wanted = numbers.wanted
    heading = [Phrase(f"report-{wanted.report.value}"), period, people]
    name = f"{wanted.report.value}-{wanted.period.first}-{wanted.period.last}.xlsx"
    sheets = [[Phrase("sheet-numbers"), table], [Phrase("sheet-rows"), behind]]
    return Document(name, SHEETS, {"heading": heading, "sheets": sheets})


def _cells(row: CountedRow) -> list[Any]:
    code = f"{LETTERS[row.record]}{row.record_id}"
    amount = row.amount
    return [code, row.title, row.owner_name, row.at, row.note, _number(amount), amount.currency if amount else None]


def _number(amount: Money | None) -> float | None:
    return float(amount.value) if amount is not None else None


@document(SHEETS)
def write(wanted: Document, reader: Reader) -> bytes:
    """The workbook in the words of its reader. Whatever somebody typed stays text: it is never taken for a formula."""
    import xlsxwriter

    from handlers.rendering.formats import view

    said = view(reader, locales.language_of(reader.locale), now=None, common={})
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for place, (name, rows) in enumerate(wanted.facts["sheets"]):
        sheet = book.add_worksheet(said.plain(name)[:31])
        first = 0
        if not place:
            sheet.write_string(0, 0, " · ".join(said.plain(part) for part in wanted.facts["heading"] if part), bold)
            first = 2
        for number, row in enumerate(rows, first):
            for column, value in enumerate(row):
                _write(sheet, (number, column), value, said, bold if number == first else None, moment)
        for column in range(max(map(len, rows), default=0)):
            widest = max((len(said.plain(row[column])) for row in rows if column < len(row) and row[column] is not None), default=0)  # fmt: skip
            sheet.set_column(column, column, min(_WIDEST, widest + 3))
        sheet.freeze_panes(first + 1, 0)
    book.close()
    return written.getvalue()


def _write(sheet: Any, at: tuple[int, int], value: Any, said: View, style: Any, moment: Any) -> None:
    if value is None:
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*at, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value.astimezone(ZoneInfo(said.reader.timezone)).replace(tzinfo=None), moment)
    else:
        sheet.write_string(*at, said.plain(value), style)
