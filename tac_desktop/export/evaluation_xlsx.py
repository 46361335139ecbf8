"""The evaluation's tables and statements as a workbook: a sheet for each table, numbers as numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from tac_desktop.casework.evaluation.contested import MARK, NOTHING_CONTESTED, contested_in_words
from tac_desktop.export.evaluation_pdf import Report
from tac_desktop.export.spreadsheet import bytes_of

_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CONTESTED = f'General"{MARK}"'
"""A format of numbers: the cell stays a number and shows the mark behind it."""


def evaluation_workbook(report: Report, *, released: bool = False) -> bytes:
    """Return the report as the bytes of an .xlsx file.

    Args:
        report: The counted tables and statements (COMMANDS.md).
        released: Whether it went through disclosure control.
    """
    book: Any = Workbook()
    as_of = datetime.fromisoformat(str(report["as_of"]))
    book.properties.created = book.properties.modified = as_of
    about: Any = book.active
    about.title = "About"
    _write(about, 1, ["As known on", str(report["as_of"])])
    _write(about, 2, ["Use", "Released: small numbers are held back" if released else "For inside use only"])
    _write(about, 3, ["Contradictions", contested_in_words(report.get("contradictions", NOTHING_CONTESTED))])
    for table in report["tables"]:
        _table(book, table)
    _statements(book, report.get("statements", ()))
    return bytes_of(book)


def _table(book: Any, table: Mapping[str, Any]) -> None:  # noqa: ANN401 - openpyxl has no types
    sheet = book.create_sheet(str(table["id"])[:31])
    columns: Sequence[Mapping[str, Any]] = table["columns"]
    _write(sheet, 1, [str(table["title"])], bold=True)
    _write(sheet, 2, [str(table.get("base_rule") or "")])
    _write(sheet, 4, ["", *(part for c in columns for part in (f"{c['label']}: n", f"{c['label']}: %"))], bold=True)
    at = 5
    for row in table["rows"]:
        cells: list[Mapping[str, Any]] = [row["cells"].get(column["key"], {}) for column in columns]
        _write(sheet, at, [str(row["label"]), *(value for c in cells for value in (c.get("n"), c.get("pct")))])
        _mark(sheet, at, cells)
        at += 1
    if any(column.get("base") is not None for column in columns):
        _write(sheet, at, ["Base (n)", *(value for c in columns for value in (c.get("base"), None))], bold=True)
        _mark(sheet, at, columns)
    sheet.column_dimensions["A"].width = 60
    sheet.freeze_panes = "B5"


def _statements(book: Any, statements: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401 - openpyxl has no types
    sheet = book.create_sheet("Statements")
    keys = ("n", "pct", "base", "value")
    _write(sheet, 1, ["Statement", "n", "%", "Base (n)", "Value"], bold=True)
    for at, each in enumerate(statements, 2):
        name = f"{each['id']} {MARK}" if each.get("contested") else str(each["id"])
        _write(sheet, at, [name, *(_plain(each.get(key)) for key in keys)])
    sheet.column_dimensions["A"].width = 60
    sheet.freeze_panes = "B2"


def _mark(sheet: Any, row: int, figures: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401 - openpyxl has no types
    """Show the mark of an open contradiction in the cells of a row that rest on one."""
    for place, figure in enumerate(figures):
        if figure.get("contested"):
            sheet.cell(row, 2 + 2 * place).number_format = _CONTESTED


def _plain(value: object) -> object:
    """Return a value as a cell takes it; several numbers by their names: 'EP: 14; SEND: 14'."""
    if not isinstance(value, Mapping):
        return value
    named = cast("Mapping[str, object]", value)
    return "; ".join(f"{name}: {number}" for name, number in named.items())


def _write(sheet: Any, row: int, values: Sequence[object], *, bold: bool = False) -> None:  # noqa: ANN401
    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with = + - @ is text, never a formula
            cell.alignment = _WRAPPED
        if bold:
            cell.font = _BOLD
