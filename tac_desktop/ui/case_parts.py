"""What a section of a case file shows where it is no form: the overview, the contact log, colleagues, or lists."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.permissions import Deed
from tac_desktop.ui.access_pane import AccessPane
from tac_desktop.ui.allocation_parts import AllocationInCase, FirstLetterInCase, SchoolLetters
from tac_desktop.ui.case_overview import CaseOverview
from tac_desktop.ui.case_sections import BY_NAME
from tac_desktop.ui.child_contact_parts import AgreedInCase, AllowedInCase
from tac_desktop.ui.colleagues_pane import ColleaguesPane
from tac_desktop.ui.contact_parts import AwaitedInCase, LogInCase, NewsInCase, QuestionsInCase
from tac_desktop.ui.family_parts import FamilyInCase
from tac_desktop.ui.farewell_parts import FarewellInCase, VisitsInCase
from tac_desktop.ui.letterbox_parts import LetterboxInCase
from tac_desktop.ui.record_list import RecordList
from tac_desktop.ui.removed_pane import RemovedInCase
from tac_desktop.ui.way_parts import HerWayInCase, LengthNote, PlanInCase

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.ui.case_screen import CaseScreen


def parts_of(screen: "CaseScreen", section: str, handovers: "Sequence[HandOver]") -> list[QWidget]:
    """Return the parts of a section, tied to the screen that shows them.

    Args:
        screen: The case file's.
        section: The section's name.
        handovers: The hand-overs of the case file, the oldest first.
    """
    match section:
        case "overview":
            return [_overview(screen)]
        case "referral":
            return [HerWayInCase(screen), *_lists(screen, section)]
        case "plan":
            return [PlanInCase(screen)]
        case "closure":
            return [LengthNote(screen.desk), *_lists(screen, section)]
        case "contact":
            return [AwaitedInCase(screen), LogInCase(screen), *_papers(screen)]
        case "questions":
            return [QuestionsInCase(screen)]
        case "news":
            return [NewsInCase(screen)]
        case "homes":
            return [FamilyInCase(screen), *_lists(screen, section)]
        case "colleagues":
            return [_colleagues(screen, handovers)]
        case "returns":
            said = [_list(screen, "addendum")] if screen.desk.records("addendum") else []
            return [_list(screen, "tracker_return"), *said]
        case "removed":
            return [RemovedInCase(screen)]
        case "access":
            return _requests(screen)
        case "allowed":
            return [AllowedInCase(screen), _list(screen, "contact_permission")]
        case "agreed":
            return [AgreedInCase(screen), _list(screen, "contact_plan"), _list(screen, "contact_state")]
        case "letterbox":
            return [LetterboxInCase(screen), *_lists(screen, section)]
        case "visits":
            return [VisitsInCase(screen), *_lists(screen, section)]
        case "farewell":
            return [FarewellInCase(screen), *_lists(screen, section)]
        case "social_workers":
            letter = [FirstLetterInCase(screen)] if screen.desk.may(Deed.ISSUE_PAPERS) else []
            return [AllocationInCase(screen), *_lists(screen, section), *letter]
        case "schools":
            return [SchoolLetters(screen), *_lists(screen, section)]
        case _:
            return _lists(screen, section)


def _go(screen: "CaseScreen", section: str) -> None:
    screen.show_section(section)
    screen.arrive()  # what had the keyboard is gone


def _overview(screen: "CaseScreen") -> QWidget:
    desk = screen.desk
    may_issue = desk.may(Deed.ISSUE_PAPERS)
    overview = CaseOverview(screen.kit, desk.all_records(), desk.named, desk.today(), may_issue=may_issue)
    overview.section_opened.connect(partial(_go, screen))
    overview.record_opened.connect(screen.open_record)
    overview.document_wanted.connect(screen.document_wanted)
    return overview


def _papers(screen: "CaseScreen") -> list[QWidget]:
    return [_list(screen, "contact_paper")] if screen.desk.records("contact_paper") else []


def _colleagues(screen: "CaseScreen", handovers: "Sequence[HandOver]") -> QWidget:
    colleagues = ColleaguesPane(screen.desk, handovers)
    colleagues.hand_over_wanted.connect(screen.hand_over_wanted)
    colleagues.hand_over_ended.connect(screen.hand_over_ended)
    colleagues.record_opened.connect(screen.open_record)
    return colleagues


def _requests(screen: "CaseScreen") -> list[QWidget]:
    parts = [_list(screen, "access_request")]
    if screen.desk.may(Deed.ANSWER_SUBJECT_ACCESS):
        pane = AccessPane(screen.kit, screen.desk.records("access_request"), screen.desk.today())
        pane.wanted.connect(screen.access_wanted)
        parts.append(pane)
    return parts


def _lists(screen: "CaseScreen", section: str) -> list[QWidget]:
    return [_list(screen, form) for form in BY_NAME[section].forms if screen.desk.may_read(form)]


def _list(screen: "CaseScreen", form: str) -> QWidget:
    may_add = forms.ALL[form].by_hand and screen.desk.may_write(form)
    records = RecordList(screen.kit, forms.ALL[form], screen.desk.lines(form), may_add=may_add)
    records.opened.connect(screen.open_record)
    records.added.connect(screen.open_new)
    records.same_wanted.connect(screen.ask_which_are_one)
    return records
