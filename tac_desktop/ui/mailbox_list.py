"""Messages that came in: those nobody has answered, the longest ago first, and what became of the others."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.mailbox import days_waiting, for_whom, is_unanswered
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.focus import holds_keyboard
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.line_list import LineList
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import counted

SHOWN_AT_ONCE = 30
LATE_DAYS = 7
"""After so many days without an answer the badge says so in the colour of what is late."""

ForWhom = Callable[[Record], CaseloadRow | None]
"""Gives the case file into which a message seems to belong."""


class MessageCard(QFrame):
    """One message: opened by its line; L logs it in the case file, A says that it was answered today."""

    opened = Signal(str)
    log_wanted = Signal(str, str)
    """The message, and the case file; '' where it has to be chosen first."""
    answered = Signal(str)

    def __init__(self, kit: Kit, message: Record, case: CaseloadRow | None, today: str, *, may_write: bool) -> None:
        """Take the message, the case file into which it seems to belong, and today's ISO date."""
        super().__init__()
        self.record_id = message.id
        self._case = case.case_file if case else ""
        self.setProperty("role", "card")
        waits = days_waiting(message, today)
        badge = counted(waits, _tr("1 day"), _tr("{n} days")) if waits else _tr("today")
        line = RecordLine(message.id, heading(message), _details(message), badge, _tone(waits))
        self.line = LineButton(kit, line)
        self.log = kit.button(_log_words(case), "folder-plus", kind="primary" if case else "")
        self.log.setToolTip(_tr("L"))
        self.done = kit.button(_tr("Answered today"), "circle-check")
        self.done.setToolTip(_tr("A"))
        words = kit.label(one_line(message.text("message"), 300), wrap=True)
        parts: list[QWidget] = [self.line, *([words] if words.text() else [])]
        column = kit.column(*parts, gap=8)
        if may_write:
            column.addLayout(kit.flow(self.log, self.done))
        column.setContentsMargins(*(kit.px(12),) * 4)
        self.setLayout(column)
        self._may_write = may_write
        self.line.clicked.connect(self._open)
        self.log.clicked.connect(self._log)
        self.done.clicked.connect(self._answered)
        for button in (self.log, self.done):
            button.setAccessibleName(f"{button.text()}: {heading(message)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Log on L, note the answer on A (Qt)."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and self._may_write
        if plain and event.key() == Qt.Key.Key_L:
            self._log()
        elif plain and event.key() == Qt.Key.Key_A:
            self._answered()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self.opened.emit(self.record_id)

    def _log(self) -> None:
        self.log_wanted.emit(self.record_id, self._case)

    def _answered(self) -> None:
        self.answered.emit(self.record_id)


class MailboxList(QWidget):
    """The messages, and the button that writes another one down."""

    opened = Signal(str)
    added = Signal()
    log_wanted = Signal(str, str)
    answered = Signal(str)

    def __init__(self, kit: Kit, *, may_write: bool = True) -> None:
        """Build it empty; `show_messages` brings the messages."""
        super().__init__()
        self.kit, self._may_write = kit, may_write
        self.add = kit.button(self.tr("Write down a message"), "plus", kind="primary")
        self.add.clicked.connect(self.added)
        self._said = kit.label("", "hint", wrap=True)
        self._cards = kit.column(gap=12)
        self._others = LineList[Record](kit, _over_line)
        self._others_title = kit.label(self.tr("Answered, or logged in a case file"), "h2", wrap=True)
        self._others.opened.connect(self.opened)
        head = kit.flow(self.add) if may_write else kit.flow()
        self.setLayout(kit.column(head, self._said, self._cards, self._others_title, self._others, None, gap=12))
        self.cards: list[MessageCard] = []
        self._begins_with = ""

    def begin_with(self, message: str) -> None:
        """Have the keyboard begin with one message, where it still waits."""
        self._begins_with = message

    def show_messages(self, messages: Sequence[Record], case_of: ForWhom, today: str) -> None:
        """Show these messages.

        Args:
            messages: All of them, the longest ago first.
            case_of: Gives the case file into which a message seems to belong.
            today: Today's ISO date.
        """
        held = any(map(holds_keyboard, self.cards)) or (not self.cards and holds_keyboard(self.add))
        self.cards.clear()
        clear(self._cards)
        waiting = [one for one in messages if is_unanswered(one)]
        self._say(waiting)
        for message in waiting[:SHOWN_AT_ONCE]:
            card = MessageCard(self.kit, message, case_of(message), today, may_write=self._may_write)
            card.opened.connect(self.opened)
            card.log_wanted.connect(self.log_wanted)
            card.answered.connect(self.answered)
            self.cards.append(card)
            self._cards.addWidget(card)
        over = [one for one in messages if not is_unanswered(one)][::-1]
        self._others_title.setVisible(bool(over))
        self._others.show_lines(over)
        if held:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Begin with the message that was wished for, else the first, or with the button where there is none."""
        wished = (card for card in self.cards if card.record_id == self._begins_with)
        card = next(wished, self.cards[0] if self.cards else None)
        (self.add if card is None else card.line).setFocus()

    def _say(self, waiting: Sequence[Record]) -> None:
        if not waiting:
            words = self.tr(
                "No message waits for an answer. Write down what you pick up from a shared mailbox or the switchboard,"
                " also for a woman who has no case file yet."
            )
        else:
            words = counted(
                len(waiting), self.tr("Nobody has answered 1 message."), self.tr("Nobody has answered {n} messages.")
            )
            words += self.tr(" L logs the one you are on in the case file, A notes that it was answered today.")
            if len(waiting) > SHOWN_AT_ONCE:
                words += self.tr(" The first {n} are shown.").format(n=SHOWN_AT_ONCE)
        self._said.setText(words)


def heading(message: Record) -> str:
    """Return from whom and for whom a message is."""
    whom = for_whom(message)
    sender = message.text("from_whom") or _tr("Somebody")
    return _tr("{sender}, for {whom}").format(sender=sender, whom=whom) if whom else sender


def _details(message: Record) -> str:
    parts = (message.text("mailbox"), moment_in_words(message.text("received")))
    passed = _tr("passed on to {whom}").format(whom=message.text("passed_to")) if message.text("passed_to") else ""
    return " · ".join(part for part in (*parts, passed) if part)


def _over_line(message: Record) -> RecordLine:
    return RecordLine(message.id, heading(message), _became(message))


def _became(message: Record) -> str:
    said = list[str]()
    if message.text("answered_on"):
        said.append(_tr("answered {day}").format(day=day_in_words(message.text("answered_on"))))
    if message.text("answered_by"):
        said.append(_tr("by {who}").format(who=message.text("answered_by")))
    if message.text("logged_on"):
        said.append(_tr("logged {day}").format(day=day_in_words(message.text("logged_on"))))
    return " · ".join([*said, _tr("received {day}").format(day=moment_in_words(message.text("received")))])


def _tone(days: int) -> str:
    return "danger" if days >= LATE_DAYS else "warn" if days else "info"


def _log_words(case: CaseloadRow | None) -> str:
    return _tr("Log in the case file of {name}").format(name=case.name) if case else _tr("Choose her case file")


def _tr(text: str) -> str:
    return QCoreApplication.translate("MailboxList", text)
