"""Sending: for whom, what, in files of which size; afterwards what was written, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QRadioButton

from tac_desktop.ui.exchange_receipt import ReceiptEntry
from tac_desktop.ui.exchange_words import MIB, size_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part, number_shown, warning_shown
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleWritten

LIMITS = (0, 10 * MIB, 25 * MIB)
"""Bytes of a file: no limit, and what mail systems usually take; a piece of an attachment needs 8 MiB."""


@dataclass(frozen=True)
class Recipient:
    """Somebody one can write for."""

    device: str
    """The id of her vault, as the actions know it (hexadecimal)."""
    name: str
    words: str
    """Her name with role and prison."""
    standing: str = ""
    """How it stands with her, in a sentence or two."""


@dataclass(frozen=True)
class SendWish:
    """What the person has chosen to send."""

    device: str
    name: str
    basis: str
    """'acknowledged', 'sent' or 'all'; see `actions.exchange.write_bundle`."""
    limit: int
    """Bytes of a file at most, 0 for no limit."""


class SendPart(Part):
    """The choices in the order in which one thinks of them, and one button."""

    wanted = Signal(object)
    """A SendWish: where to write is asked next."""
    cards_wanted = Signal()
    """There is nobody to write for: a card has to be accepted first."""

    def __init__(self, kit: Kit) -> None:
        """Build it with nobody to write for."""
        super().__init__(kit)
        self._people: dict[str, Recipient] = {}
        self._to = kit.combo(self.tr("For whom"))
        self._standing = kit.label("", "hint", wrap=True)
        self._limit = kit.combo(self.tr("Size of a file"), self._sizes())
        self._write = kit.button(self.tr("Write the bundle"), "upload", kind="primary")
        self._cards = kit.button(self.tr("Go to the cards"), "id-card")
        self._basis = QButtonGroup(self)
        self._lay_out()
        self._written_card, self._written = self.titled(self.tr("Written"))
        self._written_card.hide()
        self.receipt = ReceiptEntry(kit)
        self.column.addWidget(self.receipt)
        self._to.currentIndexChanged.connect(self._chosen)
        self._write.clicked.connect(self._write_clicked)
        self._cards.clicked.connect(self.cards_wanted)
        self.waits(self._write, self.receipt.button)

    def _sizes(self) -> list[tuple[str, str]]:
        words = {
            0: self.tr("One file, whatever its size"),
            10 * MIB: self.tr("Files of up to 10 MB"),
            25 * MIB: self.tr("Files of up to 25 MB"),
        }
        return [(str(limit), words[limit]) for limit in LIMITS]

    def _lay_out(self) -> None:
        kit = self.kit
        words = self.tr("A bundle is signed by you and sealed for one person. Nobody else can open it.")
        _, column = self.titled(self.tr("Send"), words)
        column.addLayout(kit.field(self.tr("For whom"), self._to))
        column.addWidget(self._standing)
        column.addWidget(self._what())
        hint = self.tr("What is larger is written as several files. All of them have to arrive, in any order. Mail "
                       "counts a file a third larger than it is.")  # fmt: skip
        column.addLayout(kit.field(self.tr("Size of a file"), self._limit, hint))
        column.addLayout(kit.flow(self._write, self._cards))
        self._to.setMaximumWidth(kit.px(520))
        self._limit.setMaximumWidth(kit.px(520))

    def _what(self) -> QGroupBox:
        kit = self.kit
        question = self.tr("What")
        box = QGroupBox()
        box.setAccessibleName(question)
        column = kit.column(kit.label(question, "label"), gap=4)
        for basis, text, hint in self._choices():
            radio = QRadioButton(text)
            radio.setProperty("basis", basis)
            radio.setAccessibleDescription(hint)
            radio.setChecked(basis == "acknowledged")
            self._basis.addButton(radio)
            below = kit.label(hint, "hint", wrap=True)
            below.setMinimumHeight(below.heightForWidth(kit.px(2000)))  # a crowded column would shave its one line
            indented = kit.column(below)
            indented.setContentsMargins(kit.px(32), 0, 0, kit.px(4))
            column.addWidget(radio)
            column.addLayout(indented)
        box.setLayout(column)
        return box

    def _choices(self) -> Sequence[tuple[str, str, str]]:
        return (
            ("acknowledged", self.tr("Everything new"),
             self.tr("All that is not acknowledged. What was lost on the way goes again by itself.")),
            ("sent", self.tr("Only what came after the last bundle"),
             self.tr("A smaller file. It can be taken in only after the bundle before it has arrived.")),
            ("all", self.tr("Everything once more"),
             self.tr("For a vault that was lost and begun anew.")),
        )  # fmt: skip

    def show_people(self, people: Sequence[Recipient]) -> None:
        """Show whom one can write for."""
        chosen = self._to.currentData()
        self._people = {one.device: one for one in people}
        self._to.clear()
        for one in people:
            self._to.addItem(one.words, one.device)
        if not people:
            self._to.addItem(self.tr("Nobody yet: accept a card first"), "")
        self._to.setCurrentIndex(max(0, self._to.findData(chosen)))
        self._to.setEnabled(bool(people))
        self._cards.setVisible(not people)
        self.set_busy(busy=False)
        self._chosen()

    def choose(self, device: str) -> None:
        """Choose for whom."""
        self._to.setCurrentIndex(max(0, self._to.findData(device)))

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        super().set_busy(busy=busy)
        self._write.setEnabled(not busy and bool(self._people))

    def arrive(self) -> None:
        """Begin with the recipient, or with cards where there is none."""
        (self._to if self._people else self._cards).setFocus()

    def show_written(self, written: "BundleWritten", name: str) -> None:
        """Show what was written, and what to do with it."""
        clear(self._written)
        kit = self.kit
        title = self.tr("The bundle for {name} is written").format(name=name)
        self._written.addWidget(kit.label(title, "h2", wrap=True))
        numbers = kit.flow(gap=28, row_gap=12)
        for number, words in (
            (written.case_files, self.tr("case file") if written.case_files == 1 else self.tr("case files")),
            (written.entries, self.tr("entry") if written.entries == 1 else self.tr("entries")),
            (written.attachments, self.tr("attached file") if written.attachments == 1 else self.tr("attached files")),
        ):
            numbers.addWidget(number_shown(kit, number, words))
        self._written.addLayout(numbers)
        names = ", ".join(file.name for file in written.files)
        files = counted(len(written.files), self.tr("1 file"), self.tr("{n} files"))
        told = self.tr("{files}, {size}: {names}").format(files=files, size=size_words(written.size), names=names)
        self._written.addWidget(kit.label(told, wrap=True))
        if written.unnamed:
            stay = counted(written.unnamed, self.tr("1 case file in which {name} has written stays here: nobody has "
                           "handed it over to her."), self.tr("{{n}} case files in which {name} has written stay here: "
                           "nobody has handed them over to her."))  # fmt: skip
            self._written.addWidget(warning_shown(kit, stay.format(name=name)))
        self._written.addWidget(kit.label(self.tr("What to do next"), "label"))
        for number, step in enumerate(self._next_steps(len(written.files), name), 1):
            self._written.addWidget(kit.label(f"{number}. {step}", wrap=True))
        self._written_card.show()
        self.seen_wanted.emit(self._written_card)
        announce(self, f"{title}. {told}")

    def _next_steps(self, files: int, name: str) -> Sequence[str]:
        hand = self.tr("Bring the file to {name} in the way your prison has approved: share, mail, or an issued stick.")
        several = self.tr("Bring all {n} files to {name} in the way your prison has approved, in any order.")
        return (
            (hand if files == 1 else several).format(n=files, name=name),
            self.tr("{name} takes it in under ‘Receive’.").format(name=name),
            self.tr("Her next bundle to you acknowledges it. If none comes, ask for the receipt code and type it "
                    "in below."),
        )  # fmt: skip

    def forget_written(self) -> None:
        """Take away what was said of the last bundle: another one begins."""
        self._written_card.hide()

    def _chosen(self) -> None:
        one = self._people.get(str(self._to.currentData()))
        self._standing.setText(one.standing if one else "")
        self._standing.setVisible(bool(one and one.standing))

    def _write_clicked(self) -> None:
        one = self._people.get(str(self._to.currentData()))
        if one is not None:
            basis = str(next(one for one in self._basis.buttons() if one.isChecked()).property("basis"))
            self.wanted.emit(SendWish(one.device, one.name, basis, int(self._limit.currentData())))
