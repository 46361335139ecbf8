"""Contact outside what is allowed, over all case files: with which child, by whose decision, and for which reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.beside_caseload import BesideCaseload
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.outside_words import outside_line
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.allowed_contact import OutsideCase
    from tac_desktop.actions.vaults import Store
    from tac_desktop.ui.jobs import Steps


class OutsideScreen(BesideCaseload):
    """What has no reason yet, and all the rest; the newest first."""

    record_opened = Signal(str, str, str)
    """Case file, form, record."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.set_title(self.tr("Outside allowed contact"))

    def show_found(self, found: "Sequence[OutsideCase]") -> None:
        """Show contact that is not allowed, the newest first."""
        self.refill(lambda: self._fill(found))

    def _fill(self, found: "Sequence[OutsideCase]") -> None:
        words = self.tr("Contact that is logged or planned although a decision says no. It is a list to talk about,"
                        " not a list of mistakes.")  # fmt: skip
        self.rows.addWidget(self.kit.label(words, "hint", wrap=True))
        silent = [one for one in found if not one.found.reason]
        told = [one for one in found if one.found.reason]
        title = self.tr("Without a reason: it came from elsewhere, or the decision came later")
        self.show_part(title, silent, self._line, self.tr("Nothing waits for a reason."))
        self.show_part(self.tr("With a reason"), told, self._line)

    def _line(self, one: "OutsideCase") -> LineButton:
        line = outside_line(one.found, one.child)
        named = RecordLine(line.record_id, f"{one.name}: {line.title}", line.details, line.badge, line.tone)
        button = LineButton(self.kit, named)
        button.setProperty("where", (one.case_file, one.found.form))
        button.clicked.connect(self._open)
        return button

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            case_file, form = cast("tuple[str, str]", line.property("where"))
            self.record_opened.emit(case_file, form, line.record_id)


class OutsideDesk(QObject):
    """What happens behind the page: everything is read in the lane."""

    def __init__(self, bench: Workbench) -> None:
        """Build the page."""
        super().__init__()
        self._bench = bench
        self.screen = OutsideScreen(bench.kit)
        self.screen.reading_wanted.connect(self._read)
        bench.changed.connect(self._read)

    def _read(self) -> None:
        today = self._bench.today()

        def action(store: "Store") -> "Steps":
            from tac_desktop.actions.allowed_contact import outside_everywhere

            return (yield from outside_everywhere(store, today))

        self._bench.run(self._bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        self.screen.show_found(cast("list[OutsideCase]", found))
