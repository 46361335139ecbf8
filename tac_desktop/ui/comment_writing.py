"""The comment on a record that is being written: nothing until it is begun, kept as a draft until it is sent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tac_desktop.ui.comment_card import CommentBox
from tac_desktop.ui.history_panel import local_moment
from tac_desktop.ui.kit import clear
from tac_desktop.ui.record_desk import ENTRY, TEXT, RecordDesk
from tac_desktop.ui.soon import soon


class CommentWriting(QFrame):
    """Holds the box while somebody writes in it. What she typed comes back with the record, wherever it is opened."""

    opened = Signal()
    """There is a box now."""
    closed = Signal()
    """The comment was written or thrown away."""

    def __init__(self, desk: RecordDesk) -> None:
        """Take the desk of the record."""
        super().__init__()
        self._desk, self._kit = desk, desk.kit
        self._entry = ""
        self.box: CommentBox | None = None
        self._inside = self._kit.column(gap=8)
        self.setLayout(self._inside)
        self.hide()

    def begin(self, entry: str = "") -> None:
        """Have a box for a comment on the record, or on one entry of its history; one that is open stays."""
        if self.box is None:
            self._open(entry)
        soon(self, self._into_view)

    def restore(self) -> None:
        """Bring back what a draft kept."""
        draft = self._desk.draft()
        if draft is not None and draft.typed.get(TEXT):
            self._open(str(draft.typed.get(ENTRY) or "")).restore(str(draft.typed[TEXT]))

    def settle(self) -> None:
        """Have what was typed kept as a draft, now."""
        if self.box is not None:
            self.box.settle()

    def stops(self) -> list[QWidget]:
        """Return the widgets that take the keyboard, in the order in which they are read."""
        return [self.box.box, self.box.send, self.box.cancel] if self.box is not None else []

    def heading(self, entry: str) -> str:
        """Return what a comment would be, on the record ('') or on an entry of its history."""
        about = self.about(entry)
        if about:
            return self.tr("Your comment: {about}").format(about=about[:1].lower() + about[1:])
        return self.tr("Your answer") if self._desk.comments() else self.tr("Your comment on this record")

    def about(self, entry: str) -> str:
        """Return in words which entry of the history that is, '' for the record itself."""
        if not entry:
            return ""
        at = self._desk.entry_at(entry)
        return self.tr("About the change of {at}").format(at=local_moment(at)) if at else self.tr("About a change")

    def _open(self, entry: str) -> CommentBox:
        self._entry = entry
        self.box = box = CommentBox(self._kit, self.heading(entry))
        box.typed.connect(self._keep)
        box.said.connect(self._say)
        box.left.connect(self._throw_away)
        self._inside.addWidget(box)
        self.show()
        box.show()  # what a layout takes up is else shown only when the event loop comes round
        self.opened.emit()
        return box

    def _into_view(self) -> None:
        area = _scroll_area(self)
        if area is not None and self.box is not None:
            area.ensureWidgetVisible(self.box, 0, self._kit.px(16))

    def _keep(self, text: str) -> None:
        self._desk.keep_draft(text, self._entry)

    def _say(self, text: str) -> None:
        box, self.box = self.box, None  # so that one can begin another when the record is read anew
        wrong = self._desk.say(text, self._entry)
        if wrong and box is not None:
            self.box = box
            box.refuse(wrong)
        else:
            self._close()

    def _throw_away(self) -> None:
        self._desk.forget_draft()
        self._close()

    def _close(self) -> None:
        self.box, self._entry = None, ""
        clear(self._inside)
        self.hide()
        self.closed.emit()


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):  # pyright: ignore[reportUnnecessaryComparison] - None at the top
        area = area.parentWidget()
    return area
