"""Opens the window for a quick contact, and brings it together with the actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.actions import caseload, reading
from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions.answers import log_contact
from tac_desktop.casework import forms
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.casework.wording import record_in_words
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.case_desk import Means
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.quick_log import WHO, LoggedContact, QuickLog

QUICK_LOG = "quick-log"
"""The record id under which the draft of this window is kept: one for each person."""
_FOUND = 12


class QuickLogDesk(QObject):
    """One for an open vault. The window is opened at most once at a time."""

    saved = Signal(str, str)
    """A contact was saved: the case file and the record's id."""

    def __init__(self, means: Means) -> None:
        """Take the means."""
        super().__init__()
        self._means = means
        self._person = means.vault.person
        self._window: QuickLog | None = None

    def open(self, parent: QWidget, case_file: str = "") -> QuickLog:
        """Open the window above `parent`, for a mother if one is named; what was typed before comes back."""
        if self._window is not None:
            self._window.activateWindow()
            return self._window
        around = Circumstances(self._means.kit, self._means.now, lambda _form: (), self._means.files)
        window = self._window = QuickLog(around, self.find, self.children_of, parent)
        window.typed.connect(self._keep)
        window.discarded.connect(self._discard)
        window.submitted.connect(self._save)
        window.finished.connect(self._closed)
        self._restore(window, case_file)
        window.open()
        window.take_keyboard()
        return window

    def find(self, typed: str) -> list[tuple[str, str]]:
        """Return the first case files whose name, reference or prison number begins with the typed words."""
        store, today = self._means.store, self._means.now()[:10]
        numbers = caseload.numbers(store, self._person, today, "all", order="name", typed=typed)
        rows = caseload.page(store, numbers[:_FOUND])
        return [(r.case_file, " · ".join(w for w in (r.name, r.reference, r.prison_number) if w)) for r in rows]

    def children_of(self, case_file: str) -> Sequence[tuple[str, str]]:
        """Return the children of a case file as (id, words)."""
        records = reading.records_of(self._means.store, self._person, "child", case_file)
        return [(record.id, record_in_words(forms.ALL["child"], record, lambda _id: "")) for record in records]

    def _restore(self, window: QuickLog, case_file: str) -> None:
        try:
            draft = draft_verbs.kept_draft(self._means.drafts, self._person, "contact", QUICK_LOG)
        except TacError as error:
            self._means.messages.trouble(error)
            draft = None
        if draft is not None:
            same_day = draft.at[:10] == self._means.now()[:10]
            window.restore(draft.typed, draft.at[11:16] if same_day else moment_in_words(draft.at))
        elif case_file:
            mother = self._means.store.record(case_file)
            if mother is not None:
                words = (mother.text(name) for name in ("name", "reference", "prison_number"))
                window.choose(case_file, " · ".join(word for word in words if word))

    def _keep(self, typed: Mapping[str, object]) -> None:
        now = self._means.now()
        try:
            draft_verbs.keep_draft(
                self._means.drafts, self._person, case_file=str(typed.get(WHO, "")), form="contact",
                record_id=QUICK_LOG, typed=typed, at=now,
            )  # fmt: skip
        except TacError as error:
            self._means.messages.trouble(error)
        else:
            if self._window is not None:
                self._window.drafted(now[11:16])

    def _forget_draft(self) -> None:
        try:
            draft_verbs.forget_draft(self._means.drafts, self._person, "contact", QUICK_LOG)
        except TacError as error:
            self._means.messages.trouble(error)

    def _discard(self) -> None:
        self._forget_draft()
        if self._window is not None:
            self._window.forget()
            self._window.close()

    def _save(self, contact: LoggedContact) -> None:
        window = self._window
        if window is None:
            return
        now = datetime.fromisoformat(self._means.now()).astimezone()
        try:
            record_id = log_contact(
                self._means.store, self._person, contact.case_file, answers=contact.answers, now=now
            )
        except AnswersRefused as refused:
            window.refuse(refused.problems)
            return
        except TacError as error:
            window.failed()
            self._means.messages.trouble(error)
            return
        self._forget_draft()
        window.forget()
        window.close()
        self._means.messages.say("Contact saved.")
        self.saved.emit(contact.case_file, record_id)

    def _closed(self) -> None:
        self._window = None
