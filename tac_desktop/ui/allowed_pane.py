"""What contact is allowed: the grid, all about the chosen cell, what has to be looked at, and what was outside."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from tac_desktop.casework.contact_matrix import Cell, kinds_in_words, matrix
from tac_desktop.casework.outside_permission import Outside, names_of, outside
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.outside_words import outside_line
from tac_desktop.ui.permission_grid import PermissionGrid
from tac_desktop.ui.permission_line import LOOKS
from tac_desktop.ui.record_list import LineButton

DECISION = "contact_permission"
_SHOWN_AT_ONCE = 20


class AllowedPane(QFrame):
    """Everything about allowed contact in one case file."""

    record_opened = Signal(str, str)
    """The form's name and the record's id."""
    begun = Signal(str, object)
    """A form of which another record is wanted, and the answers with which it begins."""
    still_right = Signal(object)
    """The ids of the children of whom all decisions are still right, a tuple."""
    section_opened = Signal(str)

    def __init__(
        self, kit: Kit, children: Sequence[Record], records: Mapping[str, Sequence[Record]], today: str, *,
        may_write: bool,
    ) -> None:  # fmt: skip
        """Take the children in the order in which they are shown, and the records of the case file by form."""
        super().__init__()
        self._kit, self._today, self._may_write = kit, today, may_write
        found = matrix(children, records, today)
        column = kit.column(kit.label(self.tr("Allowed contact"), "h2", wrap=True), gap=12)
        if not children:
            column.addWidget(self._without_children())
        else:
            if found.changed:
                touched = [one for one in found.children if one[0] in found.changed]
                column.addWidget(self._look_at(touched, found.changed))
            self.about, self._about = kit.card(16, 8)
            self._matrix, self._place = found, kit.column(gap=0)
            self.every_kind = kit.check(self.tr("A row for every kind of contact"), self._put_grid)
            column.addWidget(kit.label(self._keys(), "hint", wrap=True))
            column.addLayout(self._place)
            column.addLayout(kit.flow(self.every_kind))
            column.addWidget(self.about)
            self._put_grid(every_kind=False)
            column.addWidget(self._outside_card(outside(records, today), names_of(children)))
        self.setLayout(column)

    def _put_grid(self, every_kind: bool) -> None:
        clear(self._place)
        name = self.tr("Allowed contact today, by kind of contact and child")
        self.grid = PermissionGrid(self._kit, self._matrix, name, every_kind=every_kind)
        self.grid.setAccessibleDescription(self._keys())
        self.grid.moved.connect(self._tell)
        self.grid.opened.connect(self._open)
        self.grid.begun.connect(self._begin)
        before = self.every_kind.previousInFocusChain()
        self._place.addWidget(self.grid)
        if self.isVisible() and before is not None:  # else it stands where it was put; a new one comes after everything
            QWidget.setTabOrder(before, self.grid)
        self._tell(self.grid.current())

    def _keys(self) -> str:
        words = self.tr("What holds today. Arrow keys move from cell to cell, Return opens the decision")
        return words + (self.tr(" or writes the first one, Insert writes another.") if self._may_write else ".")

    def _without_children(self) -> QWidget:
        words = self.tr("Record the children first: what is allowed is said for each of them.")
        go = self._kit.button(self.tr("Children"), "arrow-right")
        go.clicked.connect(self._to_children)
        return self._boxed(self._kit.label(words, "hint", wrap=True), go)

    def _boxed(self, *parts: QWidget) -> QFrame:
        card, inside = self._kit.card(16, 8)
        for part in parts:
            inside.addLayout(self._kit.flow(part)) if isinstance(part, QPushButton) else inside.addWidget(part)
        return card

    def _look_at(self, children: Sequence[tuple[str, str]], changed: Mapping[str, str]) -> QFrame:
        """Say about which children something changed, and offer to say that what is decided still holds."""
        kit, note = self._kit, QFrame()
        note.setProperty("role", "message")
        restyle(note, tone="warn")
        on_day: dict[str, list[str]] = {}
        for child, name in children:
            on_day.setdefault(changed[child], []).append(name)
        since = (self.tr("on {day} for {names}").format(day=day_in_words(day), names=", ".join(names))
                 for day, names in sorted(on_day.items()))  # fmt: skip
        words = self.tr("An order, a home, a plan, parental responsibility or custody changed {when}. Is what is"
                        " allowed still right?").format(when="; ".join(since))  # fmt: skip
        note.setAccessibleName(words)
        said = kit.row(kit.picture("triangle-alert", "warn"), kit.label(words, wrap=True), gap=12)
        said.setStretch(1, 1)
        column = kit.column(said, gap=4)
        column.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        if self._may_write:
            column.addLayout(kit.flow(*self._all_right(children)))
        note.setLayout(column)
        return note

    def _all_right(self, children: Sequence[tuple[str, str]]) -> Iterator[QPushButton]:
        everybody = (tuple(child for child, _ in children), self.tr("all of them"))
        several = [everybody] if len(children) > 1 else []
        for wanted, name in [*several, *(((child,), name) for child, name in children)]:
            right = self._kit.button(self.tr("Still right: {name}").format(name=name), "circle-check", kind="link")
            right.clicked.connect(partial(self.still_right.emit, wanted))
            yield right

    def _tell(self, cell: Cell | None) -> None:
        """Show everything about a cell below the grid."""
        clear(self._about)
        if cell is None:
            return
        kit, standing = self._kit, cell.permission.standing
        what = f"{kinds_in_words(cell.channels)} · {cell.name}"
        tone = "neutral" if standing == "not_said" else LOOKS[standing][1]
        self._about.addWidget(kit.label(what, "h3", wrap=True))
        self._about.addLayout(kit.flow(kit.badge(cell.lines()[0], tone)))
        for heading, words in cell.told():
            self._about.addWidget(self._pair(heading, words))
        if standing == "not_said":
            words = self.tr("Nobody has written down a decision about this. It is neither allowed nor forbidden.")
            self._about.addWidget(kit.label(words, "hint", wrap=True))
        self._about.addLayout(self._ways(cell))
        self.about.setAccessibleName(cell.spoken())

    def _pair(self, heading: str, words: str) -> QLabel:
        return self._kit.label(f"{heading}: {words}", wrap=True)

    def _ways(self, cell: Cell) -> Flow:
        kit, ways = self._kit, list[QPushButton]()
        if cell.record_id:
            opened = kit.button(self.tr("Open the decision"), "file-text")
            opened.clicked.connect(self._open_current)
            ways.append(opened)
        if self._may_write:
            begun = kit.button(self.tr("Write down a decision"), "plus")
            begun.clicked.connect(self._begin_current)
            ways.append(begun)
        return kit.flow(*ways)

    def _outside_card(self, found: Sequence[Outside], names: Mapping[str, str]) -> QFrame:
        kit = self._kit
        card, inside = kit.card(16, 8)
        title = self.tr("Outside what is allowed")
        inside.addLayout(kit.row(kit.label(title, "h3"), None, kit.badge(str(len(found)), "warn" if found else "ok")))
        card.setAccessibleName(f"{title}: {len(found)}")
        if not found:
            words = self.tr("No contact is logged or planned that is not allowed.")
            inside.addWidget(kit.label(words, "hint", wrap=True))
        for one in found[:_SHOWN_AT_ONCE]:
            button = LineButton(kit, outside_line(one, names.get(one.child, "")))
            button.setProperty("form", one.form)
            button.clicked.connect(self._follow)
            inside.addWidget(button)
        if len(found) > _SHOWN_AT_ONCE:
            words = self.tr("{n} more, older ones").format(n=len(found) - _SHOWN_AT_ONCE)
            inside.addWidget(kit.label(words, "hint", wrap=True))
        return card

    def _to_children(self) -> None:
        self.section_opened.emit("children")

    def _follow(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.record_opened.emit(str(line.property("form")), line.record_id)

    def _open(self, cell: Cell) -> None:
        self.record_opened.emit(DECISION, cell.record_id)

    def _begin(self, cell: Cell) -> None:
        if self._may_write:
            self.begun.emit(DECISION, {"children": (cell.child,), "channels": cell.channels})

    def _open_current(self) -> None:
        if (cell := self.grid.current()) is not None:
            self._open(cell)

    def _begin_current(self) -> None:
        if (cell := self.grid.current()) is not None:
            self._begin(cell)
