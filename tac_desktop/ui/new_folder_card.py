"""A card of the door for long work that makes a vault in a new folder: which, how far it is, stop, back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.kit import Kit


class NewFolderCard(DoorCard):
    """What such cards share; the one that inherits says what else it asks for, and sends it off."""

    folder_wanted = Signal()
    stop_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, kit: Kit, icon: str, title: str, words: str, go: tuple[str, str]) -> None:
        """Take the heading, what the work does, and the words of its button, idle and under way."""
        super().__init__(kit, icon, "")
        self._title.setText(title)
        self.say(words)
        self._go_words = go
        self.folder = kit.entry(self.tr("New folder"))
        self.browse = kit.button(self.tr("Choose"), "folder-open", name=self.tr("Choose the new folder"))
        self.bar = kit.progress(self.tr("Progress"))
        self.stop = kit.button(self.tr("Stop"), "x")
        self.go_on = kit.button(go[0], kind="primary")
        self.back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self._asked: Sequence[QWidget] = ()
        self.browse.clicked.connect(self.folder_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.back.clicked.connect(self.back_wanted)

    def lay_out_end(self, hint: str, asked: Sequence[QWidget]) -> None:
        """Put the new folder, the trouble, the progress and the buttons below what the card asks for."""
        kit, self._asked = self.kit, asked
        self.column.addLayout(kit.field(self.tr("New folder"), self.folder, hint))
        self.column.addLayout(kit.flow(self.browse))
        self.add_trouble_line()
        self.column.addWidget(self.bar)
        self.column.addLayout(kit.flow(self.go_on, self.stop, self.back))
        self.set_busy(False)

    def set_folder(self, folder: str) -> None:
        """Take the new folder that was chosen."""
        self.folder.setText(folder)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / max(total, 1)))

    def set_busy(self, busy: bool) -> None:
        """Say that it is under way; it can be stopped."""
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.go_on.setText(self._go_words[busy])
        for widget in (*self._asked, self.folder, self.browse, self.go_on, self.back):
            widget.setEnabled(not busy)
        if busy:
            self.stop.setFocus()

    def refuse_at(self, text: str, widget: QWidget) -> None:
        """Say why it could not be done, and put the keyboard where it is put right."""
        self.set_busy(False)
        self.show_trouble(text)
        widget.setFocus()
