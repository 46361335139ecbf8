"""A case file is handed over in one window, by key; both vaults say where it stands, and what was said about it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from seen import faint_texts, nameless, reachable, small_targets, tab_way
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import cards, comments, exchange
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.beside_record import BesideRecord
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.hand_over_dialog import HandOverDialog
from tests.new_vaults import open_vault

CASE = case_file_id("TAC-00003")
MANAGER = Person(id="m1", name="Olive Saddle", role="manager")
NOW = datetime.now(UTC)


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


class Colleague:
    """Another vault, whose card was accepted."""

    def __init__(self, folder: Path, desktop: Desktop, role: str = "worker") -> None:
        self.vault = open_vault(folder / "Send", name="Fern Compass", role=role, prison="SEND", passphrase=PASSPHRASE)
        self.store = Store(self.vault)
        self.folder = folder
        bench = desktop.window.work.bench
        code = cards.hand_out_card(self.vault, folder / "hers.taccard", now=NOW)
        self.card = cards.trust_card(bench.vault, bench.store, folder / "hers.taccard", code, now=NOW)
        code = cards.hand_out_card(bench.vault, folder / "mine.taccard", now=NOW)
        self.sender = cards.trust_card(self.vault, self.store, folder / "mine.taccard", code, now=NOW)

    def receive(self, desktop: Desktop, name: str) -> None:
        bench = desktop.window.work.bench
        path = self.folder / name
        list(exchange.write_bundle(bench.vault, bench.store, self.card, path, now=bench.moment()))
        list(exchange.import_bundle(self.vault, self.store, path, now=bench.moment()))

    def send_back(self, desktop: Desktop, name: str) -> None:
        bench = desktop.window.work.bench
        path = self.folder / name
        list(exchange.write_bundle(self.vault, self.store, self.sender, path, now=bench.moment()))
        list(exchange.import_bundle(bench.vault, bench.store, path, now=bench.moment()))
        desktop.window.work.changed()

    def close(self) -> None:
        self.store.close()
        self.vault.close()


@pytest.fixture
def colleague(opened: Desktop, tmp_path: Path):
    made = Colleague(tmp_path, opened)
    yield made
    made.close()


def case_page(desktop: Desktop) -> CaseScreen:
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def dialog_of(desktop: Desktop, qtbot: QtBot) -> HandOverDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HandOverDialog))
    return QApplication.activeWindow()


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), which, with_)


def by_tab(wanted: QWidget) -> None:
    for _ in range(100):
        if QApplication.focusWidget() is wanted:
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError("The keyboard does not reach it.")


def asked(desktop: Desktop, qtbot: QtBot) -> HandOverDialog:
    desktop.window.work.cases.open_case(CASE)
    button = case_page(desktop).header.hand_over
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    return dialog_of(desktop, qtbot)


def test_a_case_file_is_handed_over_by_key_and_both_sides_say_where_it_stands(opened, qtbot, colleague):
    dialog = asked(opened, qtbot)
    assert re.search(r"• First meeting.*, due 6 April 2026", words_on(dialog))
    assert QApplication.focusWidget() is dialog.to
    key(Qt.Key.Key_Down)
    assert "Fern Compass (social worker, HMP Send)" in dialog.to.currentText()
    assert "Fern Compass" in dialog.next.text()
    by_tab(dialog.reason)
    QTest.keyClicks(QApplication.focusWidget(), "She was moved to Send.")
    by_tab(dialog.hand_over)
    key(Qt.Key.Key_Return)
    settle(opened, qtbot)
    page = case_page(opened)
    qtbot.waitUntil(lambda: "Transfer, to Fern Compass: not sent yet" in words_on(page.header))

    colleague.receive(opened, "there.tacb")
    opened.window.work.changed()
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "to Fern Compass: sent" in words_on(page.header))
    from tac_desktop.actions.handing_over import handovers

    [received] = handovers(colleague.vault, colleague.store, CASE)
    assert (received.received, received.reason, received.given_by) == (True, "She was moved to Send.", "Sage Beacon")
    assert colleague.store.record(CASE) is not None

    colleague.send_back(opened, "back.tacb")
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "to Fern Compass: taken over" in words_on(page.header))


def test_the_one_who_received_it_sees_from_whom_it_came_and_may_end_a_cover(opened, qtbot, colleague):
    from tac_desktop.actions.handing_over import hand_over

    bench = opened.window.work.bench
    own = cards.read_card_file(colleague.folder / "mine.taccard")
    from tac_desktop.actions.answers import save_answers
    from tac_desktop.casework import forms

    case = save_answers(
        colleague.store, colleague.vault.person, forms.ALL["mother"], now=bench.moment(),
        answers={"reference": "TAC-09001", "name": "Teal Trowel", "prison": "SEND"},
    )  # fmt: skip
    hand_over(colleague.vault, colleague.store, case, own, kind="cover", until="2099-01-01", reason="My leave.",
              now=bench.moment())  # fmt: skip
    colleague.send_back(opened, "cover.tacb")
    opened.window.work.cases.open_case(case)
    settle(opened, qtbot)
    page = case_page(opened)
    qtbot.waitUntil(lambda: "Cover until 1 January 2099, from Fern Compass" in words_on(page.header))
    page.show_section("colleagues")
    assert "My leave." in words_on(page)
    [end] = [b for b in page.findChildren(QWidget) if b.accessibleName().startswith("End the hand-over") and
             b.isVisible()]  # fmt: skip
    end.setFocus()
    key(Qt.Key.Key_Return)
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "Ended" in words_on(page))
    assert "Cover until" not in words_on(page.header)


def test_what_is_missing_or_wrong_is_told_in_the_window_and_nothing_is_handed_over(opened, qtbot, colleague):
    dialog = asked(opened, qtbot)
    by_tab(dialog.hand_over)
    key(Qt.Key.Key_Return)
    assert [link.accessibleName() for link in dialog.summary.links] == ["Choose to whom the case file goes."]
    dialog.to.setCurrentIndex(1)
    cover = dialog.kinds.buttons()[1]
    cover.setChecked(True)
    dialog.until.setText("the day after")
    dialog.submit()
    assert "That is not a date" in dialog.summary.links[0].accessibleName()
    dialog.until.setText("1 1 2020")
    dialog.submit()
    assert "before it begins" in dialog.summary.links[0].accessibleName()
    assert opened.window.work.bench.store.records("handover") == []
    dialog.summary.links[0].click()
    assert dialog.until.hasFocus()


def test_what_was_typed_survives_escape_and_a_lock_and_is_found_from_today(opened, qtbot, colleague, full_folder):
    dialog = asked(opened, qtbot)
    dialog.to.setCurrentIndex(1)
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, "Because she")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(opened, qtbot)
    opened.window.activateWindow()
    dialog = asked(opened, qtbot)
    assert dialog.reason.words() == "Because she"
    dialog.to.setFocus()
    key(Qt.Key.Key_Down)
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, "X")
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    settle(opened, qtbot)
    bench = opened.window.work.bench
    [draft] = bench.drafts.all_of(bench.person.id)
    assert draft.form == "handover"
    opened.window.activateWindow()
    opened.window.work.cases.open_draft(draft.case_file, draft.form, draft.record_id)
    dialog = dialog_of(opened, qtbot)
    assert dialog.reason.words() in ("XBecause she", "Because sheX")
    assert "Fern Compass" in dialog.to.currentText()
    by_tab(dialog.throw_away)
    key(Qt.Key.Key_Space)
    assert bench.drafts.all_of(bench.person.id) == []


def test_without_anybody_s_card_the_window_leads_to_the_cards(opened, qtbot):
    dialog = asked(opened, qtbot)
    assert "accept the card of a colleague first" in words_on(dialog)
    assert not dialog.hand_over.isEnabled()
    assert QApplication.focusWidget() is dialog.cards
    key(Qt.Key.Key_Return)
    assert opened.window.frame.current() == "exchange"


def test_the_section_of_colleagues_tells_what_was_said_and_leads_to_it(opened, qtbot):
    bench = opened.window.work.bench
    referral = bench.store.records("referral", CASE)[0].id
    with at_work(bench.vault, MANAGER):
        comments.comment(bench.store, MANAGER, referral, "By whom was she referred?", now=bench.moment())
    opened.window.work.cases.open_case(CASE)
    page = case_page(opened)
    page.show_section("colleagues")
    from tac_desktop.ui.record_list import LineButton

    [line] = [line for line in page.findChildren(LineButton) if line.isVisible()]
    assert "On ‘Referral’: By whom was she referred?. New" in line.accessibleDescription()
    line.setFocus()
    key(Qt.Key.Key_Space)
    assert page.open_form().record_id == referral


@pytest.mark.parametrize("size", [(1366, 728), (683, 364)])
def test_the_window_can_be_reached_and_hit_at_every_size(opened, qtbot, colleague, size):
    opened.window.resize(*size)
    opened.window.work.cases.open_case(CASE)
    page = case_page(opened)
    page.wishes.hand_over_wanted.emit()
    dialog = dialog_of(opened, qtbot)
    dialog.resize(min(size[0], dialog.width()), min(size[1], dialog.height()))
    dialog.kinds.buttons()[1].setChecked(True)
    dialog.refuse({"until": "That is not a date. Write day, month and year, for example 27 3 2019."})
    qtbot.wait(1)
    assert nameless(dialog) == []
    assert faint_texts(dialog) == []
    assert small_targets(dialog) == []
    dialog.to.setFocus()
    way = tab_way(dialog)
    assert [widget.accessibleName() for widget in reachable(dialog) if widget not in way] == []


def test_the_list_of_hand_overs_tells_what_is_under_way_and_what_is_over(opened, qtbot, colleague):
    from tac_desktop.actions.handing_over import hand_over
    from tac_desktop.ui.handovers_screen import HandoversScreen

    work = opened.window.work
    bench = work.bench
    hand_over(bench.vault, bench.store, CASE, colleague.card, kind="transfer", reason="Moved.", now=bench.moment())
    work.changed()
    work.frame.go("today")
    settle(opened, qtbot)
    today = work.frame.page("today")
    qtbot.waitUntil(lambda: "Transfer. From Sage Beacon to Fern Compass" in words_on(today))
    caseload = work.frame.go("caseload")
    [button] = [b for b in caseload.findChildren(QAbstractButton) if b.text() == "More …"]
    QTest.keyClick(button, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    menu.setActiveAction(next(action for action in menu.actions() if action.text() == "Hand-overs"))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(opened, qtbot)
    page = work.frame.page("handovers")
    assert isinstance(page, HandoversScreen)
    qtbot.waitUntil(lambda: len(page.lines()) == 1)
    [line] = page.lines()
    assert line.accessibleName() == "Amber Anchor"
    assert "Offered: it goes with the next bundle for Fern Compass" in line.accessibleDescription()
    assert nameless(page) == []
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(opened, qtbot)
    case_page(opened).wishes.hand_over_ended.emit(bench.store.records("handover")[0].id)
    settle(opened, qtbot)
    work.frame.go("handovers")
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "Over (1)" in words_on(page))


def test_a_manager_s_comment_arrives_in_a_bundle_is_seen_on_today_and_the_answer_reaches_her(opened, qtbot, tmp_path):
    manager = Colleague(tmp_path, opened, role="manager")
    work = opened.window.work
    referral = work.bench.store.records("referral", CASE)[0].id
    manager.receive(opened, "there.tacb")
    comments.comment(manager.store, manager.vault.person, referral, "By whom?", now=work.bench.moment())
    manager.send_back(opened, "comment.tacb")
    work.frame.go("today")
    settle(opened, qtbot)
    today = work.frame.page("today")
    qtbot.waitUntil(lambda: "Fern Compass on ‘Referral’: By whom?" in words_on(today))
    [link] = [link for link in today._links if "By whom?" in link.accessibleName()]
    QTest.keyClick(link, Qt.Key.Key_Return)
    page = case_page(opened)
    assert page.open_form().record_id == referral
    [beside] = [one for one in page.findChildren(BesideRecord) if one.isVisible()]
    by_tab(beside.comment)
    key(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "Her solicitor.")
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    manager.receive(opened, "answer.tacb")
    [news] = comments.unread(manager.store, manager.vault.person)
    assert (news.text, news.name) == ("Her solicitor.", "Sage Beacon")
    asked, _ = comments.comments_on(manager.store, referral)
    assert [reading.name for reading in asked.read_by] == ["Sage Beacon"]
    manager.close()
