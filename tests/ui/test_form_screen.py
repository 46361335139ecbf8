"""Every form on the screen: typed into with real keys, saved into a real vault, shown again."""

import pytest
from at_bench import MOMENT, put
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from seen import is_built, tab_way
from typist import PICTURE, answer, press, save, type_into

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.fields import Link, Links
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import derived_id
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.doubt_card import DoubtCard
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.text_editor import MOST_LINES, NarrativeEditor, TextBox
from tac_desktop.ui.theme import Theme


@pytest.fixture
def role() -> str:
    """A manager may read every form."""
    return "manager"


@pytest.fixture
def case_file(bench) -> str:
    """A case file that has one record of everything a question can link to."""
    made = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP")
    child = put(bench, "child", made, name="Mauve Anchor", date_of_birth="2019-03-27")
    put(bench, "letterbox_agreement", made, child=child)
    put(bench, "childrens_social_worker", made, name="Teal Lantern")
    put(bench, "person", made, name="Umber Lantern")
    put(bench, "proceedings", made, court="Family Court at Quillhaven")
    put(bench, "hearing", made, at="2026-03-16T10:00")
    put(bench, "professional", name="Puce Lantern", prison="EP")
    put(bench, "agency", name="Puce Thimble School", prison="EP")
    return made


def opened(bench, qtbot, case_file: str, form: str, record_id: str = "") -> OpenForm:
    desk = CaseDesk(bench.means(), case_file)
    if case_file:
        desk.read()
    made = desk.open_form(forms.ALL[form], record_id)
    made.screen.resize(1000, 700)
    qtbot.addWidget(made.screen)
    made.screen.show()
    made.screen.activateWindow()
    qtbot.waitUntil(made.screen.isActiveWindow)  # before that a window hears no shortcut
    made.desk = desk  # keeps it alive as the case screen does
    return made


def say_why(made: OpenForm) -> None:
    """Give a reason for what is unlikely, if anything is asked about."""
    card = made.screen.findChild(DoubtCard)
    if card is not None and card.isVisible():
        for box in card.boxes.values():
            type_into(box, "It was read on paper.")
        press(card.save)


@pytest.mark.parametrize("form", [name for name, form in forms.ALL.items() if form.by_hand])
def test_every_form_is_typed_into_saved_and_shown_again(bench, qtbot, case_file, form):
    case = "" if form == "mother" else case_file
    put(bench, "contact", case_file, at="2026-03-11T10:00", kind="phone", summary="She rang.")
    put(bench, "promised_update", case_file, what="How school is", rhythm="monthly", first_due="2026-04-01")
    made = opened(bench, qtbot, case, form)
    expected = {}
    for name, question in made.screen.body.questions.items():
        if question.isHidden():
            continue
        kept = {}
        field = question.field
        linked = [i for i, _ in made.desk.options(field.to)] if isinstance(field, Link | Links) else []
        given = answer(question, linked, kept)
        if kept:
            qtbot.waitUntil(lambda q=question: q.answer() is not None)
            given = question.answer()
        if given is not None:
            expected[name] = given

    save(made.screen)
    say_why(made)

    assert made.screen.summary.links == [], [link.accessibleName() for link in made.screen.summary.links]
    stored = bench.store.record(made.record_id)
    assert {n: tuple(sorted(a)) if isinstance(a, tuple) else a for n, a in stored.answers.items()} == expected
    again = opened(bench, qtbot, case or made.record_id, form, made.record_id)
    shown = again.screen.body.answers()
    assert {n: tuple(sorted(a)) if isinstance(a, tuple) else a for n, a in shown.items()} == expected
    assert draft_verbs.kept_draft(bench.drafts, bench.person, form, again.draft_id()) is None


