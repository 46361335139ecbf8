"""Logging from anywhere: what shows contacts is read anew once, however many women one of them is about."""

from collections.abc import Sequence

from PySide6.QtTest import QTest

from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.contact_desk import ContactDesk
from tac_desktop.ui.quick_log import QuickLog

PUCE, AMBER = case_file_id("TAC-00003"), case_file_id("TAC-00004")


def test_one_event_with_several_women_is_told_once(opened):
    work = opened.window.work
    told: list[int] = []
    work.cases.saved.connect(lambda: told.append(1))
    work.log_contact()
    window = opened.window.findChild(ContactDesk).window
    window.women.choose({PUCE: "Puce Anchor, TAC-00003", AMBER: "Amber Anchor, TAC-00004"})
    window.questions["kind"].show_answer("email")
    window.questions["summary"].show_answer("The school sent both reports.")
    window.submit()
    for case_file in (PUCE, AMBER):
        [contact] = work.bench.store.records("contact", case_file)
        assert contact.text("summary") == "The school sent both reports."
    assert len(told) == 1


def test_whose_children_may_be_named_is_read_when_women_are_chosen_and_not_at_each_letter(opened):
    work = opened.window.work
    work.log_contact()
    desk = opened.window.findChild(ContactDesk)
    asked: list[str] = []

    class Counting:
        """What the quick log asks of the vault, and for how often."""

        find, notices, person_name = desk.find, desk.notices, desk.person_name

        def children_of(self, case_file: str) -> Sequence[tuple[str, str]]:
            asked.append(case_file)
            return desk.children_of(case_file)

    window = QuickLog(CaseDesk(work.bench.means(), "").circumstances, Counting(), "new:", opened.window)
    window.women.choose({PUCE: "Puce Anchor, TAC-00003", AMBER: "Amber Anchor, TAC-00004"})
    assert {*asked} == {PUCE, AMBER}
    asked.clear()
    QTest.keyClicks(window.questions["summary"].editor.box, "The school sent both.")
    assert window.questions["summary"].answer() == "The school sent both."
    assert asked == []
