"""What stands beside the form that is open in a case file: what must be known before one changes it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tac_desktop.casework.record import Record
from tac_desktop.ui.beside_contact import BesideContact
from tac_desktop.ui.contested_note import ContestedNote
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.past_beside import PastBeside
from tac_desktop.ui.past_case import PastCase
from tac_desktop.ui.return_beside import ReturnBeside
from tac_desktop.ui.same_woman_parts import beside_form
from tac_desktop.ui.way_parts import LengthNote

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


def beside(screen: "CaseScreen", opened: OpenForm, record: Record | None) -> list[QWidget]:
    """Return what stands above a form, from top to bottom, tied to the screen that shows it.

    Args:
        screen: The case file's.
        opened: The form.
        record: Its record, None for a new one.
    """
    form = opened.form
    parts: list[QWidget] = [] if form.repeated else beside_form(screen, form.name)
    if form.name == "closure":
        parts.append(LengthNote(screen.desk))
    elif form.name == "contact" and record:
        parts.append(BesideContact(screen.desk, record))
    elif form.name == "tracker_return" and not screen.desk.known_on:
        parts.append(ReturnBeside(screen.desk, opened))
    if record and isinstance(screen.desk, PastCase):
        parts.append(PastBeside(screen.desk, record.id))
    if record and record.conflicts and screen.desk.may_write(form.name):
        note = ContestedNote(screen.kit, form, record.conflicts)
        note.decision_wanted.connect(partial(screen.decide, record.id))
        parts.append(note)
    return parts
