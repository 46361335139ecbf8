"""Takes in a case-tracker workbook, and writes one (workbook.md has the rules)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.addenda import FORM as ADDENDUM
from tac_desktop.actions.addenda import as_shown
from tac_desktop.actions.audit import note_event
from tac_desktop.actions.backup_schedule import back_up_before
from tac_desktop.actions.known_women import Namesakes, here_already
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.answers import text_of
from tac_desktop.casework.audit import Event
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation.case import Case
from tac_desktop.casework.journal import Change
from tac_desktop.casework.own_labels import OwnLabels
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may_read
from tac_desktop.casework.record import Record
from tac_desktop.casework.sheets import Row, WrongCell, all_sheets
from tac_desktop.casework.workbook_doubts import Unlikely, unlikely
from tac_desktop.casework.workbook_matching import Item, case_of
from tac_desktop.casework.workbook_plan import Gone, Plan, changes, plan
from tac_desktop.casework.workbook_warnings import Disagreement, disagreements
from tac_desktop.errors import UnknownPrison

if TYPE_CHECKING:
    from tac_desktop.export.workbook_reader import ReadWorkbook
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Recorded = Mapping[str, Sequence[Record]]

_OF_A_CASE: Final = frozenset(sheet.title for sheet in all_sheets() if sheet.of_a_case)


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did, or would do. If `wrong` is not empty, nothing was imported."""

    imported: bool
    """Whether it was written; False for a dry run, for wrong cells and where all of it was known already."""
    rows: int
    """How many rows were read, those of other prisons included."""
    new: Mapping[str, int] = field(default_factory=dict[str, int])
    """Records that were added, by form."""
    changed: Mapping[str, int] = field(default_factory=dict[str, int])
    """Records that were known and had other answers, by form."""
    known: int = 0
    """Records of which nothing changed."""
    other_prisons: int = 0
    """Rows that were left alone because they are of another prison."""
    restricted: int = 0
    """Rows that were left alone because their case file is restricted, and closed to the person."""
    wrong: tuple[WrongCell, ...] = ()
    gone: tuple[Gone, ...] = ()
    """Records of the vault that the workbook does not have; they are kept."""
    disagreements: tuple[Disagreement, ...] = ()
    unlikely: tuple[Unlikely, ...] = ()
    """What rows say that is unlikely, or cannot be, beside the rest of a case file; it is taken in as it is."""
    left_out: tuple[str, ...] = ()
    """Sheets that were not taken in: a manager's alone, or of no mother where one prison was asked for."""
    only_read: tuple[str, ...] = ()
    """Sheets that tell something, and from which nothing is ever taken in."""
    unknown_sheets: tuple[str, ...] = ()
    unknown_columns: tuple[tuple[str, str], ...] = ()
    """Sheet and heading."""
    namesakes: "tuple[Namesakes, ...]" = ()
    """New mothers of the workbook who may be here already, under another reference."""
    new_labels: tuple[tuple[str, str], ...] = ()
    """Open list and the label that it did not hold."""


@permitted(Deed.TAKE_IN_WORKBOOK)
def import_workbook(
    vault: "Vault", store: "Store", path: Path, *, now: datetime, prison: str = "", dry_run: bool = False
) -> ImportReport:
    """Take in a workbook: all of it, or nothing if any cell is wrong.

    Args:
        vault: The open vault; its person is at work.
        store: The store of the vault.
        path: An .xlsx file.
        now: The time, with its zone.
        prison: A code or label: only the mothers of this prison and what hangs on them.
        dry_run: Report only.

    Raises:
        NotPermitted: the person's role takes in no workbooks.
        NotAWorkbook, WorkbookTooLarge, NothingToImport, MediumUnreadable, UnknownPrison, and what `Store.save` raises:
            nothing was changed.
        NoRoomForBackup, BackupPlaceUnusable, BackupDamaged, VaultDamaged: without a backup nothing is taken in.
    """
    from tac_desktop.export.workbook_reader import read_workbook

    person, today = vault.person, now.date().isoformat()
    recorded = _recorded(store, person)
    labels = OwnLabels(record for records in recorded.values() for record in records)
    book = read_workbook(path, today, restricted=person.role == "manager", labels=labels)
    planned = plan(book.rows, recorded)
    told_already = {_place(cell) for cell in book.wrong}
    wrong = [*book.wrong, *(cell for cell in planned.wrong if _place(cell) not in told_already)]
    if wrong:
        if not dry_run:
            note_event(store, person, Event.WORKBOOK_REFUSED, now=now, facts={"findings": len(wrong)})
        return replace(_report(book), wrong=tuple(sorted(wrong, key=_place)))
    cases = _cases_of(prison, book.rows.get("Mothers", ()), recorded) if prison else None
    closed = closed_cases(store)
    items = [item for item in planned.items if (cases is None or item.case in cases) and item.case not in closed]
    wanted = [(item, _change(item, planned, store.restricted_stream, today)) for item in items]
    alike = here_already(store, [item.answers for item in items if item.form == "mother" and not item.before])
    to_write = [change for _, change in wanted if change]
    if to_write and not dry_run:
        for _ in back_up_before(vault, store, "import", now=now):
            pass
        store.save(to_write, author=person.id, now=now)
        note_event(store, person, Event.WORKBOOK_IMPORTED, now=now, facts={"records": len(to_write)})
    report = _report_of_items(book, planned, wanted, cases, imported=bool(to_write) and not dry_run)
    odd = tuple(unlikely([item for item, change in wanted if change], recorded, today))
    return replace(report, restricted=_rows_of(book, closed), namesakes=alike, unlikely=odd)


