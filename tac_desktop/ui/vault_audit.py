"""The audit: what was done with the vault, in a table with filters, and all about the event that is chosen below it."""

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from tac_desktop.casework.audit import GROUPS, Group
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words, typed_day
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part
from tac_desktop.ui.rows import Column, LazyRows
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.audit_reading import AuditEntry, Offered, Wanted

_ROWS_SEEN = 6
_EVERYBODY = ""
PageReader = Callable[[Sequence[int]], "Sequence[AuditEntry | None]"]


class AuditPart(Part):
    """Filters by person, group, case file and days; the table; the chosen event; and saving what is shown."""

    wanted = Signal()
    """What is shown shall be read: it came into view, or a filter changed."""
    save_wanted = Signal(str)
    """'pdf' or 'xlsx'."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self._today = ""
        self._typed_before = ("", "", "")
        self._offered: Offered | None = None
        self._read_page: PageReader | None = None
        self._rows: LazyRows[AuditEntry] = LazyRows(_columns(), self._page, self)
        self.table = Table(kit, self._rows, self.tr("Events, the latest first"))
        self.table.setMinimumHeight(kit.px(44 * _ROWS_SEEN))
        self.person = kit.combo(self.tr("Who"))
        self.group = kit.combo(self.tr("What"), [("", self.tr("Everything")), *GROUPS.items()])
        self.case = self._box(self.tr("Case reference"))
        self.first = self._box(self.tr("From day"))
        self.last = self._box(self.tr("To day"))
        self._case_field = QWidget()
        self._wrong = kit.label("", "error", wrap=True)
        self._everything = kit.button(self.tr("Show everything"), "x")
        self._count = kit.label("", "hint", wrap=True)
        self._about = kit.label("", wrap=True)
        self._pdf = kit.button(self.tr("Save as PDF"), "download")
        self._workbook = kit.button(self.tr("Save as workbook"), "download")
        self._lay_out()
        self._connect()

    def _box(self, name: str) -> QLineEdit:
        box = self.kit.entry(name)
        box.setFixedWidth(self.kit.px(170))
        return box

    def _lay_out(self) -> None:
        kit = self.kit
        _, column = self.titled(self.tr("Audit"))
        self._intro = kit.label("", "hint", wrap=True)
        column.addWidget(self._intro)
        self._case_field.setLayout(kit.field(self.tr("Case reference"), self.case))
        filters: list[QWidget | QLayout] = [
            kit.field(self.tr("Who"), self.person),
            kit.field(self.tr("What"), self.group),
            self._case_field,
            kit.field(self.tr("From day"), self.first),
            kit.field(self.tr("To day"), self.last),
        ]
        column.addLayout(kit.flow(*filters, gap=12, row_gap=12, top=True))
        column.addWidget(self._wrong)
        column.addLayout(kit.flow(self._everything, self._pdf, self._workbook))
        column.addWidget(self._count)
        column.addWidget(self.table)
        column.addWidget(kit.rule())
        column.addWidget(self._about)
        self._wrong.hide()

    def _connect(self) -> None:
        for combo in (self.person, self.group):
            combo.activated.connect(self._filtered)
        for box in (self.case, self.first, self.last):
            box.editingFinished.connect(self._typed)
        self._everything.clicked.connect(self.show_everything)
        self._pdf.clicked.connect(lambda: self.save_wanted.emit("pdf"))
        self._workbook.clicked.connect(lambda: self.save_wanted.emit("xlsx"))
        self.waits(self._pdf, self._workbook)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def read_with(self, page: PageReader, today: str) -> None:
        """Take what reads the rows with some numbers, and today's ISO date, by which typed days are understood."""
        self._read_page, self._today = page, today

    def offer(self, offered: "Offered") -> None:
        """Say by what the list can be filtered here; what was chosen stays chosen."""
        self._offered = offered
        chosen = self.person.currentData()
        with QSignalBlocker(self.person):
            self.person.clear()
            if offered.sees_all:
                self.person.addItem(self.tr("Everybody"), _EVERYBODY)
            for person, name in offered.people:
                self.person.addItem(name, person)
            self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self._case_field.setVisible(offered.by_case)
        for button in (self._pdf, self._workbook):
            button.setVisible(offered.sees_all)
        everybody = self.tr("Who looked at, printed, sent and received what, every unlock and every change of rights.")
        own = self.tr("What you did yourself. Managers and administrators see what everybody did.")
        self._intro.setText(everybody if offered.sees_all else own)

    def filter(self) -> "Wanted | None":
        """Return what is wanted; None where a day is none, which is then said."""
        from tac_desktop.actions.audit_reading import Wanted

        first, last = (self._day(box) for box in (self.first, self.last))
        if first is None or last is None:
            return None
        return Wanted(
            person=str(self.person.currentData() or ""), group=cast("Group | None", self.group.currentData() or None),
            case=self.case.text().strip(), first=first, last=last,
        )  # fmt: skip

    def _day(self, box: QLineEdit) -> str | None:
        text = box.text().strip()
        day = typed_day(text, self._today)
        restyle(box, error=bool(text) and not day)
        if not text or day:
            box.setAccessibleDescription(day_in_words(day, weekday=True))
            return day
        wrong = self.tr("‘{text}’ is no day. For example: 31 May 2022").format(text=text)
        box.setAccessibleDescription(wrong)
        self._wrong.setText(wrong)
        self._wrong.show()
        self.seen_wanted.emit(self._wrong)
        announce(box, wrong)
        return None

    def show_numbers(self, numbers: "array[int]") -> None:
        """Show the events with these numbers."""
        self._rows.show(numbers)
        self._count.setText(self._count_words(len(numbers)))
        if numbers:
            self.table.selectRow(0)
        else:
            self._about.setText("")
        announce(self.table, self._count.text())

    def _count_words(self, count: int) -> str:
        if count:
            return counted(count, self.tr("1 event"), self.tr("{n} events"))
        if self._is_filtered():
            return self.tr("Nothing that was noted fits. Choose ‘Show everything’ or other days.")
        return self.tr("Nothing has been noted yet.")

    def _is_filtered(self) -> bool:
        boxes = any(box.text().strip() for box in (self.case, self.first, self.last))
        return boxes or bool(self.group.currentData()) or self.person.currentIndex() > 0

    def show_everything(self) -> None:
        """Take every filter away."""
        for box in (self.case, self.first, self.last):
            box.clear()
        self._typed_before = ("", "", "")
        self.group.setCurrentIndex(0)
        self.person.setCurrentIndex(0)
        self._filtered()

    def arrive(self) -> None:
        """Begin in the table, or in the filter where it is empty."""
        (self.table if self._rows.rowCount() else self.person).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown when it comes into view (Qt)."""
        super().showEvent(event)
        self.wanted.emit()

    def _typed(self) -> None:
        typed = tuple(box.text().strip() for box in (self.case, self.first, self.last))
        if typed != self._typed_before:  # leaving a box is no new question
            self._typed_before = typed
            self._filtered()

    def _filtered(self) -> None:
        self._wrong.hide()
        self.wanted.emit()

    def _page(self, numbers: Sequence[int]) -> "Sequence[AuditEntry | None]":
        return self._read_page(numbers) if self._read_page else [None] * len(numbers)

    def _chosen(self, now: QModelIndex) -> None:
        entry = self._rows.row(now.row()) if now.isValid() else None
        self._about.setText("" if entry is None else about_event(entry))


def about_event(entry: "AuditEntry") -> str:
    """Return all that is known of an event, in lines: a narrow table cannot show it all."""
    case = [_tr("Case file: {reference}").format(reference=entry.case)] if entry.case else []
    facts = [f"{name[:1].upper()}{name[1:]}: {words}" for name, words in entry.facts]
    lines = [f"{moment_in_words(entry.at[:16])}", f"{entry.who}: {entry.what}", *case, *facts,
             _tr("Entry of the journal: {id}").format(id=entry.entry)]  # fmt: skip
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("vault_audit", text)


def _when(entry: "AuditEntry") -> str:
    return f"{short_day(entry.at)}, {entry.at[11:16]}"


def _columns() -> "tuple[Column[AuditEntry], ...]":
    return (
        Column(_tr("When"), _when, "00 Mmm 0000, 00:00"),
        Column(_tr("Who"), lambda e: e.who, "Longish Name-Exam", gives_way=1),
        Column(_tr("What"), lambda e: e.what, "saved a copy outside the vault", "name"),
        Column(_tr("Case"), lambda e: e.case, "Z0001ZZ/12", "quiet", gives_way=2),
        Column(_tr("Details"), lambda e: e.details, "kind: dossier · pages: 12", "quiet",
               gives_way=3),
    )  # fmt: skip
