"""Logging from anywhere: what shows contacts is read anew once, however many women one of them is about."""

from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.contact_desk import ContactDesk

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
