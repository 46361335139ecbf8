from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.rows import PAGE, PAGES_KEPT, Column, LazyRows
from tac_desktop.ui.table import Table


@dataclass(frozen=True)
class Thing:
    number: int
    name: str


class Shelf:
    """Gives things by number and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def page(self, numbers: Sequence[int]) -> list[Thing]:
        self.asked.append(len(numbers))
        return [Thing(number, f"Thing {number}") for number in numbers if number >= 0]


COLUMNS = (
    Column[Thing]("Number", lambda row: str(row.number), "00000", "number", gives_way=1),
    Column[Thing]("Name", lambda row: row.name, "Thing 00000", "name", sort="name"),
    Column[Thing]("State", lambda _row: "late", "late", "badge", tone=lambda _row: "danger", gives_way=2),
    Column[Thing]("Due", lambda _row: "5 days overdue", "00 days overdue", "due", tone=lambda _row: "danger"),
)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def table(qtbot, kit: Kit, shelf: Shelf) -> Table:
    rows = LazyRows(COLUMNS, shelf.page)
    table = Table(kit, rows, "Things")
    qtbot.addWidget(table)
    table.rows = rows
    table.resize(900, 400)
    table.show()
    rows.show(array("q", range(20_000)))
    return table


def test_only_the_pages_in_view_are_read(table, shelf, qtbot):
    table.grab()
    assert shelf.asked == [PAGE]
    table.scrollToBottom()
    table.grab()
    assert len(shelf.asked) <= 3


def test_pages_that_were_left_long_ago_are_let_go(table):
    for row in range(0, 20_000, PAGE):
        table.rows.row(row)
    assert table.rows.pages_read() == PAGES_KEPT


def test_a_row_that_has_gone_meanwhile_is_empty(table):
    table.rows.show(array("q", [1, -5]))
    assert table.rows.data(table.rows.index(1, 1)) == ""


def test_columns_give_way_in_their_order_and_the_needed_ones_stay(table, qtbot):
    table.resize(900, 400)
    assert not any(table.isColumnHidden(place) for place in range(4))
    table.resize(300, 400)
    assert [table.isColumnHidden(place) for place in range(4)] == [True, False, True, False]
    table.resize(900, 400)
    assert not any(table.isColumnHidden(place) for place in range(4))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_row(table, qtbot, key):
    table.selectRow(7)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, key)
    assert opened.args == [7]


def test_a_click_opens_on_the_name_only(table, qtbot):
    opened: list[int] = []
    table.opened.connect(opened.append)
    for column in (0, 1):
        box = table.visualRect(table.model().index(3, column))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert opened == [3]


def test_tab_leaves_the_table(table):
    assert not table.tabKeyNavigation()


def test_a_heading_asks_for_its_order_and_then_for_the_other_end(table, qtbot):
    header = table.horizontalHeader()
    asked: list[tuple[str, bool]] = []
    table.order_asked.connect(lambda sort, from_end: asked.append((sort, from_end)))
    header.sectionClicked.emit(1)
    table.show_order("name", from_end=False)
    header.sectionClicked.emit(1)
    header.sectionClicked.emit(0)
    assert asked == [("name", False), ("name", True)]


def test_words_that_are_too_long_for_their_column_are_read_where_the_pointer_rests(table):
    assert table.rows.data(table.rows.index(7, 1), Qt.ItemDataRole.ToolTipRole) == "Thing 7"
    assert table.rows.data(table.rows.index(7, 1), Qt.ItemDataRole.DecorationRole) is None


def test_a_table_that_is_read_anew_stays_at_its_row_or_where_that_stood(table):
    table.stay_at(300, 4)
    assert table.selected_id() == 300
    for gone, row, there in ((-5, 7, 7), (None, 7, 7), (-5, 90_000, 19_999), (-5, -1, 0)):
        table.stay_at(gone, row)
        assert table.selected_id() == there
