"""Makes spreadsheets (.xlsx) in memory: text that stays text, dates that are dates, headings that stay in sight."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final, TypeAlias

Cell: TypeAlias = str | int | float | date | None

_WIDEST: Final = 48
_SAMPLED: Final = 200
_LOOKS_LIKE_A_FORMULA: Final = ("=", "+", "-", "@")


class Spreadsheet:
    """A workbook in the making. Add sheets, then take its bytes."""

    def __init__(self) -> None:
        """Begin without a sheet."""
        import openpyxl

        self._book: Any = openpyxl.Workbook()
        self._book.remove(self._book.worksheets[0])

    def add_sheet(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Add a sheet: a row of headings, then the rows; None is a blank cell.

        Text that begins like a formula, or is spelled like an error, stays the text that it is.
        """
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(title)
        for number, row in enumerate([headings, *rows], start=1):
            for place, value in enumerate(row, start=1):
                if value is not None:
                    _put(sheet.cell(number, place), value)
        for place, heading in enumerate(headings, start=1):
            sheet.cell(1, place).font = Font(bold=True)
            sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")
            longest = max((len(str(row[place - 1] or "")) for row in rows[:_SAMPLED]), default=0)
            width = min(max(12, longest + 2, len(heading) // 2), _WIDEST)
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "B2"

    def to_bytes(self) -> bytes:
        """Return the file."""
        return bytes_of(self._book)


def bytes_of(book: Any) -> bytes:  # noqa: ANN401 - openpyxl has no types
    """Return a workbook of openpyxl's as a file; its own `save` would write every sheet to the disk in clear."""
    from openpyxl.writer.excel import ExcelWriter

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        writer: Any = ExcelWriter(book, archive)
        writer.write_worksheet = partial(_write_in_memory, writer)
        writer.write_data()
    return content.getvalue()


def _write_in_memory(writer: Any, sheet: Any) -> None:  # noqa: ANN401 - openpyxl's
    """Do what openpyxl does, but not by way of a temporary file that anybody could read."""
    from openpyxl.worksheet._writer import WorksheetWriter

    part = io.BytesIO()
    sheet_writer: Any = WorksheetWriter(sheet, out=part)
    sheet_writer.write()
    sheet._drawing = None  # noqa: SLF001 - the attributes that openpyxl's own method sets
    sheet._rels = sheet_writer._rels  # noqa: SLF001
    writer._archive.writestr(sheet.path[1:], part.getvalue())  # noqa: SLF001
    writer.manifest.append(sheet)


def _put(cell: Any, value: str | float | date) -> None:  # noqa: ANN401 - openpyxl's
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LOOKS_LIKE_A_FORMULA)
    elif isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
