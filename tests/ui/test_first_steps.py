"""What somebody meets who is new: a small screen, an empty vault, a first referral, a name she cannot spell."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QLineEdit, QPushButton
from way_in import PASSPHRASE, unlock

from tac_desktop.ui.app import fits
from tac_desktop.ui.caseload_screen import CaseloadScreen
from tac_desktop.ui.create_screen import CreateVault
from tac_desktop.ui.new_case_screen import NewCaseScreen
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.today_screen import TodayScreen


def caseload(desktop) -> CaseloadScreen:
    return desktop.window.frame.go("caseload")


def spoken(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


def box(widget, kind: type, name: str):
    return next(one for one in widget.findChildren(kind) if one.accessibleName() == name)


def new_referral(desktop) -> NewCaseScreen:
    press(caseload(desktop), "New referral")
    return desktop.window.frame.page(desktop.window.frame.current())


def test_a_window_that_would_not_stand_whole_on_the_screen_covers_it(desktop):
    wanted = QSize(1180, 760)
    assert fits(wanted, QSize(1920, 1040))
    assert not fits(wanted, QSize(1366, 768)), "its title bar, too, must have room"
    assert not fits(wanted, QSize(1024, 900))
    assert not fits(desktop.window.sizeHint(), desktop.window.screen().availableSize())
    desktop.make_room()
    assert desktop.window.isMaximized()


def _top(card, part) -> int:
    return part.mapTo(card, part.rect().topLeft()).y()


def test_what_is_missing_for_a_new_vault_is_seen_and_so_is_the_box(desktop, qtbot):
    press(desktop.window.door.currentWidget(), "Make a new vault")
    card = desktop.window.door.currentWidget()
    assert isinstance(card, CreateVault)
    qtbot.waitUntil(desktop.window.isActiveWindow)
    box(card, QLineEdit, "Your name").setText("Sage Beacon")
    for name in ("New pass-phrase", "The same pass-phrase again"):
        box(card, QLineEdit, name).setText(PASSPHRASE)
    press(card, "Make the vault")
    prison = box(card, QComboBox, "The prison where you work")
    assert prison.property("error") == "true"
    for part in (card.trouble(), prison):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect().height() == part.height())
    assert card.trouble().text() == "Choose the prison."
    # it is told at the box: at 200 % nothing else would be seen together with it
    qtbot.waitUntil(lambda: 0 <= _top(card, card.trouble()) - _top(card, prison) - prison.height() < 20)
    prison.setCurrentIndex(prison.findData("SEND"))
    box(card, QLineEdit, "The same pass-phrase again").setText("something else entirely")
    press(card, "Make the vault")
    assert "differ" in card.trouble().text()
    assert not prison.property("error"), "it was put right"


def test_an_empty_vault_says_how_to_begin_whatever_the_filter(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder)
    said = "There is no case file in this vault yet. Begin in the caseload, with a new referral."
    qtbot.waitUntil(lambda: said in spoken(desktop.window.frame.page("today")))
    page = caseload(desktop)
    assert page.shown() == "open"
    assert "There is no case in this vault yet. Begin with a new referral" in spoken(page)
    assert not page._everywhere.isVisible()


def test_a_new_referral_has_the_prison_where_one_works_and_says_what_comes_next(opened):
    page = new_referral(opened)
    assert page._open.screen.body.answers() == {"prison": "EP"}
    assert "New referral. First who she is" in spoken(page)


def test_a_referral_that_was_begun_is_called_so_on_today(opened, qtbot):
    page = new_referral(opened)
    QTest.keyClicks(page._open.screen.body.questions["name"].editor.stops()[0], "Ivory Teapot")
    page.settle()
    today = opened.window.frame.go("today")
    assert isinstance(today, TodayScreen)
    qtbot.waitUntil(lambda: any(button.text() == "New referral" for button in today.findChildren(QPushButton)))


def test_a_contact_that_was_not_finished_stands_on_today_as_soon_as_its_window_is_closed(opened, qtbot):
    today = opened.window.frame.go("today")
    opened.window.work.log_contact()
    log = opened.window.findChild(QuickLog)
    qtbot.waitUntil(log.isActiveWindow)
    QTest.keyClicks(log.questions["summary"].editor.box, "Half a sen")
    QTest.keyClick(log, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Drafts to finish" in spoken(today))
    assert "Nobody chosen yet" in [button.text() for button in today.findChildren(QPushButton)]
    opened.window.work.log_contact()
    log = opened.window.findChild(QuickLog)
    qtbot.waitUntil(log.isActiveWindow)
    QTest.keyClicks(log.women.picker, "teal anchor")
    QTest.keyClick(log.women.picker, Qt.Key.Key_Return)
    QTest.keyClick(log, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any(b.text() == "Teal Anchor" for b in today.findChildren(QPushButton)))


def test_who_is_misspelt_is_found_and_it_is_said_that_the_name_is_only_alike(opened, qtbot):
    page = caseload(opened)
    page.return_to("closed")
    qtbot.waitUntil(opened.window.isActiveWindow)
    page.search.setFocus()
    QTest.keyClicks(page.search, "teall ankor")
    page.read()
    said = page._subtitle.text()
    assert said == "Nothing matches “teall ankor”. 1 case with a name that is spelt alike, open or closed"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.window.frame.current().startswith("case ")


def test_where_nothing_at_all_matches_no_filter_is_blamed(opened):
    page = caseload(opened)
    page.search.setText("xylophone")
    page.read()
    assert "Nothing in this vault matches “xylophone”" in spoken(page)
    assert not page._everywhere.isVisible()


def test_what_another_filter_hides_is_not_called_misspelt(opened):
    page = caseload(opened)
    page.return_to("closed")
    page.search.setText("teal")
    page.read()
    assert "Nothing matches “teal” among the cases shown (closed)" in spoken(page)


def test_the_buttons_of_a_low_caseload_stand_beside_its_title_at_once(opened):
    page = caseload(opened)
    page.resize(800, 400)
    page.resize(799, 400)
    again = page._head.direction()
    page.resize(800, 900)
    page.resize(800, 400)
    assert page._head.direction() == again == QBoxLayout.Direction.LeftToRight


def test_the_lock_is_in_view_however_low_the_window_is(opened):
    side = opened.window.frame.sidebar
    for height in (600, 300, 160):
        side.resize(side.width(), height)
        assert side._lock.visibleRegion().boundingRect().height() == side._lock.height()
        assert side._lock.mapTo(side, side._lock.rect().bottomLeft()).y() < height
