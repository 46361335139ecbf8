"""What belongs to a contact that is open: what it goes back to, who else it was about, its papers, the short text."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from tac_desktop.actions.contact_log import logged_together
from tac_desktop.casework.dues.escalation import TIE
from tac_desktop.casework.prison_record import for_prison_record
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.copy_button import copy_button
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.ui.case_desk import CaseDesk

PAPER = "contact_paper"
COPIED = "When, which kind and with whom, and the note for staff. Nothing else."
_ASKED = 160


class BesideContact(QFrame):
    """A few lines above the form, and buttons for the papers and the text for the prison's own system."""

    def __init__(self, desk: "CaseDesk", contact: Record) -> None:
        """Take the desk of the case file, and the contact as it was saved."""
        super().__init__()
        kit = desk.kit
        self._files = desk.means.files
        column = kit.column(*(kit.label(words, "hint", wrap=True) for words in _told(desk, contact)), gap=4)
        buttons = kit.flow(gap=8)
        for paper in desk.records(PAPER):
            if paper.text("contact") == contact.id and paper.text("file"):
                named = paper.text("title") or "Paper"
                button = kit.button(named, "file-text", name=f"Open the paper: {named}")
                button.setProperty("file", (paper.text("file"), named))
                button.clicked.connect(self._open)
                buttons.addWidget(button)
        text = partial(for_prison_record, contact.answers)
        self.copy = copy_button(kit, "Copy a short text for NOMIS/DPS", text, COPIED, kind="ghost")
        buttons.addWidget(self.copy)
        column.addLayout(buttons)
        self.setLayout(column)

    def _open(self) -> None:
        self._files.show(*self.sender().property("file"))


def _told(desk: "CaseDesk", contact: Record) -> Iterator[str]:
    """Yield what a tie says of the contact, and how many other women it was logged for."""
    for tie in desk.records(TIE):
        later, earlier = tie.text("contact"), tie.text("goes_back_to")
        is_answer = tie.answers.get("is_answer") is True
        if later == contact.id and (asked := desk.record("contact", earlier)):
            begins = "It answers" if is_answer else "It asks again for"
            what = one_line(asked.text("waiting_for"), _ASKED)
            yield f"{begins}: {what} (asked on {day_in_words(asked.text('at'))})"
        if earlier == contact.id and (came := desk.record("contact", later)):
            yield f"{'Answered' if is_answer else 'Asked again'} on {day_in_words(came.text('at'))}"
    if desk.known_on:  # who else it was about is known for today only
        return
    others = len(logged_together(desk.means.store, contact))
    if others:
        yield counted(others, "Logged for 1 other woman, too", "Logged for {n} other women, too")
