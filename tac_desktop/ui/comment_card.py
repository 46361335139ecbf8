"""A colleague's comment as one reads it, and the box in which one writes."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton

from tac_desktop.actions.comments import Comment
from tac_desktop.casework.people import Person
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.exchange_words import role_words
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.messages import announce
from tac_desktop.ui.text_editor import TextBox
from tac_desktop.ui.words import short_day


class CommentCard(QFrame):
    """Who said it, when and about what, the words, and who has read them."""

    read = Signal(str)
    """The id of the comment that the person has read."""

    def __init__(self, kit: Kit, comment: Comment, person: Person, *, about: str = "", may_mark: bool = False) -> None:
        """Take the comment, whose eyes read it, about which change it is ('' for none), and whether she can mark it."""
        super().__init__()
        self.comment = comment
        self.is_news = comment.is_news_for(person)
        self.setProperty("role", "message")
        restyle(self, tone="info" if self.is_news else "neutral")
        who = who_says(comment, person)
        head = kit.label(f"{who} · {moment_in_words(comment.at)}", "label", wrap=True)
        top = kit.row(head)
        top.setStretch(0, 1)
        if self.is_news:
            top.addWidget(kit.badge(self.tr("New"), "info"), 0, Qt.AlignmentFlag.AlignTop)
        column = kit.column(top, gap=4)
        if about:
            column.addWidget(kit.label(about, "hint", wrap=True))
        column.addWidget(kit.label(comment.text, wrap=True))
        seen = self._seen(comment, person)
        if seen:
            column.addWidget(kit.label(seen, "caption", wrap=True))
        self.mark: QPushButton | None = None
        if self.is_news and may_mark:
            self.mark = kit.button(self.tr("Mark as read"), "circle-check", kind="ghost")
            self.mark.setAccessibleName(self.tr("Mark the comment of {who} as read").format(who=comment.name))
            self.mark.clicked.connect(self._read)
            column.addLayout(kit.flow(self.mark))
        column.setContentsMargins(kit.px(14), kit.px(10), kit.px(14), kit.px(10))
        self.setLayout(column)
        new = self.tr("New comment") if self.is_news else self.tr("Comment")
        self.setAccessibleName(". ".join(part for part in (f"{new}: {who}", about, comment.text, seen) if part))

    def _seen(self, comment: Comment, person: Person) -> str:
        others = [one for one in comment.read_by if one.person not in (person.id, comment.author)]
        if not others:
            return self.tr("Not read yet, as far as this vault knows") if comment.author == person.id else ""
        told = ", ".join(f"{one.name}, {short_day(one.on)}" for one in others)
        return self.tr("Read by {who}").format(who=told)

    def _read(self) -> None:
        self.read.emit(self.comment.id)


class CommentText(TextBox):
    """The box for the words; Ctrl+Return in it sends the comment, and does not save the form that stands beside it."""

    sent = Signal()

    def event(self, e: QEvent) -> bool:
        """Keep Ctrl+Return from the window's own shortcuts (Qt)."""
        if e.type() == QEvent.Type.ShortcutOverride and isinstance(e, QKeyEvent) and _sends(e):
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Send on Ctrl+Return (Qt)."""
        if _sends(e):
            self.sent.emit()
        else:
            super().keyPressEvent(e)


class CommentBox(QFrame):
    """Where a comment is typed: it is kept as a draft until it is sent off or thrown away."""

    said = Signal(str)
    """The comment shall be written. Answer with `refuse`, or by closing the box."""
    typed = Signal(str)
    """A draft must keep this."""
    left = Signal()
    """The draft shall go."""

    def __init__(self, kit: Kit, heading: str) -> None:
        """Take what the comment is about, as a heading."""
        super().__init__()
        self._kit = kit
        self._clock = DraftClock(self)
        self.box = CommentText(kit, heading)
        self._wrong = kit.label("", "error", wrap=True)
        self._wrong.hide()
        self.send = kit.button(self.tr("Write the comment"), kind="primary")
        self.send.setToolTip("Ctrl+Return")
        self.cancel = kit.button(self.tr("Throw away"))
        self.cancel.setAccessibleName(self.tr("Throw this comment away"))
        hint = self.tr("Colleagues who have this case file see it with the next bundle. No court paper shows it.")
        column = kit.field(heading, self.box, hint)
        column.insertWidget(2, self._wrong)
        column.addLayout(kit.flow(self.send, self.cancel, gap=12))
        self.setLayout(column)
        self.box.textChanged.connect(self._clock.touch)
        self._clock.due.connect(self._keep)
        self.send.clicked.connect(self._send)
        self.cancel.clicked.connect(self._leave)
        self.box.sent.connect(self._send)

    def restore(self, text: str) -> None:
        """Bring back what a draft kept."""
        self.box.show_words(text)
        self._clock.stop()

    def refuse(self, words: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._wrong.setText(words)
        self._wrong.show()
        restyle(self.box, error="true")
        self.box.setAccessibleDescription(words)
        self.box.setFocus()
        announce(self.box, words)

    def settle(self) -> None:
        """Have what was typed kept, now."""
        self._clock.flush()

    def _keep(self) -> None:
        self.typed.emit(self.box.words())

    def _send(self) -> None:
        self.settle()
        self.said.emit(self.box.words())

    def _leave(self) -> None:
        self._clock.stop()
        self.left.emit()


def who_says(comment: Comment, person: Person) -> str:
    """Return who wrote a comment, as the person at work reads it."""
    return "You" if comment.author == person.id else f"{comment.name} ({role_words(comment.role)})"


def _sends(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
        event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )
