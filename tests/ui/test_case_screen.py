"""Work in a case file: its overview, its sections, its forms, the log and the history; by mouse and by keyboard."""

from datetime import datetime, timedelta

import pytest
from at_bench import MOMENT, put
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QWidget
from seen import is_built
from shiboken6 import isValid
from typist import type_into

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.case_sections import SECTIONS
from tac_desktop.ui.contact_timeline import SHOWN_AT_ONCE
from tac_desktop.ui.history_panel import HistoryPanel
from tac_desktop.ui.question import Question
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.workbench import Workbench

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def case_file(bench) -> str:
    made = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP", date_of_birth="1994-07-04")
    child = put(bench, "child", made, name="Mauve Anchor", date_of_birth="2019-03-27")
    put(bench, "child", made, unborn=True, due_date="2026-06-01")
    put(bench, "placement", made, child=child, arrangement="foster_care", from_date="2025-09", carer="Olive Saddle")
    put(bench, "placement", made, child=child, arrangement="family_kinship", from_date="2024-01", to_date="2025-09")
    put(bench, "episode", made, opened="2025-09-10")
    put(bench, "baseline", made, first_meeting="2025-09-08")
    put(bench, "tracker_return", made, tracker_form="baseline", received="2025-09-10")
    put(bench, "hearing", made, at="2026-03-16T10:00", hearing_type="final", court="Family Court at Quillhaven")
    return made


@pytest.fixture
def screen(bench, case_file, qtbot):
    made = shown(bench, case_file, qtbot)
    yield made
    if isValid(made):
        made.close()


def shown(bench: Workbench, case_file: str, qtbot, size: tuple[int, int] = (1160, 700)) -> CaseScreen:
    made = CaseScreen(CaseDesk(bench.means(), case_file))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.resize(*size)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def by_tab(screen: QWidget, wanted) -> int:
    """Press Tab until the wanted widget has the keyboard; return how often."""
    for count in range(200):
        if QApplication.focusWidget() is wanted:
            return count
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Tab)
    raise AssertionError("The keyboard does not reach it.")


def test_the_overview_tells_what_is_due_where_the_children_live_and_which_hearing_comes(screen):
    words = words_on(screen)
    assert "Puce Anchor" in words
    assert "4 July 1994 (31)" in words
    assert "6-month follow-up" in words
    assert "4 days overdue" in words
    assert "Final hearing · Family Court at Quillhaven" in words
    assert "Mauve Anchor, 6" in words
    assert "Foster care, Olive Saddle, since September 2025" in words
    assert "Not named yet, due 1 June 2026" in words


def test_each_section_says_in_words_where_it_stands(screen):
    said = {name: button.accessibleDescription() for name, button in screen.sections.buttons.items()}
    assert said["returns"] == "Overdue, 1 record"
    assert said["children"] == "Complete, 2 records"
    assert said["triage"] == "Not started"
    assert said["orders"] == ""


def test_every_form_of_a_case_file_stands_in_a_section_and_none_of_the_manager_s_is_shown_to_a_worker(screen):
    placed = {form for section in SECTIONS for form in section.forms}
    assert placed >= {name for name, form in forms.ALL.items() if form.keeping == "case" and form.by_hand}
    for section in screen.sections.buttons:
        screen.show_section(section)
        assert "after six months" not in words_on(screen)
    assert not screen.desk.may_read("mothers_survey_t2")


@pytest.mark.parametrize("role", ["manager"])
def test_a_manager_sees_the_follow_up_survey_beside_the_first(screen):
    screen.show_section("surveys")
    assert "Mothers’ surveys after six months" in words_on(screen)


