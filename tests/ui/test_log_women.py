"""Whom a contact is about: what is said of several is not said of one."""

from tac_desktop.ui.log_women import LogWomen


def test_that_the_words_stand_in_several_case_files_is_said_when_there_are_several(kit, qtbot):
    women = LogWomen(kit, lambda _typed: [])
    qtbot.addWidget(women)
    women.show()
    women.choose({"1": "Puce Anchor, TAC-00003"})
    women.ask_for_another()  # and nobody is found yet
    assert not women._hint.isVisible()
    women.picker.choose("2", "Umber Lantern, TAC-00004")
    assert women._hint.isVisible()
    assert "each of the 2 women" in women._hint.text()
