"""The cases that were handed over: what is under way, and what is over; each leads to its case file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.hand_over_words import kind_words, state_words, who_words
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import short_day
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.actions.vaults import Store

_SHOWN_AT_ONCE = 100


class HandoversScreen(Page):
    """Two lists, the newest first."""

    case_opened = Signal(str)
    closed = Signal()
    """Back to the caseload."""
    reading_wanted = Signal()
    """The page came to the front: what it shows shall be read anew."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit, "Hand-overs")
        self._back = kit.button(self.tr("Caseload"), "arrow-left", name=self.tr("Back to the caseload"))
        self._back.clicked.connect(self.closed)
        self.add_action(self._back)
        self._rows = kit.column(gap=8)
        self.add(self._rows)
        self.add(None)

    def show_handovers(self, found: "Sequence[tuple[HandOver, str]]") -> None:
        """Show hand-overs, each with the name of the mother, the oldest first."""
        clear(self._rows)
        live = [(one, name) for one, name in reversed(found) if one.state != "ended"]
        over = [(one, name) for one, name in reversed(found) if one.state == "ended"]
        self._part(self.tr("Under way, or in other hands"), live, self.tr("No case file is in other hands."))
        self._part(self.tr("Over"), over, "")

    def lines(self) -> list[LineButton]:
        """Return the lines that are on the screen."""
        return [line for line in self.findChildren(LineButton) if not line.isHidden()]

    def arrive(self) -> None:
        """Have everything read anew, and put the keyboard on the way back."""
        self._back.setFocus()
        self.reading_wanted.emit()

    def _part(self, title: str, found: "Sequence[tuple[HandOver, str]]", none: str) -> None:
        kit = self.kit
        if not found and not none:
            return
        self._show(kit.label(f"{title} ({len(found):,})", "h2", wrap=True))
        if not found:
            self._show(kit.label(none, "hint", wrap=True))
        for one, name in found[:_SHOWN_AT_ONCE]:
            words, tone = state_words(one)
            details = f"{kind_words(one)} · {who_words(one)} · {short_day(one.from_day)}"
            line = LineButton(kit, RecordLine(one.case_file, name, details, words, tone))
            line.clicked.connect(self._open)
            self._show(line)

    def _show(self, part: QWidget) -> None:
        self._rows.addWidget(part)
        part.show()

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