def test_a_triage_is_filled_by_mouse_with_a_refusal_in_the_middle(screen, bench, case_file, qtbot):
    click = QTest.mouseClick
    click(screen.sections.buttons["triage"], Qt.MouseButton.LeftButton)
    add = next(b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Add the first: Triage")
    click(add, Qt.MouseButton.LeftButton)
    form = screen.open_form().screen
    box = form.body.questions["own_words"].editor.box
    click(box.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(box, "I want to see my girl.")
    day = form.body.questions["date"].editor.stops()[0]
    click(day, Qt.MouseButton.LeftButton)
    QTest.keyClicks(day, "31/2")
    click(form.foot.save, Qt.MouseButton.LeftButton)
    assert len(form.summary.links) == 1
    click(form.summary.links[0], Qt.MouseButton.LeftButton)
    assert day.hasFocus()
    day.selectAll()
    QTest.keyClicks(day, "y")
    click(form.foot.save, Qt.MouseButton.LeftButton)
    [triage] = bench.store.records("triage", case_file)
    assert triage.answers == {"date": "2026-03-11", "own_words": "I want to see my girl."}
    assert screen.sections.buttons["triage"].accessibleDescription() == "Complete, 1 record"


def test_a_triage_is_filled_by_keyboard_alone(screen, bench, case_file):
    screen.arrive()
    for _ in range(list(screen.sections.buttons).index("triage")):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert words_on(screen).count("Nothing has been recorded here yet.") == 1
    add = next(b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Add the first: Triage")
    by_tab(screen, add)
    QTest.keyClick(add, Qt.Key.Key_Space)
    form = screen.open_form().screen
    assert form.body.questions["date"].editor.stops()[0].hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "-2")
    written = form.body.questions["written_by"].editor.stops()
    by_tab(screen, written[0])
    QTest.keyClick(written[0], Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    by_tab(screen, form.body.questions["own_words"].editor.box)
    QTest.keyClicks(QApplication.focusWidget(), "I want to see my girl.")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    [triage] = bench.store.records("triage", case_file)
    assert triage.answers["date"] == "2026-03-10"
    assert triage.answers["own_words"] == "I want to see my girl."


def test_the_keyboard_goes_round_a_form_without_a_trap_and_reaches_every_box(screen):
    screen.open_record("child", "")
    form = screen.open_form().screen
    wanted = {stop for q in form.body.asked() for stop in q.editor.stops() if not isinstance(stop, QRadioButton)}
    first, reached = QApplication.focusWidget(), set()
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
        if QApplication.focusWidget() is first:
            break
    assert QApplication.focusWidget() is first
    assert wanted <= reached
    assert form.foot.save in reached


def test_a_place_survives_a_lock_with_the_question_and_the_text(screen, bench, case_file, qtbot):
    screen.show_section("triage")
    screen.open_record("triage", "")
    form = screen.open_form().screen
    form.take_keyboard("own_words")
    QTest.keyClicks(QApplication.focusWidget(), "I want to see")
    place = screen.place()
    assert "see" not in place
    screen.settle()
    screen.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    again = shown(bench, case_file, qtbot)
    again.return_to(place)
    form = again.open_form().screen
    assert form.body.questions["own_words"].answer() == "I want to see"
    assert form.body.questions["own_words"].editor.box.hasFocus()
    assert "Draft from 14:05 restored." in words_on(again)
    QTest.mouseClick(form.restored.button, Qt.MouseButton.LeftButton)
    assert form.body.answers() == {}
    assert draft_verbs.kept_draft(bench.drafts, bench.person, "triage", f"new:{case_file}") is None


def test_a_draft_is_kept_within_a_second_of_typing_without_a_pause(screen, bench, case_file):
    screen.open_record("triage", "")
    form = screen.open_form().screen
    form.take_keyboard("own_words")
    for _ in range(14):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
        QTest.qWait(90)
    kept = draft_verbs.kept_draft(bench.drafts, bench.person, "triage", f"new:{case_file}")
    assert len(kept.typed["own_words"]["typed"][0]) >= 5


def test_looking_at_a_record_makes_no_draft(screen, bench, case_file):
    [baseline] = bench.store.records("baseline", case_file)
    screen.open_record("baseline", baseline.id)
    QTest.qWait(600)
    screen.settle()
    assert bench.drafts.all_of(bench.person.id) == []


def test_the_history_tells_who_wrote_what_before_and_after(screen, bench, case_file):
    child = next(c for c in bench.store.records("child", case_file) if c.text("name"))
    put(bench, "child", case_file, child.id, name="Mauve Lantern", date_of_birth="2019-03-27")
    screen.read()
    screen.open_record("child", child.id)
    button = next(b for b in screen.findChildren(QPushButton) if b.accessibleName() == "History of this child")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    words = words_on(screen.findChild(HistoryPanel))
    assert "12 March 2026, 14:05 · Sage Beacon" in words
    assert "Before: Mauve Anchor" in words
    assert "After: Mauve Lantern" in words
    back = QApplication.focusWidget()
    assert back.text() == "Back to ‘Child’"
    QTest.keyClick(back, Qt.Key.Key_Space)
    assert screen.open_form().record_id == child.id


def test_thousands_of_contacts_are_shown_a_handful_at_a_time_the_newest_first(screen, bench, case_file, qtbot):
    start = datetime.fromisoformat("2020-01-01T09:00")
    changes = [
        Change(
            record_id=f"00000000-0000-7000-8000-{number:012}", form="contact", version=1, stream=case_file,
            values=to_journal(forms.ALL["contact"], {
                "at": (start + timedelta(hours=number)).isoformat()[:16], "kind": "phone", "summary": f"Call {number}",
            }),
            known_on="2026-03-12",
        )
        for number in range(3000)
    ]  # fmt: skip
    bench.store.save(changes, author=bench.person.id, now=MOMENT)
    screen.read()
    screen.show_section("contact")
    qtbot.waitUntil(lambda: is_built(screen))
    lines = [line for line in screen.findChildren(LineButton) if line.isVisible()]
    assert len(lines) == SHOWN_AT_ONCE
    assert lines[0].accessibleDescription().startswith("Call 2999")
    more = next(b for b in screen.findChildren(QPushButton) if b.text() == "Show older contacts")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_built(screen))
    assert sum(line.isVisible() for line in screen.findChildren(LineButton)) == 2 * SHOWN_AT_ONCE


def test_a_child_that_has_two_different_answers_says_so_in_the_list(screen, bench, case_file):
    screen.show_section("children")
    assert "Child 1: Mauve Anchor" in words_on(screen)
    assert "Child 2: Not named yet" in words_on(screen)


@pytest.mark.parametrize("size", [(1160, 700), (820, 560), (619, 364)])
def test_every_section_fits_the_window_and_scrolls_only_up_and_down(bench, case_file, qtbot, size):
    screen = shown(bench, case_file, qtbot, size)
    for section in screen.sections.buttons:
        screen.show_section(section)
        QApplication.processEvents()
        assert screen.width() <= size[0]
        for label in screen.findChildren(QLabel):
            if label.isVisible():
                right = label.mapTo(screen, label.rect().topRight()).x()
                assert right <= size[0], f"{section}: {label.text()}"


def test_in_a_low_and_narrow_window_the_sections_are_a_list_and_the_buttons_scroll(bench, case_file, qtbot):
    screen = shown(bench, case_file, qtbot, (619, 364))
    assert not screen.sections.isVisible()
    assert screen.sections.box.isVisible()
    screen.open_record("child", "")
    form = screen.open_form().screen
    assert form.foot.parentWidget() is not form
    screen.resize(1160, 700)
    QApplication.processEvents()
    assert screen.sections.isVisible()
    assert form.foot.parentWidget() is form


def test_what_is_wanted_from_others_is_asked_with_signals(screen, qtbot):
    with qtbot.waitSignal(screen.wishes.contact_wanted):
        QTest.mouseClick(screen.header.contact, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(screen.closed):
        QTest.mouseClick(screen.header.back, Qt.MouseButton.LeftButton)
    dossier = next(b for b in screen.findChildren(QPushButton) if b.text() == "Court dossier")
    with qtbot.waitSignal(screen.wishes.document_wanted) as asked:
        QTest.mouseClick(dossier, Qt.MouseButton.LeftButton)
    assert asked.args == ["dossier"]


def test_two_saves_one_after_the_other_change_the_same_record(screen, bench, case_file):
    screen.open_record("order", "")
    form = screen.open_form().screen
    form.show_answers({"order_type": "care_order"})
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    type_into(form.body.questions["court"].editor.line, "Family Court")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    [order] = bench.store.records("order", case_file)
    assert order.answers == {"order_type": "care_order", "court": "Family Court"}


def test_after_a_save_only_what_was_written_is_read_and_to_look_again_reads_everything(screen, bench, case_file):
    hearings, mother = screen.desk.records("hearing"), screen.desk.records("mother")
    put(bench, "hearing", case_file, at="2026-04-20T10:00", court="Family Court at Quillhaven")
    screen.desk.forget("hearing")
    assert [one.text("at") for one in screen.desk.records("hearing")] == ["2026-03-16T10:00", "2026-04-20T10:00"]
    assert screen.desk.records("hearing")[0] is hearings[0]
    assert screen.desk.records("mother") is mother
    screen.refresh()  # as words may have been erased
    assert screen.desk.records("mother") == mother
    assert screen.desk.records("mother")[0] is not mother[0]


class _Drawn(QObject):
    """Notes each question that is drawn with less room than it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.cut_off: list[str] = []

    def eventFilter(self, drawn, event):  # noqa: N802 - Qt's
        if event.type() == QEvent.Type.Paint and isinstance(drawn, Question) and drawn.is_built():
            self.seen.add(drawn.field.name)
            if drawn.height() < drawn.heightForWidth(drawn.width()):
                self.cut_off.append(drawn.field.name)
        return False


def test_a_form_has_its_room_when_it_is_opened_and_is_never_drawn_cut_off(bench, case_file, qtbot):
    screen = shown(bench, case_file, qtbot, (920, 700))  # texts wrap
    drawn = _Drawn()
    QApplication.instance().installEventFilter(drawn)
    screen.open_record("mother", case_file)
    body = screen.open_form().screen.body
    built = [one for one in body.questions.values() if one.is_built() and not one.isHidden()]
    assert built
    assert [one.field.name for one in built if one.height() < one.heightForWidth(one.width())] == []
    qtbot.waitUntil(lambda: is_built(screen))
    qtbot.waitUntil(lambda: "reference" in drawn.seen)
    assert drawn.cut_off == []
    QApplication.instance().removeEventFilter(drawn)
    screen.close()
