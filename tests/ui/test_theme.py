import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tac_desktop.settings import TEXT_SCALES
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.tokens import HIGH_CONTRAST


def test_the_font_is_our_own_whatever_the_machine_has(qapp: QApplication):
    Theme().apply(qapp)
    assert QFontInfo(Theme().font()).family() == "Inter"


@pytest.mark.parametrize("letter", "ŵŷâêîôûŵĄłşțéïœ✓→↑£€’“–")
def test_the_font_has_the_letters_of_the_names_we_meet(qapp, letter):
    Theme().apply(qapp)
    assert QRawFont.fromFont(Theme().font()).supportsCharacter(ord(letter))


@pytest.mark.parametrize("scale", TEXT_SCALES)
def test_every_length_of_the_sheet_grows_with_the_text(scale):
    sheet = Theme(scale=scale).sheet()
    assert f"font-size: {round(26 * scale / 100)}px" in sheet
    assert "$" not in sheet


def test_high_contrast_takes_its_own_colours_and_marks():
    sheet = Theme(HIGH_CONTRAST).sheet()
    assert "indicators/high/" in sheet
    assert "#F5F4F0" not in sheet


def test_figures_in_columns_are_equally_wide(qapp):
    metrics = QFontMetrics(Theme().font(figures=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_a_row_of_buttons_wraps_where_there_is_no_room(qtbot, kit: Kit):
    widget = QWidget()
    qtbot.addWidget(widget)
    flow = Flow(widget, gap=8)
    buttons = [QPushButton("Something to press") for _ in range(4)]
    for button in buttons:
        flow.addWidget(button)
    widget.resize(QSize(4 * buttons[0].sizeHint().width() + 40, 300))
    widget.show()
    assert len({button.y() for button in buttons}) == 1
    widget.resize(QSize(2 * buttons[0].sizeHint().width() + 20, 300))
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) == 2
    assert all(button.geometry().right() < widget.width() for button in buttons)


def test_a_wrapping_text_in_a_row_gets_the_height_it_needs(qtbot, kit: Kit):
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    label = kit.label("A sentence that is far too long for the room it has been given in this row. " * 3, wrap=True)
    column.addLayout(kit.flow(label))
    column.addStretch(1)
    widget.resize(200, 400)
    widget.show()
    QApplication.processEvents()
    assert label.height() >= label.heightForWidth(label.width())


def test_what_somebody_typed_is_never_read_as_markup(kit: Kit, qtbot):
    label = kit.label("<b>Puce</b> & <img src=x>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() > kit.label("<b>Puce</b>").sizeHint().width()
    assert label.text() == "<b>Puce</b> & <img src=x>"
    assert label.textFormat().name == "PlainText"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_and_space_press_a_button(qtbot, kit: Kit, key):
    button = kit.button("Open")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)
