"""Founding a service step by step: its name, three sheets shown one at a time and typed back, and what to do then."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from tac_desktop.ui.key_sheet import SheetShown, same_code
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.part import Part, code_shown

if TYPE_CHECKING:
    from tac_desktop.actions.service import Founded, Sheet

WORDS_ASKED = 3
"""So many words of a sheet are asked for; the code of its root key is typed back whole."""
WORDS_COMMON = 3
"""The first words of every sheet are the same: they name the set, and would not tell one paper from another."""


class FoundingPart(Part):
    """One thing on the screen at a time. What is secret is on it only while it is the thing."""

    name_typed = Signal(str)
    """The name of the service: its keys shall be made. Answer with `show_sheets` or `refuse`."""
    print_wanted = Signal(object)
    """A Sheet shall be put on paper."""
    written_down = Signal()
    """All three sheets were typed back."""
    left = Signal()
    """Over: it is founded, or was given up, and then nothing was changed."""

    def __init__(self, kit: Kit) -> None:
        """Build it without a step; `begin` shows the first one."""
        super().__init__(kit)
        self._founded: Founded | None = None
        self._number = 0
        self._asked: list[int] = []
        self._boxes: list[QLineEdit] = []
        self._trouble = kit.label("", "error", wrap=True)
        card, self._step = self.titled("")
        card.setAccessibleName(self.tr("Founding a service"))

    # --- the steps ---

    def begin(self) -> None:
        """Ask for the name of the service."""
        kit = self.kit
        column = self._clean(self.tr("Found a service"))
        words = self.tr(
            "A service has three key sheets. Any two together appoint who keeps the roster, and open bundles and the "
            "members’ vaults in an emergency. They are shown once, now, and are kept by three people in three places. "
            "You need a printer, or paper and a pen, and ten minutes in which nobody looks over your shoulder."
        )
        column.addWidget(kit.label(words, wrap=True))
        self._boxes = [kit.entry(self.tr("Name of the service"))]
        self._boxes[0].setMaximumWidth(kit.px(480))
        hint = self.tr("As everybody shall read it. Not the name of a person.")
        column.addLayout(kit.field(self.tr("Name of the service"), self._boxes[0], hint))
        self._foot((self.tr("Make the keys"), self._name_clicked, "primary"), (self.tr("Cancel"), self.left.emit, ""))
        self._boxes[0].setFocus()

    def show_sheets(self, founded: "Founded", *, again: bool = False) -> None:
        """Show the sheets one after the other, beginning with the first; `again`: they replace older ones."""
        self._founded, self._again = founded, again
        self._number = 0
        self._show_sheet()

    def _show_sheet(self) -> None:
        column = self._clean(self.tr("Sheet {n} of 3").format(n=self._number + 1))
        words = self.tr(
            "Print this sheet, or write it down: it is stored nowhere. You type it back next. Nothing is changed "
            "before all three sheets were typed back."
        )
        column.addWidget(self.kit.label(words, wrap=True))
        column.addWidget(SheetShown(self.kit, self._sheet()))
        self._foot(
            (self.tr("It is on paper: go on"), self._ask_back, "primary"),
            (self.tr("Print this sheet"), self._print, ""),
            (self.tr("Give it up"), self._give_up, "ghost"),
        )

    def _give_up(self) -> None:
        self._founded = None
        self.left.emit()

    def _ask_back(self) -> None:
        kit, sheet = self.kit, self._sheet()
        column = self._clean(self.tr("Sheet {n} of 3: type it back").format(n=self._number + 1))
        words = self.tr("From the paper, so that you know that what is on it can be read.")
        column.addWidget(kit.label(words, wrap=True))
        places = secrets.SystemRandom().sample(range(WORDS_COMMON, len(sheet.escrow_words)), WORDS_ASKED)
        self._asked = sorted(places)
        labels = [self.tr("Root key")] + [self.tr("Word {n}").format(n=place + 1) for place in self._asked]
        self._boxes = [kit.entry(label) for label in labels]
        for label, box in zip(labels, self._boxes, strict=True):
            box.setMaximumWidth(kit.px(720 if box is self._boxes[0] else 240))
            column.addLayout(kit.field(label, box))
        self._foot(
            (self.tr("Check it"), self._check, "primary"),
            (self.tr("Show the sheet again"), self._show_sheet, ""),
        )
        self._boxes[0].setFocus()

    def _check(self) -> None:
        sheet = self._sheet()
        wanted = [sheet.root_key_code, *(sheet.escrow_words[place] for place in self._asked)]
        wrong = [
            box for box, text in zip(self._boxes, wanted, strict=True) if not same_code(box.text(), text)
        ]  # fmt: skip
        for box in self._boxes:
            restyle(box, error="true" if box in wrong else "")
        if wrong:
            said = self.tr("{what} is not as on the sheet. Compare it once more.")
            self.refuse(said.format(what=wrong[0].accessibleName()), wrong[0])
        elif self._number < 2:
            self._number += 1
            self._show_sheet()
        else:
            self.written_down.emit()

    def show_done(self) -> None:
        """Say that it is founded, and what to do next; the sheets are forgotten."""
        kit, founded = self.kit, self._founded
        self._founded = None
        title = self.tr("The new sheets hold") if self._again else self.tr("The service is founded")
        column = self._clean(title)
        if founded is not None and not self._again:
            column.addWidget(kit.label(self.tr("The code of the service"), "label"))
            column.addWidget(code_shown(kit, founded.service_code))
        for number, step in enumerate(self._next_steps(), 1):
            column.addWidget(kit.label(f"{number}. {step}", wrap=True))
        self._foot((self.tr("Go on"), self.left.emit, "primary"))

    def _next_steps(self) -> Sequence[str]:
        if self._again:
            return (
                self.tr("Destroy the old sheets, and give the new ones to the three keepers."),
                self.tr("The roster travels with your next bundles; you can also hand it out as a file."),
            )
        return (
            self.tr("Give the three sheets to three people, each to be locked away in another place."),
            self.tr("Colleagues send you their cards. Accept each with the code that she tells you by telephone."),
            self.tr("Then hand out the roster. Each colleague joins with it and types the code of the service."),
        )

    # --- what every step has ---

    def refuse(self, text: str, box: QLineEdit | None = None) -> None:
        """Say what is wrong with what was typed."""
        self._trouble.setText(text)
        self._trouble.show()
        at = box or (self._boxes[0] if self._boxes else None)
        if at is not None:
            at.setAccessibleDescription(text)
            at.setFocus()
            at.selectAll()

    def arrive(self) -> None:
        """Put the keyboard on what the step asks for."""
        first = self._boxes[0] if self._boxes else self.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _sheet(self) -> "Sheet":
        if self._founded is None:
            raise RuntimeError("no sheet is being shown")
        return self._founded.sheets[self._number]

    def _clean(self, title: str) -> QVBoxLayout:
        clear(self._step)
        self._boxes = []
        self._step.addWidget(self.kit.label(title, "h2", wrap=True))
        return self._step

    def _foot(self, *buttons: tuple[str, "object", str]) -> None:
        kit = self.kit
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self._step.addWidget(self._trouble)
        made = [kit.button(text, kind=kind) for text, _, kind in buttons]
        for button, (_, clicked, _kind) in zip(made, buttons, strict=True):
            button.clicked.connect(clicked)
        for box in self._boxes:
            box.returnPressed.connect(made[0].click)
        self._step.addLayout(kit.flow(*made))
        made[0].setFocus()
        self.seen_wanted.emit(self)

    def _name_clicked(self) -> None:
        name = self._boxes[0].text().strip()
        if name:
            self.name_typed.emit(name)
        else:
            self.refuse(self.tr("Type a name."))

    def _print(self) -> None:
        self.print_wanted.emit(self._sheet())
