"""Ways within the case file that is open: to a section, and to a record that is begun with some answers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tac_desktop.casework.answers import Answer

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


def go_to(screen: "CaseScreen", section: str) -> None:
    """Show a section anew and put the keyboard there: what had it is gone."""
    screen.show_section(section)
    screen.arrive()


def begin(screen: "CaseScreen", form: str, answers: Mapping[str, Answer]) -> None:
    """Begin a new record of a form with some answers; what was typed there before and not saved comes first."""
    screen.desk.begin_with(form, answers)
    screen.open_new(form)
    opened = screen.open_form()
    if opened is not None and not opened.is_drafted():
        unanswered = (one.field.name for one in opened.screen.body.asked() if one.field.name not in answers)
        opened.screen.take_keyboard(next(unanswered, ""))
