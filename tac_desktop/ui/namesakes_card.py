"""'Is she already here?': the women of the vault who fit what is being typed, and the way to the case file of each."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit, clear, restyle

if TYPE_CHECKING:
    from tac_desktop.actions.known_women import Fit, Found, Reason

NEW_EPISODE = "referral|+episode|"
"""The place in a case file where it is opened again."""
_ENDED = ("closed", "not_taken_on")


def _tr(text: str) -> str:
    return QCoreApplication.translate("NamesakesCard", text)


def reasons_in_words(reasons: "Sequence[Reason]") -> str:
    """Return in what a woman fits, as one sentence."""
    words = {
        "number": _tr("the same prison number"), "number_near": _tr("a prison number that differs in one character"),
        "name": _tr("the name is alike"), "name_in_part": _tr("part of the name is alike"),
        "born": _tr("born the same day"), "born_near": _tr("born on nearly the same date"),
        "born_otherwise": _tr("but born on another day"),
    }  # fmt: skip
    said = ", ".join(words[reason] for reason in reasons)
    return f"{said[:1].upper()}{said[1:]}."


class NamesakesCard(QFrame):
    """Stands above the form of a new case file; with nobody who fits it takes no room."""

    opened = Signal(str, str)
    """A case file shall be opened instead of a new one: its id, and a place in it."""
    confirmed = Signal()
    """It is another woman: the new case file shall be saved."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "message")
        restyle(self, tone="warn")
        self._title = kit.label("", "h2", wrap=True)
        self._fits = kit.column(gap=12)
        self.another = kit.button(_tr("It is another woman: save"), "circle-check")
        self.another.clicked.connect(self.confirmed)
        self.another.hide()
        column = kit.column(self._title, self._fits, kit.flow(self.another), gap=10)
        column.setContentsMargins(*(kit.px(16),) * 4)
        self.setLayout(column)
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self.ways: list[QPushButton] = []
        """The buttons that lead to case files, in the order in which they are shown."""
        self._shown: object = None
        self.hide()

    def show_found(self, found: "Found") -> None:
        """Show who fits; what is shown already is left as it is, so that the keyboard stays where it is."""
        if found == self._shown:
            return
        is_news = not self.isVisible()
        self._shown = found
        clear(self._fits)
        self.ways = []
        for fit in found.fits:
            self._fits.addWidget(self._line(fit))
        if found.closed:
            words = _tr("A case file that you may not open fits. Ask a manager before you make a new one.")
            self._fits.addWidget(self._kit.label(words, wrap=True))
        title = _tr("She is already here") if found.is_sure else _tr("Is she already here?")
        self._title.setText(title)
        self.setAccessibleName(" ".join([f"{title}.", *(self._words(fit) for fit in found.fits)]))
        self.setVisible(bool(found.fits) or found.closed)
        self.another.setVisible(self.another.isVisibleTo(self) and found.is_sure)
        if self.isVisible() and is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def ask(self) -> None:
        """Ask before the new case file is saved, since somebody fits without doubt."""
        self.another.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        (self.ways[0] if self.ways else self.another).setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, fit: "Fit") -> str:
        row = fit.row
        return f"{row.name}, {row.reference}. {reasons_in_words(fit.reasons)}"

    def _line(self, fit: "Fit") -> QWidget:
        kit, row = self._kit, fit.row
        head = kit.flow(
            kit.label(row.name, "h3", wrap=True), kit.label(row.reference, "hint"),
            kit.badge(label("case_status", row.status)), gap=12, row_gap=2,
        )  # fmt: skip
        facts = [
            _tr("Prison number {number}").format(number=fit.prison_number) if fit.prison_number else "",
            _tr("Born {day}").format(day=day_in_words(fit.born)) if fit.born else "",
            label("prison", row.prison) if row.prison else "",
        ]
        again = row.status in _ENDED
        ways = [self._way(fit, _tr("Open her case file"), "")]
        if again:
            ways.insert(0, self._way(fit, _tr("Open it again: new episode"), NEW_EPISODE))
        self.ways += ways
        widget = QWidget()
        widget.setLayout(kit.column(
            head, kit.label(reasons_in_words(fit.reasons), wrap=True),
            kit.label(" · ".join(filter(None, facts)), "hint", wrap=True), kit.flow(*ways, gap=8), gap=4,
        ))  # fmt: skip
        return widget

    def _way(self, fit: "Fit", words: str, place: str) -> QPushButton:
        button = self._kit.button(words, "arrow-right", name=f"{words}: {fit.row.name}, {fit.row.reference}")
        button.clicked.connect(partial(self.opened.emit, fit.row.case_file, place))
        return button
