"""The ways from the caseload to the pages beside it: buttons, or where there is no room for them one with a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QMenu

from tac_desktop.ui.hand_over_words import HANDOVERS
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.outside_words import OUTSIDE
from tac_desktop.ui.waiting_words import MEETING, SHEETS, WORKLOAD

EVERYBODY = "*"
"""Stands among the names of workers for all of them."""


class CaseloadWays(QFrame):
    """The first ways as buttons, the others in a menu; in a low window all of them in the menu."""

    wanted = Signal(str)
    """The name of the page in the frame."""

    def __init__(self, kit: Kit) -> None:
        """Build buttons and menu."""
        super().__init__()
        first = ((MEETING, self.tr("Weekly meeting")), (WORKLOAD, self.tr("Workload")))
        others = (
            (HANDOVERS, self.tr("Hand-overs")),
            (OUTSIDE, self.tr("Outside allowed contact")),
            (SHEETS, self.tr("Blank forms")),
        )
        self.buttons = [kit.button(words, "arrow-right") for _, words in first]
        for button, (name, _) in zip(self.buttons, first, strict=True):
            button.setProperty("page", name)
            button.clicked.connect(self._clicked)
        self.menu = QMenu(self)
        self._in_buttons = [self.menu.addAction(words, partial(self.wanted.emit, name)) for name, words in first]
        for name, words in others:
            self.menu.addAction(words, partial(self.wanted.emit, name))
        self.more = kit.button(self.tr("More …"), name=self.tr("More pages beside the caseload"))
        self.more.clicked.connect(self._open_menu)
        row = kit.row(*self.buttons, self.more)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Put every way into the menu, or the first ones beside it."""
        for button, action in zip(self.buttons, self._in_buttons, strict=True):
            button.setVisible(not folded)
            action.setVisible(folded)
        self.updateGeometry()  # who asks at once how wide it is must not hear how wide it was

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("page")))


def offer_workers(box: QComboBox, names: Sequence[str]) -> None:
    """Offer everybody who works with somebody by now; who was chosen stays chosen as long as she is among them."""
    offered = [EVERYBODY, *names, *([""] if names else [])]
    if offered != [box.itemData(place) for place in range(box.count())]:
        chosen = box.currentData()
        box.clear()
        for name in offered:
            words = {EVERYBODY: box.tr("Everybody’s"), "": box.tr("Nobody is named")}.get(name, name)
            box.addItem(words, name)
        box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setVisible(len(offered) > 1)
