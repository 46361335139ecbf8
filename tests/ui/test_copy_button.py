"""A text is put on the clipboard, and whoever looks sees that it was."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from tac_desktop.ui.copy_button import copy_button


def test_the_button_copies_what_holds_now_says_so_for_a_while_and_then_what_it_said_before(kit, qtbot):
    texts = iter(("first", "second"))
    button = copy_button(kit, "Copy a note", lambda: next(texts), "It says nothing else.")
    qtbot.addWidget(button)
    button.show()
    wide = button.width()
    button.click()
    assert QGuiApplication.clipboard().text() == "first"
    assert (button.text(), button.width()) == ("Copied", wide)
    button.findChild(QTimer).start(10)
    qtbot.waitUntil(lambda: button.text() == "Copy a note")
    button.click()
    assert QGuiApplication.clipboard().text() == "second"