def test_a_question_that_is_no_longer_asked_hides_and_keeps_what_was_typed(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    unborn, born = (made.screen.body.questions[name] for name in ("unborn", "date_of_birth"))
    for box, text in zip(born.editor.stops(), ("27", "3", "2019"), strict=True):
        type_into(box, text)
    QTest.keyClick(unborn.editor.buttons["yes"], Qt.Key.Key_Space)
    assert born.isHidden()
    assert "date_of_birth" not in made.screen.body.answers()
    assert made.screen.draft()["date_of_birth"] == {"typed": ["27", "3", "2019"]}
    QTest.keyClick(unborn.editor.buttons["no"], Qt.Key.Key_Space)
    assert not born.isHidden()
    assert made.screen.body.answers()["date_of_birth"] == "2019-03-27"


def test_not_known_and_declined_disable_the_box_and_exclude_each_other(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    name = made.screen.body.questions["name"]
    type_into(name.editor.line, "Mauve")
    not_known, declined = name.states.boxes.values()
    QTest.keyClick(not_known, Qt.Key.Key_Space)
    assert not name.editor.isEnabled()
    type_into(name.states.why, "nobody asked")
    assert name.answer() == NotKnown("nobody asked")
    QTest.keyClick(declined, Qt.Key.Key_Space)
    assert name.answer() == Declined()
    assert not not_known.isChecked()
    QTest.keyClick(declined, Qt.Key.Key_Space)
    assert name.editor.isEnabled()
    assert name.answer() == "Mauve"


def test_a_state_is_kept_in_the_draft_and_saved(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    made.screen.show_answers({"name": NotKnown("no papers"), "sex": Declined(), "unborn": NotKnown()})
    typed = made.screen.draft()
    made.screen.show_answers({})
    made.screen.restore(typed, "14:32")
    assert made.screen.body.answers() == {"name": NotKnown("no papers"), "sex": Declined(), "unborn": NotKnown()}
    save(made.screen)
    assert bench.store.record(made.record_id).answers["name"] == NotKnown("no papers")


def test_a_refusal_leads_to_each_problem_in_the_same_words_and_loses_nothing(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "contact")
    screen = made.screen
    type_into(screen.body.questions["who"].editor.line, "Olive Saddle")
    type_into(screen.body.questions["follow_up_by"].editor.stops()[0], "31/2/26")
    save(screen)
    assert screen.summary.hasFocus()
    words = [link.accessibleName() for link in screen.summary.links]
    assert words[:3] == ["Answer ‘When’.", "Answer ‘Kind of contact’.", "Answer ‘What was said and done’."]
    assert words[3].startswith("Follow up by: That is not a date.")
    for name in ("at", "kind", "summary", "follow_up_by"):
        question = screen.body.questions[name]
        assert any(question.problem() in said for said in words)
        assert question.problem().rstrip(".") in question.editor.stops()[0].accessibleDescription()
    assert bench.store.records("contact", case_file) == []

    QTest.keyClick(screen.summary.links[3], Qt.Key.Key_Return)
    box = screen.body.questions["follow_up_by"].editor.stops()[0]
    assert box.hasFocus()
    assert box.text() == "31/2/26"
    assert screen.body.questions["who"].answer() == "Olive Saddle"
    QTest.keyClicks(box, "x")
    assert screen.body.questions["follow_up_by"].problem() == ""


def test_a_refusal_by_the_action_is_shown_beside_the_question(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "order")
    made.screen.show_answers({"order_type": "care_order", "made_on": "2025-02-01", "ended_on": "2024-02-01"})
    save(made.screen)
    assert "before it was made" in made.screen.body.questions["ended_on"].problem()
    assert made.screen.foot.save.isEnabled()
    assert made.screen.foot.discard.isEnabled()
    assert "Not saved" in "".join(label.text() for label in made.screen.foot.findChildren(QLabel))
    assert made.screen.body.answers()["ended_on"] == "2024-02-01"


def test_what_was_known_earlier_is_saved_with_that_day_and_never_with_a_future_one(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "order")
    made.screen.show_answers({"order_type": "care_order"})
    made.screen.known_since.open.click()
    type_into(made.screen.known_since.box.line, "+3")
    save(made.screen)
    assert [link.property("field") for link in made.screen.summary.links] == [":known_on"]
    made.screen.known_since.box.line.clear()
    type_into(made.screen.known_since.box.line, "1 feb 26")
    save(made.screen)
    assert bench.store.record(made.record_id).known_on == "2026-02-01"


def test_texts_are_kept_to_the_letter(bench, qtbot, case_file):
    rtl, joiner, space = "\u200f", "\u200d", "\u00a0"  # invisible, and kept as well
    text = f"Tŷ Ŵyn · עברית · {rtl}العربية · 👩{joiner}👧 · a{space}b\n\nSecond paragraph\ttab"
    made = opened(bench, qtbot, case_file, "triage")
    words = made.screen.body.questions["own_words"].editor
    assert isinstance(words, NarrativeEditor)
    words.box.setFocus()
    words.box.insertPlainText(text)
    save(made.screen)
    assert bench.store.record(made.record_id).answers["own_words"] == text


def test_control_characters_from_elsewhere_do_not_hinder_saving(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    made.screen.body.questions["own_words"].editor.box.insertPlainText("one\x00two\x0cthree\x1b")
    save(made.screen)
    assert bench.store.record(made.record_id).answers["own_words"] == "onetwo\nthree"


def test_a_text_of_160000_characters_is_kept_whole(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    box = made.screen.body.questions["own_words"].editor.box
    box.setFocus()
    box.insertPlainText(("She has had the letter about the hearing and is worried about it. " * 12 + "\n") * 200)
    assert len(box.words()) > 158_000
    QTest.keyClick(box, Qt.Key.Key_A)
    save(made.screen)
    assert len(bench.store.record(made.record_id).answers["own_words"]) == len(box.words())


def test_an_open_list_takes_words_of_ones_own_and_a_closed_one_does_not(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    authority, plan = (made.screen.body.questions[name] for name in ("local_authority", "plan_status"))
    type_into(authority.editor.lookup.line(), "Isle of Quill")
    type_into(plan.editor.lookup.line(), "Something else")
    save(made.screen)
    assert authority.problem() == ""
    assert "Choose from the list" in plan.problem()
    assert authority.answer() == "Isle of Quill"


def test_a_code_of_a_newer_program_stays_and_does_not_hinder_saving(bench, qtbot, case_file):
    made = derived_id("episode", "1")
    change = Change(record_id=made, form="episode", version=9, stream=case_file, known_on="2026-03-01",
                    values={"opened": "2026-03-01", "opened_because": "of_a_newer_program"})  # fmt: skip
    bench.store.save([change], author="a colleague", now=MOMENT)
    form = opened(bench, qtbot, case_file, "episode", made)
    form.screen.body.questions["note"].editor.box.insertPlainText("She asked for it.")
    save(form.screen)
    stands = bench.store.record(made)
    assert (stands.text("opened_because"), stands.text("note")) == ("of_a_newer_program", "She asked for it.")


def test_a_form_whose_answers_change_elsewhere_shows_what_cannot_be_found_any_more(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "placement")
    made.screen.show_answers({"child": "00000000-0000-8000-8000-000000000000"})
    assert made.screen.body.questions["child"].answer() == "00000000-0000-8000-8000-000000000000"
    save(made.screen)
    assert made.screen.body.questions["child"].problem() == "Choose one of this case file."


def test_a_file_that_is_no_paper_of_ours_is_refused_in_place_and_the_one_before_stays(
    bench, qtbot, case_file, tmp_path
):
    made = opened(bench, qtbot, case_file, "photo")
    editor = made.screen.body.questions["image"].editor
    editor.take(PICTURE)
    qtbot.waitUntil(lambda: editor.answer() is not None)
    before = editor.answer()
    (tmp_path / "letter.docx").write_bytes(b"PK")
    editor.take(tmp_path / "letter.docx")
    assert editor._trouble.text() == "A file of this kind is not kept here. Choose one of: jpg, jpeg, png."
    (tmp_path / "broken.png").write_bytes(b"\x89PNG nothing")
    editor.take(tmp_path / "broken.png")
    qtbot.waitUntil(lambda: "picture" in editor._trouble.text())
    assert editor.answer() == before
    assert str(tmp_path) not in "".join(label.text() for label in made.screen.findChildren(QLabel))


def test_a_turning_wheel_changes_no_answer(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "contact")
    lookup = made.screen.body.questions["kind"].editor.lookup
    lookup.show_code("phone")
    lookup.setFocus()
    centre = lookup.rect().center().toPointF()
    turn = QWheelEvent(
        centre, lookup.mapToGlobal(centre), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(lookup, turn)
    assert lookup.code() == "phone"


def test_a_choice_that_was_made_by_mistake_can_be_taken_back(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    unborn = made.screen.body.questions["unborn"]
    QTest.keyClick(unborn.editor.buttons["yes"], Qt.Key.Key_Space)
    QTest.mouseClick(unborn.editor._clear, Qt.MouseButton.LeftButton)
    assert unborn.answer() is None


def test_the_box_of_a_narrative_can_be_made_as_high_as_the_window(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    editor = made.screen.body.questions["own_words"].editor
    small = editor.box.height()
    QTest.mouseClick(editor.larger, Qt.MouseButton.LeftButton)
    assert editor.box.height() > 2 * small
    assert editor.box.hasFocus()
    QTest.mouseClick(editor.larger, Qt.MouseButton.LeftButton)
    assert editor.box.height() == small


def test_after_the_first_save_the_history_is_there_and_the_cursor_stays(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    assert not made.screen.history.isVisible()
    box = made.screen.body.questions["own_words"].editor.box
    type_into(box, "I want to see")
    save(made.screen)
    assert made.screen.history.isVisible()
    QTest.keyClicks(box, " my girl.")
    save(made.screen)
    assert bench.store.record(made.record_id).text("own_words") == "I want to see my girl."
    assert len(bench.store.records("triage", case_file)) == 1


def test_a_full_disk_leaves_everything_in_the_form_and_says_so(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    type_into(made.screen.body.questions["own_words"].editor.box, "I want to see my girl.")
    bench.store._ledger.connection.execute("PRAGMA query_only = 1")  # the vault's disk refuses to be written
    save(made.screen)
    bench.store._ledger.connection.execute("PRAGMA query_only = 0")
    assert bench.messages.shown[-1].tone == "danger"
    assert made.screen.body.questions["own_words"].answer() == "I want to see my girl."
    assert bench.store.records("triage", case_file) == []
    save(made.screen)
    assert len(bench.store.records("triage", case_file)) == 1


def test_what_arrived_while_a_form_was_open_is_told_and_never_overwritten_unseen(bench, qtbot, case_file):
    child = put(bench, "child", case_file, name="Fern Anchor", sex="female", date_of_birth="2019-03-27")
    made = opened(bench, qtbot, case_file, "child", child)
    type_into(made.screen.body.questions["name"].editor.line, "Very ")
    made.screen.settle()
    changed = {"name": "Fern Mauve Anchor", "sex": "female", "date_of_birth": "2018-03-27"}
    moment = MOMENT
    save_answers(
        bench.store, bench.person, forms.ALL["child"], answers=changed, now=moment, case_file=case_file, record_id=child
    )
    made = opened(bench, qtbot, case_file, "child", child)  # the draft is brought back, and with it what it began from
    save(made.screen)
    assert "It now reads: Fern Mauve Anchor" in made.screen.body.questions["name"].problem()
    assert bench.store.record(child).answers == changed
    save(made.screen)
    assert bench.store.record(child).answers == changed | {"name": "Very Fern Anchor"}


def test_an_option_that_needs_two_lines_has_them(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    qtbot.waitUntil(lambda: is_built(made.screen))
    for width in (920, 860, 800):
        made.screen.resize(width, 700)
        QApplication.processEvents()
        words = [one for one in made.screen.findChildren(QLabel) if one.isVisible() and one.wordWrap()]
        assert any("welfare decisions" in one.text() for one in words)
        cut = [one.text() for one in words if one.height() < one.heightForWidth(one.width())]
        assert cut == []


def test_what_may_only_be_read_is_not_handed_in_by_its_key_either(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "mother", case_file)
    made.screen.set_open(is_open=False)
    made.screen.show_answers(dict(made.desk.record("mother", case_file).answers))  # as after news from a colleague
    with qtbot.assertNotEmitted(made.screen.submitted):
        QTest.keyClick(made.screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_what_is_wrong_with_the_day_since_when_it_was_known_is_told_to_the_ear_as_well(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "mother", case_file)
    line = made.screen.known_since.box.line
    made.screen.known_since.open.click()
    QTest.keyClicks(line, "tomorrow")
    made.screen.submit()
    assert line.accessibleDescription() == "Write since when it was known: today or an earlier day."
    made.screen.refuse({})
    assert line.accessibleDescription() == "Leave empty if it is news of today"


def test_who_may_only_read_reads_a_long_text_whole(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "triage")
    box = made.screen.body.questions["own_words"].editor.box
    box.show_words("\n".join(f"Line {number}" for number in range(60)))
    qtbot.waitUntil(lambda: box.verticalScrollBar().maximum() > 0)
    made.screen.set_open(is_open=False)
    qtbot.waitUntil(lambda: box.verticalScrollBar().maximum() == 0)
    made.screen.set_open(is_open=True)
    qtbot.waitUntil(lambda: box.verticalScrollBar().maximum() > 0)


@pytest.mark.parametrize("scale", [100, 125, 150, 175, 200])
def test_a_box_that_grows_with_its_text_has_room_for_its_last_line(qapp, qtbot, scale):
    theme = Theme(scale=scale)
    theme.apply(qapp)
    for lines in (3, 4, 9, MOST_LINES):
        box = TextBox(Kit(theme), "What was said")
        qtbot.addWidget(box)
        box.show()
        box.show_words("\n".join(["She rang."] * lines))
        qtbot.waitUntil(lambda box=box: box.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize(("typed", "boxes", "answer"), [
    ("12.3.1991", ["12", "3", "1991"], "1991-03-12"),
    ("12 march 91", ["12", "march", "91"], "1991-03-12"),
    ("1991-03-12", ["12", "03", "1991"], "1991-03-12"),
    ("31/2/1991", ["31", "2", "1991"], "31 2 1991"),
    ("12/3", ["12/3", "", ""], "12/3"),
    ("12", ["12", "", ""], "12"),
])  # fmt: skip
def test_a_whole_date_that_was_typed_into_the_first_box_is_spread_over_the_three(
    bench, qtbot, case_file, typed, boxes, answer
):
    made = opened(bench, qtbot, case_file, "child")
    editor = made.screen.body.questions["date_of_birth"].editor
    first, month, year = editor.stops()
    first.setFocus()
    QTest.keyClicks(first, typed)
    assert editor.answer() == answer, "also where one saves without leaving the box"
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert [first.text(), month.text(), year.text()] == boxes
    assert editor.answer() == answer


def test_a_box_is_as_high_with_a_problem_as_without(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "child")
    question = made.screen.body.questions["date_of_birth"]
    boxes = question.editor.stops()
    heights = {box.height() for box in boxes}
    boxes[0].setFocus()
    for problem in ("That is not a date.", ""):
        question.complain(problem)
        QApplication.processEvents()
        assert {box.height() for box in boxes} == heights


def test_a_long_form_is_saved_whole_before_all_of_it_is_built(bench, qtbot, case_file):
    answers = {"at": "2026-03-11T10:00", "kind": "phone", "summary": "She rang.", "staff_note": "Told the wing.",
               "withheld_from": ("mother",), "follow_up_by": "2026-04-01"}  # fmt: skip
    contact = put(bench, "contact", case_file, **answers)
    desk = CaseDesk(bench.means(), case_file)
    desk.read()
    screen = desk.open_form(forms.ALL["contact"], contact).screen
    qtbot.addWidget(screen)
    assert not is_built(screen)
    assert screen.body.answers() == answers
    type_into(screen.body.questions["summary"].editor.box, "Once more: ")
    assert not is_built(screen)
    screen.submit()
    assert bench.store.record(contact).answers == answers | {"summary": "Once more: She rang."}
    screen.body.finish()
    assert screen.body.answers() == answers | {"summary": "Once more: She rang."}


def test_what_a_draft_kept_far_down_in_a_long_form_is_brought_back(bench, qtbot, case_file):
    made = opened(bench, qtbot, case_file, "contact")
    made.screen.body.questions["staff_note"].take_keyboard()
    type_into(made.screen.body.questions["staff_note"].editor.box, "Told the wing.")
    made.screen.settle()
    again = opened(bench, qtbot, case_file, "contact")
    assert again.screen.draft()["staff_note"] == {"typed": ["Told the wing."]}
    again.screen.take_keyboard("staff_note")
    assert is_built(again.screen)
    assert again.screen.body.questions["staff_note"].isAncestorOf(QApplication.focusWidget())


def test_tab_comes_to_the_questions_of_a_long_form_in_their_order_however_it_was_built(bench, qtbot, case_file):
    contact = put(bench, "contact", case_file, at="2026-03-11T10:00", kind="phone", summary="She rang.")
    made = opened(bench, qtbot, case_file, "contact", contact)
    questions = made.screen.body.questions
    for name in reversed(questions):  # as somebody may ask for them from the end
        if not questions[name].isHidden():
            questions[name].build()
    made.screen.take_keyboard()
    found = [name for stop in tab_way(made.screen) for name, one in questions.items() if one.isAncestorOf(stop)]
    assert list(dict.fromkeys(found)) == [name for name, one in questions.items() if not one.isHidden()]
