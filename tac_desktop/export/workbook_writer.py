"""Writes a case-tracker workbook (.xlsx) from records, such that importing it again changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.record import Record
from tac_desktop.casework.sheets import ADDENDA, CASE_REFERENCE, Column, Sheet, all_sheets, cell_for
from tac_desktop.export.addenda_sheet import HEADINGS, addenda_rows
from tac_desktop.export.spreadsheet import Cell, Spreadsheet

Recorded = Mapping[str, Sequence[Record]]
"""The records to write, by form."""


def write_workbook(recorded: Recorded, *, restricted: bool) -> bytes:
    """Return the workbook of these records as the bytes of an .xlsx file.

    Args:
        recorded: All records of the forms that have a sheet, by form; with addenda a sheet tells them at the end.
        restricted: Whether the sheets that are a manager's alone are written.
    """
    book = Spreadsheet()
    for sheet in all_sheets():
        if restricted or not sheet.restricted:
            rows = list(_SheetRows(sheet, recorded).rows())
            book.add_sheet(sheet.title, [column.heading for column in sheet.columns], rows)
    if added := list(addenda_rows(recorded)):
        book.add_sheet(ADDENDA, HEADINGS, added)
    return book.to_bytes()


class _SheetRows:
    """The rows of one sheet, one for each record of its own form."""

    def __init__(self, sheet: Sheet, recorded: Recorded) -> None:
        self._sheet = sheet
        self._recorded = recorded
        self._references = {mother.id: mother.text("reference") for mother in recorded.get("mother", ())}
        self._workers = {w.id: w.text("worker_reference") for w in recorded.get("childrens_social_worker", ())}
        self._beside = {form.name: self._first_by_owner(form.name) for form in sheet.forms[1:]}

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of each row, ordered by case reference and date."""
        records = self._recorded.get(self._sheet.form.name, ())
        own_date = self._sheet.form.own_date
        for record in sorted(records, key=lambda r: (self._reference(r), r.text(own_date), r.id)):
            yield [self._cell(column, record) for column in self._sheet.columns]

    def _reference(self, record: Record) -> str:
        return self._references.get(record.text("mother") or record.case_file, "") if self._sheet.of_a_case else ""

    def _cell(self, column: Column, record: Record) -> Cell:
        if column.heading == CASE_REFERENCE:
            return self._reference(record)
        if column.form == self._sheet.form:
            return cell_for(column, self._linked(column, record.answers.get(column.field.name)))
        beside = self._beside[column.form.name].get(record.id, ())
        if column.form.name == "mckenzie_friend":
            return cell_for(column, tuple(sorted(each.text("date") for each in beside if each.text("date"))))
        return cell_for(column, beside[0].answers.get(column.field.name)) if beside else None

    def _linked(self, column: Column, answer: Answer | None) -> Answer | None:
        if column.field.name == "social_worker" and isinstance(answer, str):
            return self._workers.get(answer, "")
        return answer

    def _first_by_owner(self, form: str) -> dict[str, list[Record]]:
        """Return the records of a form that stand in the row of a mother or child, the first by date foremost."""
        owned: dict[str, list[Record]] = defaultdict(list)
        for record in self._recorded.get(form, ()):
            if form == "placement" and record.answers.get("at_referral") is not True:
                continue
            owned[record.text("child") if form == "placement" else record.case_file].append(record)
        for records in owned.values():
            records.sort(key=lambda r: (r.text("from_date") or r.text("first_meeting") or r.text("date"), r.id))
        return owned
