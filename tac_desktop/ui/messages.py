"""One desk for everything the program says to the person outside a form: a bar in the window, and the bug window."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QWidget

from tac_desktop.errors import TacError
from tac_desktop.ui.kit import Kit, restyle

_ICONS = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "danger": "octagon-alert"}
_SPOKEN = {"ok": "Done", "info": "Note", "warn": "Please note", "danger": "Problem"}
MILLISECONDS_SHOWN = 12_000
"""How long good news stays; a problem stays until it is closed."""


@dataclass(frozen=True)
class Message:
    """One to three sentences, and their tone: ok, info, warn or danger."""

    text: str
    tone: str = "info"
    undo: bool = False
    """Whether what was done can be undone with the button beside the message."""


class Messages(QObject):
    """The desk: screens hand in what happened, the bar and the bug window show it."""

    arrived = Signal(object)
    """A Message to show."""
    dismissed = Signal()
    """The message on show has had its day."""
    undo_wanted = Signal()
    """The last save shall be undone."""
    bug_found = Signal(object)
    """An exception that is our fault: for the crash hook, which writes it down and shows the bug window."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Keep what was shown, for tests."""
        super().__init__(parent)
        self.shown: list[Message] = []

    def say(self, text: str, tone: str = "ok", *, undo: bool = False) -> None:
        """Show a text in the bar; with `undo` beside the button that undoes the last save."""
        message = Message(text, tone, undo)
        self.shown.append(message)
        del self.shown[:-20]
        self.arrived.emit(message)

    def trouble(self, error: object) -> None:
        """Show what went wrong: a TacError in its own words, anything else as our fault."""
        if isinstance(error, TacError):
            self.say(str(error), "danger")
        else:
            self.bug_found.emit(error)

    def dismiss(self) -> None:
        """Take the present message away and forget all: the texts may tell what was worked on."""
        self.shown.clear()
        self.dismissed.emit()


class MessageBar(QFrame):
    """Shows one message at a time at the top of the page; announced to screen readers, closed by its button."""

    def __init__(self, kit: Kit, messages: Messages) -> None:
        """Listen to the desk."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "message")
        self._is_problem = False
        self._icon = kit.picture("info")
        self._text = kit.label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = kit.button("", "x", kind="icon", name="Close this message")
        self.undo = kit.button("Undo", kind="link", name="Undo the last save")
        self.undo.setToolTip("Ctrl+Z")
        row = kit.row(self._icon, self._text, self.undo, self._close, gap=12)
        row.setContentsMargins(kit.px(16), kit.px(6), kit.px(8), kit.px(6))
        row.setStretch(1, 1)
        self.setLayout(row)
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_SHOWN)
        self._timer.timeout.connect(self.hide)
        self._of_page = QTimer(self, singleShot=True, interval=0)  # what comes with a change of page is about the next
        self._close.clicked.connect(self.hide)
        self.undo.clicked.connect(messages.undo_wanted)
        messages.arrived.connect(self.show_message)
        messages.dismissed.connect(self.clear)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show a message and tell a screen reader."""
        self._text.setText(message.text)
        self.undo.setVisible(message.undo)
        colour = message.tone if message.tone in _ICONS else "info"
        self._icon.setPixmap(self._kit.theme.pixmap(_ICONS[colour], colour, 20))
        restyle(self, tone=colour)
        self.setAccessibleName(f"{_SPOKEN[colour]}: {message.text}")
        self.show()
        if colour in ("ok", "info"):
            self._timer.start()
        else:
            self._timer.stop()
        self._of_page.start()
        self._is_problem = colour == "danger"
        announce(self, message.text, urgent=self._is_problem)

    def leave_page(self) -> None:
        """Take a problem of the page before away when another one comes to the front: it explains nothing any more."""
        if self._is_problem and not self._of_page.isActive():
            self.clear()

    def clear(self) -> None:
        """Hide, and keep nothing of the text."""
        self._timer.stop()
        self._is_problem = False
        self._text.clear()
        self.setAccessibleName("")
        self.hide()


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a text, politely unless it is urgent."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class BugWindow(QDialog):
    """Says calmly that the program is at fault, that the work is safe, and offers a report without any case data."""

    restart_asked = Signal()

    def __init__(self, kit: Kit, report: str, parent: QWidget | None = None) -> None:
        """Take the report (kinds and places, see `crash.report_of`)."""
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = (
            "The program made a mistake. What you typed is saved as a draft, and nothing else was changed. You can go "
            "on; if it happens again, restart the program and pass the report on to whoever looks after it."
        )
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName("Report: places in the program, no case data")
        copy, restart = kit.button("Copy the report", "copy"), kit.button("Restart")
        go_on = kit.button("Go on", kind="primary")
        copy.clicked.connect(self._copy)
        restart.clicked.connect(self.restart_asked)
        go_on.clicked.connect(self.accept)
        title, words = kit.label("Something went wrong", "h2"), kit.label(text, wrap=True)
        hint = kit.label("The report names places in the program, and nothing about any person.", "hint", wrap=True)
        column = kit.column(title, words, hint, self._report, gap=12)
        column.addLayout(kit.flow(copy, restart, go_on))
        column.setContentsMargins(*(kit.px(24),) * 4)
        self.setLayout(column)
        self.resize(kit.px(560), kit.px(420))
        go_on.setDefault(True)
        go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
