"""Today: what is overdue, what this week brings, who waits, and what was left unfinished."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import announce
from tac_desktop.ui.page import Page
from tac_desktop.ui.today_groups import MOST_SHOWN, Group, Line

TWO_COLUMNS_FROM = 820


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
        """Show these cards, and the sentence that sums them up."""
        self.set_subtitle(summary)
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._links.clear()
        self._cards = [self._card(group) for group in groups]
        self._place_cards()

    def _card(self, group: Group) -> QFrame:
        kit = self.kit
        card, column = kit.card(18, 8)
        title = kit.label(group.title, "h3")
        count = kit.badge(f"{group.count:,}", group.tone if group.count else "neutral")
        count.setAccessibleName(f"{group.title}: {group.count:,}")
        column.addLayout(kit.row(title, None, count))
        column.addWidget(kit.rule())
        for place, line in enumerate(group.lines[:MOST_SHOWN]):
            if place:
                column.addWidget(kit.rule())
            column.addLayout(self._line(line))
        if group.empty and (group.decide or not group.lines):
            column.addWidget(kit.label(group.empty, "hint", wrap=True))
        if group.more and (group.count > MOST_SHOWN or (group.lines and group.more_words)):
            words = group.more_words or self.tr("Show all {n}").format(n=f"{group.count:,}")
            more = kit.button(words, "arrow-right", kind="ghost")
            more.setProperty("filter", group.more)
            more.clicked.connect(self._more_clicked)
            column.addLayout(kit.flow(more))
        if group.decide:
            decide = kit.button(group.decide, "arrow-right", kind="ghost")
            decide.clicked.connect(self._decide_clicked)
            column.addLayout(kit.flow(decide))
        return card

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
            while column.takeAt(0) is not None:  # pyright: ignore[reportUnnecessaryComparison] - None at the end
                pass
        for place, card in enumerate(self._cards):
            self._sides[place % self._columns].addWidget(card)
        for place, column in enumerate(self._sides):
            column.addStretch(1)
            self._row.setStretch(place, 1 if place < self._columns else 0)
        self._row.setSpacing(self.kit.px(16) if self._columns == 2 else 0)

    def arrive(self) -> None:
        """Begin with the first thing to see to."""
        (self._links[0] if self._links else self._log).setFocus()

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

    def _more_clicked(self) -> None:
        self.list_wanted.emit(str(self.sender().property("filter")))
