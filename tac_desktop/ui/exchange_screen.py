"""Sending and receiving: one's own card, the cards one trusts, writing a bundle, and taking one in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel


@dataclass(frozen=True)
class Acquaintance:
    """Somebody whose card was accepted here."""

    device: str
    """The id of her vault, as the actions know it."""
    name: str
    role: str
    """In words."""
    place: str
    """Her prison in words, '' for none."""


@dataclass(frozen=True)
class Expected:
    """What an import would bring; nothing has been changed yet."""

    sender: str
    new: int
    changed: int
    conflicting: int
    known: int


class ExchangeScreen(Page):
    """Three cards: send, receive, and whom one trusts. While something is under way, only stopping is possible."""

    send_wanted = Signal(str)
    """The device of the recipient."""
    bundle_wanted = Signal()
    """A bundle file is to be chosen and looked into."""
    import_wanted = Signal()
    """What was looked into is to be taken in."""
    card_file_wanted = Signal()
    """One's own card is to be saved."""
    card_wanted = Signal()
    """Somebody's card is to be chosen and accepted."""

    def __init__(self, kit: Kit, *, may_exchange: bool = True) -> None:
        """Build the cards, empty."""
        super().__init__(kit, "")
        self.set_title(self.tr("Send and receive"))
        self.set_subtitle(
            self.tr("Bundles are signed by you and sealed for the person you choose. Nobody else can open them.")
        )
        self.progress = ProgressPanel(kit)
        self._to = kit.combo(self.tr("For whom"))
        self._send = kit.button(self.tr("Write a bundle"), "upload", kind="primary")
        self._receive = kit.button(self.tr("Open a bundle"), "download", kind="primary")
        self._take_in = kit.button(self.tr("Take it in"), kind="primary")
        self._put_aside = kit.button(self.tr("Put it aside"))
        self._save_card = kit.button(self.tr("Save my card"), "id-card")
        self._accept = kit.button(self.tr("Accept a card"), "plus")
        self._code = kit.label("", "code")
        self._trusted = kit.column(gap=6)
        self._expected = kit.flow(gap=28, row_gap=12)
        self._expected_words = kit.label("", wrap=True)
        self.add(self.progress)
        self._preview = self._previewing()
        self.add(self._preview)
        if may_exchange:
            self.add(self._sending())
            self.add(self._receiving())
        self.add(self._trusting())
        self.add(None)
        self._connect()

    def _connect(self) -> None:
        self.progress.told.connect(self.bring_into_view)
        self._send.clicked.connect(self._send_clicked)
        self._receive.clicked.connect(self.bundle_wanted)
        self._take_in.clicked.connect(self._take_in_clicked)
        self._put_aside.clicked.connect(self.forget_preview)
        self._save_card.clicked.connect(self.card_file_wanted)
        self._accept.clicked.connect(self.card_wanted)

    def _titled(self, title: str, words: str) -> tuple[QFrame, QVBoxLayout]:
        card, column = self.kit.card(20, 12)
        column.addWidget(self.kit.label(title, "h2", wrap=True))
        column.addWidget(self.kit.label(words, "hint", wrap=True))
        return card, column

    def _sending(self) -> QFrame:
        words = self.tr("Everything that is new for the recipient goes into one file, which you hand over or e-mail.")
        card, column = self._titled(self.tr("Send"), words)
        column.addLayout(self.kit.field(self.tr("For whom"), self._to))
        column.addLayout(self.kit.flow(self._send))
        self._to.setMaximumWidth(self.kit.px(420))
        return card

    def _receiving(self) -> QFrame:
        words = self.tr(
            "A bundle is checked first, and you see what it would bring. Nothing changes before you say so."
        )
        card, column = self._titled(self.tr("Receive"), words)
        column.addLayout(self.kit.flow(self._receive))
        return card

    def _previewing(self) -> QFrame:
        card, column = self._titled(self.tr("This bundle"), self.tr("It is whole, and signed by somebody you trust."))
        column.addWidget(self._expected_words)
        column.addLayout(self._expected)
        column.addLayout(self.kit.flow(self._take_in, self._put_aside))
        card.hide()
        return card

    def _trusting(self) -> QFrame:
        words = self.tr(
            "Give your card to the people you work with, and tell them its code by telephone, not in the same message. "
            "Type the code of theirs when you accept it."
        )
        card, column = self._titled(self.tr("Cards"), words)
        column.addWidget(self.kit.label(self.tr("The code of your card"), "label"))
        column.addWidget(self._code)
        column.addLayout(self.kit.flow(self._save_card, self._accept))
        column.addWidget(self.kit.rule())
        column.addWidget(self.kit.label(self.tr("Accepted cards"), "label"))
        column.addLayout(self._trusted)
        return card

    def show_own_code(self, code: str) -> None:
        """Show the code of one's own card."""
        self._code.setText(code)
        self._code.setAccessibleName(" ".join(code))

    def show_acquaintances(self, people: Sequence[Acquaintance]) -> None:
        """Show whose cards were accepted; they are whom one can write for."""
        chosen = self._to.currentData()
        self._to.clear()
        clear(self._trusted)
        for person in people:
            where = f", {person.place}" if person.place else ""
            self._to.addItem(f"{person.name} ({person.role}{where})", person.device)
            self._trusted.addWidget(self.kit.label(f"{person.name}, {person.role}{where}", wrap=True))
        if not people:
            none = self.tr("None yet. Without a card there is nobody to write for.")
            self._trusted.addWidget(self.kit.label(none, "hint", wrap=True))
            self._to.addItem(self.tr("Nobody yet: accept a card first"), "")
        self._to.setEnabled(bool(people))
        self._to.setCurrentIndex(max(0, self._to.findData(chosen)))
        self.set_busy(busy=False)

    def show_preview(self, expected: Expected) -> None:
        """Show what the bundle would bring."""
        clear(self._expected)
        rows = (
            (expected.new, self.tr("new records")),
            (expected.changed, self.tr("changed records")),
            (expected.conflicting, self.tr("records that contradict yours")),
            (expected.known, self.tr("entries already here")),
        )
        for number, label in rows:
            self._expected.addWidget(self._number(number, label))
        self._expected_words.setText(self.tr("From {sender}.").format(sender=expected.sender))
        self._take_in.setEnabled(bool(expected.new or expected.changed or expected.conflicting))
        self._preview.show()
        self.bring_into_view(self._preview)
        (self._take_in if self._take_in.isEnabled() else self._put_aside).setFocus()

    def _number(self, number: int, label: str) -> QFrame:
        column = self.kit.column(self.kit.label(f"{number:,}", "number"), self.kit.label(label, "hint"), gap=0)
        frame = QFrame()
        frame.setLayout(column)
        frame.setAccessibleName(f"{label}: {number:,}")
        return frame

    def forget_preview(self) -> None:
        """Put the bundle aside: nothing has been changed."""
        self._preview.hide()
        self._receive.setFocus()
        self.bring_into_view(self._receive)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for button in (self._receive, self._take_in, self._put_aside, self._save_card, self._accept):
            button.setEnabled(not busy)
        self._send.setEnabled(not busy and self._to.isEnabled())

    def arrive(self) -> None:
        """Begin with the recipient, or with cards where there is none."""
        (self._to if self._to.isEnabled() else self._save_card).setFocus()

    def _send_clicked(self) -> None:
        self.send_wanted.emit(str(self._to.currentData()))

    def _take_in_clicked(self) -> None:
        self._preview.hide()
        self.import_wanted.emit()
