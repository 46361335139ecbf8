"""A home as a card: who looks after whom there, and of each child what is recorded, and what is still to be asked."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.family import ChildThere, Household
from tac_desktop.casework.family_words import Line, heading_of, lines_of, spoken, title_of
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.ui.kit import Kit, take_out

_LABELS = 104
"""Width of what stands before each fact, in pixels at 100 %."""
_NARROWEST = 330
"""Width of a card in pixels at 100 % from which there is room for another one beside it."""


class HouseholdCard(QFrame):
    """One home. It takes the keyboard as a whole, so that all of it is read aloud; each child opens its record."""

    record_opened = Signal(str, str)
    """A form and the id of its record."""
    begun = Signal(str, object)
    """A form of which a record is missing, and the answers with which it begins."""
    move_wanted = Signal(object)
    """The ids of the children of whom somebody moved, as a tuple."""

    def __init__(
        self, kit: Kit, home: Household, day: str, called: Callable[[Record], str], *, may_write: Callable[[str], bool]
    ) -> None:
        """Take the home as it was on a day, and of which forms the person may write records."""
        super().__init__()
        self._kit, self._home, self._day, self._called, self._may_write = kit, home, day, called, may_write
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(spoken(home, day, called))
        icon = kit.picture("circle-dashed" if home.kind in ("not_recorded", "unborn") else "house", "text_2")
        heading = kit.row(icon, kit.label(title_of(home, called), "h3", wrap=True), gap=8)
        heading.setStretch(1, 1)
        heading.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        column = kit.column(heading, gap=10)
        for one in home.children:
            column.addWidget(self._child(one))
            self._add_missing(column, one)
        if may_write("placement") and home.kind != "unborn":
            self.move_button = kit.button(self.tr("Record a move"), "arrow-right", kind="ghost")
            self.move_button.setAccessibleName(
                self.tr("Record a move from: {where}").format(where=title_of(home, called))
            )
            self.move_button.clicked.connect(self._want_move)
            column.addLayout(kit.flow(self.move_button))
        column.setContentsMargins(*(kit.px(16),) * 4)
        self.setLayout(column)

    def _child(self, one: ChildThere) -> QFrame:
        kit = self._kit
        name = heading_of(one, self._day, self._called)
        button = kit.button(name, kind="link", name=self.tr("Open {child}").format(child=name))
        button.clicked.connect(partial(self.record_opened.emit, "child", one.child.id))
        facts = QGridLayout()
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setHorizontalSpacing(kit.px(10))
        facts.setVerticalSpacing(kit.px(3))
        facts.setColumnStretch(1, 1)
        for row, line in enumerate(lines_of(one, self._day)):
            asked = kit.label(line.label, "hint", wrap=True)
            asked.setFixedWidth(kit.px(_LABELS))
            facts.addWidget(asked, row, 0, Qt.AlignmentFlag.AlignTop)
            words = kit.label(line.words, "body" if line.known else "hint", wrap=True)
            facts.addWidget(words, row, 1)
        frame = QFrame()
        frame.setLayout(kit.column(kit.rule(), kit.flow(button), facts, gap=4))
        return frame

    def _add_missing(self, column: QVBoxLayout, one: ChildThere) -> None:
        """Offer to record what is not known, each form once."""
        ways = list(_missing(one, self._day, self._may_write))
        if not ways:
            return
        flow = self._kit.flow(self._kit.label(self.tr("To be asked:"), "hint"), gap=4, row_gap=0)
        for words, line in ways:
            name = self.tr("Record for {child}: {what}").format(child=self._called(one.child), what=words.lower())
            button = self._kit.button(words, "plus", kind="ghost", name=name)
            button.clicked.connect(partial(self._ask, one.child.id, line))
            flow.addWidget(button)
        column.addLayout(flow)

    def _ask(self, child: str, line: Line) -> None:
        if line.record_id:
            self.record_opened.emit(line.form, line.record_id)
            return
        fields = ALL[line.form].by_name
        answers: dict[str, Answer] = {"children": (child,)} if "children" in fields else {"child": child}
        if line.form == "parental_responsibility":
            answers["who"] = "mother"
        self.begun.emit(line.form, answers)

    def _want_move(self) -> None:
        self.move_wanted.emit(tuple(one.child.id for one in self._home.children))


def _missing(one: ChildThere, day: str, may_write: Callable[[str], bool]) -> Iterator[tuple[str, Line]]:
    """Yield what is not recorded, in words, with the line that says so; what one form tells stands together."""
    ways: dict[tuple[str, str], list[Line]] = {}
    for line in lines_of(one, day):
        if not line.known and line.form and may_write(line.form):
            ways.setdefault((line.form, line.record_id), []).append(line)
    for lines in ways.values():
        first, *others = [line.label for line in lines]
        yield ", ".join([first, *(words.lower() for words in others)]), lines[0]


class CardColumns(QWidget):
    """Cards in as many columns as there is room for, each card below the shortest column so far."""

    def __init__(self, kit: Kit) -> None:
        """Build it without cards."""
        super().__init__()
        self._kit = kit
        self._cards: list[QWidget] = []
        self._count = 0
        self._columns: list[QVBoxLayout] = []
        self._texts: list[int] = []
        """How many texts stand in each column: how high they are the layout reckons once, when they are there."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(kit.px(16))

    def begin(self, count: int) -> None:
        """Take away what is shown; so many cards will be added."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards, self._count = [], count
        self._place(self._wanted())

    def add(self, card: QWidget) -> None:
        """Show one more card; they are read in the order in which they are added."""
        self._cards.append(card)
        self._put(card)
        card.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another number of columns where the width asks for it (Qt)."""
        super().resizeEvent(event)
        if self._wanted() != len(self._columns):
            self._place(self._wanted())

    def _wanted(self) -> int:
        return max(1, min(self._count, 3, self.width() // self._kit.px(_NARROWEST)))

    def _place(self, count: int) -> None:
        for column in self._columns:
            take_out(column)
            self._row.removeItem(column)
            column.deleteLater()
        self._columns = []
        for _ in range(count):
            column = self._kit.column(gap=16)
            self._row.addLayout(column, 1)
            self._columns.append(column)
            column.addStretch(1)
        self._texts = [0] * count
        for card in self._cards:
            self._put(card)

    def _put(self, card: QWidget) -> None:
        """Put a card below the shortest column, above the room that is left."""
        shortest = self._texts.index(min(self._texts))
        self._texts[shortest] += len(card.findChildren(QLabel))
        column = self._columns[shortest]
        column.insertWidget(column.count() - 1, card)