@permitted(Deed.WRITE_WORKBOOK)
def export_workbook(vault: "Vault", store: "Store", path: Path, *, now: datetime, for_evaluation: bool = False) -> int:
    """Write all that the vault holds of the case tracker into an .xlsx file; return the number of mothers.

    What was added to trackers after they were sent stands on a sheet of its own, but not for the evaluation, which
    gets no words that are not coded.
    Restricted case files that are closed to the person are left out. For the evaluation so are all women who have not
    consented to it by today, with everything that hangs on them.

    Args:
        vault: The open vault; its person is at work.
        store: The store of the vault.
        path: Where the workbook goes: from there on it is readable by whoever has the file.
        now: The time, with its zone.
        for_evaluation: Only women who have consented to take part in the evaluation.

    Raises:
        NotPermitted: the person's role writes no workbooks.
        DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file
    from tac_desktop.export.workbook_writer import write_workbook

    recorded = _recorded(store, vault.person)
    if for_evaluation:
        recorded = consenting(recorded, now.date().isoformat())
    else:
        recorded |= {ADDENDUM: _addenda(store)}
    content = write_workbook(recorded, restricted=vault.person.role == "manager")
    with whole_file(path) as file:
        file.write(content)
        note_event(store, vault.person, Event.WORKBOOK_EXPORTED, now=now, facts={"mothers": len(recorded["mother"])})
    return len(recorded["mother"])


def consenting(recorded: Recorded, today: str) -> dict[str, list[Record]]:
    """Return the records without those of women who have not consented to the evaluation by a day (ISO).

    What is of no woman stays: the surveys of staff, and what the evaluation did.
    """
    left_out = {mother.case_file for mother in recorded["mother"] if not Case(mother, {}, today).consents}
    return {
        form: [record for record in records if record.case_file not in left_out] for form, records in recorded.items()
    }


def _recorded(store: "Store", person: Person) -> dict[str, list[Record]]:
    forms = (form for sheet in all_sheets() for form in sheet.forms if may_read(person.role, form))
    closed = closed_cases(store)
    # a workbook knows two case files of one woman by both references: it is read and written as if they were apart
    return {
        form.name: [one for one in store.joined_cases.apart(form.name) if one.case_file not in closed] for form in forms
    }


def _addenda(store: "Store") -> list[Record]:
    """Return the addenda of case files that are open to the person, each naming its record as that is shown."""
    closed, found = closed_cases(store), store.joined_cases.apart(ADDENDUM)
    return [as_shown(store, one) for one in found if one.case_file not in closed]


def _change(item: Item, planned: Plan, stream: str, today: str) -> Change | None:
    first_day = planned.first_days.get(item.case, "")
    return changes(item, first_day, stream if item.row.sheet.restricted else item.case, today)


def _cases_of(prison: str, mothers: Sequence[Row], recorded: Recorded) -> set[str]:
    """Return the case files of one prison: as the workbook says, else as the vault says."""
    code = code_list("prison").find(prison)
    wanted = (code or prison).strip().casefold()
    prisons = {mother.id: mother.text("prison") for mother in recorded["mother"]}
    for row in mothers:
        if said := text_of(row.answers["mother"], "prison"):
            prisons[case_of(row.reference)] = said
    cases = {case for case, said in prisons.items() if said.casefold() == wanted}
    if not cases and code is None:
        raise UnknownPrison
    return cases


def _place(cell: WrongCell) -> tuple[int, int, str]:
    titles = [sheet.title for sheet in all_sheets()]
    return titles.index(cell.sheet), cell.row, cell.column


def _report_of_items(
    book: "ReadWorkbook",
    planned: Plan,
    wanted: Sequence[tuple[Item, Change | None]],
    cases: set[str] | None,
    *,
    imported: bool,
) -> ImportReport:
    written = [item for item, change in wanted if change]
    others = () if cases is None else [title for title, rows in book.rows.items() if rows and title not in _OF_A_CASE]
    return replace(
        _report(book),
        imported=imported,
        new=dict(Counter(item.form for item in written if not item.before)),
        changed=dict(Counter(item.form for item in written if item.before)),
        known=len(wanted) - len(written),
        other_prisons=0 if cases is None else sum(bool(row.reference) for row in _rows(book)) - _rows_of(book, cases),
        gone=tuple(gone for gone in planned.gone if cases is None or gone.case in cases),
        disagreements=tuple(disagreements(item for item, _ in wanted)),
        left_out=(*book.left_out, *others),
    )


def _rows_of(book: "ReadWorkbook", cases: Collection[str]) -> int:
    return sum(case_of(row.reference) in cases for row in _rows(book) if row.reference) if cases else 0


def _rows(book: "ReadWorkbook") -> Iterator[Row]:
    return (row for rows in book.rows.values() for row in rows)


def _report(book: "ReadWorkbook") -> ImportReport:
    return ImportReport(
        imported=False,
        rows=sum(map(len, book.rows.values())),
        left_out=tuple(book.left_out),
        only_read=tuple(book.only_read),
        unknown_sheets=tuple(book.unknown_sheets),
        unknown_columns=tuple(book.unknown_columns),
        new_labels=tuple(book.new_labels),
    )
