"""The alerts above a case file: where they stand for who goes through the page by key."""

from PySide6.QtWidgets import QPushButton, QWidget

from tac_desktop.casework.record import Record
from tac_desktop.ui.alert_strip import AlertStrip

TODAY = "2026-03-12"


def alert(words: str) -> Record:
    return Record(
        id=words, form="alert", version=1, case_file="c", stream="c", known_on=TODAY,
        answers={"kind": "health", "what_to_do": words, "since": "2026-01-01"},
    )  # fmt: skip


def test_the_way_to_the_alerts_keeps_its_place_for_tab_when_they_are_shown_anew(kit, qtbot):
    page, strip, after = QWidget(), AlertStrip(kit), QPushButton("after it")
    page.setLayout(kit.column(strip, after))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    for words in ("Migraine", "Insulin"):
        strip.show_alerts([alert(words)], TODAY)
        way = next(button for button in strip.findChildren(QPushButton) if button.isVisible())
        way.setFocus()
        page.focusNextChild()
        assert after.hasFocus()
        assert words in strip.accessibleName()


def test_without_alerts_it_takes_no_room_and_beside_a_contact_it_leads_nowhere(kit, qtbot):
    strip = AlertStrip(kit, leads=False)
    qtbot.addWidget(strip)
    strip.show_alerts([alert("Migraine")], TODAY)
    assert strip.isVisible()
    assert not [button for button in strip.findChildren(QPushButton) if button.isVisible()]
    strip.show_alerts([], TODAY)
    assert not strip.isVisible()
