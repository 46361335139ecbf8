"""Her way and the plan as a person sees them: panes made from records, without a vault."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.ui.case_header import CaseHeader
from tac_desktop.ui.her_way_pane import HerWayPane
from tac_desktop.ui.plan_pane import PlanPane
from tac_desktop.ui.record_list import LineButton

CASE = case_file_id("EP-001")
TODAY = "2026-03-12"


def a_record(form: str, **answers: object) -> Record:
    return Record(
        id=derived_id(form, repr(answers)), form=form, version=1, case_file=CASE, stream=CASE, answers=answers
    )


WAY = (
    a_record("mother", name="Puce Anchor", prison="EP", location="C2-14"),
    a_record("referral", date="2025-01-05", source="self"),
    a_record("custody", event="sentenced", from_date="2025-02-01", prison="SEND", expected_release="2026-06-01"),
    a_record("episode", opened="2025-01-12", closed="2025-11-25", closed_because="released"),
)


def words(widget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def test_her_way_is_told_in_order_and_each_line_leads_to_its_record(kit, qtbot):
    pane = HerWayPane(kit, by_form(WAY), TODAY, "Slate Kettle")
    qtbot.addWidget(pane)
    assert [line.text() for line in pane.lines()] == ["Referred", "Case opened", "Sentenced", "Case closed"]
    with qtbot.waitSignal(pane.record_opened) as opened:
        pane.lines()[3].click()
    assert opened.args == ["episode", WAY[3].id]
    buttons = {button.text(): button for button in pane.findChildren(QPushButton)}
    with qtbot.waitSignal(pane.added) as added:
        buttons["Open the case again"].click()
    assert added.args == ["episode"]
    with qtbot.waitSignal(pane.taken):
        buttons["I work with her from today"].click()


def test_who_works_with_her_already_is_not_asked_to_and_a_reader_is_offered_nothing(kit, qtbot):
    mine = a_record("case_worker", name="slate kettle", from_date="2025-02-01")
    pane = HerWayPane(kit, by_form((*WAY, mine)), TODAY, "Slate Kettle")
    qtbot.addWidget(pane)
    assert "I work with her from today" not in [button.text() for button in pane.findChildren(QPushButton)]
    assert "slate kettle (since 1 February 2025)" in words(pane)
    reader = HerWayPane(kit, by_form(WAY), TODAY, "Slate Kettle", may_write=False)
    qtbot.addWidget(reader)
    assert len(reader.findChildren(QPushButton)) == len(reader.lines())


def test_the_note_for_the_prison_says_what_was_decided_and_nothing_of_why(kit, qtbot):
    decided = a_record(
        "referral", date="2026-01-05", pathway="few", decided_on="2026-01-12", decision_reason="Her sister drinks",
        referrer_told_on="2026-01-13", reason="Four children",
    )  # fmt: skip
    pane = HerWayPane(kit, by_form((*WAY, decided)), TODAY, "Slate Kettle")
    qtbot.addWidget(pane)
    next(b for b in pane.findChildren(QPushButton) if b.text().startswith("Copy a note")).click()
    assert QGuiApplication.clipboard().text() == (
        "Pact: referral of 5 January 2026. Outcome on 12 January 2026: Family Engagement Worker. "
        "Referrer told on 13 January 2026."
    )


def test_the_header_says_in_which_prison_she_is_today_and_as_what(kit, qtbot):
    header = CaseHeader(kit, QLabel(), lambda _deed: True)
    qtbot.addWidget(header)
    header.show_case(by_form(WAY), TODAY)
    told = words(header)
    assert "HMP Send" in told
    assert "C2-14" not in told  # the cell is of the prison that she has left
    assert "Sentenced, since 1 February 2025" in told
    header.show_case(by_form((*WAY, a_record("custody", event="released", from_date="2026-03-01"))), TODAY)
    assert "In no prison" in words(header)
    assert "Released, since 1 March 2026" in words(header)


@pytest.fixture
def plan(kit, qtbot) -> PlanPane:
    goal = a_record("goal", goal="They see each other", by="2026-06-01", with_mother=True)
    records = by_form((
        goal, a_record("plan_step", step="Ask", goal=goal.id, due="2026-03-01", owner="Slate Kettle"),
        a_record("plan_step", step="Find out", goal=goal.id, done_on="2026-02-03"),
        a_record("baseline", timescale="release_date"), a_record("episode", opened="2026-03-02"),
    ))  # fmt: skip
    pane = PlanPane(kit, records, lambda _id: "", TODAY)
    qtbot.addWidget(pane)
    return pane


def test_the_plan_says_what_is_late_who_does_it_and_how_long_was_predicted(plan, qtbot):
    assert "1 goal, 1 step is late." in words(plan)
    assert "Predicted: Until a pending release date. Work so far: 10 days." in words(plan)
    lines = {line.accessibleName(): line.accessibleDescription() for line in plan.findChildren(LineButton)}
    assert lines["Late: Ask"] == "Slate Kettle · by 1 March 2026. 11 days overdue"
    assert lines["Find out"] == "nobody is named · done on 3 February 2026. Done"
    assert lines["They see each other"].startswith("by 1 June 2026 · agreed with her · 1 of 2 steps done")
    with qtbot.waitSignal(plan.record_opened) as opened:
        plan.findChildren(LineButton)[0].click()
    assert opened.args[0] == "goal"


def test_a_case_without_a_plan_says_what_to_do(kit, qtbot):
    pane = PlanPane(kit, {}, lambda _id: "", TODAY)
    qtbot.addWidget(pane)
    assert "Add what shall be reached, then who does what by when." in words(pane)
    with qtbot.waitSignal(pane.added) as added:
        next(b for b in pane.findChildren(QPushButton) if b.text() == "Add a goal").click()
    assert added.args == ["goal"]
