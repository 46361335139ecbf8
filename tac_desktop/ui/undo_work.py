"""Undoes the last save, from wherever it is wanted, and shows the page again as it stands then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.forms import ALL
from tac_desktop.errors import TacError
from tac_desktop.ui.frame import Frame

if TYPE_CHECKING:
    from tac_desktop.ui.workbench import Workbench


class UndoWork(QObject):
    """Asked by Ctrl+Z outside a text, and by the buttons that stand beside 'saved'."""

    undone = Signal()
    """Something was undone: what shows it has to be read anew."""

    def __init__(self, bench: "Workbench", frame: Frame, is_past: Callable[[], bool], parent: QObject) -> None:
        """Take the bench, the frame whose page is read anew, and what says whether that shows an earlier day."""
        super().__init__(parent)
        self._bench, self._frame, self._is_past = bench, frame, is_past
        bench.messages.undo_wanted.connect(self.undo)

    def undo(self) -> None:
        """Undo the last save and say what it was; say why not, where it cannot be."""
        from tac_desktop.actions.undoing import undo_last_save

        bench, page = self._bench, self._frame.page(self._frame.current())
        if self._is_past():
            bench.messages.say(self.tr("You look at an earlier day. Go back to today to undo what you saved."), "warn")
            return
        if page is not None:
            page.settle()
        try:
            touched = undo_last_save(bench.store, bench.person, now=bench.moment())
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        place = page.place() if page is not None else ""
        self.undone.emit()
        if page is not None:
            page.return_to(place)
        by_hand = [one for one in touched if ALL[one.form].by_hand]
        named = ", ".join(dict.fromkeys(ALL[one.form].title for one in by_hand))
        if any(bench.store.record(one.record_id, one.form, one.case_file) is None for one in by_hand):
            words = self.tr("Undone: {what}. What was new lies among what was removed, and can be brought back.")
        else:
            words = self.tr("Undone: {what}. It stands as before the last save.")
        bench.messages.say(words.format(what=named))
