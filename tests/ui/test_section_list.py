"""The side list of a case file: what is urgent is told in a word, however long the title is."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from tac_desktop.ui.case_sections import SECTIONS, Standing
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.section_list import SectionList
from tac_desktop.ui.theme import Theme

OVERDUE, DRAFT = Standing("Overdue", "triangle-alert", "danger", 12), Standing("In progress", "pencil", "info", 3)


@pytest.fixture(params=[100, 200])
def sections(qapp: QApplication, qtbot, request) -> SectionList:
    theme = Theme(scale=request.param)
    theme.apply(qapp)
    made = SectionList(Kit(theme), SECTIONS)
    qtbot.addWidget(made)
    made.resize(made.width(), 700)
    made.show()
    QApplication.processEvents()
    return made


@pytest.mark.parametrize(("standing", "word"), [(OVERDUE, "Overdue"), (DRAFT, "Draft")], ids=["overdue", "draft"])
def test_no_section_tells_by_its_icon_alone_that_it_is_urgent(sections, standing, word):
    sections.show_standings(dict.fromkeys(sections.buttons, standing))
    QApplication.processEvents()
    for button in sections.buttons.values():
        told = [button._count.text()] if button._count.isVisible() else []
        assert word in [*told, *button.text().splitlines()], button.name
        metrics = QFontMetrics(button.font())
        assert max(map(metrics.horizontalAdvance, button.text().splitlines())) < button.width()
        lines = len(button.text().splitlines())
        ring = button._kit.px(10) if lines > 1 else 0  # it stands inside the button, and must not cover the words
        assert button.height() >= metrics.height() * lines + ring


def test_a_section_that_is_not_urgent_any_more_has_its_title_alone(sections):
    sections.show_standings(dict.fromkeys(sections.buttons, OVERDUE))
    assert any("\n" in button.text() for button in sections.buttons.values())
    sections.show_standings({})
    assert [button.text() for button in sections.buttons.values()] == [section.title for section in SECTIONS]


def test_the_section_that_is_shown_is_in_view_whoever_has_chosen_it(sections, qtbot):
    for name in (SECTIONS[-1].name, SECTIONS[0].name, "plan"):
        sections.show_current(name)
        button = sections.buttons[name]
        qtbot.waitUntil(lambda button=button: button.visibleRegion().boundingRect().height() == button.height())
    sections.show_current(SECTIONS[-1].name)
    sections.resize(sections.width(), 300)
    last = sections.buttons[SECTIONS[-1].name]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())
