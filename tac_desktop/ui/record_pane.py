"""What a page shows of its records at one time: lists of them, a form of one, or how its answers came about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.casework.form import Form
from tac_desktop.errors import TacError
from tac_desktop.ui.case_desk import CaseDesk, OpenForm
from tac_desktop.ui.history_panel import HistoryPanel
from tac_desktop.ui.kit import Kit

MARGIN = 16
"""In pixels at 100 %, round what scrolls."""


class RecordPane(QWidget):
    """Holds one widget at a time; what was typed in a form goes into its draft before something else is shown."""

    left = Signal()
    """The person wants to leave the form that is open."""
    changed = Signal()
    """Something else is shown."""

    def __init__(self, desk: CaseDesk) -> None:
        """Take the desk through which records are read and saved."""
        super().__init__()
        self._desk = desk
        self._open: OpenForm | None = None
        self._back_to = ""
        self._history_of: tuple[Form, str] | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def show_parts(self, *parts: QWidget) -> None:
        """Show parts below one another, on a page that scrolls."""
        self._put(_scrolling(self._desk.kit, *parts))

    def show_form(self, form: Form, record_id: str, *, back_to: str, question: str = "") -> OpenForm:
        """Show a form of a record ('' for a new one), at a question if one is named; return what it opened."""
        opened = self._desk.open_form(form, record_id, back_to=back_to)
        self._back_to = back_to
        self._put(opened.screen, opened)
        opened.screen.closed.connect(self.left)
        opened.screen.history_opened.connect(self._show_history)
        opened.screen.take_keyboard(question)
        return opened

    def open_form(self) -> OpenForm | None:
        """Return the form that is open, None if there is none."""
        return self._open

    def settle(self) -> None:
        """Write what has been typed into the drafts, now."""
        if self._open is not None:
            self._open.screen.settle()

    def _put(self, widget: QWidget, opened: OpenForm | None = None) -> None:
        self.settle()
        while (item := self._inside.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison] - None at the end
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._open = opened
        self._inside.addWidget(widget)
        widget.show()
        self.changed.emit()

    def _show_history(self) -> None:
        opened = self._open
        if opened is None:
            return
        desk = self._desk
        try:
            changes = desk.history(opened.record_id)
        except TacError as error:
            desk.means.messages.trouble(error)
            return
        panel = HistoryPanel(desk.kit, opened.form, changes, desk.people(), desk.named)
        self._history_of = (opened.form, opened.record_id)
        panel.closed.connect(self._leave_history)
        self.show_parts(panel)
        panel.take_keyboard()

    def _leave_history(self) -> None:
        if self._history_of is not None:
            self.show_form(*self._history_of, back_to=self._back_to)


def _scrolling(kit: Kit, *parts: QWidget) -> QWidget:
    page = QFrame()
    page.setProperty("role", "page")
    column = kit.column(*parts, None, gap=28)
    column.setContentsMargins(*(kit.px(MARGIN),) * 4)
    page.setLayout(column)
    return kit.scroll(page)
