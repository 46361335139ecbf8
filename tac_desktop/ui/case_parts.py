"""What a section of a case file shows where it is no form: the overview, the contact log, colleagues, or lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from tac_desktop.ui.family_parts import CopiesLetters, FamilyInCase, VoicesInCase
from tac_desktop.ui.farewell_parts import FarewellInCase, VisitsInCase
from tac_desktop.ui.letterbox_parts import LetterboxInCase
from tac_desktop.ui.record_list import RecordList
from tac_desktop.ui.removed_pane import RemovedInCase
from tac_desktop.ui.way_parts import HerWayInCase, LengthNote, PlanInCase
from tac_desktop.ui.within_case import go_to

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.ui.case_screen import CaseScreen


_FEW = 10
"""So many records of a section are shown without the window standing still."""


def at_once(screen: "CaseScreen", section: str) -> int | None:
    """Return how many parts of a section are shown at once, None for all: it goes by the number of its records."""
    records = screen.desk.all_records()
    count = sum(len(records.get(form, ())) for form in BY_NAME[section].forms)
    return None if count <= _FEW else 1


def parts_of(screen: "CaseScreen", section: str, handovers: "Sequence[HandOver]") -> Iterator[QWidget]:
    """Make the parts of a section one after the other, tied to the screen that shows them.

    Args:
        screen: The case file's.
        section: The section's name.
        handovers: The hand-overs of the case file, the oldest first.
    """
    if section == "colleagues":
        yield _colleagues(screen, handovers)
    elif section in _ALONE:
        yield _ALONE[section](screen)
    else:
        if section in _ABOVE:
            yield _ABOVE[section](screen)
        yield from _OWN[section](screen) if section in _OWN else _lists(screen, BY_NAME[section].forms)


def _overview(screen: "CaseScreen") -> QWidget:
    desk = screen.desk
    may_issue = desk.may(Deed.ISSUE_PAPERS)
    known = desk.all_records(), desk.index().dues
    overview = CaseOverview(screen.kit, *known, desk.named, desk.today(), may_issue=may_issue)
    overview.section_opened.connect(partial(go_to, screen))
    overview.record_opened.connect(screen.open_record)
    overview.document_wanted.connect(screen.wishes.document_wanted)
    return overview


def _log(screen: "CaseScreen") -> Iterator[QWidget]:
    yield AwaitedInCase(screen)
    yield LogInCase(screen)
    if screen.desk.records("contact_paper"):
        yield _list(screen, "contact_paper")


def _returns(screen: "CaseScreen") -> Iterator[QWidget]:
    yield _list(screen, "tracker_return")
    if screen.desk.records("addendum"):
        yield _list(screen, "addendum")


def _social_workers(screen: "CaseScreen") -> Iterator[QWidget]:
    yield from _lists(screen, BY_NAME["social_workers"].forms)
    if screen.desk.may(Deed.ISSUE_PAPERS):
        yield FirstLetterInCase(screen)


def _children(screen: "CaseScreen") -> Iterator[QWidget]:
    children, *said = BY_NAME["children"].forms
    yield from _lists(screen, [children])
    yield VoicesInCase(screen)
    yield from _lists(screen, said)


def _orders(screen: "CaseScreen") -> Iterator[QWidget]:
    yield from _lists(screen, BY_NAME["orders"].forms)
    yield CopiesLetters(screen)


def _length(screen: "CaseScreen") -> QWidget:
    return LengthNote(screen.desk)


def _colleagues(screen: "CaseScreen", handovers: "Sequence[HandOver]") -> QWidget:
    colleagues = ColleaguesPane(screen.desk, handovers)
    colleagues.hand_over_wanted.connect(screen.wishes.hand_over_wanted)
    colleagues.hand_over_ended.connect(screen.wishes.hand_over_ended)
    colleagues.record_opened.connect(screen.open_record)
    return colleagues


def _requests(screen: "CaseScreen") -> Iterator[QWidget]:
    yield _list(screen, "access_request")
    if screen.desk.may(Deed.ANSWER_SUBJECT_ACCESS):
        pane = AccessPane(screen.kit, screen.desk.records("access_request"), screen.desk.today())
        pane.wanted.connect(screen.wishes.access_wanted)
        yield pane


def _lists(screen: "CaseScreen", several: Iterable[str]) -> Iterator[QWidget]:
    return (_list(screen, form) for form in several if screen.desk.may_read(form))


def _list(screen: "CaseScreen", form: str) -> QWidget:
    may_add = forms.ALL[form].by_hand and screen.desk.may_write(form)
    records = RecordList(screen.kit, forms.ALL[form], screen.desk.lines(form), may_add=may_add)
    records.opened.connect(screen.open_record)
    records.added.connect(screen.open_new)
    records.same_wanted.connect(screen.ask_which_are_one)
    return records


_ALONE: "Mapping[str, Callable[[CaseScreen], QWidget]]" = {
    "overview": _overview, "plan": PlanInCase, "questions": QuestionsInCase, "news": NewsInCase,
    "removed": RemovedInCase,
}  # fmt: skip
"""Sections that are one page."""
_ABOVE: "Mapping[str, Callable[[CaseScreen], QWidget]]" = {
    "referral": HerWayInCase, "closure": _length, "homes": FamilyInCase, "allowed": AllowedInCase,
    "agreed": AgreedInCase, "letterbox": LetterboxInCase, "visits": VisitsInCase, "farewell": FarewellInCase,
    "social_workers": AllocationInCase, "schools": SchoolLetters,
}  # fmt: skip
"""What stands above the lists of a section."""
_OWN: "Mapping[str, Callable[[CaseScreen], Iterator[QWidget]]]" = {
    "contact": _log, "returns": _returns, "access": _requests, "social_workers": _social_workers,
    "children": _children, "orders": _orders,
}  # fmt: skip
"""What stands in a section where it is not a list for each of its forms."""
