"""Alerts, letterbox, visits and farewell as they stand in the case file: what they say, read and reached by anybody."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from seen import faint_texts, nameless, reachable, small_targets, tab_way

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.letter_check_dialog import LetterCheck
from tac_desktop.ui.letterbox_pane import LetterboxPane
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.workbench import Workbench

NOW = "2026-06-10T09:00"
SIZE = (1366, 728)
at_100 = pytest.mark.parametrize("screen", [100], indirect=True)
SECTIONS = ("letterbox", "visits", "farewell", "alerts")


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    made, _ = vaults.create(
        tmp_path_factory.mktemp("farewell") / "v", name="Sage Beacon", role="worker", prison="EP",
        passphrase="four quiet copper kettles", profile=CHEAPEST,
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def benches(vault, qapp) -> Iterator[Callable[[int], Workbench]]:
    """Give a bench for a scale of text, on one vault and one store."""
    lane, made = Lane(), dict[int, Workbench]()

    def of(scale: int) -> Workbench:
        theme = Theme(scale=scale)
        theme.apply(qapp)
        if not made:
            made[0] = Workbench(Kit(theme), lane, Messages(), lambda: NOW, vault)
        made[0].kit = Kit(theme)
        return made[0]

    yield of
    lane.stop()
    for bench in made.values():
        bench.close()


def put(bench: Workbench, form: str, case_file: str = "", **answers: Any) -> str:
    return save_answers(
        bench.store, bench.person, forms.ALL[form], answers=answers, now=datetime.fromisoformat(NOW).astimezone(),
        case_file=case_file,
    )  # fmt: skip


@pytest.fixture(scope="module")
def case_file(benches) -> str:
    bench = benches(100)
    made = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP")
    mauve = put(bench, "child", made, name="Mauve Anchor", date_of_birth="2019-03-27")
    teal = put(bench, "child", made, name="Teal Anchor", date_of_birth="2021-05-02")
    put(bench, "placement", made, child=mauve, carer="Olive Saddle", arrangement="foster_care")
    put(bench, "alert", made, kind="language", what_to_do="An interpreter for Plumish.")
    put(bench, "alert", made, kind="acct", since="2026-06-01", what_to_do="Ring the wing first.\nThen safer custody.")
    put(bench, "alert", made, kind="mappa", since="2025-01-01", until="2025-12-31")
    put(bench, "contact_permission", made, children=(mauve,), level="not_allowed", source="court_order",
        channels=("letterbox",), since="2026-06-01")  # fmt: skip
    agreed = put(bench, "letterbox_agreement", made, child=mauve, agency_name="Letterbox Service", sign_as="Pip",
                 her_months=("04", "06"), their_months=("05", "12"), agreed_on="2026-05-02")  # fmt: skip
    letter = {"agreement": agreed, "direction": "from_mother"}
    put(bench, "letterbox_letter", made, **letter, month="2025-06", sent_on="2025-06-03")
    put(bench, "letterbox_letter", made, **letter, month="2026-06", draft="Ask Olive Saddle 🌱, and Mrs SADDLE.")
    put(bench, "visit_request", made, children=(teal,), kind="family_day", asked_on="2026-05-20", needs=("room",))
    put(bench, "visit_request", made, kind="social_visit", for_day="2026-04-02", state="happened",
        transport_cost="1035.20")  # fmt: skip
    put(bench, "visit_request", made, kind="social_visit", for_day="2026-03-02", state="failed", reasons=("no_space",))
    put(bench, "coaching_session", made, date="2026-06-01", topics=("goodbyes",), effect="He waved.")
    put(bench, "adoption", made, child=teal, stage="plan", date="2026-02-01")
    put(bench, "final_contact", made, child=teal, date="2026-06-12", place="Family room", risk_told_on="2026-06-09")
    put(bench, "life_story", made, child=teal, part="birth", text="You came at dawn.", finished=True)
    return made


@pytest.fixture(params=(100, 200), ids=str)
def screen(request, benches, case_file, qapp, qtbot) -> Iterator[CaseScreen]:
    made = CaseScreen(CaseDesk(benches(request.param).means(), case_file))
    made.resize(*SIZE)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())


def settle() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def test_every_page_is_read_heard_reached_and_fits(screen: CaseScreen, qtbot):
    scale = screen.kit.theme.scale
    for section in SECTIONS:
        screen.show_section(section)
        settle()
        assert nameless(screen) == []
        assert faint_texts(screen) == []
        assert small_targets(screen, scale) == []
        assert (screen.grab().width(), screen.grab().height()) == SIZE
        cut = [label.text() for label in screen.findChildren(QLabel) if label.isVisible() and label.wordWrap()
               and label.height() < label.heightForWidth(label.width())]  # fmt: skip
        assert cut == []
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        reachable(screen)[0].setFocus()
        way = tab_way(screen)
        assert [w.accessibleName() for w in reachable(screen) if w not in way] == []


def test_the_alerts_that_hold_today_stand_above_the_case_file_the_gravest_first(screen: CaseScreen):
    strip = screen.header.alerts
    assert strip.isVisible()
    if screen.kit.theme.scale == 100:
        assert strip.words() == (
            "ACCT open (risk of self-harm or suicide): Ring the wing first. (since 1 June 2026)",
            "Language: an interpreter is needed: An interpreter for Plumish.",
        )
    else:
        assert strip.words() == ("Alert: ACCT open (risk of self-harm or suicide); Language: an interpreter is needed",)
    assert strip.accessibleName() == ". ".join(strip.words())
    next(b for b in strip.findChildren(QPushButton) if b.isVisible()).click()
    assert screen.place() == "alerts"


@at_100
def test_the_year_of_letters_says_what_is_late_and_what_comes_next(screen: CaseScreen):
    screen.show_section("letterbox")
    settle()
    pane = screen.findChild(LetterboxPane)
    words = words_on(pane)
    assert "Letterbox contact: Not allowed (Court order)" in words
    assert "Next: May 2026: A letter to her. Late. It was due by 31 May 2026" in words
    stood = [(line.accessibleName(), line.accessibleDescription().rpartition(". ")[2])
             for line in pane.findChildren(LineButton) if line.isVisible()]  # fmt: skip
    assert stood == [
        ("Mauve Anchor, May 2026: A letter to her", "Late"),
        ("Mauve Anchor, June 2026: Her letter", "Drafted, not checked"),
        ("Mauve Anchor, December 2026: A letter to her", "Later"),
    ]
    [year] = pane.years.values()
    year.before.click()
    settle()
    assert "June 2025: Her letter" in words_on(pane)
    assert "2026: Her letter" not in words_on(year)


@at_100
def test_visits_say_who_owes_an_answer_and_how_the_others_went(screen: CaseScreen):
    screen.show_section("visits")
    settle()
    words = words_on(screen)
    assert "It needs: A room of their own" in words
    assert "3 visits were asked for: 1 took place, 1 did not." in words
    assert "Why not: No suitable space (1)." in words
    assert "The journeys to them cost £1,035.20." in words
    assert "Seen afterwards: He waved." in words
    next(one for one in screen.findChildren(LineButton) if "Teal Anchor" in one.accessibleName()).click()
    assert screen.place().rpartition("|")[2] == "state"


@at_100
def test_the_page_of_an_adoption_says_what_is_still_owed_to_her(screen: CaseScreen):
    screen.show_section("farewell")
    settle()
    words = words_on(screen)
    assert "Support has not been offered to her yet. She is entitled to it." in words
    assert "Those who look after her were told on 9 June 2026." in words
    assert "Nobody has been with her yet to prepare it." in words
    assert "Life story: 1 of 8 parts written" in words
    wanted: list[str] = []
    screen.wishes.document_wanted.connect(wanted.append)
    next(b for b in screen.findChildren(QPushButton) if b.text() == "Paper for the child’s file").click()
    assert [one.partition(" ")[0] for one in wanted] == ["life_story"]
    next(one for one in screen.findChildren(LineButton) if "Family room" in one.accessibleName()).click()
    assert screen.place().rpartition("|")[2] == "support_before"


def test_the_check_of_a_letter_marks_each_place_and_waits_for_every_decision(screen: CaseScreen, qtbot):
    screen.show_section("letterbox")
    settle()
    next(b for b in screen.findChildren(QPushButton) if b.isVisible() and b.text() == "Check it").click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), LetterCheck))
    check = QApplication.activeWindow()
    assert isinstance(check, LetterCheck)
    marked = [mark.cursor.selectedText() for mark in check.box.extraSelections()]
    assert marked == ["Olive Saddle", "SADDLE"]
    assert nameless(check) == []
    assert small_targets(check, screen.kit.theme.scale) == []
    for stands in check.stands:
        assert not check.go_on.isEnabled()
        stands.setChecked(True)
    assert check.go_on.isEnabled()
    check.reject()


@at_100
def test_a_letter_that_is_not_permitted_is_given_only_with_a_reason(screen: CaseScreen, case_file: str):
    def press(words: str) -> None:
        next(b for b in screen.findChildren(QPushButton) if b.isVisible() and b.text() == words).click()
        settle()

    screen.show_section("letterbox")
    press("It came today")
    press("She has it today")
    opened = screen.open_form()
    assert opened is not None
    assert opened.form.name == "letterbox_letter"
    assert "not allowed (Court order)" in opened.screen.body.questions["outside_permission"].problem()
    assert opened.screen.body.questions["shown_on"].answer() == "2026-06-10"
    [letter] = [one for one in screen.desk.records("letterbox_letter") if one.text("direction") == "to_mother"]
    assert (letter.text("received_on"), letter.text("shown_on")) == ("2026-06-10", "")
