"""How long case files are kept: which are due, which have no class yet, and what was disposed of."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal

from tac_desktop.casework.record import Record
from tac_desktop.casework.retention import STATES
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import Part, warning_shown
from tac_desktop.ui.rows import Column, LazyRows
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.retention import KeptCase

_ROWS_SEEN = 6
_TONES = {"due": "warn", "contradicting": "warn", "held": "info", "without_class": "info"}


class RetentionPart(Part):
    """The list of what is kept with what can be done with one; what was disposed of, with its certificates."""

    class_wanted = Signal(object)
    """A KeptCase of which it shall be said how long it is kept."""
    disposal_wanted = Signal(object)
    """The id of a case file that shall go."""
    finish_wanted = Signal()
    certificate_wanted = Signal(object)
    """The record of a disposal whose certificate shall be shown."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self._all: Sequence[KeptCase] = ()
        self._cases: Sequence[KeptCase] = ()
        self._gone: Sequence[Record] = ()
        self._rest: Sequence[str] = ()
        self.only_due = kit.check(self.tr("Only what is due"))
        self._count = kit.label("", "hint", wrap=True)
        self.rows = LazyRows(self._columns(), self._page, self)
        self.table = Table(kit, self.rows, self.tr("How long case files are kept"))
        self.say = kit.button(self.tr("Say how long"), "clock")
        self.dispose = kit.button(self.tr("Dispose of it"), "x")
        self.finish = kit.button(self.tr("Finish it"))
        self.gone_rows = LazyRows(self._gone_columns(), self._gone_page, self)
        self.gone = Table(kit, self.gone_rows, self.tr("What was disposed of, the latest first"))
        self.certificate = kit.button(self.tr("Show the certificate"), "file-text")
        self.rest = kit.button(self.tr("Dispose of what has come since"), "x")
        for table in (self.table, self.gone):
            table.setMinimumHeight(kit.px(44 * _ROWS_SEEN))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        kit = self.kit
        about = self.tr(
            "Nothing goes by itself. A manager says of each case file how long it is kept; the day is counted from the "
            "birth of the youngest child. A legal hold stops everything."
        )
        _, column = self.titled(self.tr("How long case files are kept"), about)
        column.addWidget(self.only_due)
        column.addWidget(self._count)
        column.addWidget(self.table)
        column.addLayout(kit.flow(self.say, self.dispose))
        self._unfinished, column = self.titled(self.tr("A disposal was interrupted"))
        column.addWidget(kit.label(self.tr(
            "What was decided stands: nobody can read it any more. The files still have to be written anew."
        ), wrap=True))  # fmt: skip
        column.addLayout(kit.flow(self.finish))
        self._gone_card, column = self.titled(self.tr("Disposed of"))
        late = self.tr(
            "Something has come since from a colleague who had not heard of it. Choose it to dispose of that."
        )
        self._came_after = warning_shown(kit, late)
        column.addWidget(self._came_after)
        column.addWidget(self.gone)
        column.addLayout(kit.flow(self.certificate, self.rest))
        self._unfinished.hide()
        self._gone_card.hide()

    def _connect(self) -> None:
        self.waits(self.say, self.dispose, self.finish, self.rest)
        self.only_due.toggled.connect(self._filter)
        self.say.clicked.connect(self._say_clicked)
        self.dispose.clicked.connect(self._dispose_clicked)
        self.finish.clicked.connect(self.finish_wanted)
        self.certificate.clicked.connect(self._certificate_clicked)
        self.rest.clicked.connect(self._rest_clicked)
        self.gone.selectionModel().currentRowChanged.connect(self._gone_picked)

    def _columns(self) -> "tuple[Column[KeptCase], ...]":
        return (
            Column(self.tr("Case"), lambda one: one.reference, "Z0000ZZ/00"),
            Column(self.tr("Mother"), lambda one: one.name, "Puce Anchor-Lamp", "name"),
            Column(self.tr("Class"), _class_words, "A child was looked after", "quiet", gives_way=3),
            Column(self.tr("Due from"), lambda one: short_day(one.retention.due), "00 Mmm 0000", gives_way=1),
            Column(self.tr("State"), lambda one: STATES[one.retention.state], "Still being worked on", "badge",
                   lambda one: _TONES.get(one.retention.state, "neutral")),
        )  # fmt: skip

    def _gone_columns(self) -> "tuple[Column[Record], ...]":
        return (
            Column(self.tr("Case"), lambda one: one.text("reference"), "Z0000ZZ/00", "name"),
            Column(self.tr("On"), lambda one: short_day(one.text("disposed_on")), "00 Mmm 0000"),
            Column(self.tr("By"), lambda one: one.text("disposed_by"), "Puce Anchor-Lamp", "quiet", gives_way=1),
        )

    def show_kept(
        self, cases: "Sequence[KeptCase]", gone: Sequence[Record], rest: Sequence[str], *, unfinished: bool
    ) -> None:
        """Show what is kept and what was disposed of; `rest`: the case files of which something has come since."""
        self._all, self._gone, self._rest = cases, gone, rest
        self._unfinished.setVisible(unfinished)
        self._gone_card.setVisible(bool(gone))
        self._came_after.setVisible(bool(rest))
        self.gone_rows.show(array("q", range(len(gone))))
        self.rest.hide()
        if gone:
            self.gone.selectRow(0)
        self._filter()

    def _filter(self) -> None:
        only = self.only_due.isChecked()
        self._cases = [one for one in self._all if not only or one.retention.state == "due"]
        self.rows.show(array("q", range(len(self._cases))))
        count = counted(len(self._cases), self.tr("1 case file"), self.tr("{n} case files"))
        self._count.setText(count if self._cases else self.tr("No case file is due."))
        for button in (self.say, self.dispose, self.table):
            button.setVisible(bool(self._cases))
        if self._cases:
            self.table.selectRow(0)

    def chosen(self) -> "KeptCase | None":
        """Return the case file that is chosen in the list."""
        now = self.table.currentIndex()
        return self.rows.row(now.row()) if now.isValid() else None

    def arrive(self) -> None:
        """Begin with the list."""
        (self.table if self._cases else self.only_due).setFocus()

    def _page(self, numbers: Sequence[int]) -> "Sequence[KeptCase | None]":
        return [self._cases[number] for number in numbers]

    def _gone_page(self, numbers: Sequence[int]) -> Sequence[Record | None]:
        return [self._gone[number] for number in numbers]

    def _chosen_gone(self) -> Record | None:
        now = self.gone.currentIndex()
        return self.gone_rows.row(now.row()) if now.isValid() else None

    def _gone_picked(self, _now: QModelIndex) -> None:
        one = self._chosen_gone()
        self.rest.setVisible(one is not None and one.text("disposed_case") in self._rest)

    def _say_clicked(self) -> None:
        self.class_wanted.emit(self.chosen())

    def _dispose_clicked(self) -> None:
        one = self.chosen()
        self.disposal_wanted.emit(one.case_file if one else "")

    def _rest_clicked(self) -> None:
        one = self._chosen_gone()
        self.disposal_wanted.emit(one.text("disposed_case") if one else "")

    def _certificate_clicked(self) -> None:
        self.certificate_wanted.emit(self._chosen_gone())


def _class_words(one: "KeptCase") -> str:
    chosen = one.retention.retention_class
    return chosen.words if chosen else QCoreApplication.translate("RetentionPart", "None yet")
