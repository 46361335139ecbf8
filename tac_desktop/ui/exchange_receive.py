"""Receiving: what waits in the inbox, what a bundle would bring, and what it brought."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tac_desktop.ui.exchange_outcome import Brought, BundleFound
from tac_desktop.ui.exchange_words import moment_words, size_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported
    from tac_desktop.actions.inbox import InboxFile, InboxOutcome

SHOWN_AT_ONCE = 40


class ReceivePart(Part):
    """The inbox, the bundle that was looked into, and the outcome. Nothing changes before one says so."""

    folder_wanted = Signal()
    """Another folder shall be watched: which one is asked next."""
    folder_left = Signal()
    """No folder shall be watched any more."""
    look_wanted = Signal(str)
    """A bundle's file: what it would bring shall be shown."""
    file_wanted = Signal()
    """A bundle from another place: which one is asked next."""
    all_wanted = Signal()
    """Everything in the inbox shall be taken in."""
    import_wanted = Signal()
    """What was looked into shall be taken in."""
    receipt_wanted = Signal()
    """A receipt shall be written to a file for the sender of what was taken in last."""

    def __init__(self, kit: Kit) -> None:
        """Build it without an inbox."""
        super().__init__(kit)
        self.found = BundleFound(kit)
        self.brought = Brought(kit)
        self.column.addWidget(self.found)
        self.column.addWidget(self.brought)
        self._folder = kit.label("", wrap=True)
        self._choose = kit.button(self.tr("Choose the inbox folder"), "folder-open")
        self._leave = kit.button(self.tr("Stop watching"), kind="ghost")
        self._count = kit.label("", "label", wrap=True)
        self._lines = kit.column(gap=8)
        self._looks: list[QPushButton] = []
        self._all = kit.button(self.tr("Take in all"), "download", kind="primary")
        self._open = kit.button(self.tr("Open another bundle"), "folder-open")
        self._lay_out()
        self._choose.clicked.connect(self.folder_wanted)
        self._leave.clicked.connect(self.folder_left)
        self._all.clicked.connect(self.all_wanted)
        self._open.clicked.connect(self.file_wanted)
        self.found.import_wanted.connect(self.import_wanted)
        self.found.put_aside.connect(self._put_aside)
        self.brought.receipt_wanted.connect(self.receipt_wanted)
        self.waits(self._all, self._open, self._choose, self._leave, *self.brought.buttons())

    def _lay_out(self) -> None:
        kit = self.kit
        words = self.tr(
            "A bundle is checked first, and you see what it would bring. Nothing changes before you say so."
        )
        _, column = self.titled(self.tr("Inbox"), words)
        column.addWidget(self._count)
        column.addLayout(self._lines)
        column.addLayout(kit.flow(self._all, self._open))
        column.addWidget(kit.rule())
        column.addWidget(self._folder)
        column.addLayout(kit.flow(self._choose, self._leave))

    def show_inbox(self, folder: str, files: "Sequence[InboxFile]", trouble: str) -> None:
        """Show which folder is watched, what waits there, and why it cannot be read if it cannot."""
        watched = self.tr("Watched: {folder}").format(folder=folder)
        none = self.tr("No folder is watched. Choose the one to which bundles are brought, and they are listed here.")
        self._folder.setText(f"{watched}\n{trouble}" if trouble else watched if folder else none)
        self._leave.setVisible(bool(folder))
        self._choose.setText(self.tr("Choose another folder") if folder else self.tr("Choose the inbox folder"))
        nothing = self.tr("No bundle waits.")
        waiting = counted(len(files), self.tr("1 bundle waits"), self.tr("{n} bundles wait"))
        self._count.setText(waiting if files else nothing if folder else "")
        self._count.setVisible(bool(folder))
        self._all.setVisible(bool(files))
        self._show_lines(files)

    def _show_lines(self, files: "Sequence[InboxFile]") -> None:
        clear(self._lines)
        self._looks = []
        for file in files[:SHOWN_AT_ONCE]:
            self._lines.addWidget(self._line(file))
        if len(files) > SHOWN_AT_ONCE:
            more = self.tr("and {n} more").format(n=f"{len(files) - SHOWN_AT_ONCE:,}")
            self._lines.addWidget(self.kit.label(more, "hint"))

    def _line(self, file: "InboxFile") -> QWidget:
        kit = self.kit
        facts = f"{size_words(file.size)}, {moment_words(file.at)}"
        spoken = self.tr("Look into {name}").format(name=file.path.name)
        look = kit.button(self.tr("Look into it"), "search", name=f"{spoken}, {facts}")
        look.setProperty("file", str(file.path))
        look.clicked.connect(self._look_clicked)
        look.setEnabled(self._open.isEnabled())
        self._looks.append(look)
        line = QWidget()
        names = kit.column(kit.label(file.path.name, wrap=True), kit.label(facts, "hint", wrap=True), gap=0)
        row = kit.row(names, look, gap=12)
        row.setStretch(0, 1)
        line.setLayout(row)
        return line

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        super().set_busy(busy=busy)
        self.found.set_busy(busy=busy)
        for look in self._looks:
            look.setEnabled(not busy)

    def show_found(self, found: "BundleImported", file: Path) -> None:
        """Show what a bundle would bring."""
        self.brought.hide()
        self.found.show_bundle(found, file)
        self.seen_wanted.emit(self.found)

    def show_brought(self, brought: "BundleImported") -> None:
        """Show what a bundle has brought, and the receipt code to be read out."""
        self.found.hide()
        self.brought.show_one(brought)
        self.seen_wanted.emit(self.brought)

    def show_outcomes(self, outcomes: "Sequence[InboxOutcome]") -> None:
        """Show what became of each file of the inbox."""
        self.found.hide()
        self.brought.show_all(outcomes)
        self.seen_wanted.emit(self.brought)

    def begin(self) -> None:
        """Take away what was said of the last bundle: another one is looked into."""
        self.found.hide()
        self.brought.hide()

    def arrive(self) -> None:
        """Begin with what waits."""
        (self._all if self._all.isVisible() else self._open).setFocus()

    def _look_clicked(self) -> None:
        self.look_wanted.emit(str(self.sender().property("file")))

    def _put_aside(self) -> None:
        self.found.hide()
        self._open.setFocus()
        announce(self, self.tr("Put aside. Nothing was changed."))
