"""Backups of the vault: where they go, what there is, and whether one could be brought back."""

from array import array
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal

from tac_desktop.ui import backup_words as words
from tac_desktop.ui.exchange_words import size_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part, warning_shown
from tac_desktop.ui.rows import Column, LazyRows
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Backup, Shelf
    from tac_desktop.actions.restore_drill import Drill

_ROWS_SEEN = 5


class BackupsPart(Part):
    """How it stands and where they go; the list with what can be done with one; and how to bring a vault back."""

    make_wanted = Signal()
    save_wanted = Signal()
    place_wanted = Signal()
    own_place_wanted = Signal()
    drill_wanted = Signal(object)
    """A Backup that shall be tried out; None for the latest."""
    removal_wanted = Signal(object)

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self._backups: Sequence[Backup] = ()
        self._chosen: Path | None = None
        self._latest = kit.label("", wrap=True)
        self._stale = warning_shown(kit, words.stale_words())
        self._place = kit.label("", "hint", wrap=True)
        self._returned = kit.label("", wrap=True)
        self.make = kit.button(self.tr("Back up now"), "save", kind="primary")
        self.place = kit.button(self.tr("Choose another place"), "folder-open")
        self.own_place = kit.button(self.tr("Keep them in the vault’s folder"))
        self.save = kit.button(self.tr("Save a copy elsewhere"), "copy")
        self.rows = LazyRows(self._columns(), self._page, self)
        self.table = Table(kit, self.rows, self.tr("Backups, the latest first"))
        self.table.setMinimumHeight(kit.px(44 * _ROWS_SEEN))
        self._count = kit.label("", "hint", wrap=True)
        self.try_out = kit.button(self.tr("Try this one out"), "circle-check")
        self.remove = kit.button(self.tr("Remove"), "x")
        self.outcome = kit.label("", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        kit = self.kit
        self._returned_card, column = self.titled(self.tr("This vault was brought back"))
        column.addWidget(self._returned)
        self._returned_card.hide()
        about = self.tr(
            "One is made each day, and one before each step that could go wrong. Each is opened and checked. They are "
            "encrypted like the vault, and open with the pass-phrases of their day."
        )
        _, column = self.titled(self.tr("Backups"), about)
        column.addWidget(self._latest)
        column.addWidget(self._stale)
        column.addWidget(self._place)
        column.addLayout(kit.flow(self.make, self.place, self.own_place, self.save))
        about = self.tr("Kept are the latest three, and the last of each of 7 days, 4 weeks and 12 months. What you "
                        "save by hand stays until you remove it.")  # fmt: skip
        _, column = self.titled(self.tr("What there is"), about)
        column.addWidget(self._count)
        column.addWidget(self.table)
        column.addLayout(kit.flow(self.try_out, self.remove))
        column.addWidget(self.outcome)
        self.outcome.hide()
        about = self.tr("Lock the vault (Ctrl+L), choose ‘Another vault’, then ‘Bring a vault back from a backup’. It "
                        "comes into a new folder; this one stays as it is. Do not go on working in both.")  # fmt: skip
        self.titled(self.tr("Bringing a vault back"), about)

    def _connect(self) -> None:
        self.waits(self.make, self.place, self.own_place, self.save, self.try_out, self.remove)
        self.make.clicked.connect(self.make_wanted)
        self.place.clicked.connect(self.place_wanted)
        self.own_place.clicked.connect(self.own_place_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.try_out.clicked.connect(self._try_out_clicked)
        self.remove.clicked.connect(self._remove_clicked)
        self.table.selectionModel().currentRowChanged.connect(self._picked)

    def _columns(self) -> "tuple[Column[Backup], ...]":
        return (
            Column(self.tr("Made"), words.made_words, "00 Mmm 0000, 00:00", "name"),
            Column(self.tr("What for"), lambda b: words.reason_words(b.reason), "before a newer program", gives_way=1),
            Column(self.tr("Where"), lambda b: words.where_words(b, self._chosen), "Vault’s folder", "quiet",
                   gives_way=2),
            Column(self.tr("Size"), lambda b: size_words(b.size), "000.0 MB", "number", gives_way=3),
            Column(self.tr("State"), lambda b: words.state_words(b)[0], "Damaged", "badge",
                   lambda b: words.state_words(b)[1]),
        )  # fmt: skip

    def show_shelf(self, shelf: "Shelf", returned: str | None, now: datetime) -> None:
        """Show what there is; `returned`: when the backup was made from which this vault came, None if it did not."""
        self._backups, self._chosen = shelf.backups, shelf.chosen
        text, _ = words.latest_words(shelf, now)
        self._latest.setText(text)
        self._stale.setVisible(shelf.is_stale and bool(shelf.backups))
        self._place.setText(words.place_words(shelf))
        self.own_place.setVisible(shelf.chosen is not None)
        self._returned_card.setVisible(returned is not None)
        self._returned.setText(words.brought_back_words(returned or ""))
        size = size_words(sum(one.size for one in shelf.backups))
        count = counted(len(shelf.backups), self.tr("1 backup"), self.tr("{n} backups"))
        self._count.setText(self.tr("{count}, {size} in all").format(count=count, size=size) if shelf.backups else "")
        self._show_rows()

    def _show_rows(self) -> None:
        self.rows.show(array("q", range(len(self._backups))))
        self.table.setVisible(bool(self._backups))
        self._count.setVisible(bool(self._backups))
        for button in (self.try_out, self.remove):
            button.setVisible(bool(self._backups))
        if self._backups:
            self.table.selectRow(0)

    def show_drill(self, found: "Drill") -> None:
        """Tell what a rehearsal found."""
        sentence, _ = words.drill_words(found)
        self.tell(f"{sentence} {words.compared_words(found)}")

    def tell(self, text: str) -> None:
        """Say below the list what came of it."""
        self.outcome.setText(text)
        self.outcome.show()
        announce(self.outcome, text)
        self.seen_wanted.emit(self.outcome)

    def chosen(self) -> "Backup | None":
        """Return the backup that is chosen in the list."""
        now = self.table.currentIndex()
        return self.rows.row(now.row()) if now.isValid() else None

    def arrive(self) -> None:
        """Begin with making one."""
        self.make.setFocus()

    def _page(self, numbers: Sequence[int]) -> "Sequence[Backup | None]":
        return [self._backups[number] for number in numbers]

    def _picked(self, now: QModelIndex) -> None:
        backup = self.rows.row(now.row()) if now.isValid() else None
        if backup is not None:
            made = words.made_words(backup)
            self.try_out.setAccessibleName(_tr("Try out the backup of {made}").format(made=made))
            self.remove.setAccessibleName(_tr("Remove the backup of {made}").format(made=made))

    def _try_out_clicked(self) -> None:
        self.drill_wanted.emit(self.chosen())

    def _remove_clicked(self) -> None:
        self.removal_wanted.emit(self.chosen())


def _tr(text: str) -> str:
    return QCoreApplication.translate("BackupsPart", text)
