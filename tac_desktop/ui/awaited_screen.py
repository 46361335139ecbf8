"""Who owes an answer, over all case files, for how long, and who is turned to next; one key logs what comes of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.awaited_words import level_words, next_words, waited_words, whom_words
from tac_desktop.ui.focus import holds_keyboard, lead_on
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.awaited import Awaited
    from tac_desktop.casework.dues.escalation import Question, Speed

SHOWN_AT_ONCE = 12
ANSWER, AGAIN, HIGHER = "answer", "again", "higher"
"""What can be done with an answer that is owed."""
KEYS = "On a line: Return opens it, A logs the answer, C asks again, U turns to the next above."
_KEYS = {Qt.Key.Key_A: ANSWER, Qt.Key.Key_C: AGAIN, Qt.Key.Key_U: HIGHER}


class AwaitedLine(QFrame):
    """One answer that is owed. On its line Return opens the contact, C asks again, U turns higher, A has the answer."""

    opened = Signal()
    wanted = Signal(str)
    """What shall be done: ANSWER, AGAIN or HIGHER."""

    def __init__(self, kit: Kit, question: "Question", name: str, today: str, *, may_log: bool = True) -> None:
        """Take what was asked, the mother's name ('' where the page is hers), today's ISO date, and who may log."""
        super().__init__()
        self.question = question
        self.line = _KeyedLine(kit, _line(question, name, today), question)
        self.line.clicked.connect(self.opened)
        what = one_line(question.contact.text("waiting_for"), 60)
        above = label("escalation_step", question.next_level) if question.next_level else ""
        self.answer = self._button(kit, "A  Log the answer", "circle-check", ANSWER, what)
        self.again = self._button(kit, "C  Ask again", "refresh-cw", AGAIN, what)
        self.higher = self._button(kit, f"U  Turn to: {above}", "arrow-right", HIGHER, what)
        if not question.next_level:
            self.higher.hide()
        self.setLayout(kit.column(self.line, kit.flow(self.answer, self.again, self.higher, gap=8), gap=2))
        if may_log:
            self.line.wanted.connect(self.wanted)
        else:
            for button in (self.answer, self.again, self.higher):
                button.hide()

    def stops(self) -> list[QWidget]:
        """Return what takes the keyboard, in the order of reading."""
        return [self.line, self.answer, self.again, self.higher]

    def _button(self, kit: Kit, words: str, icon: str, deed: str, what: str) -> QWidget:
        button = kit.button(words, icon, kind="ghost", name=f"{words[3:]}: {what}")
        button.setProperty("deed", deed)
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("deed")))


class _KeyedLine(LineButton):
    """The line itself, with its keys."""

    wanted = Signal(str)

    def __init__(self, kit: Kit, line: RecordLine, question: "Question") -> None:
        super().__init__(kit, line)
        self._may_go_higher = bool(question.next_level)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Do what a letter stands for (Qt)."""
        deed = _KEYS.get(Qt.Key(arg__1.key())) if arg__1.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if deed is None or (deed == HIGHER and not self._may_go_higher):
            super().keyPressEvent(arg__1)
        else:
            self.wanted.emit(deed)


def _line(question: "Question", name: str, today: str) -> RecordLine:
    what = one_line(question.contact.text("waiting_for"), 160)
    is_due = question.next_on <= today
    step = next_words(question)
    details = "\n".join((
        f"{whom_words(question)} · since {day_in_words(question.since)} · {level_words(question)}",
        f"Now: {step}" if is_due else f"Next: {step}",
    ))  # fmt: skip
    title = f"{name}: {what}" if name else what
    return RecordLine(
        question.contact.id, title, details, waited_words(question, today), "danger" if is_due else "info"
    )


class AwaitedList(QFrame):
    """Lines that are built only as far as one has looked."""

    opened = Signal(str, str)
    """The case file, and the id of the contact."""
    wanted = Signal(object, str)
    """The Question, and what shall be done: ANSWER, AGAIN or HIGHER."""

    def __init__(self, kit: Kit, *, may_log: bool = True) -> None:
        """Build it empty; take whether what comes of a question may be logged."""
        super().__init__()
        self._kit, self._may_log = kit, may_log
        self._found: Sequence[tuple[str, Question]] = ()
        self._today, self._shown = "", 0
        self._rows = kit.column(gap=10)
        self.more = kit.button("", "arrow-right", kind="ghost")
        self.more.clicked.connect(self._show_more)
        self.setLayout(kit.column(self._rows, kit.row(self.more, None), gap=8))

    def show_questions(self, found: "Sequence[tuple[str, Question]]", today: str) -> None:
        """Show these, each with the mother's name, '' where the page is hers."""
        clear(self._rows)
        self._found, self._today, self._shown = found, today, 0
        self._show_more()

    def show_again(self, found: "Sequence[tuple[str, Question]]", today: str) -> None:
        """Show these after something changed, as far as one had looked; the keyboard stays at its line."""
        held, shown = self._with_keyboard(), self._shown
        self.show_questions(found, today)
        while self._shown < min(shown, len(found)):
            self._show_more()
        lines = self.lines()
        if held is not None and lines:
            place, contact = held
            same = (line for line in lines if line.question.contact.id == contact)
            next(same, lines[min(place, len(lines) - 1)]).line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_keyboard(self) -> tuple[int, str] | None:
        """Return the place of the line that has the keyboard, and its contact; None where none has."""
        found = ((place, line) for place, line in enumerate(self.lines()) if holds_keyboard(line))
        return next(((place, line.question.contact.id) for place, line in found), None)

    def lines(self) -> list[AwaitedLine]:
        """Return the lines that are on the screen."""
        return [line for line in self.findChildren(AwaitedLine) if not line.isHidden()]

    def _show_more(self) -> None:
        new: list[QWidget] = []
        for name, question in self._found[self._shown : self._shown + SHOWN_AT_ONCE]:
            line = AwaitedLine(self._kit, question, name, self._today, may_log=self._may_log)
            line.opened.connect(self._open)
            line.wanted.connect(self._want)
            self._rows.addWidget(line)
            line.show()
            new += line.stops()
        lead_on(self.more, new)
        self._shown = min(len(self._found), self._shown + SHOWN_AT_ONCE)
        left = len(self._found) - self._shown
        self.more.setText(f"Show more ({left:,} left)")
        self.more.setVisible(left > 0)

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, AwaitedLine):
            self.opened.emit(line.question.contact.case_file, line.question.contact.id)

    def _want(self, deed: str) -> None:
        line = self.sender()
        if isinstance(line, AwaitedLine):
            self.wanted.emit(line.question, deed)


