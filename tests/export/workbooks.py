"""Small workbooks for the tests, made by openpyxl as a person's spreadsheet program would."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

Sheets = Mapping[str, Sequence[Sequence[Any]]]

MOTHERS = (("Case reference", "Name", "Prison"), ("A-1", "Teal Anchor", "HMP Send"))


def save(path: Path, sheets: Sheets) -> Path:
    """Write a workbook whose sheets are lists of rows, the headings first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
