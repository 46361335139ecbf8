"""'Is that so?': what is unlikely beside the rest of the case file, and the reason why it holds all the same."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.ui import tokens
from tac_desktop.ui.focus import put_in_order, stop_before
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.soon import soon
from tac_desktop.ui.text_editor import TextBox

if TYPE_CHECKING:
    from tac_desktop.ui.form_screen import FormScreen


class DoubtCard(QFrame):
    """Stands above a form whose answers were doubted. What is typed in the form stays, and can be changed instead."""

    confirmed = Signal()
    """Reasons were written: the form shall be handed in again."""
    typed = Signal()
    """A reason was written on."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden: nothing is doubted yet."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "message")
        restyle(self, tone="warn")
        self._typed: dict[str, str] = {}
        self.boxes: dict[str, TextBox] = {}
        self._inside = kit.column(gap=8)
        self.save = kit.button(self.tr("Save with this reason"), "circle-check", kind="primary")
        self.save.clicked.connect(self.confirmed)
        hint = kit.label(self.tr("Or change what you wrote, and save again."), "hint", wrap=True)
        foot = kit.flow(self.save, hint, gap=16)
        column = kit.column(kit.label(self.tr("Is that so?"), "h2"), self._inside, foot, gap=8)
        column.setContentsMargins(*(kit.px(16),) * 4)
        self.setLayout(column)
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self.hide()

    def ask_above(self, screen: "FormScreen", doubts: Mapping[str, str]) -> None:
        """Ask above a form why what is unlikely holds; what was typed stays, and its questions say what is doubted."""
        screen.refuse({})
        screen.body.complain(doubts)
        screen.put_beside(self)
        self.ask(doubts, lambda name: screen.form.by_name[name].label)
        put_in_order(stop_before(screen.history), self.stops())
        screen.show_top()
        self.take_keyboard()

    def ask(self, doubts: Mapping[str, str], labels: Callable[[str], str]) -> None:
        """Say what is doubted, by field; a reason that was typed for a field before stays. It is shown by its owner.

        Args:
            doubts: A sentence or more for each field.
            labels: Gives the question of a field.
        """
        self._typed |= self.reasons()
        clear(self._inside)
        self.boxes = {}
        for field, told in doubts.items():
            self._add(self._kit.label(f"{labels(field)}: {told}", wrap=True))
            box = TextBox(self._kit, self.tr("Why it is so: {what}").format(what=labels(field)))
            box.setAccessibleDescription(told)
            box.show_words(self._typed.get(field, ""))
            box.textChanged.connect(self.typed)
            self.boxes[field] = box
            self._add(self._kit.label(self.tr("Why it is so"), "label"))
            self._add(box)
        self.setAccessibleName(" ".join([self.tr("Is that so?"), *doubts.values()]))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def reasons(self) -> dict[str, str]:
        """Return the reasons that were written, by field; none where nothing is asked."""
        return {field: box.words().strip() for field, box in self.boxes.items()}

    def to_keep(self) -> dict[str, str]:
        """Return what a draft keeps: the reasons that were written, also those for what is not asked just now."""
        return {field: reason for field, reason in (self._typed | self.reasons()).items() if reason}

    def remember(self, reasons: object) -> None:
        """Take back the reasons that a draft kept, for when the same is doubted again."""
        if isinstance(reasons, dict):
            self._typed |= {str(field): str(reason) for field, reason in cast("dict[object, object]", reasons).items()}

    def close_questions(self) -> None:
        """Ask nothing any more: it was saved, or dropped."""
        clear(self._inside)
        self.boxes, self._typed = {}, {}
        self.hide()

    def stops(self) -> list[QWidget]:
        """Return what takes the keyboard, in the order of reading."""
        return [*self.boxes.values(), self.save]

    def take_keyboard(self) -> None:
        """Put the keyboard into the first reason that is still to be written."""
        empty = [box for box in self.boxes.values() if not box.words().strip()]
        self._next = (empty or [*self.boxes.values()])[0]
        soon(self, self._into_box)

    def _into_box(self) -> None:
        if self._next in self.boxes.values():  # it may have been saved meanwhile
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, part: QWidget) -> None:
        self._inside.addWidget(part)
        part.show()
