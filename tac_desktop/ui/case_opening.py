"""Opens the page of a case file; of a very full one in turns, so that the window answers while it is read."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.actions.reading import is_full
from tac_desktop.errors import TacError
from tac_desktop.ui.soon import soon

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen

_OVERVIEW = "overview"


class CaseOpening(QObject):
    """Reads a case file and shows its overview: now, or if there is very much in it after the page itself has come.

    Whoever asks the desk for records before that has them: it reads them when they are first asked for.
    """

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the page, and begin.

        Raises:
            UnknownRecord: there is no such case file.
            CaseRestricted: it is closed to the person.
        """
        super().__init__(screen)
        desk = screen.desk
        if not desk.known_on and is_full(desk.means.store, desk.person, desk.case_file):
            soon(self, self._read)
        else:
            screen.read()
            screen.show_section(_OVERVIEW)

    def _screen(self) -> "CaseScreen":
        return cast("CaseScreen", self.parent())

    def _read(self) -> None:
        screen = self._screen()
        try:
            screen.desk.read()
        except TacError as trouble:
            screen.desk.means.messages.trouble(trouble)
            screen.closed.emit()
        else:
            soon(self, self._show)

    def _show(self) -> None:
        screen = self._screen()
        screen.read()
        if screen.place() == _OVERVIEW:  # else something was opened meanwhile
            screen.show_section(_OVERVIEW)