class AwaitedScreen(Page):
    """All answers that are owed, what is to be seen to first first; below them how quickly answers come."""

    opened = Signal(str, str)
    wanted = Signal(object, str)
    """See AwaitedList."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit, "Answers awaited")
        self.set_subtitle("The case files are being looked through …")
        self._today = ""
        self._found: Sequence[Awaited] = ()
        self.search = kit.entry("Find among what is waited for", placeholder="Whom or what was asked")
        self.search.setMinimumWidth(kit.px(300))
        self.only_due = kit.check("Only what is to be seen to now")
        self.only_due.toggled.connect(self._search)
        self.search.textEdited.connect(self._search)
        self.list = AwaitedList(kit)
        self._empty = kit.label("", "hint", wrap=True)
        self._keys = kit.label(KEYS, "hint", wrap=True)
        self._speeds = kit.column(gap=6)
        speeds, inside = kit.card(20, 8)
        inside.addWidget(kit.label("How quickly they answer", "h2", wrap=True))
        inside.addWidget(
            kit.label("What was asked within the last year; the middle one of all answers.", "hint", wrap=True)
        )
        inside.addLayout(self._speeds)
        for part in (kit.flow(self.search, self.only_due, gap=16), self._keys, self._empty, self.list, speeds, None):
            self.add(part)
        self.list.opened.connect(self.opened)
        self.list.wanted.connect(self.wanted)

    def show_awaited(self, found: "Sequence[Awaited]", speeds: "Sequence[Speed]", today: str) -> None:
        """Show what is owed on an ISO day, and how quickly each kind of counterpart answers.

        Whoever is typing or standing somewhere on the page is left there: one letter on a line logs an answer.
        """
        self._found, self._today = found, today
        begins = self.isVisible() and self._nothing_begun()
        due = sum(one.question.next_on <= today for one in found)
        owed = counted(len(found), "1 answer is owed", "{n} answers are owed")
        seen_to = counted(due, "1 is to be seen to now", "{n} are to be seen to now") if due else "none is late"
        self.set_subtitle(f"{owed}, {seen_to}." if found else "Nobody owes an answer.")
        self._show(self.list.show_again)
        clear(self._speeds)
        for speed in speeds:
            self._speeds.addWidget(self.kit.label(_speed_words(speed), wrap=True))
        if not speeds:
            self._speeds.addWidget(self.kit.label("Nothing was asked within the last year.", "hint", wrap=True))
        if begins:
            self.arrive()

    def _nothing_begun(self) -> bool:
        """Say whether nobody is anywhere yet but in a search without words."""
        focused = self.window().focusWidget()
        return focused is None or (focused is self.search and not self.search.text())  # pyright: ignore[reportUnnecessaryComparison] - None where nothing has it

    def lines(self) -> list[AwaitedLine]:
        """Return the lines that are on the screen."""
        return self.list.lines()

    def arrive(self) -> None:
        """Begin with what is to be seen to first."""
        lines = self.lines()
        (lines[0].line if lines else self.search).setFocus()

    def _search(self) -> None:
        self._show(self.list.show_questions)

    def _show(self, put: "Callable[[Sequence[tuple[str, Question]], str], None]") -> None:
        words = self.search.text().casefold().split()
        shown = [
            one for one in self._found
            if (not self.only_due.isChecked() or one.question.next_on <= self._today)
            and all(word in _searched(one) for word in words)
        ]  # fmt: skip
        put([(one.name or one.reference, one.question) for one in shown], self._today)
        self._keys.setVisible(bool(shown))
        empty = "Nothing of this is waited for." if self._found else (
            "To wait for an answer, write into ‘Waiting for’ what was asked when you log a contact (Ctrl+N)."
        )  # fmt: skip
        self._empty.setText(empty)
        self._empty.setVisible(not shown)


def _searched(one: "Awaited") -> str:
    asked = one.question.contact
    return " ".join((one.name, one.reference, asked.text("waiting_for"), whom_words(one.question))).casefold()


def _speed_words(speed: "Speed") -> str:
    whom = label("contact_with", speed.whom) if speed.whom else "Not said whom"
    parts = [f"asked {speed.asked:,}", f"answered {speed.answered:,}"]
    if speed.median is not None:
        parts.append("usually on the same day" if not speed.median
                     else counted(speed.median, "usually after 1 day", "usually after {n} days"))  # fmt: skip
    if speed.longest_open is not None:
        parts.append(counted(speed.longest_open, "the oldest waits 1 day", "the oldest waits {n} days"))
    return f"{whom}: {', '.join(parts)}"
