"""The door to what stands beside one record: comments, seals, addenda, taking it out, and the comment being typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import reading
from tac_desktop.actions.comments import Comment, comment, comments_on, mark_read, may_be_commented
from tac_desktop.actions.drafts import KeptDraft
from tac_desktop.actions.duplicates import is_joined, separate
from tac_desktop.casework import forms
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.kept_typing import KeptTyping

if TYPE_CHECKING:
    from collections.abc import Callable

    from tac_desktop.actions.addenda import Addendum, Kind
    from tac_desktop.actions.seals import Seal
    from tac_desktop.ui.means import Means

COMMENT, ADDENDUM, REMOVAL = "comment", "addendum", "removal"
"""Under which names drafts keep what is typed about a record."""
TEXT, ENTRY = "text", "entry"
"""Where a draft keeps the words of a comment, and the entry that it is about."""


class RecordDesk(QObject):
    """One record of a case file, as long as it is open on the screen."""

    changed = Signal()
    """A comment or a seal was written, or a comment was marked as read."""

    def __init__(self, means: "Means", case_file: str, form: str, record_id: str) -> None:
        """Take the means, and which record it is."""
        super().__init__()
        self.means, self.kit, self.person = means, means.kit, means.vault.person
        self.form = form
        self.record_id = record_id
        self._case_file = case_file

    def may_comment(self) -> bool:
        """Say whether anybody can comment on such a record."""
        return may_be_commented(self.form)

    def may_seal(self) -> bool:
        """Say whether such a record is finished one day, so that there may be seals under it."""
        from tac_desktop.casework.sealing import SEALABLE

        return self.form in SEALABLE

    def may_put_seal(self) -> bool:
        """Say whether the person at work may put her seal under such a record."""
        from tac_desktop.casework.permissions import Deed, may

        return self.may_seal() and may(self.person.role, Deed.ISSUE_PAPERS)

    def comments(self) -> list[Comment]:
        """Return the comments on the record and on its entries, the oldest first."""
        return comments_on(self.means.store, self.record_id)

    def seals(self) -> "list[Seal]":
        """Return the seals under the record, the oldest first."""
        if not self.may_seal():
            return []
        from tac_desktop.actions.seals import seals_on

        return seals_on(self.means.vault, self.means.store, self.record_id)

    def entry_at(self, entry: str) -> str:
        """Return when an entry of the record was written (ISO, UTC), '' if it is not here."""
        past = reading.history_of(self.means.store, self.person, self.record_id)
        return next((change.at for change in past if change.entry == entry), "")

    def say(self, text: str, entry: str) -> str:
        """Write a comment; return what is wrong with it, '' if it was written."""
        try:
            comment(self.means.store, self.person, self.record_id, text, now=self.means.moment(), entry=entry)
        except AnswersRefused as refused:
            return next(iter(refused.problems.values()))
        except TacError as trouble:
            return str(trouble)
        self.forget_draft()
        self.changed.emit()
        return ""

    def read(self, comments: list[str]) -> None:
        """Note that the person has read comments."""
        try:
            mark_read(self.means.store, self.person, comments, now=self.means.moment())
        except TacError as trouble:
            self.means.messages.trouble(trouble)
        else:
            self.changed.emit()

    def is_sent(self) -> bool:
        """Say whether such a record is sent off when it is sealed: a baseline, a tracker return."""
        from tac_desktop.casework.sealing import RESTING

        return self.form in RESTING

    def seal(self) -> bool:
        """Seal the record as it is saved, and note that it is sent where it is; say whether it was done."""
        from tac_desktop.actions import seals, tracker_returns

        put = tracker_returns.send if self.is_sent() else seals.seal_record
        try:
            put(self.means.vault, self.means.store, self.person, self.record_id, now=self.means.moment())
        except TacError as trouble:
            self.means.messages.trouble(trouble)
            return False
        self.changed.emit()
        return True

    # --- what is said to a sealed record, and taking one out ---

    def addenda(self) -> "list[Addendum]":
        """Return what was added to the record after it was sealed, the oldest first."""
        if not self.may_seal():
            return []
        from tac_desktop.actions.addenda import addenda_on

        return addenda_on(self.means.store, self.record_id)

    def is_closed_by_seal(self) -> bool:
        """Say whether the record is sealed, and was not re-opened since."""
        record = self.means.store.record(self.record_id) if self.may_seal() else None
        if record is None:
            return False
        from tac_desktop.actions.addenda import is_closed_by_seal

        return is_closed_by_seal(self.means.store, record)

    def add(self, text: str, kind: "Kind") -> str:
        """Add something to the sealed record, or re-open it; return what is wrong with it, '' if it was written."""
        from tac_desktop.actions.addenda import add

        store = self.means.store
        wrong = _wrong(lambda: add(store, self.person, self.record_id, text, kind=kind, now=self.means.moment()))
        if not wrong:
            self.changed.emit()
        return wrong

    def is_of_office(self) -> bool:
        """Say whether an office keeps the record: nobody comments on it, but it can be removed."""
        return forms.ALL[self.form].keeping == "office"

    def may_remove(self) -> bool:
        """Say whether the person at work can take the record out of the case file."""
        from tac_desktop.actions.removing import may_be_removed
        from tac_desktop.casework.permissions import may_write

        return may_be_removed(self.form) and may_write(self.person.role, forms.ALL[self.form])

    def pointing_here(self) -> int:
        """Return how many records of the case file name this one in an answer."""
        from tac_desktop.actions.removing import linked_to

        store, within = self.means.store, {"form": self.form, "case_file": self._case_file}
        return len(linked_to(store, self.person, self.record_id, **within))

    def remove(self, reason: str) -> str:
        """Take the record out; return what is wrong, '' if it was done."""
        from tac_desktop.actions.removing import remove

        within = {"form": self.form, "case_file": self._case_file}
        store = self.means.store
        return _wrong(lambda: remove(store, self.person, self.record_id, reason, now=self.means.moment(), **within))

    # --- records that turned out to be one ---

    def may_join(self) -> bool:
        """Say whether there may be two such records where there is one."""
        declared = forms.ALL[self.form]
        return declared.repeated and declared.by_hand and declared.keeping == "case"

    def is_joined(self) -> bool:
        """Say whether several records are shown as this one."""
        return is_joined(self.means.store, self.record_id)

    def separate(self) -> bool:
        """Have each of the records that are shown as one stand alone again; say whether it was done."""
        try:
            separate(self.means.store, self.person, self.record_id, now=self.means.moment())
        except TacError as trouble:
            self.means.messages.trouble(trouble)
            return False
        return True

    # --- what is being typed ---

    def typing(self, form: str) -> KeptTyping:
        """Return where it is kept what is typed about the record and not sent off, by what it will be."""
        return KeptTyping(self.means, self._case_file, form, self.record_id)

    def draft(self) -> KeptDraft | None:
        """Return the comment that was begun and not sent, None if there is none."""
        return self._typed(COMMENT)

    def is_typed_into(self) -> bool:
        """Say whether answers of the record were typed and not saved."""
        return self._typed(self.form) is not None

    def _typed(self, form: str) -> KeptDraft | None:
        try:
            return self.typing(form).found()
        except TacError as trouble:
            self.means.messages.trouble(trouble)
            return None

    def keep_draft(self, text: str, entry: str) -> None:
        """Keep what has been typed of a comment, in place of what was kept before."""
        self.typing(COMMENT).keep({TEXT: text, ENTRY: entry})

    def forget_draft(self) -> None:
        """Throw away what has been typed of a comment."""
        self.typing(COMMENT).forget()


def _wrong(do: "Callable[[], object]") -> str:
    """Return why something was refused, '' if it was done."""
    try:
        do()
    except AnswersRefused as refused:
        return next(iter(refused.problems.values()))
    except TacError as trouble:
        return str(trouble)
    return ""
