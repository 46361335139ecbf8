"""Today: what is overdue, what this week brings, who waits, and what was left unfinished."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QVBoxLayout, QWidget

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.focus import holds_keyboard
from tac_desktop.ui.kit import Kit, take_out
from tac_desktop.ui.messages import announce
from tac_desktop.ui.page import Page
from tac_desktop.ui.today_groups import MOST_SHOWN, Group, Line

TWO_COLUMNS_FROM = 820
_MORE_AT_ONCE = 30
"""So many lines more are shown of a card of which no other page shows all."""


class TodayScreen(Page):
    """Cards in two columns, in one where the window is narrow. A name opens the case."""

    case_opened = Signal(str)
    draft_opened = Signal(str, str, str)
    """Case file, form, record."""
    record_opened = Signal(str, str, str)
    """Case file, form, record."""
    list_wanted = Signal(str)
    """A filter of the caseload."""
    contact_wanted = Signal()
    conflicts_wanted = Signal(str)
    """Contradictions shall be decided: '' from the first on, else where to begin."""
    backups_wanted = Signal()

    def __init__(self, kit: Kit, today: str, *, may_write: bool = True) -> None:
        """Take today's ISO date; `show` brings the cards."""
        super().__init__(kit, day_in_words(today, weekday=True))
        self._sides = (kit.column(gap=16), kit.column(gap=16))
        self._row = kit.row(*self._sides, gap=16)
        self._cards: list[QFrame] = []
        self._links: list[QPushButton] = []
        self._groups: Sequence[Group] = ()
        self._unfolded: dict[str, int] = {}
        """How many lines are shown of the cards that were unfolded, by their titles."""
        self._begun_at: QWidget | None = None
        """What had the keyboard when there was no line yet; as long as it has, the first line takes it over."""
        self._has_begun = False
        self._columns = 2
        self._log = kit.button(self.tr("Log a contact"), "message-square-plus", kind="primary")
        self._log.clicked.connect(self.contact_wanted)
        if may_write:
            self.add_action(self._log)
        self._warning, column = kit.card(16, 8)
        self._warning_words = kit.label("", wrap=True)
        look = kit.button(self.tr("Look at the backups"), "shield")
        look.clicked.connect(self.backups_wanted)
        sign = kit.row(kit.picture("triangle-alert", "warn", 18), self._warning_words, gap=8)
        sign.setStretch(1, 1)
        column.addLayout(sign)
        column.addLayout(kit.flow(look))
        self._warning.hide()
        self.add(self._warning)
        self.add(self._row)
        self.add(None)

    def show_warning(self, words: str) -> None:
        """Show a warning above everything else, '' for none."""
        self._warning_words.setText(words)
        self._warning.setVisible(bool(words))
        if words and self.isVisible():
            announce(self._warning, words)

    def show_groups(self, groups: Sequence[Group], summary: str) -> None:
        """Show these cards, and the sentence that sums them up; the keyboard stays on its line, or where that was."""
        self.set_subtitle(summary)
        self._groups = groups
        focused = self.window().focusWidget()
        begins = not self._has_begun and focused is self._begun_at
        in_cards, place = any(map(holds_keyboard, self._cards)), 0
        before: object = None
        if in_cards and isinstance(focused, QPushButton) and focused in self._links:
            place, before = self._links.index(focused), focused.property("line")
        self._make_cards()
        self._has_begun = True
        if in_cards or begins:
            same = (n for n, one in enumerate(self._links) if before is not None and one.property("line") == before)
            self._take_keyboard(next(same, place))

    def _make_cards(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._links.clear()
        self._cards = [self._card(group) for group in self._groups]
        self._place_cards()

    def _take_keyboard(self, place: int) -> None:
        (self._links[min(place, len(self._links) - 1)] if self._links else self._log).setFocus()

    def _card(self, group: Group) -> QFrame:
        kit = self.kit
        card, column = kit.card(18, 8)
        title = kit.label(group.title, "h3")
        count = kit.badge(f"{group.count:,}", group.tone if group.count else "neutral")
        count.setAccessibleName(f"{group.title}: {group.count:,}")
        column.addLayout(kit.row(title, None, count))
        column.addWidget(kit.rule())
        shown = self._shown_of(group)
        for place, line in enumerate(group.lines[:shown]):
            if place:
                column.addWidget(kit.rule())
            column.addLayout(self._line(line))
        if group.empty and (group.decide or not group.lines):
            column.addWidget(kit.label(group.empty, "hint", wrap=True))
        self._add_ways(group, shown, column)
        return card

    def _add_ways(self, group: Group, shown: int, column: QVBoxLayout) -> None:
        """Add the buttons that lead to the rest of a group."""
        kit = self.kit
        if group.more and (group.count > MOST_SHOWN or (group.lines and group.more_words)):
            words = group.more_words or self.tr("Show all {n}").format(n=f"{group.count:,}")
            more = kit.button(words, "arrow-right", kind="ghost")
            more.setProperty("filter", group.more)
            more.clicked.connect(self._more_clicked)
            column.addLayout(kit.flow(more))
        elif not group.more and not group.decide and len(group.lines) > shown:
            left = self.tr("Show more ({n} left)").format(n=f"{len(group.lines) - shown:,}")
            more = kit.button(left, "arrow-right", kind="ghost", name=f"{group.title}: {left}")
            more.setProperty("unfolds", group.title)
            more.clicked.connect(self._unfold_clicked)
            column.addLayout(kit.flow(more))
        if group.decide:
            decide = kit.button(group.decide, "arrow-right", kind="ghost")
            decide.clicked.connect(self._decide_clicked)
            column.addLayout(kit.flow(decide))

    def _shown_of(self, group: Group) -> int:
        return self._unfolded.get(group.title, MOST_SHOWN)

    def _line(self, line: Line) -> QLayout:
        kit = self.kit
        name = kit.button(line.name, kind="link", name=f"{line.name}, {line.what}, {line.when}")
        name.setProperty("line", line)
        name.clicked.connect(self._name_clicked)
        self._links.append(name)
        words = kit.column(name, kit.label(line.what, "hint", wrap=True), gap=0)
        when = kit.badge(line.when, line.tone) if line.tone else kit.label(line.when, "hint")
        row = kit.row(words, when, gap=12)
        row.setStretch(0, 1)
        return row

    def _place_cards(self) -> None:
        for column in self._sides:
            take_out(column)
        for place, card in enumerate(self._cards):
            self._sides[place % self._columns].addWidget(card)
        for place, column in enumerate(self._sides):
            column.addStretch(1)
            self._row.setStretch(place, 1 if place < self._columns else 0)
        self._row.setSpacing(self.kit.px(16) if self._columns == 2 else 0)

    def arrive(self) -> None:
        """Begin with the first thing to see to, as soon as it is there."""
        self._take_keyboard(0)
        self._has_begun, self._begun_at = bool(self._cards), self.window().focusWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below one another where there is no room for two (Qt)."""
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= self.kit.px(TWO_COLUMNS_FROM) else 1
        if columns != self._columns:
            self._columns = columns
            self._place_cards()

    def _name_clicked(self) -> None:
        line = self.sender().property("line")
        if isinstance(line, Line) and line.conflict:
            self.conflicts_wanted.emit(line.conflict)
        elif isinstance(line, Line) and line.form:
            opened = self.draft_opened if line.is_draft else self.record_opened
            opened.emit(line.case_file, line.form, line.record)
        elif isinstance(line, Line):
            self.case_opened.emit(line.case_file)

    def _decide_clicked(self) -> None:
        self.conflicts_wanted.emit("")

    def _unfold_clicked(self) -> None:
        title, next_one = str(self.sender().property("unfolds")), 0
        for group in self._groups:
            next_one += len(group.lines[: self._shown_of(group)])
            if group.title == title:
                self._unfolded[title] = self._shown_of(group) + _MORE_AT_ONCE
                break
        self._make_cards()
        self._take_keyboard(next_one)

    def _more_clicked(self) -> None:
        self.list_wanted.emit(str(self.sender().property("filter")))
