"""What is allowed, said above a form while somebody writes about contact with a child."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout

from tac_desktop.casework.answers import Answers
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.outside_permission import FORMS, NEEDED, asked_about, said_about
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.messages import announce

if TYPE_CHECKING:
    from tac_desktop.ui.case_desk import CaseDesk
    from tac_desktop.ui.open_form import OpenForm

_ASKS: Final = "It is not forbidden to write it down: say why below, and it is listed for whoever leads the team."


class PermissionNote(QFrame):
    """Says in words that contact is not allowed, or on which conditions; hidden where there is nothing to say.

    The action refuses contact that is not allowed and has no reason, whatever is shown here.
    """

    def __init__(self, kit: Kit, today: Callable[[], str]) -> None:
        """Take what gives today's ISO date."""
        super().__init__()
        self._kit, self._today = kit, today
        self.is_outside = False
        """Whether a reason is needed."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self._row.setSpacing(kit.px(12))
        self.setProperty("role", "message")
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self.hide()

    def show_for(self, form: str, answers: Answers, records: RecordsByForm) -> None:
        """Say what holds for a contact as it is typed so far.

        Args:
            form: 'contact', 'contact_plan', 'visit_request' or 'letterbox_letter'.
            answers: What is answered so far.
            records: The records of the case file, at least of the forms in `outside_permission.NEEDED`.
        """
        outside = asked_about(form, answers, records, self._today())
        self._say(f"{outside} {_ASKS}" if outside else said_about(form, answers, records, self._today()), bool(outside))

    def _say(self, words: str, outside: bool) -> None:
        if words == self.accessibleName() and outside == self.is_outside:
            return
        self.is_outside = outside
        clear(self._row)
        icon, tone = ("octagon-alert", "danger") if outside else ("info", "info")
        restyle(self, tone=tone)
        self._row.addWidget(self._kit.picture(icon, tone))
        self._row.addWidget(self._kit.label(words, wrap=True), 1)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if words:
            announce(self, words)


def records_of(read: Callable[[str], Sequence[Record]]) -> RecordsByForm:
    """Return the records that a note needs, read form by form: `records_of(desk.records)`."""
    return {form: read(form) for form in NEEDED}


def stand_above(desk: "CaseDesk", opened: "OpenForm") -> None:
    """Put a note above a form that is open, where it is about contact with a child; the reason is asked beside it."""
    name = opened.form.name
    if name not in FORMS or not desk.may_write(name):
        return
    note, body = PermissionNote(desk.kit, desk.today), opened.screen.body
    reason = body.questions[OUTSIDE_REASON]

    def tell(_field: str = "") -> None:
        answers = body.answers()
        note.show_for(name, answers, records_of(desk.records))
        wanted = note.is_outside or bool(reason.problem()) or OUTSIDE_REASON in answers
        body.show_question(OUTSIDE_REASON, shown=wanted and reason.field in opened.form.asked(answers))

    opened.screen.put_beside(note)
    body.edited.connect(tell)
    tell()
    note.setVisible(bool(note.accessibleName()))
