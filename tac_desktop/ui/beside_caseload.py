"""A page to which the caseload leads: the way back at its head, and below it lists with headings of their own."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_list import LineButton

_SHOWN_AT_ONCE, _BUILT_AT_ONCE = 100, 15

_Found = TypeVar("_Found")


class BesideCaseload(Page):
    """Whatever it shows is read anew each time that it comes to the front."""

    closed = Signal()
    """Back to the caseload."""
    reading_wanted = Signal()
    """The page came to the front: what it shows shall be read anew."""

    def __init__(self, kit: Kit, *, gap: int = 8) -> None:
        """Build it empty; `gap` between what it shows, in pixels at 100 %."""
        super().__init__(kit, "")
        self._back = kit.button(self.tr("Caseload"), "arrow-left", name=self.tr("Back to the caseload"))
        self._back.clicked.connect(self.closed)
        self.add_action(self._back)
        self._was_at = ""
        """The record on whose line the keyboard was when one went away from here."""
        self._parts: list[Iterator[None]] = []
        self._building = InTurns(self)
        self.rows = kit.column(gap=gap)
        self.add(self.rows)
        self.add(None)

    def refill(self, fill: Callable[[], None]) -> None:
        """Show everything anew; the keyboard goes back to the line of the record on which it was."""
        at = self.window().focusWidget()
        on_line = isinstance(at, LineButton) and self.isAncestorOf(at)
        held = on_line or at is self._back
        was_at = at.record_id if isinstance(at, LineButton) and on_line else self._was_at
        self._was_at = ""
        clear(self.rows)
        self._parts.clear()
        fill()
        self._building.build(chain.from_iterable(self._parts), _BUILT_AT_ONCE)
        if held:
            if was_at:
                self._building.finish()
            line = next((line for line in self.lines() if line.record_id == was_at), None)
            (line or self._back).setFocus()

    def show_part(
        self, title: str, found: Sequence[_Found], line: Callable[[_Found], LineButton], none: str = ""
    ) -> None:
        """Show a heading with how many were found, and a line for each of the first hundred; while it is refilled.

        Args:
            title: The heading.
            found: What was found, in the order in which it is shown.
            line: Makes the line of one.
            none: What is said where nothing was found; '' leaves the whole part out then.
        """
        if found or none:
            self._parts.append(self._part(title, found, line, none))

    def _part(
        self, title: str, found: Sequence[_Found], line: Callable[[_Found], LineButton], none: str
    ) -> Iterator[None]:
        self._put(self.kit.label(f"{title} ({len(found):,})", "h2", wrap=True))
        if not found:
            self._put(self.kit.label(none, "hint", wrap=True))
        for one in found[:_SHOWN_AT_ONCE]:
            self._put(line(one))
            yield
        if len(found) > _SHOWN_AT_ONCE:
            words = self.tr("{n} more, older ones").format(n=f"{len(found) - _SHOWN_AT_ONCE:,}")
            self._put(self.kit.label(words, "hint", wrap=True))

    def lines(self) -> list[LineButton]:
        """Return the lines that are on the screen."""
        return [line for line in self.findChildren(LineButton) if not line.isHidden()]

    def arrive(self) -> None:
        """Have everything read anew; the keyboard is on the way back until the line is there on which it was."""
        line = self.focusWidget()
        self._was_at = line.record_id if isinstance(line, LineButton) else ""
        self._back.setFocus()
        self.reading_wanted.emit()

    def _put(self, part: QWidget) -> None:
        self.rows.addWidget(part)
        part.show()  # else it counts as hidden until the next turn of the event loop
