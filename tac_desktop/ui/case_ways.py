"""Ways in a case file to what is not simply one of its records: a draft, an issued paper, what contradicts itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from tac_desktop.actions.drafts import is_new
from tac_desktop.ui.record_desk import COMMENT

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen

HANDOVER: Final = "handover"
ISSUED: Final = "issued_document"
ADDENDUM: Final = "addendum"


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseScreen", text)


def to_draft(screen: "CaseScreen", form: str, record_id: str, go_on_with_addendum: Callable[[], object]) -> None:
    """Open a form, or a window, in which something was typed and not saved; the record's id as the draft has it."""
    match form:
        case "same_woman":
            screen.wishes.same_woman_wanted.emit()
        case "handover":
            screen.wishes.hand_over_wanted.emit()
        case "case_restriction":
            screen.header.restrict_wanted.emit()
        case _:
            of_record = screen.desk.form_of(record_id) if form in (COMMENT, ADDENDUM) else form
            if of_record:
                screen.open_record(of_record, "" if is_new(record_id) else record_id)
            if form == ADDENDUM:
                go_on_with_addendum()


def to_issued(screen: "CaseScreen", record_id: str) -> None:
    """Show a paper that was issued; of an earlier day without what stands beside it today."""
    then = screen.desk.record(ISSUED, record_id) if screen.desk.known_on else None
    if then is not None:
        screen.desk.means.files.show(then.text("file"), then.text("title"))
    elif not screen.desk.known_on:
        screen.wishes.document_opened.emit(record_id)


def to_contradictions(screen: "CaseScreen", record_id: str) -> None:
    """Lead to the contradictions of a record, '' for those of the whole case file; they are decided for today."""
    if screen.desk.known_on:
        words = _tr("They were open on that day. Go back to today to see which still are, and to decide.")
        screen.desk.means.messages.say(words)
    else:
        screen.wishes.conflicts_wanted.emit(f"{screen.desk.case_file}|{record_id}|")
