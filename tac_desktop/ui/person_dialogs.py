"""Windows about a person of the vault: letting one in, another role, and taking the way in away."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.new_passphrase import NewPassphrase
from tac_desktop.ui.person_boxes import PersonBoxes

if TYPE_CHECKING:
    from tac_desktop.casework.people import Person


class PersonDialog(LinedDialog):
    """A heading, a sentence, what the window asks for, and below it what is wrong and the buttons."""

    def __init__(self, kit: Kit, title: str, words: str, go: str, size: tuple[int, int], parent: QWidget) -> None:
        """Take what stands on it; `asked` takes what it asks for."""
        super().__init__(kit, title, size, parent)
        self.trouble: QLabel = kit.label("", "error", wrap=True)
        self.trouble.hide()
        self.go: QPushButton = kit.button(go, kind="primary")
        self.cancel: QPushButton = kit.button(self.tr("Cancel"))
        self.asked: QVBoxLayout = kit.column(gap=14)
        inside = QWidget()
        column = kit.column(
            kit.label(title, "h2", wrap=True),
            kit.label(words, wrap=True),
            self.asked,
            self.trouble,
            kit.flow(self.go, self.cancel),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.cancel.clicked.connect(self.reject)

    def refuse(self, text: str) -> None:
        """Say why it was not done."""
        self.go.setEnabled(True)
        self.say(text, self.go)

    def say(self, text: str, at: QWidget) -> None:
        """Say what is wrong, and put the keyboard where it is put right."""
        self.trouble.setText(text)
        self.trouble.show()
        at.setAccessibleDescription(text)
        at.setFocus()


class AddPerson(PersonDialog):
    """Asks who shall be let in. She types her own pass-phrase at best: then nobody else ever knew it."""

    wanted = Signal(str, str, str, str)
    """Name, role, prison, pass-phrase. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, lane: Lane, vault_name: str, parent: QWidget) -> None:
        """Take the name of the vault, which is no part of a good pass-phrase."""
        super().__init__(
            kit,
            "Add a person",
            _tr(
                "She gets a way in of her own. Let her type her pass-phrase herself; if you type it, ask her to change "
                "it when she comes in for the first time."
            ),
            _tr("Let her in"),
            (560, 680),
            parent,
        )
        self._boxes = PersonBoxes(kit, whose="her")
        self._passphrase = NewPassphrase(kit, lane, lambda: [*self._boxes.words(), vault_name])
        self.asked.addWidget(self._boxes)
        self.asked.addWidget(self._passphrase)
        self.go.clicked.connect(self._clicked)
        self._passphrase.entered.connect(self.go.click)
        self._boxes.name.setFocus()

    def done(self, arg__1: int) -> None:
        """Keep nothing of the pass-phrase, however it ends (Qt)."""
        self._passphrase.forget()
        super().done(arg__1)

    def _clicked(self) -> None:
        if problem := self._boxes.problem() or self._passphrase.problem():
            self.say(*problem)
        else:
            self.trouble.hide()
            self.go.setEnabled(False)
            boxes = self._boxes
            self.wanted.emit(boxes.typed_name(), boxes.chosen_role(), boxes.chosen_prison(), self._passphrase.text())


class CorrectName(PersonDialog):
    """Asks how a name is written."""

    wanted = Signal(str)
    """The name. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, name: str, parent: QWidget) -> None:
        """Take the name as it stands."""
        words = _tr(
            "It stands with all that she wrote, too. The initials on the unlock screen stay, and so does the name on a "
            "card that a colleague accepted."
        )
        super().__init__(kit, "Correct the name", words, _tr("Correct it"), (520, 320), parent)
        self.name = kit.entry(_tr("Her name"))
        self.name.setText(name)
        self.asked.addLayout(kit.field(_tr("Her name"), self.name))
        self.go.clicked.connect(self._clicked)
        self.name.returnPressed.connect(self.go.click)
        self.name.setFocus()

    def _clicked(self) -> None:
        if self.name.text().strip():
            self.wanted.emit(self.name.text().strip())
        else:
            self.say(_tr("Enter the name."), self.name)


class ChangeRole(PersonDialog):
    """Asks for another role, or another prison."""

    wanted = Signal(str, str)
    """Role and prison. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, person: "Person", parent: QWidget) -> None:
        """Take whose role it is."""
        words = _tr("{name} sees and does what her role includes, from when she unlocks the vault next.")
        super().__init__(
            kit, "Change the role", words.format(name=person.name), _tr("Change it"), (520, 380), parent
        )  # fmt: skip
        self._boxes = PersonBoxes(kit, role=person.role, prison=person.prison)
        self.asked.addWidget(self._boxes)
        self.go.clicked.connect(self._clicked)
        self._boxes.role.setFocus()

    def _clicked(self) -> None:
        if problem := self._boxes.problem():
            self.say(*problem)
        else:
            self.wanted.emit(self._boxes.chosen_role(), self._boxes.chosen_prison())


class TakeAway(PersonDialog):
    """Says what it means that somebody leaves; `accepted` when it shall be so."""

    def __init__(self, kit: Kit, name: str, behind: Sequence[str], parent: QWidget) -> None:
        """Take who leaves, and the labels of the slots that would have to go with hers."""
        words = _tr(
            "{name} can no longer open this vault, and the vault gets a new data key: an old copy of its key file and "
            "her pass-phrase open nothing that is written from now on. What she wrote stays, in her name. A backup is "
            "made first. It takes a few seconds for each 100 MB; nothing can be done in the vault meanwhile."
        )
        size = (540, 460 if behind else 270)
        super().__init__(kit, "She leaves", words.format(name=name), _tr("Take her way in away"), size, parent)
        if behind:
            more = _tr(
                "Not opened yet with this version of the program: {labels}. They cannot get the new key, and would "
                "have to go, too. Better: let each of them unlock the vault once, and come back here. A recovery code "
                "that goes is replaced by a new one."
            )
            agreed = kit.check(_tr("Let them go, too"))
            agreed.toggled.connect(self.go.setEnabled)
            self.go.setEnabled(False)
            self.asked.addWidget(kit.label(more.format(labels=", ".join(behind)), wrap=True))
            self.asked.addWidget(agreed)
        self.go.clicked.connect(self.accept)
        self.cancel.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("person_dialogs", text)
