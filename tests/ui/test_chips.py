"""Chips of which one is chosen: by mouse, by assistive tools, by the program, and from the list in their place."""

import pytest
from PySide6.QtGui import QAccessible

from tac_desktop.ui.chips import Chips

WORDS = (("open", "Open"), ("week", "Due this week"), ("all", "Everything"))


@pytest.fixture
def chips(kit, qtbot) -> Chips:
    holder = kit.frame("page", kit.row(), (0, 0, 0, 0), 0)
    made = Chips(kit, WORDS, holder, question="Which cases")
    for part in made.widgets():
        holder.layout().addWidget(part)
    qtbot.addWidget(holder)
    holder.show()
    made.told = []
    made.chosen.connect(made.told.append)
    made.holder = holder  # Python would let it go
    return made


def test_the_first_is_chosen_and_a_click_chooses_another_once(chips):
    assert chips.name() == "open"
    chips.chip("week").click()
    chips.chip("week").click()
    assert (chips.name(), chips.told) == ("week", ["week"])


def test_assistive_tools_choose_by_toggling(chips):
    QAccessible.queryAccessibleInterface(chips.chip("all")).actionInterface().doAction("Toggle")
    assert (chips.name(), chips.told) == ("all", ["all"])


def test_what_the_program_shows_is_nobodys_choice(chips):
    chips.show_chosen("all")
    chips.show_chosen("elsewhere")
    assert (chips.name(), chips.told, chips.one.currentData()) == ("all", [], "all")
    chips.choose("week")
    chips.choose("week")
    chips.choose("elsewhere")
    assert (chips.name(), chips.told, chips.one.currentData()) == ("week", ["week"], "week")


def test_where_there_is_little_room_a_list_stands_in_their_place(chips):
    assert not chips.one.isVisible()
    chips.fold(folded=True)
    assert chips.one.isVisible()
    assert not any(chips.chip(name).isVisible() for name in chips.names())
    chips.one.setCurrentIndex(2)
    chips.one.activated.emit(2)
    assert (chips.name(), chips.told) == ("all", ["all"])
    chips.write("all", "All of them")
    assert (chips.chip("all").text(), chips.one.currentText()) == ("All of them", "All of them")
