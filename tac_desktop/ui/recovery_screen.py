"""A forgotten pass-phrase: the recovery code, or two sheets of the organisation's key, lead to a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from tac_desktop.ui.door_card import DoorCard, no_guessing
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_passphrase import NewPassphrase

Way: TypeAlias = Literal["code", "sheets"]


@dataclass(frozen=True)
class Wish:
    """How somebody wants to come in, and with which new pass-phrase."""

    folder: Path
    way: Way
    secrets: tuple[str, ...] = field(repr=False)
    """The code, or the words of two sheets."""
    slot: str
    passphrase: str = field(repr=False)


class Recovery(DoorCard):
    """Whose pass-phrase is forgotten, by what she comes in, a new pass-phrase."""

    submitted = Signal(object)
    """A Wish."""
    back_wanted = Signal()

    def __init__(
        self, kit: Kit, lane: Lane, folder: Path, people: Sequence[tuple[str, str]], ways: tuple[bool, bool]
    ) -> None:
        """Take the vault, (slot id, initials) of everybody who may unlock it, and whether code and sheets open it."""
        super().__init__(kit, "key-round", "")
        self._folder = folder
        self._title.setText(self.tr("A forgotten pass-phrase"))
        choices = [("", self.tr("Choose …")), *people] if len(people) > 1 else people
        self._who = kit.combo(self.tr("Whose pass-phrase is forgotten?"), choices)
        self._ways = QButtonGroup(self)
        self._code = no_guessing(kit.entry(self.tr("Recovery code")))
        self._sheets = [self._sheet(self.tr("Words of one sheet")), self._sheet(self.tr("Words of another sheet"))]
        self._by_code, self._by_sheets = QWidget(), QWidget()
        self._passphrase = NewPassphrase(kit, lane, lambda: (folder.name,))
        self._go = kit.button(self.tr("Open and set the pass-phrase"), kind="primary")
        self._back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self._lay_out(ways)
        self._go.clicked.connect(self._submit)
        self._passphrase.entered.connect(self._go.click)
        self._back.clicked.connect(self.back_wanted)

    def _sheet(self, name: str) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setTabChangesFocus(True)
        box.setAccessibleName(name)
        box.setFixedHeight(self.kit.px(88))
        return box

    def _lay_out(self, ways: tuple[bool, bool]) -> None:
        kit, (by_code, by_sheets) = self.kit, ways
        self.column.addLayout(kit.field(self._who.accessibleName(), self._who))
        hint = self.tr("Eight groups of four characters, from the recovery sheet. It stays valid.")
        self._by_code.setLayout(kit.field(self.tr("Recovery code"), self._code, hint))
        column = kit.column(gap=10)
        for box in self._sheets:
            hint = self.tr("All 33, with or without their numbers.")
            column.addLayout(kit.field(box.accessibleName(), box, hint))
        self._by_sheets.setLayout(column)
        offered: tuple[tuple[Way, str], ...] = (
            ("code", self.tr("By the recovery code")),
            ("sheets", self.tr("By two sheets of the organisation")),
        )
        for way, words in offered:
            button = QRadioButton(words)
            button.setProperty("way", way)
            button.setVisible(by_code and by_sheets)
            button.toggled.connect(self._way_changed)
            self._ways.addButton(button)
            self.column.addWidget(button)
        self._ways.buttons()[0 if by_code or not by_sheets else 1].setChecked(True)
        for part in (self._by_code, self._by_sheets, self._passphrase):
            self.column.addWidget(part)
        self.add_trouble_line()
        self.column.addLayout(kit.flow(self._go, self._back))
        words = self.tr("It is noted in the vault, and the person is told when she unlocks it next.")
        neither = self.tr("This vault has no recovery code and no key of an organisation. Only its people open it.")
        self.say(words if by_code or by_sheets else neither)
        self._way_changed()

    def way(self) -> Way:
        """Return by what she comes in."""
        return "sheets" if self._ways.buttons()[1].isChecked() else "code"

    def _way_changed(self) -> None:
        self._by_code.setVisible(self.way() == "code")
        self._by_sheets.setVisible(self.way() == "sheets")

    def set_busy(self, busy: bool) -> None:
        """Say that it is being tried."""
        self._go.setText(self.tr("Opening …") if busy else self.tr("Open and set the pass-phrase"))
        for widget in (self._go, self._back, self._code, *self._sheets, self._passphrase):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why it did not open."""
        self.set_busy(False)
        if self.way() == "code":
            self.show_trouble(text, self._code)
        else:
            self.show_trouble(text)
            self._sheets[0].setFocus()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._code.clear()
        for box in self._sheets:
            box.clear()
        self._passphrase.forget()

    def arrive(self) -> None:
        """Begin with who it is, or with the secret where that is plain."""
        (self._code if self._who.count() == 1 and self.way() == "code" else self._who).setFocus()

    def _secrets(self) -> tuple[str, ...]:
        if self.way() == "code":
            return (self._code.text(),)
        return tuple(box.toPlainText() for box in self._sheets)

    def _submit(self) -> None:
        slot_id, secrets = str(self._who.currentData() or ""), self._secrets()
        if not slot_id:
            self.show_trouble(self.tr("Choose whose pass-phrase is forgotten."))
            self._who.setFocus()
        elif not all(text.strip() for text in secrets):
            by_code = self.way() == "code"
            text = self.tr("Type the recovery code.") if by_code else self.tr("Type the words of both sheets.")
            self.refuse(text)
        elif problem := self._passphrase.problem():
            self.show_trouble(*problem)
        else:
            self.show_trouble("")
            self.submitted.emit(Wish(self._folder, self.way(), secrets, slot_id, self._passphrase.text()))
