"""What a page shows of its records at one time: lists of them, a form of one, or how its answers came about."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.actions.comments import may_be_commented
from tac_desktop.actions.reading import AnswerChange
from tac_desktop.casework.form import Form
from tac_desktop.casework.sealing import RESTING
from tac_desktop.errors import TacError
from tac_desktop.ui.beside_record import SEAL_KEY, BesideRecord
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.comment_card import CommentCard
from tac_desktop.ui.focus import holds_keyboard, stop_before
from tac_desktop.ui.history_panel import HistoryPanel
from tac_desktop.ui.in_turns import lay_out
from tac_desktop.ui.kit import clear
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.parts_page import PartsPage
from tac_desktop.ui.permission_note import stand_above
from tac_desktop.ui.record_desk import RecordDesk
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.remove_question import RemoveQuestion
from tac_desktop.ui.seal_question import SealQuestion


class RecordPane(QWidget):
    """Holds one widget at a time; what was typed in a form goes into its draft before something else is shown."""

    left = Signal()
    """The person wants to leave the form that is open."""
    changed = Signal()
    """Something else is shown."""
    same_wanted = Signal(str, str)
    """The record that is open turned out to be the same as another one: its form and its id."""

    def __init__(self, desk: CaseDesk) -> None:
        """Take the desk through which records are read and saved."""
        super().__init__()
        self._desk = desk
        self._open: OpenForm | None = None
        self._beside: BesideRecord | None = None
        self._back_to = ""
        self._history_of: tuple[Form, str] | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def show_parts(self, parts: Iterable[QWidget] = (), at_once: int | None = None) -> None:
        """Show parts, the first so many now and all of them for None; a line that had the keyboard has it again."""
        at, held = self.window().focusWidget(), holds_keyboard(self)
        record = at.record_id if held and isinstance(at, LineButton) else ""
        page = PartsPage(self._desk.kit)
        self._put(self._desk.kit.scroll(page))  # empty: what is put where it stays is dressed and laid out once
        page.put(parts, at_once)
        if held:
            page.take_keyboard(record)

    def show_form(self, form: Form, record_id: str, *, back_to: str, question: str = "") -> OpenForm:
        """Show a form of a record ('' for a new one), at a question if one is named; return what it opened."""
        opened = self._desk.open_form(form, record_id, back_to=back_to)
        self._back_to = back_to
        self._put(opened.screen, opened)
        opened.screen.closed.connect(self.left)
        opened.screen.history_opened.connect(self._show_history)
        opened.saved.connect(self._show_beside)
        stand_above(self._desk, opened)
        if record_id:
            self._show_beside(record_id)
        if self._beside is not None and self._beside.asks_for_eyes() and not question:
            self._beside.take_keyboard()
            opened.screen.show_top()
        else:
            opened.screen.take_keyboard(question)
        lay_out()
        return opened

    def open_form(self) -> OpenForm | None:
        """Return the form that is open, None if there is none."""
        return self._open

    def settle(self) -> None:
        """Write what has been typed into the drafts, now: in the form, and in a comment on its record."""
        if self._open is not None:
            self._open.screen.settle()
        if self._beside is not None:
            self._beside.settle()

    def write_comment(self, entry: str = "") -> None:
        """Open the box for a comment on the record whose form is open, or on one entry of its history."""
        if self._beside is not None:
            self._beside.write(entry)

    def go_on_with_addendum(self) -> None:
        """Open the window in which something about the sealed record that is open was typed and not sent off."""
        if self._beside is not None:
            self._beside.sealed.go_on()

    def read_beside(self) -> None:
        """Read anew what stands beside the record that is open: a bundle may have brought a comment."""
        if self._beside is not None:
            self._beside.read()

    def _show_beside(self, record_id: str) -> None:
        """Show what stands beside the record that is open; it may just have been saved."""
        if self._beside is not None:
            self._beside.read()
        elif self._open is not None and not self._desk.known_on:
            desk = RecordDesk(self._desk.means, self._desk.case_file, self._open.form.name, record_id)
            if desk.may_comment() or desk.may_seal() or desk.is_of_office():
                self._beside = BesideRecord(desk)
                self._beside.seal_wanted.connect(self._ask_to_seal)
                QShortcut(QKeySequence(SEAL_KEY), self._beside, self._seal_by_key)
                self._beside.same_wanted.connect(self._want_same)
                self._beside.remove_wanted.connect(partial(self._ask_to_remove, desk))
                self._beside.separated.connect(self._separated)
                desk.changed.connect(self._remarked)
                self._open.screen.put_beside(self._beside)
                self._beside.follow(stop_before(self._open.screen.history))
                self._follow_seal()

    def _follow_seal(self) -> None:
        """Let a sealed record only be read, until it is re-opened."""
        opened, beside = self._open, self._beside
        if opened is not None and beside is not None and self._desk.may_write(opened.form.name):
            opened.screen.set_open(is_open=not beside.sealed.is_closed)

    def _ask_to_remove(self, desk: RecordDesk) -> None:
        if self._open is not None:
            self.settle()
            question = RemoveQuestion(desk, self._open.form, self)
            question.removed.connect(self._removed)
            question.open()

    def _removed(self) -> None:
        opened = self._open
        if opened is not None:
            opened.forget()
            self._desk.saved.emit(self._desk.case_file, opened.form.name, opened.record_id)
            where = self.tr("Removed") if opened.form.keeping == "office" else self.tr("Removed, earlier days")
            words = self.tr("Removed. It lies under ‘{where}’, from where it can be brought back.").format(where=where)
            self._desk.means.messages.say(words, undo=True)
            self.left.emit()

    def _want_same(self) -> None:
        if self._open is not None:
            self.settle()
            self.same_wanted.emit(self._open.form.name, self._open.record_id)

    def _separated(self) -> None:
        self._remarked()
        self.left.emit()

    def _remarked(self) -> None:
        if self._open is not None:
            self._desk.saved.emit(self._desk.case_file, self._open.form.name, self._open.record_id)
            self._open.read_again()
            self._follow_seal()

    def _seal_by_key(self) -> None:
        if self._beside is not None and not self._beside.seal_button.isHidden():
            self._ask_to_seal()

    def _ask_to_seal(self) -> None:
        opened, beside = self._open, self._beside
        if opened is None or beside is None:
            return
        opened.screen.settle()
        if opened.is_drafted():
            words = self.tr("What you typed is not saved yet, so it would not be under the seal. Save it first.")
            self._desk.means.messages.say(words, "warn")
            return
        name, sent = self._desk.person.name, opened.form.name in RESTING
        question = SealQuestion(self._desk.kit, opened.form.title, name, self, sent=sent)
        question.accepted.connect(beside.seal)
        question.open()

    def _put(self, widget: QWidget, opened: OpenForm | None = None) -> None:
        self.settle()
        for page in self.findChildren(PartsPage):
            page.stop()
        clear(self._inside)
        self._open, self._beside = opened, None
        self._inside.addWidget(widget)
        widget.show()
        self.changed.emit()

    def _show_history(self, question: str = "") -> None:
        opened = self._open
        if opened is None:
            return
        desk = self._desk
        try:
            changes = desk.history(opened.record_id)
        except TacError as error:
            desk.means.messages.trouble(error)
            return
        self._history_of = (opened.form, opened.record_id)
        self._show_changes(opened.form, changes, question)

    def _show_changes(self, form: Form, changes: Sequence[AnswerChange], question: str) -> None:
        desk = self._desk
        panel = HistoryPanel(desk.kit, form, changes, desk.people(), desk.named, self._below, question)
        panel.closed.connect(partial(self._leave_history, question))
        panel.whole_wanted.connect(partial(self._show_changes, form, changes, ""))
        self.show_parts([panel])
        panel.take_keyboard()

    def _below(self, entry: str) -> list[QWidget]:
        """Return what colleagues have said about one change, and the way to say something about it."""
        desk = self._desk
        if self._history_of is None or desk.known_on or not may_be_commented(self._history_of[0].name):
            return []
        button = desk.kit.button(self.tr("Comment on this change"), "message-square-plus", kind="ghost")
        button.setProperty("entry", entry)
        button.clicked.connect(self._comment_on_change)
        row = QFrame()
        row.setLayout(desk.kit.flow(button))
        return [*(CommentCard(desk.kit, one, desk.person) for one in desk.comments_on_entry(entry)), row]

    def _comment_on_change(self) -> None:
        entry = str(self.sender().property("entry"))
        self._leave_history()
        self.write_comment(entry)

    def _leave_history(self, question: str = "") -> None:
        if self._history_of is not None:
            self.show_form(*self._history_of, back_to=self._back_to, question=question)
