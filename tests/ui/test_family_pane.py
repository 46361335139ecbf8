"""Who lives where: the picture of a family for eye, ear and keyboard, and the way from it to a move."""

from collections.abc import Mapping, Sequence

import pytest
from cases import TODAY
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from seen import faint_texts, nameless, reachable, small_targets, spoken, tab_way

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.drafts import new_record
from tac_desktop.casework import forms
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.family_pane import FamilyPane
from tac_desktop.ui.household_card import HouseholdCard
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.voice_pane import VoicePane

CTRL = Qt.KeyboardModifier.ControlModifier
LOOKS = {"100 %": (100, 1000), "200 %": (200, 1100)}


class NoFiles:
    """A vault without attached files: nothing here adds one."""

    def add(self, path, kept, refused):
        raise AssertionError

    def words(self, sha256):
        return ""

    def show(self, sha256, title):
        raise AssertionError


def record(form: str, record_id: str, **answers) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


FAMILY = by_form([
    record("mother", "m", name="Puce Anchor", prison="EP"),
    record("child", "mauve", name="Mauve Anchor", date_of_birth="2018-05-04"),
    record("child", "teal", name="Teal Anchor", date_of_birth="2021-09-20"),
    record("child", "hazel", name="Hazel Anchor", date_of_birth="2024-08-30"),
    record("placement", "p1", child="mauve", from_date="2025-09-01", arrangement="foster_care", household="H1",
           carer="Ruby Harbour"),
    record("placement", "p2", child="teal", from_date="2025-09-01", arrangement="foster_care", household="H1"),
    record("placement", "p3", child="hazel", from_date="2026-01-06", arrangement="family_kinship", household="H2"),
])  # fmt: skip


@pytest.fixture(params=["100 %"])
def look(request, qapp):
    scale, width = LOOKS[request.param]
    theme = Theme(scale=scale)
    theme.apply(qapp)
    yield Kit(theme), width, scale
    Theme().apply(qapp)


