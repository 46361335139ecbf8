"""Before the contact log is put on paper: which paper, and for whom, because what she may not see is left out."""

from dataclasses import dataclass
from typing import Final, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_thread import ThreadFilter
from tac_desktop.casework.fields import Reader
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog

THREAD: Final = "thread"
ATTEMPTS: Final = "attempts"
_OWN: Final = "own"
_FOR: Final = {
    "mother": "the mother", "staff": "prison staff", "court": "the court and the parties",
    "other_party": "the other party", _OWN: "the case file; nothing was left out",
}  # fmt: skip


_LEFT_OUT: Final = "What that reader may not see is left out, or shown only as far as it may be told."


@dataclass(frozen=True)
class ThreadOrder:
    """A paper of the contact log that is wanted."""

    kind: str
    """THREAD or ATTEMPTS."""
    wanted: ThreadFilter
    readers: frozenset[Reader]
    """Who will read it; nobody: it is for one's own use, and nothing is left out."""
    prepared_for: str


class ThreadDialog(LinedDialog):
    """Which paper, and for whom."""

    ordered = Signal(object)
    """A ThreadOrder."""

    def __init__(self, kit: Kit, wanted: ThreadFilter, chosen: str, parent: QWidget) -> None:
        """Take which contacts are wanted, and the same in words."""
        super().__init__(kit, "On paper", (560, 560), parent)
        self._wanted = wanted
        self.kinds = self._options(((THREAD, "The correspondence thread, every entry in full"),
                                    (ATTEMPTS, "The list of attempts that reached nobody")))  # fmt: skip
        readers = [(reader, label("withheld_from", reader)) for reader in get_args(Reader)]
        self.readers = self._options((*readers, (_OWN, "Nobody but this service: nothing is left out")))
        self.go = kit.button("Draw the paper", "printer", kind="primary")
        self.cancel = kit.button("Cancel")
        which = f"Which entries: {chosen}." if chosen else "Which entries: all of the contact log."
        column = kit.column(
            kit.label("The contact log on paper", "h2", wrap=True), kit.label(which, wrap=True),
            kit.label("Which paper", "label"), *self.kinds.buttons(),
            kit.label("Who will read it", "label"), *self.readers.buttons(),
            kit.label(_LEFT_OUT, "hint", wrap=True),
            kit.flow(self.go, self.cancel), None, gap=10,
        )  # fmt: skip
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QWidget()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.go.clicked.connect(self._order)
        self.cancel.clicked.connect(self.reject)
        self.kinds.buttons()[0].setChecked(True)
        self.readers.buttons()[0].setChecked(True)
        self.readers.buttons()[0].setFocus()

    def choose(self, kind: str, reader: str) -> None:
        """Choose a paper and its reader ('' for nobody but this service)."""
        for group, code in ((self.kinds, kind), (self.readers, reader or _OWN)):
            for button in group.buttons():
                button.setChecked(button.property("code") == code)

    def _options(self, options: tuple[tuple[str, str], ...]) -> QButtonGroup:
        group = QButtonGroup(self)
        for code, words in options:
            button = QRadioButton(words)
            button.setProperty("code", code)
            group.addButton(button)
        return group

    def _order(self) -> None:
        kind, reader = _chosen(self.kinds), _chosen(self.readers)
        wanted: tuple[str, ...] = ("court", "other_party") if reader == "court" else (reader,)  # parties get it, too
        readers = frozenset[Reader](one for one in get_args(Reader) if one in wanted)
        self.ordered.emit(ThreadOrder(kind, self._wanted, readers, _FOR[reader]))
        self.accept()


def _chosen(group: QButtonGroup) -> str:
    return next((str(button.property("code")) for button in group.buttons() if button.isChecked()), "")
