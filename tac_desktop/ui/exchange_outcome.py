"""What a bundle would bring, and what bundles have brought: numbers first, then words, then what to do next."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from tac_desktop.ui.exchange_words import moment_words, spelled
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import code_shown, number_shown
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported
    from tac_desktop.actions.inbox import InboxOutcome


class BundleFound(QFrame):
    """A bundle that was looked into: from whom, and what it would bring. Nothing has been changed."""

    import_wanted = Signal()
    put_aside = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "card")
        self._title = kit.label("", "h2", wrap=True)
        self._about = kit.label("", "hint", wrap=True)
        self._numbers = kit.flow(gap=28, row_gap=12)
        self._notes = kit.column(gap=6)
        self._take_in = kit.button(self.tr("Take it in"), "download", kind="primary")
        self._aside = kit.button(self.tr("Put it aside"))
        column = kit.column(self._title, self._about, self._numbers, self._notes, gap=12)
        column.addLayout(kit.flow(self._take_in, self._aside))
        column.setContentsMargins(*(kit.px(20),) * 4)
        self.setLayout(column)
        self._take_in.clicked.connect(self.import_wanted)
        self._aside.clicked.connect(self.put_aside)
        self.hide()

    def show_bundle(self, found: "BundleImported", file: Path) -> None:
        """Show what a bundle would bring."""
        self._title.setText(self.tr("From {name}: this is what the bundle would bring").format(name=found.sender))
        self._about.setText(_about(found, file.name))
        _show_numbers(self._kit, self._numbers, found)
        notes = _notes(found, taken_in=False)
        clear(self._notes)
        for note in notes:
            self._notes.addWidget(self._kit.label(note, wrap=True))
        if found.receipt:
            show_receipt(self._kit, self._notes, found)
        self._take_in.setVisible(not found.imported_before)
        self.show()
        (self._aside if found.imported_before else self._take_in).setFocus()
        announce(self, " ".join((self._title.text(), _spoken(found), *notes)))

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        self._take_in.setEnabled(not busy)
        self._aside.setEnabled(not busy)


class Brought(QFrame):
    """What was taken in: of one bundle in full, of many a line for each file."""

    receipt_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "card")
        self._inside = kit.column(gap=12)
        self._inside.setContentsMargins(*(kit.px(20),) * 4)
        self._receipt = kit.button(self.tr("Write a receipt file"), "save")
        self._close = kit.button(self.tr("Close"))
        self._told = kit.column(gap=12)
        self._inside.addLayout(self._told)
        self._inside.addLayout(kit.flow(self._receipt, self._close))
        self.setLayout(self._inside)
        self._receipt.clicked.connect(self.receipt_wanted)
        self._close.clicked.connect(self.hide)
        self.hide()

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return what has to wait while work is under way."""
        return (self._receipt,)

    def show_one(self, brought: "BundleImported") -> None:
        """Show what one bundle has brought, and its receipt code."""
        clear(self._told)
        title = self.tr("The bundle of {name} is taken in").format(name=brought.sender)
        notes = _notes(brought, taken_in=True)
        numbers = self._kit.flow(gap=28, row_gap=12)
        _show_numbers(self._kit, numbers, brought)
        self._told.addWidget(self._kit.label(title, "h2", wrap=True))
        self._told.addLayout(numbers)
        for note in notes:
            self._told.addWidget(self._kit.label(note, wrap=True))
        if brought.receipt:
            show_receipt(self._kit, self._told, brought)
        self._receipt.setVisible(bool(brought.receipt))
        self.show()
        self._close.setFocus()
        announce(self, " ".join((title, _spoken(brought), *notes)))

    def show_all(self, outcomes: "Sequence[InboxOutcome]") -> None:
        """Show a line for each file: what it brought, or why it was not taken in."""
        clear(self._told)
        done = sum(1 for one in outcomes if one.imported is not None)
        taken = counted(done, self.tr("1 bundle is taken in"), self.tr("{n} bundles are taken in"))
        left = counted(len(outcomes) - done, self.tr("1 is not"), self.tr("{n} are not"))
        title = f"{taken}; {left}" if len(outcomes) > done else taken
        self._told.addWidget(self._kit.label(title, "h2", wrap=True))
        for outcome in outcomes:
            self._told.addWidget(self._line(outcome))
        self._receipt.hide()
        self.show()
        self._close.setFocus()
        announce(self, title)

    def _line(self, outcome: "InboxOutcome") -> QFrame:
        kit = self._kit
        line = QFrame()
        imported = outcome.imported
        good = imported is not None
        words = _line_words(imported) if imported is not None else str(outcome.trouble)
        texts = kit.column(kit.label(outcome.path.name, "hint", wrap=True), kit.label(words, wrap=True), gap=0)
        if imported is not None and imported.receipt:
            code = self.tr("Receipt: {code}").format(code=imported.receipt)
            receipt = kit.label(code, "label", wrap=True)
            receipt.setAccessibleName(self.tr("Receipt: {code}").format(code=spelled(imported.receipt)))
            texts.addWidget(receipt)
        picture = kit.picture("circle-check" if good else "triangle-alert", "ok" if good else "danger", 20)
        row = kit.row(picture, texts, gap=12)
        row.setStretch(1, 1)
        line.setLayout(row)
        line.setAccessibleName(words)
        return line


