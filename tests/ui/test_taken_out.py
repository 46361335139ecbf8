"""What is taken out of a layout is all of it, wherever the layout stands; conftest looks for items that are left."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import clear, take_out


@pytest.fixture(params=["in a widget", "in none yet"])
def column(request, qtbot) -> Iterator[QVBoxLayout]:
    """A column with a row and a flow in it, a space and a text."""
    around = QWidget()
    qtbot.addWidget(around)
    made = QVBoxLayout(around) if request.param == "in a widget" else QVBoxLayout()
    for inner, name in ((QHBoxLayout(), "row"), (Flow(), "flow")):
        inner.addWidget(QLabel(name))
        made.addLayout(inner)
    made.addStretch(1)
    made.addWidget(QLabel("text"))
    yield made
    around.close()


def test_everything_is_taken_out_and_the_widgets_stay(column):
    assert sorted(widget.text() for widget in take_out(column)) == ["flow", "row", "text"]
    assert column.count() == 0


def test_what_is_cleared_is_empty_and_can_be_filled_again(column):
    clear(column)
    assert column.count() == 0
    column.addWidget(QLabel("new"))
    assert [widget.text() for widget in take_out(column)] == ["new"]
