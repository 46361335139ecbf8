"""Reads a case-tracker workbook (.xlsx) into rows of answers, and lists every cell that cannot be taken in."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast
from xml.etree.ElementTree import ParseError

from tac_desktop.casework import fields
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.own_labels import OwnLabels
from tac_desktop.casework.sheets import (
    ADDENDA,
    CASE_REFERENCE,
    CellValue,
    Column,
    Refused,
    Row,
    Sheet,
    WrongCell,
    all_sheets,
    answer_in,
    told,
)
from tac_desktop.errors import MediumUnreadable, NotAWorkbook, NothingToImport, WorkbookTooLarge

LARGEST_FILE: Final = 64 * 1024 * 1024
LARGEST_CONTENT: Final = 512 * 1024 * 1024
"""What all parts of the file may unpack to, in bytes: a tracker of 20,000 mothers takes about a tenth of it."""
MOST_COLUMNS: Final = 300
KEYS: Final = (CASE_REFERENCE, "Response")
"""Headings of what ties a row to its mother or to its earlier state; a row cannot do without."""

_SHEET_MISSING: Final = (
    "This workbook names a sheet that its file does not hold, so it is damaged. Nothing was changed. "
    "Ask for the file again, or open it in your spreadsheet program, look which sheet is missing, and save it again."
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


@dataclass(kw_only=True)
class ReadWorkbook:
    """What a workbook holds; if `wrong` is not empty, nothing of it may be taken in."""

    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    """The rows by the title of their sheet."""
    wrong: list[WrongCell] = field(default_factory=list[WrongCell])
    unknown_sheets: list[str] = field(default_factory=list[str])
    unknown_columns: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    left_out: list[str] = field(default_factory=list[str])
    """Sheets that only a manager may read."""
    only_read: list[str] = field(default_factory=list[str])
    """Sheets that tell something and from which nothing is taken in."""
    new_labels: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])
    """Open list and label, in the order in which they were found."""


def read_workbook(path: Path, today: str, *, restricted: bool, labels: OwnLabels | None = None) -> ReadWorkbook:
    """Read the workbook at `path`.

    Args:
        path: An .xlsx file.
        today: The ISO date beyond which a date lies in the future.
        restricted: Whether the reader may see the sheets that are the manager's alone; else they are not looked at.
        labels: The labels of open lists that the vault holds already; a cell that has one in another case says it.

    Raises:
        NotAWorkbook, WorkbookTooLarge, NothingToImport, MediumUnreadable.
    """
    raw = _bytes_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of fonts and validations that do not concern us
            return _read(raw, today, labels or OwnLabels(), restricted=restricted)
    except _TROUBLES as error:
        raise NotAWorkbook from error


_TROUBLES: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError, OverflowError, ParseError, StopIteration, OSError,
)  # fmt: skip
"""What openpyxl raises for files that are not as they should be; it has no error class of its own for most of them."""


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WorkbookTooLarge
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)  # a device has no size and no end
    except FileNotFoundError:
        raise MediumUnreadable("There is no such file. Nothing was changed. Check its name and folder.") from None
    except OSError:
        raise MediumUnreadable from None
    if not raw.startswith(b"PK"):
        raise NotAWorkbook
    return raw


def _read(raw: bytes, today: str, labels: OwnLabels, *, restricted: bool) -> ReadWorkbook:
    from openpyxl.reader.excel import ExcelReader

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_CONTENT:
            raise WorkbookTooLarge
    reader = ExcelReader(io.BytesIO(raw), read_only=True, keep_links=False)
    reader.read()
    book = reader.wb
    found = ReadWorkbook()
    try:
        if len(book.sheetnames) != len(reader.parser.sheets):  # openpyxl passes over a sheet whose part is not there
            raise NotAWorkbook(_SHEET_MISSING)
        for worksheet, sheet in _known_sheets(book.worksheets, found):
            if sheet.restricted and not restricted:
                found.left_out.append(sheet.title)
            else:
                _SheetReader(worksheet, sheet, found, today, labels).read()
    finally:
        book.close()
    return found


def _known_sheets(worksheets: list[Any], found: ReadWorkbook) -> list[tuple[Any, Sheet]]:
    """Return the sheets to read, in their own order whatever the workbook's.

    So the spelling that stands for a new label is that of a mother, which every reader sees, not of a restricted sheet.
    """
    by_heading = {_plain(sheet.title): sheet for sheet in all_sheets()}
    known: dict[str, tuple[Any, Sheet]] = {}
    for worksheet in worksheets:
        sheet = by_heading.get(_plain(worksheet.title))
        if _plain(worksheet.title) == _plain(ADDENDA):
            found.only_read.append(ADDENDA)
        elif sheet is None:
            found.unknown_sheets.append(told(worksheet.title))
        elif sheet.title in known:
            found.wrong.append(WrongCell(sheet.title, 1, "", "a second sheet of this name", "one sheet of this name"))
        else:
            known[sheet.title] = worksheet, sheet
    if not known:
        raise NothingToImport
    return [known[sheet.title] for sheet in all_sheets() if sheet.title in known]


def _plain(heading: object) -> str:
    """Headings are the same whatever their case, spaces and kind of apostrophe."""
    return " ".join(str(heading).replace("’", "'").split()).casefold()


@dataclass
class _SheetReader:
    """Reads one sheet: its headings, then row by row."""

    worksheet: Any
    sheet: Sheet
    found: ReadWorkbook
    today: str
    labels: OwnLabels

    def read(self) -> None:
        """Add the sheet's rows and troubles to what was found."""
        self.worksheet.reset_dimensions()  # what the file says of its own size may be a lie
        columns = self._columns(next(self.worksheet.iter_rows(max_row=1, max_col=MOST_COLUMNS), ()))
        kept = self.found.rows.setdefault(self.sheet.title, [])
        width = 1 + max((place for place, _ in columns), default=0)
        for number, cells in enumerate(self.worksheet.iter_rows(min_row=2, max_col=width), start=2):
            filled = [(column, cells[place]) for place, column in columns if cells[place].value is not None]
            row = self._row(number, filled) if filled else None
            if row:
                kept.append(row)
        if columns:
            self._refuse_merged_cells({place for place, _ in columns})

    def _columns(self, headings: tuple[Any, ...]) -> list[tuple[int, Column]]:
        known = {_plain(column.heading): column for column in self.sheet.columns}
        columns: dict[str, tuple[int, Column]] = {}
        for place, cell in enumerate(headings):
            column = known.get(_plain(cell.value))
            if cell.value is None:
                continue
            if column is None:
                self.found.unknown_columns.append((self.sheet.title, told(cell.value)))
            elif column.heading in columns:
                self._wrong(1, column.heading, "the same heading twice", "each heading once")
            else:
                columns[column.heading] = place, column
        key = self.sheet.columns[0].heading
        if columns and key in KEYS and key not in columns:
            self._wrong(1, key, "no such column", "a column with this heading")
        return list(columns.values())

    def _row(self, number: int, filled: list[tuple[Column, Any]]) -> Row | None:
        answers: dict[str, dict[str, Answer]] = {form.name: {} for form in self.sheet.forms}
        reference = ""
        blank = True
        for column, cell in filled:
            answer = self._answer(number, column, cell)
            blank = blank and answer is None
            if column.heading == CASE_REFERENCE:
                reference = answer if isinstance(answer, str) else ""
            if answer is not None and not isinstance(answer, Refused) and column.form.name in answers:
                answers[column.form.name][column.field.name] = answer
        if blank:
            return None
        key = self.sheet.columns[0]
        if key.heading in KEYS and not any(column is key for column, _ in filled):
            self._wrong(number, key.heading, "nothing", "the case reference of the mother, or what names the response")
        return Row(sheet=self.sheet, number=number, reference=reference, answers=answers)

    def _answer(self, number: int, column: Column, cell: Any) -> Answer | Refused | None:  # noqa: ANN401 - openpyxl's
        value = _value(cell)
        answer: Answer | Refused | None
        if cell.data_type == "e":
            answer = Refused("a value; this is an error of the spreadsheet")
        else:
            answer = answer_in(column, value, self.today)
        if isinstance(answer, Refused):
            self._wrong(number, column.heading, told(value), answer.expected)
        else:
            answer = self.labels.spelled(column.field, answer)
            self._note_new_label(column, answer)
        return answer

    def _note_new_label(self, column: Column, answer: Answer | None) -> None:
        question = column.field
        if isinstance(question, fields.Choice) and isinstance(answer, str):
            codes = code_list(question.codes)
            if codes.get(answer) is None:
                self.found.new_labels[codes.label, answer] = None

    def _refuse_merged_cells(self, places: set[int]) -> None:
        """Find merged cells: openpyxl reads one value and blanks, which would pass for 'not answered'."""
        for letters, first, last in _merged_ranges(self.worksheet):
            if int(last) > 1 and (places or first):
                self._wrong(max(int(first), 2), letters, "merged cells", "one value in each cell: undo the merging")

    def _wrong(self, row: int, column: str, found: str, expected: str) -> None:
        self.found.wrong.append(WrongCell(self.sheet.title, row, column, found, expected))


def _value(cell: Any) -> CellValue:  # noqa: ANN401 - openpyxl's
    """Return what a cell holds; a formula is the text that was typed and never computed."""
    value = cell.value
    if cell.data_type == "f" and not isinstance(value, str):
        value = getattr(value, "text", None) or getattr(value, "ref", "a formula")
    if isinstance(value, str) and cell.data_type == "f" and not value.startswith("="):
        value = "=" + value
    return cast("CellValue", value)


def _merged_ranges(worksheet: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - openpyxl's
    """Yield column, first and last row of each merged range; the reader that spares memory does not tell them."""
    with worksheet._get_source() as part:  # noqa: SLF001 - the part's name is known to it alone
        before = b""
        while chunk := part.read(1 << 20):
            window = before + chunk
            for match in _MERGED.finditer(window):
                yield match[1].decode(), match[2].decode(), match[3].decode()
            before = window[window.rfind(b"<") :][:512]
