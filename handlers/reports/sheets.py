"""A report as a workbook: what is on the card, and on a second sheet the rows behind it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import locales
from domain.people.model import Staff
from domain.ports import OpenUnitOfWork, UnitOfWork
from domain.reports.model import CountedRow
from domain.reports.wanted import Wanted
from domain.values.money import Money
from handlers.chat import Document, Phrase
from handlers.rendering.drawing import document, gathered
from handlers.rendering.reader import Reader
from handlers.reports.asking import period_said
from handlers.reports.cards import Read, code_of, read
from handlers.reports.lines import Numbers, cells_of, measure_name, section_word, sums_said

if TYPE_CHECKING:
    from handlers.rendering.formats import View

SHEETS = "sheets"
REPORT_SHEET = "report-sheet"
MOST_ROWS = 20_000  # a second or two of writing, and what a chat takes as one file
PAGE = 1000
_WIDEST = 60
_ROW_HEADS = ("code", "title", "owner", "at", "note", "amount", "currency")


def workbook(wanted: Wanted, asker: Staff, *, now: datetime) -> Document:
    """A report's workbook, which is read when it is sent."""
    name = f"{wanted.report.value}-{wanted.period.first}-{wanted.period.last}.xlsx"
    return Document(name, REPORT_SHEET, {"asked": wanted.kept(), "asker": asker.id, "now": now})


@gathered(REPORT_SHEET)
async def gather(open_reading: OpenUnitOfWork, document: Document, reader: Reader) -> bytes:
    """Counted as its asker may see it then, as of when it was asked."""
    async with open_reading() as uow:
        asker = await uow.staff.get(document.facts["asker"])
        found = await read(uow, asker, Wanted.of(document.facts["asked"]), now=document.facts["now"])
        rows, more = await rows_behind(uow, asker, found)
    facts = _facts(found.numbers, rows, more, [period_said(found.wanted), found.people])
    return await asyncio.to_thread(write, replace(document, facts=facts), reader)


async def rows_behind(
    uow: UnitOfWork, asker: Staff, found: Read, *, most: int = MOST_ROWS
) -> tuple[list[CountedRow], int]:
    """What the first number of each line counts, and how many of them the sheet has no room for."""
    rows: list[CountedRow] = []
    counted = 0
    for cell, line in cells_of(found.numbers):
        if cell.measure != "all":
            continue
        counted += line.counts["all"]
        after: int | None = None
        while len(rows) < most:
            page = await uow.reports.list_rows(asker, found.asked, cell, after=after, limit=min(PAGE, most - len(rows)))
            rows += page
            if len(page) < PAGE:
                break
            after = page[-1].id
    return rows, max(0, counted - len(rows))


def _facts(numbers: Numbers, rows: Sequence[CountedRow], more: int, said: Sequence[Any]) -> Mapping[str, Any]:
    """Two tables, their words still without a language."""
    measures = list(dict.fromkeys(name for line in numbers.lines for name, count in line.counts.items() if count))
    heads = [Phrase(f"sheet-{head}") for head in ("median", "sums", "likely", "chance")]
    table: list[list[Any]] = [["", "", *(measure_name(numbers, name) for name in measures), *heads]]
    for section in dict.fromkeys(line.section for line in numbers.lines):
        for line in numbers.of(section):
            counts = [line.counts.get(name) for name in measures]
            chance = f"{line.chance.said}% ({line.chance.won}/{line.chance.cases})" if line.chance else None
            ends = [line.median, sums_said(line.sums) or None, sums_said(line.weighted) or None, chance]
            table.append([section_word(section), numbers.name(section, line.group), *counts, *ends])
    behind: list[list[Any]] = [[Phrase(f"sheet-{head}") for head in _ROW_HEADS]]
    behind += [_cells(row) for row in rows]
    if more:
        behind.append([Phrase("rows-left-out", {"count": more, "limit": MOST_ROWS})])
    heading = [Phrase(f"report-{numbers.wanted.report.value}"), *said]
    return {"heading": heading, "sheets": [[Phrase("sheet-numbers"), table], [Phrase("sheet-rows"), behind]]}


def _cells(row: CountedRow) -> list[Any]:
    code = code_of(row)
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
