"""The contact log in half a minute: one window, from anywhere, all of it by keyboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.actions.contact_log import PAPERS, ContactPaper, ContactWith
from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.ui.case_picker import Found
from tac_desktop.ui.doubt_card import DoubtCard
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.form_foot import FormFoot, RestoredNote
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.log_aim import AIM, Aim, children_of_all, contact_with
from tac_desktop.ui.log_files import LogFiles
from tac_desktop.ui.log_notices import AimNote, LogNotices, Notices
from tac_desktop.ui.log_questions import FORM, LogQuestions
from tac_desktop.ui.log_women import WHO, LogWomen

FILES, REASONS = ":files", ":reasons"
"""Where a draft keeps the files and the reasons; no field begins with a colon."""
_NOTICED = frozenset({"at", "children", "child_contact", "happened", "who", "summary"})
"""The questions by whose answers it is told again what must be known."""
_NOTICES_AFTER = 200
_LED_TO = {"summary": "Alt+N", "waiting_for": "Alt+A"}
"""The note and the answer that is awaited are written most often, and stand far from the kind of contact."""


@dataclass(frozen=True)
class LoggedContact:
    """A contact that shall be saved: one for each of the women, and the files that came with it."""

    contacts: Sequence[ContactWith]
    papers: Sequence[ContactPaper] = ()
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])


class LogSource(Protocol):
    """What the quick log asks of the vault."""

    def find(self, typed: str) -> Found:
        """Return the case files that fit what was typed, as (id, words)."""
        ...

    def children_of(self, case_file: str) -> Sequence[tuple[str, str]]:
        """Return the children of a case file as (id, words)."""
        ...

    def notices(self, women: Mapping[str, str], answers: Mapping[str, Answer]) -> tuple[Notices, bool]:
        """Return what must be known before this is done or written, and whether contact with a child is forbidden."""
        ...

    def person_name(self) -> str:
        """Return the name of who is at work."""
        ...


class QuickLog(LinedDialog):
    """Asks for the least that a contact needs. Closing it keeps what was typed as a draft."""

    submitted = Signal(object)
    """A LoggedContact. Answer with `refuse`, `doubt`, `failed` or by closing the window."""
    typed = Signal(object)
    """A dict that the draft must keep. Answer with `drafted`."""
    discarded = Signal()
    """The draft shall go."""

    def __init__(self, around: Circumstances, source: LogSource, draft_id: str, parent: QWidget | None = None) -> None:
        """Take what knows the vault, and the name under which its draft is kept."""
        super().__init__(around.kit, "Log a contact", (700, 800), parent)
        self._kit, self._source, self.draft_id = around.kit, source, draft_id
        self._around = replace(around, records=self._children)
        self._offered: Sequence[tuple[str, str]] = ()
        self._clock = DraftClock(self)
        self._notice_timer = QTimer(self, singleShot=True, interval=_NOTICES_AFTER)
        self.summary, self.restored = ErrorSummary(self._kit), RestoredNote(around)
        self.aim_note, self.notices = AimNote(self._kit), LogNotices(self._kit)
        self.women = LogWomen(self._kit, source.find)
        self.who = self.women.picker
        self.asked = LogQuestions(self._around, self, source.person_name())
        self.questions = self.asked.questions
        self.files = LogFiles(around)
        self.doubts = DoubtCard(self._kit)
        self.foot = FormFoot(around, discard="Discard", save="Save (Ctrl+Return)")
        self._body = self._kit.column(gap=16)
        self._build()
        self._connect()
        self.asked.show_now()

    def choose(self, case_file: str, words: str) -> None:
        """Begin with a mother, so that only the rest is asked."""
        self._quietly(self.women.choose, {case_file: words})

    def take_aim(self, aim: Aim, women: Mapping[str, str], answers: Mapping[str, Answer]) -> None:
        """Begin a contact that asks again or brings an answer, with what is known of it already."""
        self._quietly(self.women.choose, women)
        self.aim_note.show_aim(aim)
        self.asked.show_answers(answers)

    def restore(self, draft: Mapping[str, object], at: str) -> None:
        """Bring back what a draft kept, and say so."""
        self._quietly(self.women.restore, draft)
        self.aim_note.show_aim(Aim.of_draft(draft.get(AIM)))
        self.asked.retype(draft)
        self.files.retype(draft.get(FILES))
        self.doubts.remember(draft.get(REASONS))
        self._look()
        self.restored.show_time(at)
        self.foot.say_drafted(at)

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep."""
        beside = {FILES: self.files.typed(), REASONS: self.doubts.to_keep(), AIM: self.aim_note.aim.as_draft()}
        kept = {name: value for name, value in beside.items() if value}
        return self.women.draft() | self.asked.typed() | kept

    def submit(self) -> None:
        """Hand in the contact, if nothing is missing."""
        if not self.foot.save.isEnabled():
            return
        self.settle()
        given, women = self.asked.answers(), self.women.women()
        beside = {WHO: self.women.problem(), PAPERS: self.files.problem()}
        problems = {name: words for name, words in beside.items() if words}
        problems |= FORM.problems(given, self._around.now()[:10])
        self.refuse(problems)
        if not problems:
            self.foot.set_busy(busy=True)
            papers = self.files.papers(chosen(given, "withheld_from"))
            contacts = [contact_with(one, given, self._source.children_of(one), self.aim_note.aim) for one in women]
            self.submitted.emit(LoggedContact(contacts, papers, self.doubts.reasons()))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong; everything typed stays."""
        self.foot.set_busy(busy=False)
        self.women.complain(wrong=WHO in problems)
        self.asked.complain(problems)
        self.files.complain(problems.get(PAPERS, ""))
        self.summary.show_problems([(name, _labelled(name, words)) for name, words in problems.items()])

    def doubt(self, problems: Mapping[str, str]) -> None:
        """Ask why what is unlikely holds; everything typed stays."""
        self.refuse({})
        self.asked.complain(problems)
        self.doubts.ask(problems, lambda name: FORM.by_name[name].label if name in FORM.by_name else "")
        self.doubts.take_keyboard()

    def failed(self) -> None:
        """Let the person try again: saving was not possible, the words stay."""
        self.foot.set_busy(busy=False)

    def drafted(self, at: str) -> None:
        """Say that the draft has been written."""
        self.foot.say_drafted(at)

    def settle(self) -> None:
        """Send `typed` now, if something was typed since the last time."""
        self._clock.flush()

    def forget(self) -> None:
        """Send nothing more: what was typed is saved or thrown away."""
        self._clock.stop()

    def take_keyboard(self) -> None:
        """Put the keyboard where the first answer is missing."""
        self._follow("kind" if self.women.women() else WHO)

    def done(self, arg__1: int) -> None:
        """Keep what was typed, however the window is closed (Qt)."""
        self.settle()
        super().done(arg__1)

    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        """Let the buttons scroll with the questions where the window is low (Qt)."""
        self.foot.place(self.column, self._body, arg__1.size().height())
        super().resizeEvent(arg__1)

    def _build(self) -> None:
        above = (self.restored, self.aim_note, self.summary, self.doubts, self.women, self.notices)
        for part in (*above, self.asked, self.files):
            self._body.addWidget(part)
        self._body.addStretch(1)
        self._body.setContentsMargins(*(self._kit.px(20),) * 4)
        inside = QFrame()
        inside.setProperty("role", "page")
        inside.setLayout(self._body)
        self._area = self._kit.scroll(inside)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self.foot)

    def _connect(self) -> None:
        self.women.chosen.connect(self._chosen)
        self.asked.changed.connect(self._changed)
        for typed in (self.women.typed, self.files.changed, self.doubts.typed):
            typed.connect(self._clock.touch)
        self.doubts.confirmed.connect(self.submit)
        self._notice_timer.timeout.connect(self._look)
        self._clock.due.connect(self._send_draft)
        self.summary.followed.connect(self._follow)
        self.restored.discarded.connect(self._discard)
        self.foot.discarded.connect(self._discard)
        self.foot.saved.connect(self.submit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)
        for part in (self.women, self.asked, self.files):
            part.add_keys(self)
        for name, keys in _LED_TO.items():
            QShortcut(QKeySequence(keys), self, partial(self._follow, name))
            self.questions[name].setToolTip(self.tr("{keys} leads here").format(keys=keys))

    def _children(self, form: str) -> Sequence[tuple[str, str]]:
        """Return the children of the women who are chosen: asked for at each letter, read when the women change."""
        return self._offered if form == "child" else ()

    def _chosen(self, case_file: str) -> None:
        self._women_changed()
        self._clock.touch()
        if case_file:
            self.questions["kind"].take_keyboard()

    def _women_changed(self) -> None:
        self.women.complain(wrong=False)
        self._offered = children_of_all(self.women.women(), self._source.children_of)
        self.asked.ask_again("children")
        self._look()

    def _changed(self, name: str) -> None:
        self._clock.touch()
        if name in _NOTICED:
            self._notice_timer.start()

    def _look(self) -> None:
        """Tell what must be known of the women, the children and the counterpart that are named now."""
        found, forbidden = self._source.notices(self.women.women(), self.asked.answers())
        self.notices.show_notices(found, self._around.now()[:10])
        self.asked.follow(forbidden)

    def _quietly(self, choose: Callable[[Mapping[str, Any]], None], women: Mapping[str, Any]) -> None:
        """Choose women whom nobody has chosen just now: the keyboard stays where it is, and nothing was typed."""
        with QSignalBlocker(self.women):
            choose(women)
        self._women_changed()

    def _send_draft(self) -> None:
        self.typed.emit(self.draft())

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()

    def _follow(self, name: str) -> None:
        if name == WHO:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == PAPERS:
            self.files.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.questions[name].take_keyboard()
            self._area.ensureWidgetVisible(self.questions[name], 0, self._kit.px(24))


def _labelled(name: str, words: str) -> str:
    declared = FORM.by_name.get(name)
    return words if declared is None or declared.label in words else f"{declared.label}: {words}"
