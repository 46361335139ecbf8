"""A lost pass-phrase: the recovery code opens the vault and gives the person a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from tac_desktop.ui.door_card import DoorCard, no_guessing
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_passphrase import NewPassphrase


class Recovery(DoorCard):
    """Who you are, the code from the paper, a new pass-phrase."""

    submitted = Signal(Path, str, str, str)
    """The vault's folder, the code, the slot's id, the new pass-phrase."""
    back_wanted = Signal()

    def __init__(self, kit: Kit, folder: Path, people: Sequence[tuple[str, str]]) -> None:
        """Take the vault and (slot id, initials) of everybody who may unlock it."""
        super().__init__(kit, "key-round", "")
        self._folder = folder
        self._title.setText(self.tr("Use the recovery code"))
        self.say(self.tr("The code was printed or written down when the vault was made. It stays valid afterwards."))
        choices = [("", self.tr("Choose …")), *people] if len(people) > 1 else people
        self._who = kit.combo(self.tr("Who are you?"), choices)
        self._code = no_guessing(kit.entry(self.tr("Recovery code")))
        self._passphrase = NewPassphrase(kit)
        self._go = kit.button(self.tr("Open and set the pass-phrase"), kind="primary")
        self._back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self.column.addLayout(kit.field(self.tr("Who are you?"), self._who))
        hint = self.tr("Eight groups of four characters. Capitals and dashes do not matter.")
        self.column.addLayout(kit.field(self.tr("Recovery code"), self._code, hint))
        self.column.addWidget(self._passphrase)
        self.add_trouble_line()
        self.column.addLayout(kit.flow(self._go, self._back))
        self._go.clicked.connect(self._submit)
        self._back.clicked.connect(self.back_wanted)

    def set_busy(self, busy: bool) -> None:
        """Say that the code is being tried."""
        self._go.setText(self.tr("Opening …") if busy else self.tr("Open and set the pass-phrase"))
        for widget in (self._go, self._back, self._code, self._passphrase):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why it did not open."""
        self.set_busy(False)
        self.show_trouble(text, self._code)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._code.clear()
        self._passphrase.forget()

    def arrive(self) -> None:
        """Begin with who it is, or with the code where that is plain."""
        (self._code if self._who.count() == 1 else self._who).setFocus()

    def _submit(self) -> None:
        slot_id = str(self._who.currentData() or "")
        if not slot_id:
            self.show_trouble(self.tr("Choose who you are."))
            self._who.setFocus()
        elif not self._code.text().strip():
            self.show_trouble(self.tr("Type the recovery code."), self._code)
        elif problem := self._passphrase.problem():
            self.show_trouble(*problem)
        else:
            self.show_trouble("")
            self.submitted.emit(self._folder, self._code.text(), slot_id, self._passphrase.text())