def show_receipt(kit: Kit, column: QVBoxLayout, found: "BundleImported") -> None:
    """Show the receipt code of a bundle that was taken in, and what it is for."""
    words = _tr("Receipt: read this code to {name}").format(name=found.sender)
    hint = _tr("Then she knows that it has arrived. Your next bundle to her tells it, too.")
    column.addWidget(kit.label(words, "label", wrap=True))
    column.addWidget(code_shown(kit, found.receipt))
    column.addWidget(kit.label(hint, "hint", wrap=True))


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange_outcome", text)


def _about(found: "BundleImported", file: str) -> str:
    number, of = found.volume
    parts = [
        file,
        _tr("written {at}").format(at=moment_words(found.written_at)),
        _tr("no. {n} to you").format(n=found.number) if found.number else "",
        _tr("file {n} of {of}").format(n=number, of=of) if of > 1 else "",
    ]
    return ", ".join(part for part in parts if part)


def _numbers_of(found: "BundleImported") -> Sequence[tuple[int, str]]:
    numbers = (
        (found.new, _tr("new record"), _tr("new records")),
        (found.changed, _tr("changed record"), _tr("changed records")),
        (found.conflicting, _tr("contradicts yours"), _tr("contradict yours")),
        (found.known, _tr("entry known already"), _tr("entries known already")),
        (found.attachments, _tr("attached file"), _tr("attached files")),
        (found.left_out, _tr("entry left out"), _tr("entries left out")),
        (found.comments, _tr("comment"), _tr("comments")),
        (found.handovers, _tr("hand-over"), _tr("hand-overs")),
    )
    always = 4
    return [
        (number, one if number == 1 else many)
        for place, (number, one, many) in enumerate(numbers)
        if number or place < always
    ]


def _show_numbers(kit: Kit, flow: Flow, found: "BundleImported") -> None:
    clear(flow)
    for number, words in _numbers_of(found):
        flow.addWidget(number_shown(kit, number, words))


def _spoken(found: "BundleImported") -> str:
    return ", ".join(f"{words}: {number:,}" for number, words in _numbers_of(found))


def _notes(found: "BundleImported", *, taken_in: bool) -> list[str]:
    notes: list[str] = []
    if found.imported_before:
        at = moment_words(found.imported_before)
        notes.append(_tr("This bundle was taken in on {at}. Nothing would change.").format(at=at))
    elif not (taken_in or found.new or found.changed or found.conflicting):
        notes.append(_tr("None of it is new here. Take it in all the same: it tells what of yours has arrived."))
    if found.conflicting:
        notes.append(_tr("Where answers contradict yours both are kept. Today lists them for you to decide."))
    if found.left_out:
        notes.append(_tr("Entries are left out that were written after the author's card was withdrawn."))
    if found.volume[1] > 1:
        notes.append(_tr("This is one file of several. Attached files may be whole only when all are taken in."))
    if found.roster:
        words = _tr("The roster is now version {n}.") if taken_in else _tr("It brings version {n} of the roster.")
        notes.append(words.format(n=found.roster))
    return notes


def _line_words(brought: "BundleImported") -> str:
    if brought.imported_before:
        return _tr("{name}: was taken in before, nothing changed").format(name=brought.sender)
    told = ", ".join(f"{number:,} {words}" for number, words in _numbers_of(brought) if number)
    return f"{brought.sender}: {told or _tr('nothing new')}"
