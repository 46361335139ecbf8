"""One event with several women, what must be known before, marks by one key each, papers, and texts of every kind."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.awaited import awaited
from tac_desktop.casework import forms
from tac_desktop.casework.dues.escalation import Question as Asked
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.contact_desk import ContactDesk
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.workbench import Workbench

NOW = "2026-03-12T14:05"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
WORDS = "The school sent both reports."
NUMBERS = iter(range(1, 1000))


@pytest.fixture(scope="module")
def bench(qapp, tmp_path_factory):
    from tac_desktop.ui.kit import Kit
    from tac_desktop.ui.theme import Theme

    theme = Theme()
    theme.apply(qapp)
    vault, _ = vaults.create(
        tmp_path_factory.mktemp("log") / "v", name="Sage Beacon", role="manager", prison="EP",
        passphrase="four quiet copper kettles", profile=CHEAPEST,
    )  # fmt: skip
    lane = Lane()
    made = Workbench(Kit(theme), lane, Messages(), lambda: NOW, vault)
    yield made
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    lane.stop()
    made.close()
    vault.close()


def put(bench, form: str, case_file: str = "", **answers) -> str:
    moment = datetime.fromisoformat(NOW).astimezone()
    return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, now=moment, case_file=case_file)


def a_mother(bench, name: str) -> str:
    return put(bench, "mother", reference=f"TAC-{next(NUMBERS):05}", name=name, prison="EP")


@pytest.fixture
def two(bench) -> tuple[str, str, str, str]:
    """Two women with a child each."""
    puce, umber = a_mother(bench, "Puce Anchor"), a_mother(bench, "Umber Lantern")
    mauve = put(bench, "child", puce, name="Mauve Anchor", date_of_birth="2019-03-27")
    ochre = put(bench, "child", umber, name="Ochre Lantern", date_of_birth="2021-03-27")
    return puce, umber, mauve, ochre


@pytest.fixture
def desk(bench, qtbot, two):
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.show()
    made = ContactDesk(bench, frame)
    made.open()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    if isValid(made.window):
        made._discard()
    draft_verbs.forget_draft(bench.drafts, bench.person, "contact", made._draft_id)  # the next test begins with none


def words_of(desk, case_file: str) -> str:
    return desk._words(case_file)


def choose(desk, *case_files: str) -> None:
    desk.window.women.choose({case_file: words_of(desk, case_file) for case_file in case_files})


def fill(desk, **answers) -> None:
    for name, answer in {"kind": "phone", "summary": WORDS, **answers}.items():
        desk.window.questions[name].show_answer(answer)


def contacts(bench, case_file: str):
    return bench.store.records("contact", case_file)


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)


def test_of_several_women_each_gets_the_contact_with_her_own_children_alone(desk, bench, qtbot, two):
    puce, umber, mauve, ochre = two
    choose(desk, puce, umber)
    offered = desk.window.questions["children"].editor.stops()
    assert [box.text() for box in offered] == ["Mauve Anchor (Puce Anchor)", "Ochre Lantern (Umber Lantern)"]
    fill(desk, children=(mauve, ochre), child_contact="phone")
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    assert [one.answers["children"] for one in (*contacts(bench, puce), *contacts(bench, umber))] == [
        (mauve,),
        (ochre,),
    ]


def test_contact_with_the_child_of_one_is_no_contact_with_the_child_of_the_other(desk, bench, qtbot, two):
    puce, umber, mauve, _ = two
    choose(desk, puce, umber)
    fill(desk, children=(mauve,), child_contact="phone")
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    assert contacts(bench, puce)[0].text("child_contact") == "phone"
    assert {"children", "child_contact"} & contacts(bench, umber)[0].answers.keys() == set()


def test_a_refusal_for_one_saves_nothing_and_loses_nothing(desk, bench, two):
    puce, umber, mauve, _ = two
    choose(desk, puce, umber)
    fill(desk, children=(mauve,))
    put(bench, "contact_permission", puce, children=(mauve,), level="not_allowed", source="court_order")
    desk.window.questions["child_contact"].show_answer("phone")
    desk.window.submit()
    assert contacts(bench, puce) == contacts(bench, umber) == []
    [told] = [link.accessibleName() for link in desk.window.summary.links]
    assert "Puce Anchor: Phone calls with Mauve Anchor" in told
    reason = desk.window.questions["outside_permission"]
    assert not reason.isHidden()
    assert desk.window.questions["summary"].answer() == WORDS
    assert set(desk.window.women.women()) == {puce, umber}
    reason.show_answer("Her social worker stayed on the line.")
    desk.window.submit()
    assert contacts(bench, puce)[0].text("outside_permission") == "Her social worker stayed on the line."
    assert len(contacts(bench, umber)) == 1


def test_alerts_safe_contact_and_forbidden_contact_are_told_as_soon_as_they_are_known(desk, bench, qtbot, two):
    puce, umber, mauve, _ = two
    put(bench, "alert", puce, kind="do_not_disclose", what_to_do="Never tell the father where she is.")
    put(bench, "contact_permission", puce, children=(mauve,), level="not_allowed", source="court_order")
    put(bench, "person", puce, name="Slate Ledger", roles=("father",), safe_contact="Only by letter, never by phone.")
    window = desk.window
    window.women.choose({umber: words_of(desk, umber)})
    assert window.notices.isHidden()
    choose(desk, puce, umber)
    assert any("Never tell the father" in words for words in window.notices.words())
    window.questions["who"].editor.line.setText("Slate Ledger")
    window.questions["who"].editor.changed.emit()
    qtbot.waitUntil(lambda: "Only by letter, never by phone." in window.notices.words())
    fill(desk, children=(mauve,), child_contact="phone")
    qtbot.waitUntil(lambda: any("not allowed (Court order)" in words for words in window.notices.words()))
    assert not window.questions["outside_permission"].isHidden()


def test_the_name_of_one_in_what_all_will_hold_is_pointed_out(desk, qtbot, two):
    puce, umber, *_ = two
    choose(desk, puce, umber)
    desk.window.questions["summary"].show_answer("Rang about UMBER’s visit.")
    qtbot.waitUntil(lambda: any("Umber Lantern is named" in words for words in desk.window.notices.words()))
    choose(desk, puce)
    qtbot.waitUntil(lambda: not any("is named" in words for words in desk.window.notices.words()))


def test_of_two_women_of_one_name_no_alert_hides_the_other(desk, bench, two):
    puce, twin = two[0], a_mother(bench, "Puce Anchor")
    put(bench, "alert", puce, kind="do_not_disclose", what_to_do="Never tell the father where she is.")
    put(bench, "alert", twin, kind="do_not_disclose", what_to_do="Ring her solicitor first.")
    choose(desk, puce, twin)
    told = " ".join(desk.window.notices.words())
    assert "Never tell the father" in told
    assert "Ring her solicitor first" in told


def test_words_that_are_nobody_yet_are_asked_about_and_never_left_out(desk, bench, qtbot, two):
    puce, umber, *_ = two
    choose(desk, puce)
    fill(desk)
    key(Qt.Key.Key_W, ALT)
    reference = bench.store.record(umber).text("reference")
    QTest.keyClicks(desk.window.who, reference)
    desk.window.submit()
    assert contacts(bench, puce) == []
    assert [link.accessibleName() for link in desk.window.summary.links] == [
        f"‘{reference}’ is nobody yet: choose her from what is found, or take the words away."
    ]
    QTest.keyClick(desk.window.who, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    assert [len(contacts(bench, one)) for one in (puce, umber)] == [1, 1]


MARKS = {"M": ("withheld_from", "mother"), "S": ("withheld_from", "staff"), "C": ("withheld_from", "court"),
         "O": ("withheld_from", "other_party"), "T": ("disclosure", "third_party"), "L": ("disclosure", "legal_advice"),
         "H": ("disclosure", "harm"), "K": ("disclosure", "childs_confidence")}  # fmt: skip


def test_each_mark_is_one_key_from_anywhere_and_who_decided_is_written_down(desk, bench, qtbot, two):
    choose(desk, two[0])
    desk.window.questions["summary"].editor.box.setFocus()
    for letter, (field, code) in MARKS.items():
        key(getattr(Qt.Key, f"Key_{letter}"), ALT)
        assert code in desk.window.questions[field].answer()
    fill(desk)
    key(Qt.Key.Key_S, ALT)
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    [contact] = contacts(bench, two[0])
    assert set(contact.answers["withheld_from"]) == {"mother", "court", "other_party"}
    assert len(contact.answers["disclosure"]) == 4
    assert contact.text("decided_by") == "Sage Beacon"


def test_what_she_may_be_told_is_asked_only_where_the_note_is_kept_from_her(desk, two):
    choose(desk, two[0])
    questions = desk.window.questions
    shown = []
    for letter in "SMMHH":
        key(getattr(Qt.Key, f"Key_{letter}"), ALT)
        shown.append((not questions["may_be_told"].isHidden(), not questions["decided_by"].isHidden()))
    assert shown == [(False, True), (True, True), (False, True), (True, True), (False, True)]


def test_the_text_for_the_prisons_system_holds_the_note_for_staff_and_nothing_else(desk, bench, qtbot, two):
    choose(desk, two[0])
    fill(desk, with_whom=("school",), who="Amber Primary School", staff_note="She had hard news today.")
    desk.window.asked.copy.click()
    assert desk.window.asked.copy.text() == "Copied"
    assert QGuiApplication.clipboard().text() == (
        "12 March 2026, 14:05: Phone call, with: School / safeguarding lead / teacher. She had hard news today."
    )
    key(Qt.Key.Key_R, ALT)
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    assert contacts(bench, two[0])[0].answers["in_prison_record"] is True


def test_any_number_of_papers_is_kept_and_comes_back_with_the_draft(desk, bench, qtbot, two, tmp_path: Path):
    for name in ("Letter", "Drawing"):
        (tmp_path / f"{name}.pdf").write_bytes(f"%PDF-1.4 {name}".encode())
        desk.window.files.take(tmp_path / f"{name}.pdf")
        qtbot.waitUntil(lambda: not bench.lane.jobs() and desk.window.files.add.isEnabled())
    (tmp_path / "notes.exe").write_bytes(b"MZ")
    desk.window.files.take(tmp_path / "notes.exe")
    assert [title for _, title in desk.window.files.files()] == ["Letter", "Drawing"]
    choose(desk, *two[:2])
    fill(desk, withheld_from=("mother",))
    desk.window.settle()
    again = ContactDesk(bench, desk.window.parentWidget())
    again.open()
    assert again.window.files.files() == desk.window.files.files()
    with qtbot.waitSignal(again.saved):
        again.window.submit()
    for case_file in two[:2]:
        papers = bench.store.records("contact_paper", case_file)
        assert {paper.text("title") for paper in papers} == {"Letter", "Drawing"}
        assert {paper.answers["withheld_from"] for paper in papers} == {("mother",)}


def test_nothing_is_saved_while_a_file_is_on_its_way_and_no_second_one_is_asked_for(desk, bench, qtbot, two, tmp_path):
    choose(desk, two[0])
    fill(desk)
    (tmp_path / "Letter.pdf").write_bytes(b"%PDF-1.4 a letter")
    desk.window.files.take(tmp_path / "Letter.pdf")
    desk.window.submit()
    assert contacts(bench, two[0]) == []
    assert "still being taken in" in desk.window.summary.links[0].accessibleName()
    key(Qt.Key.Key_F, ALT)
    assert desk.window.files.findChild(QFileDialog) is None
    qtbot.waitUntil(desk.window.files.add.isEnabled)
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    assert [paper.text("title") for paper in bench.store.records("contact_paper", two[0])] == ["Letter"]


def test_a_file_that_comes_when_its_window_is_closed_is_told_and_does_no_harm(desk, bench, qtbot, tmp_path):
    (tmp_path / "Letter.pdf").write_bytes(b"%PDF-1.4 another letter")
    desk.window.files.take(tmp_path / "Letter.pdf")
    desk.window.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(desk.window)
    qtbot.waitUntil(lambda: not bench.lane.jobs())
    assert "attached to nothing" in bench.messages.shown[-1].text


ODD = "Ŵy â ŵyr \u200f\u05e2\u05d1\u05e8\u200f \u0639\u0631\u0628 \U0001f469\u200d\U0001f467 e\u0301 \u202eRTL\u202c"
TEXTS = ("who", "summary", "waiting_for", "may_be_told", "decided_by", "staff_note", "outside_permission")


def test_letters_of_every_kind_are_kept_to_the_sign_and_what_nobody_sees_goes(desk, bench, qtbot, two):
    choose(desk, two[0])
    fill(desk, withheld_from=("mother",))
    for name in TEXTS[:-1]:
        stop = desk.window.questions[name].editor.stops()[0]
        stop.selectAll()
        QGuiApplication.clipboard().setText(f"\x00\x07{ODD}\x1b")
        stop.paste()
    with qtbot.waitSignal(desk.saved):
        desk.window.submit()
    [contact] = contacts(bench, two[0])
    assert {name: contact.text(name) for name in TEXTS[:-1]} == dict.fromkeys(TEXTS[:-1], ODD)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hundred_thousand_signs_pasted_into_a_text_are_kept_or_refused_and_never_cut(desk, bench, qtbot, two, name):
    choose(desk, two[0])
    fill(desk, withheld_from=("mother",))
    desk.window.asked.follow(forbidden=name == "outside_permission")
    field, pasted = desk.window.questions[name], ("Ŵyn yw hi. " * 10_000)[:99_999] + "Ŵ"
    QGuiApplication.clipboard().setText(pasted)
    stop = field.editor.stops()[0]
    stop.selectAll()
    stop.paste()
    desk.window.submit()
    if isinstance(forms.ALL["contact"].by_name[name], forms.contact.ShortText):
        assert "too long by 99,800 characters" in field.problem()
        assert contacts(bench, two[0]) == []
        assert field.answer() == pasted
    else:
        assert contacts(bench, two[0])[0].text(name) == pasted


def test_whatever_is_pasted_into_the_search_for_a_woman_finds_nobody_and_does_no_harm(desk, bench):
    for pasted in (
        "Ŵ" * 100_000,
        "\x00\x1b",
        "\u202eenod",
        "\U0001f469\u200d\U0001f467",
        '" OR 1=1 --',
        "NEAR(",
        "*" * 5000,
    ):
        QGuiApplication.clipboard().setText(pasted)
        desk.window.who.selectAll()
        desk.window.who.paste()
        desk.window.who._offer()
        assert desk.window.women.women() == {}


# --- chasing, and the answer ---


def asked(bench, case_file: str) -> Asked:
    [one] = [one.question for one in awaited(bench.store) if one.case_file == case_file]
    return one


@pytest.fixture
def waiting(bench, two) -> Asked:
    put(bench, "contact", two[0], at="2026-02-01T10:00", kind="email", summary="Asked.", waiting_for="The care plan",
        who="Slate Ledger", with_whom=("childrens_sw",))  # fmt: skip
    return asked(bench, two[0])


@pytest.fixture
def frame(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def a_desk_for(bench, frame, question: Asked, **how) -> ContactDesk:
    made = ContactDesk(bench, frame, ContactDesk.draft_of(question, is_answer=how["is_answer"]))
    made.open_for(question, **how)
    return made


def test_to_ask_again_needs_only_the_words_and_a_step_higher_is_begun_with_its_level(bench, qtbot, frame, two, waiting):
    again = a_desk_for(bench, frame, waiting, is_answer=False, level="team_manager")
    assert "Asks again for: The care plan. Asked of Slate Ledger on 1 February 2026" in again.window.aim_note.text()
    again.window.questions["summary"].show_answer("Left a message.")
    with qtbot.waitSignal(again.saved):
        again.window.submit()
    question = asked(bench, two[0])
    assert (question.level, [time.on for time in question.times]) == ("team_manager", ["2026-02-01", "2026-03-12"])
    assert contacts(bench, two[0])[-1].text("who") == "Slate Ledger"


def test_the_answer_ends_the_waiting_and_a_draft_of_it_knows_what_it_answers(bench, qtbot, frame, two, waiting):
    begun = a_desk_for(bench, frame, waiting, is_answer=True)
    begun.window.questions["summary"].editor.box.setPlainText("Here it is.")
    begun.window.questions["kind"].editor.chips["email"].click()
    begun.window.settle()
    later = a_desk_for(bench, frame, waiting, is_answer=True)
    assert later.window.questions["summary"].answer() == "Here it is."
    with qtbot.waitSignal(later.saved):
        later.window.submit()
    assert [one for one in awaited(bench.store) if one.case_file == two[0]] == []
    assert contacts(bench, two[0])[-1].text("direction") == "incoming"
