"""The way to a case file as it was known on an earlier day, and back to today before anything is written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.case_sections import SINCE
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.soon import soon
from tac_desktop.ui.workbench import Workbench


class EarlierDays(QObject):
    """Knows whether the case file in front is of an earlier day."""

    def __init__(
        self, bench: Workbench, frame: Frame, open_case: Callable[[str, str, str], None], parent: QObject
    ) -> None:
        """Take the bench, the frame, and what opens a case file at a place, as it was known on an ISO day."""
        super().__init__(parent)
        self._bench, self._frame, self._open_case = bench, frame, open_case

    def is_past(self) -> bool:
        """Say whether the case file that is in front is looked at as it was known on an earlier day."""
        from tac_desktop.ui.case_screen import CaseScreen

        page = self._frame.page(self._frame.current())
        return isinstance(page, CaseScreen) and bool(page.desk.known_on)

    def show(self, case_file: str, day: str) -> None:
        """Show a case file as it was known on an ISO day, or as it is now (''), at the section that is shown."""
        from tac_desktop.ui.case_screen import CaseScreen

        page = self._frame.page(self._frame.current())
        place = page.place().partition(SINCE)[0].partition("|")[0] if isinstance(page, CaseScreen) else ""
        soon(self, partial(self._open_case, case_file, "overview" if day else place, day))  # who asks is replaced

    def today_first(self, case_file: str, then: Callable[[], None]) -> None:
        """Lead back to today where an earlier day is shown, since nothing is written there; do something then."""
        if not self.is_past():
            then()
            return
        self.show(case_file, "")
        soon(self, partial(self._say_and, then))  # when the page is there

    def say_nothing_was_known(self, day: str) -> None:
        """Tell that there was no case file of hers yet on a day."""
        words = self.tr("Nothing was known of her on {day}. Choose a later day.")
        self._bench.messages.say(words.format(day=day_in_words(day)), "warn")

    def _say_and(self, then: Callable[[], None]) -> None:
        self._bench.messages.say(self.tr("Back to today: nothing is written into an earlier day."))
        then()
