"""Unlocking: choose a vault from the recent ones, say who you are, type the pass-phrase."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QRadioButton, QWidget

from tac_desktop.ui.door_card import DoorCard, no_guessing, show_secret
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce


class ChooseVault(DoorCard):
    """The vaults that were opened here before, and the ways to another one or a new one."""

    chosen = Signal(Path)
    another_wanted = Signal()
    new_wanted = Signal()
    restore_wanted = Signal()
    salvage_wanted = Signal()

    def __init__(self, kit: Kit, recent: Sequence[Path]) -> None:
        """Take the folders of the recent vaults, the last one first."""
        super().__init__(kit, "key-round", "")
        title = self.tr("Open a vault") if recent else self.tr("Welcome to TaC Desktop")
        self._title.setText(title)
        self.say(
            self.tr("Choose the vault you want to work with.")
            if recent
            else self.tr("Your work lies in a vault: a folder on this computer that only your pass-phrase opens.")
        )
        self.add_trouble_line()
        self._recent: list[QPushButton] = [self._vault_button(folder) for folder in recent]
        for button in self._recent:
            self.column.addWidget(button)
        self._new = kit.button(self.tr("Make a new vault"), "plus", kind="" if recent else "primary")
        self._another = kit.button(self.tr("Open another vault"), "folder-open")
        self._new.clicked.connect(self.new_wanted)
        self._another.clicked.connect(self.another_wanted)
        self._restore = kit.button(self.tr("Bring a vault back from a backup"), "history", kind="ghost")
        self._salvage = kit.button(self.tr("Save what can be read of a damaged vault"), "folder-plus", kind="ghost")
        self._restore.clicked.connect(self.restore_wanted)
        self._salvage.clicked.connect(self.salvage_wanted)
        self.column.addLayout(kit.flow(self._new, self._another))
        self.column.addLayout(kit.flow(self._restore, self._salvage, gap=4))

    def _vault_button(self, folder: Path) -> QPushButton:
        button = self.kit.button(folder.name, "folder-open", kind="choice")
        button.setAccessibleName(self.tr("Open the vault {name}").format(name=folder.name))
        button.setToolTip(str(folder))
        button.setProperty("folder", str(folder))
        button.clicked.connect(self._vault_clicked)
        return button

    def _vault_clicked(self) -> None:
        self.chosen.emit(Path(str(self.sender().property("folder"))))

    def arrive(self) -> None:
        """Put the keyboard on the vault that was opened last."""
        (self._recent[0] if self._recent else self._new).setFocus()


class MakingReady(QFrame):
    """Says that a vault is made ready for another version of the program, how far that is, and can be stopped."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._words = kit.label("", wrap=True)
        self._bar = kit.progress(self.tr("Progress"))
        self.stop = kit.button(self.tr("Stop"), "x")
        column = kit.column(self._words, self._bar, kit.flow(self.stop), gap=10)
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)
        self.hide()

    def words(self) -> str:
        """Return what it says, '' as long as nothing had to be made ready."""
        return self._words.text()

    def share(self) -> float:
        """Return how far it is, from 0 to 1."""
        return self._bar.value() / max(self._bar.maximum(), 1)

    def step(self, done: int, total: int) -> None:
        """Show how far it is; the first time it is said aloud, too."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if self.isHidden():
            words = self.tr(
                "This version of the program asks some questions otherwise than the one before. The vault is made"
                " ready for that, once. Your work is safe; with thousands of case files it takes some minutes."
            )
            self._words.setText(words)
            self.show()
            announce(self, words)
            self.stop.setFocus()


class Unlock(DoorCard):
    """Who are you, and your pass-phrase; the same card after a lock, with words that say that the work is safe."""

    submitted = Signal(Path, str, str)
    """The vault's folder, the slot's id, the pass-phrase."""
    another_vault_wanted = Signal()
    recovery_wanted = Signal(Path)
    stop_wanted = Signal()
    """The vault shall not be made ready now."""

    def __init__(self, kit: Kit) -> None:
        """Build the card without a vault; `ask_for` gives it one."""
        super().__init__(kit, "lock", "")
        self._folder = Path()
        self._who = QWidget()
        self._who_column = kit.column(gap=4)
        self._who.setLayout(self._who_column)
        self._people = QButtonGroup(self)
        self._passphrase = no_guessing(kit.entry(self.tr("Pass-phrase"), secret=True))
        self._show = kit.check(self.tr("Show pass-phrase"), self._show_toggled)
        self._unlock = kit.button(self.tr("Unlock"), kind="primary")
        self._forgotten = kit.button(self.tr("I have lost my pass-phrase"), kind="ghost")
        self._other = kit.button(self.tr("Another vault"), kind="ghost")
        self.column.addWidget(self._who)
        self.column.addLayout(kit.field(self.tr("Pass-phrase"), self._passphrase))
        self.add_trouble_line()
        self.column.addWidget(self._show)
        self.column.addWidget(self._unlock)
        self.column.addLayout(kit.flow(self._forgotten, self._other, gap=4))
        self.ready = MakingReady(kit)
        self.ready.stop.clicked.connect(self.stop_wanted)
        self.column.addWidget(self.ready)
        self._passphrase.returnPressed.connect(self._submit)
        self._unlock.clicked.connect(self._submit)
        self._forgotten.clicked.connect(self._recover)
        self._other.clicked.connect(self.another_vault_wanted)

    def ask_for(
        self, folder: Path, people: Sequence[tuple[str, str]], *, locked: str = "", after_lock: bool = False
    ) -> None:
        """Ask who is there and for the pass-phrase.

        Args:
            folder: The vault.
            people: (slot id, initials) of everybody who may unlock it.
            locked: The slot id of who was at work before a lock, who is then chosen already.
            after_lock: Whether the vault was open before in this window.
        """
        self._folder = folder
        self._title.setText(
            self.tr("TaC is locked") if after_lock else self.tr("Unlock ‘{name}’").format(name=folder.name)
        )
        self.say(self.tr("Your work is saved, drafts too. Unlock to go on where you were.") if after_lock else "")
        self._passphrase.clear()
        self._show.setChecked(False)
        self.show_trouble("", self._passphrase)
        self.set_busy(False)
        self._fill_people(people, locked)

    def _fill_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        for button in self._people.buttons():
            self._people.removeButton(button)
        clear(self._who_column)
        if len(people) > 1:
            self._who_column.addWidget(self.kit.label(self.tr("Who are you?"), "label"))
        for slot_id, initials in people:
            button = QRadioButton(initials)
            button.setAccessibleDescription(self.tr("Who are you?"))
            button.setProperty("slot", slot_id)
            button.setChecked(slot_id == chosen or len(people) == 1)
            button.setVisible(len(people) > 1)
            button.clicked.connect(self._to_passphrase)  # arrow keys come back to the people by themselves
            self._people.addButton(button)
            self._who_column.addWidget(button)
        self._who.setVisible(len(people) > 1)

    def set_busy(self, busy: bool) -> None:
        """Say that the pass-phrase is being tried; it takes about a second, on purpose."""
        self._unlock.setText(self.tr("Unlocking …") if busy else self.tr("Unlock"))
        for widget in (self._unlock, self._passphrase, self._forgotten, self._other, self._who):
            widget.setEnabled(not busy)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the vault is made ready for this version of the program, where that is needed."""
        if total > 0:
            self.ready.step(done, total)

    def stopped(self) -> None:
        """Say that the vault was not made ready, and let her try again."""
        self.ready.hide()
        self.refuse(self.tr("Stopped. Nothing was changed: your work is as it was. Unlock to begin again."))

    def refuse(self, text: str) -> None:
        """Say why it did not open."""
        self.ready.hide()
        self.set_busy(False)
        self.show_trouble(text, self._passphrase)

    def forget(self) -> None:
        """Keep nothing of the pass-phrase."""
        self._passphrase.clear()

    def arrive(self) -> None:
        """Put the keyboard into the pass-phrase, or on the people where nobody is chosen yet."""
        chosen = self._people.checkedButton()
        if chosen is None and self._people.buttons():  # pyright: ignore[reportUnnecessaryComparison] - None if none is
            self._people.buttons()[0].setFocus()
        else:
            self._passphrase.setFocus()

    def _to_passphrase(self) -> None:
        self._passphrase.setFocus()
        self._passphrase.selectAll()  # what somebody else typed is no part of hers

    def _submit(self) -> None:
        chosen = self._people.checkedButton()
        if chosen is None:  # pyright: ignore[reportUnnecessaryComparison] - None if none is
            self.show_trouble(self.tr("Choose who you are."))
            self.arrive()
        elif not self._passphrase.text():
            self.show_trouble(self.tr("Enter your pass-phrase."), self._passphrase)
        else:
            self.show_trouble("", self._passphrase)
            self.submitted.emit(self._folder, str(chosen.property("slot")), self._passphrase.text())

    def _recover(self) -> None:
        self.recovery_wanted.emit(self._folder)

    def _show_toggled(self, shown: bool) -> None:
        show_secret(self._passphrase, shown)
