"""Lines that are opened by a key: the first of them at once, the others when somebody asks for them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.ui.focus import lead_on
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.record_list import LineButton, RecordLine

SHOWN_AT_ONCE = 30

_Shown = TypeVar("_Shown")


class LineList(QFrame, Generic[_Shown]):
    """What stands on a line is worked out only for the lines that are shown: there may be thousands."""

    opened = Signal(str)
    """The id of the record whose line was chosen."""

    def __init__(self, kit: Kit, line_of: Callable[[_Shown], RecordLine]) -> None:
        """Take what makes the line of one; `show_lines` brings them."""
        super().__init__()
        self._kit, self._line_of = kit, line_of
        self._several: Sequence[_Shown] = ()
        self._shown = 0
        self._rows = kit.column(gap=8)
        self.more = kit.button("", kind="ghost")
        self.more.clicked.connect(self._add)
        self.setLayout(kit.column(self._rows, kit.flow(self.more), gap=8))
        self.more.hide()

    def show_lines(self, several: Sequence[_Shown]) -> None:
        """Show these, in their order, in place of those that were shown."""
        clear(self._rows)
        self._several, self._shown = several, 0
        self._add()

    def lines(self) -> list[LineButton]:
        """Return the lines that are on the screen."""
        return [line for line in self.findChildren(LineButton) if not line.isHidden()]

    def _add(self) -> None:
        added = [self._line(one) for one in self._several[self._shown : self._shown + SHOWN_AT_ONCE]]
        lead_on(self.more, added)
        self._shown += len(added)
        left = len(self._several) - self._shown
        self.more.setText(self.tr("Show more ({n} left)").format(n=f"{left:,}"))
        self.more.setVisible(left > 0)

    def _line(self, one: _Shown) -> LineButton:
        line = LineButton(self._kit, self._line_of(one))
        line.clicked.connect(self._open)
        self._rows.addWidget(line)
        line.show()  # what a layout takes up is else shown only when the event loop comes round
        return line

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.opened.emit(line.record_id)


class OlderLines(QFrame):
    """A button, and once it is pressed the lines for which it stands."""

    def __init__(self, kit: Kit, words: str, lines: Callable[[], Sequence[LineButton]]) -> None:
        """Take the words of the button, and what makes the lines; there is at least one."""
        super().__init__()
        self._lines = lines
        self.more = kit.button(words, "clock", kind="ghost")
        self.more.clicked.connect(self._show)
        self._column = kit.column(kit.flow(self.more), gap=8)
        self.setLayout(self._column)

    def _show(self) -> None:
        lines = self._lines()
        for line in lines:
            self._column.addWidget(line)
            line.show()  # what a layout takes up is else shown only when the event loop comes round
        lines[0].setFocus()  # the button that had the keyboard goes
        self.more.hide()
