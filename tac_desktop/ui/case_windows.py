"""The windows that may open over a case file and keep what is typed: hand-over, restriction, the same woman."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from tac_desktop.ui.hand_over_desk import HandOverDesk
from tac_desktop.ui.restrict_desk import RestrictDesk
from tac_desktop.ui.same_woman_desk import SameWomanDesk

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen
    from tac_desktop.ui.workbench import Workbench

HAND_OVER, RESTRICT, SAME_WOMAN = "hand over", "restrict", "same woman"


class CaseWindows(QObject):
    """What stands behind the windows over one case file; it goes with the page."""

    changed = Signal()
    """The page has to be read again."""
    opened = Signal(str)
    """Another case file shall be shown instead."""
    cards_wanted = Signal()
    """Nobody's card was accepted yet."""

    def __init__(self, bench: "Workbench", page: "CaseScreen") -> None:
        """Take the page of the case file."""
        super().__init__(page)
        self.handing_over = HandOverDesk(bench, page)
        self.handing_over.changed.connect(self.changed)
        self.handing_over.cards_wanted.connect(self.cards_wanted)
        self.restricting = RestrictDesk(bench, page)
        self.restricting.changed.connect(self.changed)
        self.one_woman = SameWomanDesk(bench, page)
        self.one_woman.changed.connect(self.opened)
        self._desks: Mapping[str, HandOverDesk | RestrictDesk | SameWomanDesk] = {
            HAND_OVER: self.handing_over, RESTRICT: self.restricting, SAME_WOMAN: self.one_woman
        }  # fmt: skip
        for desk in self._desks.values():
            desk.setParent(self)  # it goes with the page: Python does not see the ring that its signals close

    def settle(self) -> None:
        """Have what was typed in them kept, now."""
        for desk in self._desks.values():
            desk.settle()

    def shown(self) -> tuple[str, QDialog | None]:
        """Return the name of the window that is open, and the window."""
        return next(((name, desk.window) for name, desk in self._desks.items() if desk.window), ("", None))

    def open_again(self, name: str) -> None:
        """Open a window by its name, if it is one of these."""
        if name in self._desks:
            self._desks[name].open()
