"""The records of one form in a list: open one, add another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from tac_desktop.casework.form import Form
from tac_desktop.casework.record import Record
from tac_desktop.ui.focus import lead_on, put_in_order
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit

SHOWN_AT_ONCE = 20
BUILT_AT_ONCE = 10
"""So many lines are built, laid out and drawn without the window standing still; the others follow as it turns."""
_SHORT_TITLE = 32


@dataclass(frozen=True)
class RecordLine:
    """What a list shows of a record."""

    record_id: str
    title: str
    details: str
    badge: str = ""
    tone: str = "neutral"


class LineButton(QPushButton):
    """A line that is opened by a click, by Space or by Return; its words wrap."""

    def __init__(self, kit: Kit, line: RecordLine, *, number: str = "") -> None:
        """Take the line; `number` stands before its title."""
        super().__init__()
        self.record_id = line.record_id
        self._heights: dict[int, int] = {}
        self.setProperty("kind", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        title = kit.label(f"{number}{line.title}", "label", wrap=True)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(kit.px(16), kit.px(10), kit.px(16), kit.px(10))
        self._inside.setSpacing(kit.px(2))
        badge = [kit.badge(line.badge, line.tone)] if line.badge else []
        beside = badge if len(line.title) <= _SHORT_TITLE else []
        head = kit.row(title, *beside)
        head.setStretch(0, 1)
        self._inside.addLayout(head)
        if line.details:
            self._inside.addWidget(kit.label(line.details, "hint", wrap=True))
        if badge and not beside:
            self._inside.addLayout(kit.row(*badge, None))
        for label in self.findChildren(QFrame):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{number}{line.title}")
        self.setAccessibleDescription(". ".join(part for part in (line.details, line.badge) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width (Qt)."""
        return True

    def heightForWidth(self, arg__1: int) -> int:
        """Return the height of the wrapped words, which stay as they are (Qt)."""
        if arg__1 not in self._heights:
            self._heights[arg__1] = self._inside.totalHeightForWidth(arg__1)
        return self._heights[arg__1]

    def changeEvent(self, arg__1: QEvent) -> None:
        """Reckon the height anew, whatever has changed: most likely the font (Qt)."""
        self._heights.clear()
        super().changeEvent(arg__1)

    def sizeHint(self) -> QSize:
        """Ask for the room of the words (Qt)."""
        return self._inside.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the words wrap (Qt)."""
        return QSize(0, self._inside.totalMinimumSize().height())


class LeadingLine(LineButton):
    """A line that leads to a record, at the question that comes next in it."""

    led = Signal(str, str, str)
    """The form's name, the record's id, and the question, '' for the first."""

    def __init__(self, kit: Kit, form: str, line: RecordLine, question: str = "") -> None:
        """Take the form of the record, the line, and the question."""
        super().__init__(kit, line)
        self._to = form, line.record_id, question
        self.clicked.connect(self._lead)

    def _lead(self) -> None:
        self.led.emit(*self._to)


class LinesOf(Sequence[RecordLine]):
    """The lines of records, each put into words when it is shown: a full case file has hundreds of letters."""

    def __init__(self, records: Sequence[Record], in_words: Callable[[Record], RecordLine]) -> None:
        """Take the records in their order, and what puts one into words."""
        self._records, self._in_words = records, in_words

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> RecordLine: ...
    @overload
    def __getitem__(self, place: slice) -> "LinesOf": ...
    def __getitem__(self, place: int | slice) -> "RecordLine | LinesOf":
        """Return the line in a place, or the lines between two."""
        if isinstance(place, slice):
            return LinesOf(self._records[place], self._in_words)
        return self._in_words(self._records[place])


class RecordList(QFrame):
    """One form's records, and the button that adds another."""

    opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal(str)
    """The name of the form of which another record is wanted."""
    same_wanted = Signal(str)
    """The name of the form of which two records turned out to be one."""

    def __init__(self, kit: Kit, form: Form, lines: Sequence[RecordLine], *, may_add: bool = True) -> None:
        """Take the lines in the order in which they are shown."""
        super().__init__()
        self._kit, self._form, self._lines = kit, form, lines
        self._shown = 0
        heading = kit.row(kit.label(form.several, "h2", wrap=True))
        heading.setStretch(0, 1)
        words = self.tr("Add another") if lines else self.tr("Add the first")
        self.add = kit.button(words, "plus", kind="primary", name=f"{words}: {form.title}")
        if may_add:
            heading.addWidget(self.add)
        self._rows = kit.column(gap=8)
        self._building = InTurns(self)
        self._more = kit.button("", kind="ghost")
        self.same = kit.button(self.tr("Two of these are one"), "link", kind="ghost")
        self.same.setAccessibleName(self.tr("Two of these are one and the same: {what}").format(what=form.several))
        self.same.setVisible(may_add and form.repeated and form.keeping == "case" and len(lines) > 1)
        self.same.clicked.connect(self._join)
        column = kit.column(heading, self._rows, kit.flow(self._more, self.same), gap=12)
        self.setLayout(column)
        if not lines:
            self._rows.addWidget(kit.label(self.tr("Nothing has been recorded here yet."), "hint", wrap=True))
        self.add.clicked.connect(self._add)
        self._more.clicked.connect(self._show_more)
        self._show_more()

    def lines(self) -> list[LineButton]:
        """Return the lines that are on the screen."""
        return self.findChildren(LineButton)

    def _show_more(self) -> None:
        self._building.finish()
        end = min(len(self._lines), self._shown + SHOWN_AT_ONCE)
        self._building.build(self._put(end), BUILT_AT_ONCE if end - self._shown > BUILT_AT_ONCE else None)

    def _put(self, end: int) -> Iterator[None]:
        """Put the lines up to a place above the button that shows more, which comes back when they are all there."""
        numbered = self._form.about == "child" and self._form.name == "child"
        for place in range(self._shown, end):
            number = f"{self._form.title} {place + 1}: " if numbered else ""
            button = LineButton(self._kit, self._lines[place], number=number)
            button.clicked.connect(self._open)
            self._rows.addWidget(button)
            button.show()  # what a layout takes up is else shown only when the event loop comes round
            lead_on(self._more, [button])
            self._more.hide()
            self._shown = place + 1
            yield
        put_in_order(self._more, [self.same])
        left = len(self._lines) - self._shown
        self._more.setText(f"Show more ({left:,} left)")
        self._more.setVisible(left > 0)

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.opened.emit(self._form.name, line.record_id)

    def _add(self) -> None:
        self.added.emit(self._form.name)

    def _join(self) -> None:
        self.same_wanted.emit(self._form.name)