def pane_of(look, qtbot, records: Mapping[str, Sequence[Record]] = FAMILY, *, may_write: bool = True) -> FamilyPane:
    kit, width, _ = look
    around = Circumstances(kit, lambda: f"{TODAY}T14:05", lambda _form: [], NoFiles())
    made = FamilyPane(around, records, may_write=lambda _form: may_write, may_issue=True)
    qtbot.addWidget(made)
    made.resize(width, 1400)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words_on(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def button(widget: QWidget, name: str) -> QPushButton:
    [found] = [one for one in widget.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == name]
    return found


def test_each_home_is_a_card_with_who_lives_there_and_all_of_it_can_be_heard(look, qtbot):
    pane = pane_of(look, qtbot)
    assert "Brothers and sisters live apart, in 2 homes: Mauve Anchor and Teal Anchor; Hazel Anchor." in words_on(pane)
    first, second = pane.cards
    assert words_on(first)[1] == "Foster care: Ruby Harbour"
    assert "1 September 2025" in words_on(first)
    assert [b.text() for b in first.findChildren(QPushButton)][:1] == ["Mauve Anchor, 7"]
    heard = spoken(pane)
    assert any(
        said.startswith("Foster care: Ruby Harbour. Mauve Anchor, 7. There since: 1 September") for said in heard
    )
    assert second.accessibleName().startswith(
        "With family or kinship carer: carer not recorded. Hazel Anchor, 18 months"
    )


def test_any_day_can_be_typed_and_the_days_of_change_stepped_through(look, qtbot):
    pane = pane_of(look, qtbot)
    pane.box.line.setFocus()
    pane.box.line.clear()
    QTest.keyClicks(pane.box.line, "1 oct 25")
    assert pane.day() == "2025-10-01"
    assert [card.accessibleName().split(".")[0] for card in pane.cards] == [
        "Foster care: Ruby Harbour", "Where they live is not recorded",
    ]  # fmt: skip
    assert pane.box.line.hasFocus()
    assert pane.box.line.text() == "1 oct 25"
    QTest.keyClick(pane.later, Qt.Key.Key_Space)
    assert pane.day() == "2026-01-06"
    assert not pane.later.isEnabled()
    QTest.keyClick(pane.earlier, Qt.Key.Key_Space)
    QTest.keyClick(pane.earlier, Qt.Key.Key_Space)
    assert pane.day() == "2024-08-30"
    QTest.keyClick(pane.now, Qt.Key.Key_Space)
    assert pane.day() == TODAY


def test_what_is_no_day_is_said_and_the_picture_stays(look, qtbot):
    pane = pane_of(look, qtbot)
    pane.box.line.clear()
    QTest.keyClicks(pane.box.line, "gobble")
    assert any(words.startswith("That is not a day yet") for words in words_on(pane))
    assert pane.day() == TODAY
    assert len(pane.cards) == 2


def test_what_is_not_known_leads_to_where_it_is_recorded(look, qtbot):
    pane = pane_of(look, qtbot)
    with qtbot.waitSignal(pane.begun) as asked:
        button(pane.cards[1], "Record for Hazel Anchor: social worker").click()
    assert asked.args == ["childrens_social_worker", {"children": ("hazel",)}]
    with qtbot.waitSignal(pane.begun) as asked:
        button(pane.cards[1], "Record for Hazel Anchor: plan, next review").click()
    assert asked.args == ["plan_status", {"child": "hazel"}]
    with qtbot.waitSignal(pane.move_wanted) as moved:
        button(pane.cards[0], "Record a move from: Foster care: Ruby Harbour").click()
    assert moved.args == [("mauve", "teal")]
    with qtbot.waitSignal(pane.document_wanted) as paper:
        pane.paper.click()
    assert paper.args == [f"family {TODAY}"]


def test_who_may_only_read_is_offered_nothing_to_write(look, qtbot):
    pane = pane_of(look, qtbot, may_write=False)
    assert [b.text() for card in pane.cards for b in card.findChildren(QPushButton)] == [
        "Mauve Anchor, 7", "Teal Anchor, 4", "Hazel Anchor, 18 months",
    ]  # fmt: skip


def test_without_children_it_says_what_to_do(look, qtbot):
    pane = pane_of(look, qtbot, by_form(FAMILY["mother"]))
    assert "Record the children first: then each home is a card here." in words_on(pane)
    with qtbot.waitSignal(pane.section_opened) as opened:
        next(b for b in pane.findChildren(QPushButton) if b.text() == "Children").click()
    assert opened.args == ["children"]


def test_every_home_of_a_large_family_is_there_and_is_read_in_its_order(look, qtbot):
    colours = ("Mauve", "Teal", "Hazel", "Ochre", "Slate", "Amber", "Jade")
    children = [
        record("child", one, name=f"{one} Anchor", date_of_birth=f"{2010 + n}-05-04") for n, one in enumerate(colours)
    ]
    homes = [
        record("placement", f"p {one}", child=one, from_date="2025-09-01", arrangement="foster_care", household=one)
        for one in colours
    ]
    pane = pane_of(look, qtbot, by_form([*FAMILY["mother"], *children, *homes]))
    below = QPushButton("Below the homes", pane)
    pane.layout().addWidget(below)
    pane.show_day(TODAY)
    qtbot.waitUntil(lambda: all(part.is_over() for part in pane.findChildren(InTurns)))
    told = " ".join(card.accessibleName() for card in pane.cards)
    assert [told.count(one) for one in colours] == [1] * len(colours)
    places = [card.geometry().translated(card.parentWidget().pos()) for card in pane.cards]
    assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[:n])
    pane.paper.setFocus()
    assert [stop for stop in tab_way(pane) if stop in (*pane.cards, below)] == [*pane.cards, below]
    pane.show_day("2012-06-01")  # before most of them were born: none of the cards from before stays
    qtbot.waitUntil(lambda: all(part.is_over() for part in pane.findChildren(InTurns)))
    assert [card for card in pane.findChildren(HouseholdCard) if card.isVisible()] == pane.cards


@pytest.mark.parametrize("look", list(LOOKS), indirect=True)
def test_it_is_large_and_dark_enough_named_and_whole_at_any_size(look, qtbot):
    pane = pane_of(look, qtbot)
    assert nameless(pane) == []
    assert small_targets(pane, look[2]) == []
    assert faint_texts(pane) == []
    for widget in pane.findChildren(QWidget):
        if widget.isVisible() and widget.objectName() != "focus-ring":  # which lies around a part, outside of it
            assert widget.mapTo(pane, widget.rect().topRight()).x() <= pane.width(), widget
    pane.paper.setFocus()
    way = tab_way(pane)
    assert set(reachable(pane)) <= set(way)
    assert [stop for stop in way if stop in pane.cards] == pane.cards


@pytest.mark.parametrize("look", list(LOOKS), indirect=True)
def test_what_a_child_says_and_knows_can_be_seen_heard_and_written_down_at_any_size(look, qtbot):
    kit, width, scale = look
    said = by_form([
        *(one for records in FAMILY.values() for one in records),
        record("child_view", "v", child="mauve", date="2026-02-01", wishes="Ring when it is dark.", heard_by="Ruby"),
    ])  # fmt: skip
    pane = VoicePane(kit, FAMILY["child"], said, may_write=True)
    qtbot.addWidget(pane)
    pane.resize(width, 1400)
    pane.show()
    qtbot.waitUntil(pane.isActiveWindow)
    assert "“Ring when it is dark.”" in words_on(pane)
    assert "1 February 2026, heard by Ruby" in words_on(pane)
    with qtbot.waitSignal(pane.begun) as asked:
        button(pane, "Write down for Teal Anchor: what it was told").click()
    assert asked.args == ["told_child", {"child": "teal"}]
    assert nameless(pane) == []
    assert small_targets(pane, scale) == []
    assert faint_texts(pane) == []


