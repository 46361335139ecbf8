"""What passes between colleagues about one case file: its hand-overs, and everything that was said about it.

How far a hand-over has come is known for today only, so of an earlier day it is not told.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.actions.comments import Comment
from tac_desktop.casework import forms
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.comment_card import who_says
from tac_desktop.ui.hand_over_words import kind_words, state_words, who_words
from tac_desktop.ui.line_list import LineList
from tac_desktop.ui.record_list import RecordLine

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver

_LONGEST = 240


class ColleaguesPane(QFrame):
    """Hand-overs first, then comments, the newest first; a comment leads to its record."""

    hand_over_wanted = Signal()
    hand_over_ended = Signal(str)
    """The id of a hand-over that is over."""
    record_opened = Signal(str, str)
    """The form's name and the record's id."""

    def __init__(self, desk: CaseDesk, handovers: "Sequence[HandOver]") -> None:
        """Take the desk of the case file, and its hand-overs, the oldest first."""
        super().__init__()
        self._desk, self._kit = desk, desk.kit
        kit = self._kit
        self.hand_over = kit.button(self.tr("Hand over"), "arrow-right", name=self.tr("Hand over this case file"))
        self.hand_over.clicked.connect(self.hand_over_wanted)
        heading = kit.row(kit.label(self.tr("Hand-overs"), "h2", wrap=True))
        heading.setStretch(0, 1)
        heading.addWidget(self.hand_over)
        if not desk.may(Deed.WRITE_CASES):
            self.hand_over.hide()
        cards: list[QWidget] = [self._handover(one) for one in reversed(handovers)]
        none = kit.label(self.tr("This case file has not been handed over."), "hint", wrap=True)
        self.comments = LineList[Comment](kit, self._line_of)
        self.comments.opened.connect(self._open)
        self.comments.show_lines(desk.all_comments()[::-1])
        silent = kit.label(self.tr("Nobody has commented on anything in this case file."), "hint", wrap=True)
        # both stand on the page: what no page holds would stay in memory
        (silent if self.comments.lines() else self.comments).hide()
        said = kit.label(self.tr("Comments"), "h2", wrap=True)
        said.setContentsMargins(0, kit.px(16), 0, 0)
        self.setLayout(kit.narrow(kit.column(heading, *(cards or [none]), said, self.comments, silent, gap=10)))

    def _handover(self, one: "HandOver") -> QFrame:
        kit = self._kit
        card, column = kit.card(16, 6)
        words, tone = state_words(one)
        title = f"{kind_words(one)} · {who_words(one)}"
        column.addWidget(kit.label(title, "label", wrap=True))
        if self._desk.known_on:
            words = self.tr("How far it had come by then is not known; today’s case file tells how far it has come.")
            column.addWidget(kit.label(words, "hint", wrap=True))
        else:
            column.addLayout(kit.flow(kit.badge(words, tone)))
        column.addWidget(kit.label(self.tr("Since {day}").format(day=day_in_words(one.from_day)), "hint"))
        if one.reason:
            column.addWidget(kit.label(one.reason, wrap=True))
        if one.open_tasks:
            column.addWidget(kit.label(self.tr("What was still to be done then"), "caption", wrap=True))
            for task in one.open_tasks:
                column.addWidget(kit.label(f"• {task}", wrap=True))
        if one.state != "ended" and self._desk.may(Deed.WRITE_CASES):
            end = kit.button(self.tr("End this hand-over"), "x", kind="ghost")
            end.setAccessibleName(self.tr("End the hand-over: {title}").format(title=title))
            end.setProperty("record", one.record_id)
            end.clicked.connect(self._end)
            column.addLayout(kit.flow(end))
        card.setAccessibleName(f"{title}. {words}")
        return card

    def _line_of(self, one: Comment) -> RecordLine:
        form = self._desk.form_of(one.record_id)
        on = forms.ALL[form].title if form else self.tr("a record that is not here")
        title = f"{who_says(one, self._desk.person)} · {moment_in_words(one.at)}"
        details = self.tr("On ‘{on}’: {words}").format(on=on, words=one_line(one.text, _LONGEST))
        badge = self.tr("New") if one.is_news_for(self._desk.person) else ""
        return RecordLine(one.record_id, title, details, badge, "info")

    def _open(self, record_id: str) -> None:
        if form := self._desk.form_of(record_id):
            self.record_opened.emit(form, record_id)
        else:
            words = self.tr("This record is not here: it was removed, or never came. What was said about it stays.")
            self._desk.means.messages.say(words, "info")

    def _end(self) -> None:
        self.hand_over_ended.emit(str(self.sender().property("record")))
