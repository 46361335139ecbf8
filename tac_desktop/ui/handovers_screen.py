"""The cases that were handed over: what is under way, and what is over; each leads to its case file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.beside_caseload import BesideCaseload
from tac_desktop.ui.hand_over_words import kind_words, state_words, who_words
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import short_day
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.actions.vaults import Store


class HandoversScreen(BesideCaseload):
    """Two lists, the newest first."""

    case_opened = Signal(str)

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.set_title(self.tr("Hand-overs"))

    def show_handovers(self, found: "Sequence[tuple[HandOver, str]]") -> None:
        """Show hand-overs, each with the name of the mother, the oldest first."""
        self.refill(lambda: self._fill(found))

    def _fill(self, found: "Sequence[tuple[HandOver, str]]") -> None:
        live = [(one, name) for one, name in reversed(found) if one.state != "ended"]
        over = [(one, name) for one, name in reversed(found) if one.state == "ended"]
        title, none = self.tr("Under way, or in other hands"), self.tr("No case file is in other hands.")
        self.show_part(title, live, self._line, none)
        self.show_part(self.tr("Over"), over, self._line)

    def _line(self, found: "tuple[HandOver, str]") -> LineButton:
        one, name = found
        words, tone = state_words(one)
        details = f"{kind_words(one)} · {who_words(one)} · {short_day(one.from_day)}"
        line = LineButton(self.kit, RecordLine(one.case_file, name, details, words, tone))
        line.clicked.connect(self._open)
        return line

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.case_opened.emit(line.record_id)


class HandoversDesk(QObject):
    """What happens behind the page: the hand-overs are read in the lane."""

    def __init__(self, bench: Workbench) -> None:
        """Build the page."""
        super().__init__()
        self._bench = bench
        self.screen = HandoversScreen(bench.kit)
        self.screen.reading_wanted.connect(self._read)
        bench.changed.connect(self._read)

    def _read(self) -> None:
        vault, today = self._bench.vault, self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.handing_over import handovers

            yield 0, 1
            found = handovers(vault, store, today=today)
            mothers = {one.case_file: store.record(one.case_file) for one in found}
            return [(one, mother.text("name") if (mother := mothers[one.case_file]) else "") for one in found]

        self._bench.run(self._bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        self.screen.show_handovers(cast("list[tuple[HandOver, str]]", found))
