"""What stands above a tracker return that is being written: what changed since the last one, how the case stands.

Nothing of it is copied into the return unless the person takes the changes into her text, where she goes on writing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.casework.fields import is_day
from tac_desktop.casework.tracker_state import as_text
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.errors import TacError
from tac_desktop.ui.kit import clear
from tac_desktop.ui.text_editor import NarrativeEditor

if TYPE_CHECKING:
    from tac_desktop.actions.tracker_returns import Standing
    from tac_desktop.ui.case_desk import CaseDesk
    from tac_desktop.ui.open_form import OpenForm

KEY = "Ctrl+T"
_TEXT = "changes"
"""The question into which the changes are taken."""
_DAYS = ("period_to", "received")
_READ_AFTER = 300
_FIRST = 12


class ReturnBeside(QFrame):
    """Follows the day whose state the return tells, as it is typed."""

    def __init__(self, desk: "CaseDesk", opened: "OpenForm") -> None:
        """Take the desk of the case file, and the return that is open."""
        super().__init__()
        self._desk, self._opened, kit = desk, opened, desk.kit
        self._kit = kit
        self._all = False
        self.standing: Standing | None = None
        card, inside = kit.card(20, 10)
        self._heading = kit.label("", "h3", wrap=True)
        self._changes = kit.column(gap=6)
        self.more = kit.button("", kind="link")
        self.take = kit.button(self.tr("Take it into my text"), "arrow-right")
        self.take.setToolTip(KEY)
        self.take.setAccessibleName(self.tr("Take what has changed into my text ({key})").format(key=KEY))
        self._state_heading = kit.label("", "h3", wrap=True)
        self._state = kit.column(gap=8)
        inside.addWidget(self._heading)
        inside.addLayout(self._changes)
        inside.addLayout(kit.flow(self.take, self.more, gap=16))
        for part in (kit.rule(), self._state_heading):
            inside.addWidget(part)
        inside.addLayout(self._state)
        self.setLayout(kit.narrow(kit.column(card, gap=0)))
        self._timer = QTimer(self, singleShot=True, interval=_READ_AFTER)
        self._timer.timeout.connect(self.read)
        self.take.clicked.connect(self.take_in)
        self.more.clicked.connect(self._show_all)
        opened.screen.body.edited.connect(self._edited)
        opened.saved.connect(self.read)
        QShortcut(QKeySequence(KEY), opened.screen, self.take_in)
        self.read()

    def day(self) -> str:
        """Return the ISO day whose state the return tells, as it stands in the form."""
        answers = self._opened.screen.body.answers()
        said = (answers.get(name) for name in _DAYS)
        today = self._desk.today()
        return next((day for day in said if isinstance(day, str) and is_day(day) and day <= today), today)

    def read(self) -> None:
        """Reckon anew from the records."""
        from tac_desktop.actions.tracker_returns import standing

        desk = self._desk
        try:
            found = standing(desk.means.store, desk.case_file, day=self.day(), record_id=self._opened.record_id)
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
            return
        self.standing = found
        self._show_changes(found)
        self._state_heading.setText(self.tr("How the case stood on {day}").format(day=day_in_words(found.day)))
        clear(self._state)
        for row in found.state:
            words = "\n".join(row.lines) or self.tr("Nothing recorded")
            self._add(self._state, self._kit.label(row.heading, "caption", wrap=True))
            self._add(self._state, self._kit.label(words, "body" if row.lines else "hint", wrap=True))

    def take_in(self) -> None:
        """Add what has changed to the person's own text, at its end; it is hers from then on."""
        body = self._opened.screen.body
        question = body.questions[_TEXT]
        if self.standing is None or not self.standing.changes or not body.isEnabled():
            return
        if question.isHidden():
            words = self.tr("Choose first which return it is; then there is a question for what has changed.")
            self._desk.means.messages.say(words, "warn")
            return
        if isinstance(question.editor, NarrativeEditor):
            box = question.editor.box
            cursor = box.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            begun = "\n" if box.words().strip() else ""
            cursor.insertText(begun + as_text(self.standing.changes))
            box.setTextCursor(cursor)
            question.take_keyboard()

    def _show_changes(self, found: "Standing") -> None:
        clear(self._changes)
        changes = found.changes if self._all else found.changes[:_FIRST]
        since = day_in_words(found.since) if found.since else ""
        heading = self.tr("What has changed since {day}").format(day=since) if since else self.tr("The first return")
        self._heading.setText(heading)
        for change in changes:
            self._add(self._changes, self._kit.label(f"{change.heading}: {change.words}", wrap=True))
        if not changes:
            nothing = self.tr("Nothing that is recorded.")
            first = self.tr("There is no earlier return or baseline to compare with.")
            self._add(self._changes, self._kit.label(nothing if since else first, "hint", wrap=True))
        left = len(found.changes) - len(changes)
        self.more.setText(self.tr("Show {n} more").format(n=left))
        self.more.setVisible(left > 0)
        self.take.setVisible(bool(found.changes))

    def _add(self, column: QVBoxLayout, part: QWidget) -> None:
        column.addWidget(part)
        part.show()  # what a layout takes up is else shown only when the event loop comes round

    def _show_all(self) -> None:
        self._all = True
        self.read()
        self.take.setFocus()

    def _edited(self, name: str) -> None:
        if name in _DAYS:
            self._timer.start()
