"""What a page shows below one another: parts that are put on it one after the other, as the loop turns if need be."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.ui.in_turns import InTurns, lay_out
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton

MARGIN = 16
"""In pixels at 100 %, round the parts."""


class PartsPage(QFrame):
    """To be put where it stays before there is anything on it: then a part is dressed and laid out once."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty; `put` brings the parts."""
        super().__init__()
        self.setProperty("role", "page")
        self._column = kit.column(None, gap=28)
        self._column.setContentsMargins(*(kit.px(MARGIN),) * 4)
        self.setLayout(self._column)
        self._building = InTurns(self)
        self._building.over.connect(self._give_back)
        self._awaited = ""
        self._lent_to: QWidget | None = None

    def put(self, parts: Iterable[QWidget], at_once: int | None = None) -> None:
        """Show parts, which Tab comes to in their order.

        Args:
            parts: Makes one part after the other.
            at_once: How many are made now, None for all; the others follow as the loop turns.
        """
        self._building.build(self._put(parts), at_once)
        lay_out()

    def stop(self) -> None:
        """Build nothing more of the parts, and no other part: something else is shown."""
        for building in self.findChildren(InTurns):
            building.stop()

    def take_keyboard(self, record: str) -> None:
        """Take the keyboard to the line of a record, else to the first button until that line is there."""
        line = self._line(record)
        first = (button for button in self.findChildren(QPushButton) if button.isVisibleTo(self))
        if (stop := line or next(first, None)) is not None:
            stop.setFocus()
        if line is None and record and not self._building.is_over():
            self._awaited, self._lent_to = record, stop

    def _give_back(self) -> None:
        """Take the keyboard to the line that came late, unless the person has moved on since."""
        line = self._line(self._awaited)
        if line is not None and self.window().focusWidget() is self._lent_to:
            line.setFocus()
        self._awaited, self._lent_to = "", None

    def _line(self, record: str) -> LineButton | None:
        return next((line for line in self.findChildren(LineButton) if record and line.record_id == record), None)

    def _put(self, parts: Iterable[QWidget]) -> Iterator[InTurns | None]:
        """Put each part above the room that is left, when what is still being built of the one above it is over."""
        for place, part in enumerate(parts):
            self._column.insertWidget(place, part)
            if not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.show()  # else it counts as hidden until the next turn of the event loop
            yield _unfinished(part)
            while (building := _unfinished(part)) is not None:
                yield building


def _unfinished(part: QWidget) -> InTurns | None:
    return next((building for building in part.findChildren(InTurns) if not building.is_over()), None)