# --- the journey ---


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
    return 1


def types(words: str) -> int:
    QTest.keyClicks(QApplication.focusWidget(), words)
    return len(words)


@pytest.fixture
def family_in_vault(opened) -> str:
    """A mother with two children in one home and a third in another."""
    bench = opened.window.work.bench
    case_file = case_file_id("TAC-00003")

    def put(form: str, **answers) -> str:
        return save_answers(
            bench.store, bench.person, forms.ALL[form], answers=answers, now=bench.moment(), case_file=case_file
        )

    mauve, teal, hazel = (
        put("child", name=f"{name} Anchor", date_of_birth=born)
        for name, born in (("Mauve", "2018-05-04"), ("Teal", "2021-09-20"), ("Hazel", "2024-08-30"))
    )
    for child, mark in ((mauve, "H1"), (teal, "H1"), (hazel, "H2")):
        put("placement", child=child, from_date="2025-09-01", arrangement="foster_care", household=mark,
            carer=f"Carer of {mark}")  # fmt: skip
    put("order", order_type="care_order", children=(mauve, teal), made_on="2025-09-10")
    put("parental_responsibility", child=mauve, who="mother", status="shared", source="birth_certificate")
    return case_file


def test_where_two_siblings_live_since_when_and_who_decides_is_answered_in_13_keys_and_their_move_saved_in_27(
    opened, qtbot, family_in_vault
):
    pressed = key(Qt.Key.Key_F, CTRL) + types("TAC-00003")
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    qtbot.wait(300)
    pressed += key(Qt.Key.Key_Down) + key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(opened), CaseScreen))
    screen = page_of(opened)
    qtbot.waitUntil(screen.sections.buttons["overview"].hasFocus)
    pressed += types("w")
    [pane] = screen.findChildren(FamilyPane)
    told = words_on(pane.cards[0])
    assert "Foster care: Carer of H1" in told
    assert told.count("1 September 2025") == 2
    assert "the mother, shared with the authority or a carer (birth certificate); " in " ".join(told)
    assert "the local authority, by the care order" in " ".join(told)
    assert pressed <= 13, pressed

    pressed = 0
    while getattr(QApplication.focusWidget(), "text", str)() != "Record a move":
        pressed += key(Qt.Key.Key_Tab)
    pressed += key(Qt.Key.Key_Return)
    form = screen.open_form().screen
    assert len(form.body.questions["children"].answer()) == 2
    pressed += types("1/3")
    while not form.body.questions["arrangement"].isAncestorOf(QApplication.focusWidget()):
        pressed += key(Qt.Key.Key_Tab)
    pressed += types("long")
    offered = form.body.questions["arrangement"].editor.lookup.found.popup()  # a window of its own, which takes keys
    for which in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(offered, which)
        pressed += 1
    pressed += key(Qt.Key.Key_Return, CTRL)
    assert screen.open_form() is None, [link.accessibleName() for link in form.summary.links]
    [pane] = [one for one in screen.findChildren(FamilyPane) if one.isVisible()]
    assert words_on(pane.cards[0])[1].startswith("Long-term foster care")
    assert words_on(pane.cards[0]).count("1 March 2026") == 2
    ended = [one.text("to_date") for one in opened.window.work.bench.store.records("placement", family_in_vault)]
    assert sorted(ended) == ["", "", "", "2026-03-01", "2026-03-01"]
    assert pressed <= 27, pressed


def page_of(desktop):
    return desktop.window.frame.page(desktop.window.frame.current())


def test_a_move_that_was_begun_is_kept_as_a_draft_and_found_again(opened, qtbot, family_in_vault):
    opened.window.work.cases.open_case(family_in_vault)
    screen = page_of(opened)
    screen.show_section("homes")
    button(screen.findChild(FamilyPane).cards[0], "Record a move from: Foster care: Carer of H1").click()
    types("1/3")
    screen.show_section("overview")
    drafts = opened.window.work.bench.drafts
    [draft] = [one for one in drafts.all_of(opened.window.work.bench.person.id) if one.form == "move"]
    assert draft.record_id == new_record(family_in_vault)
    screen.open_draft("move", draft.record_id)
    answers = screen.open_form().screen.body.answers()
    assert (len(answers["children"]), answers["from_date"][5:]) == (2, "03-01")
    assert screen.sections.buttons["homes"].isChecked()
