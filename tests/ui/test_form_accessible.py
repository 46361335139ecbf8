"""Every form for people who use a keyboard, a screen reader, or large text."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QGroupBox, QLabel, QWidget
from seen import faint_texts, nameless, nodes, small_targets, tab_way

from tac_desktop.casework import fields as kinds
from tac_desktop.casework import forms
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.form_screen import FormScreen
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.theme import Theme

PEOPLE = (("0198a0b0-0000-7000-8000-000000000001", "Mauve Anchor"), ("0198a0b0-0000-7000-8000-000000000002", "Teal"))
LOOKS = {"100 %": (100, 1100, 660), "200 %": (200, 1238, 640)}


class NoFiles:
    """A vault without attached files: nothing here adds one."""

    def add(self, path, kept, refused):
        raise AssertionError

    def words(self, sha256):
        return ""

    def show(self, sha256, title):
        raise AssertionError


@pytest.fixture(params=list(LOOKS))
def look(request, qapp):
    scale, width, height = LOOKS[request.param]
    theme = Theme(scale=scale)
    theme.apply(qapp)
    yield Kit(theme), width, height, scale
    Theme().apply(qapp)


def shown(look, qtbot, form: str) -> FormScreen:
    kit, width, height, _ = look
    around = Circumstances(kit, lambda: "2026-03-12T14:05", lambda _form: PEOPLE, NoFiles())
    made = FormScreen(around, forms.ALL[form], back_to="Back", has_history=True)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.body.finish()
    return made


@pytest.mark.parametrize("look", ["100 %"], indirect=True)
@pytest.mark.parametrize("form", list(forms.ALL))
def test_every_form_names_everything_and_is_large_and_dark_enough(look, qtbot, form):
    screen = shown(look, qtbot, form)
    assert nameless(screen) == []
    assert small_targets(screen, look[3]) == []
    assert faint_texts(screen) == []


@pytest.mark.parametrize("look", ["200 %"], indirect=True)
@pytest.mark.parametrize("form", list(forms.ALL))
def test_no_question_is_wider_than_the_window(look, qtbot, form):
    screen = shown(look, qtbot, form)
    problems = {field.name: "That is not a date. Write day, month and year, for example 27 3 2019." * 2
                for field in forms.ALL[form].fields}  # fmt: skip
    screen.refuse(problems)
    QApplication.processEvents()
    room = screen.width()
    for widget in screen.findChildren(QWidget):
        if widget.isVisible() and widget.window() is screen and isinstance(widget, QLabel | QGroupBox):
            right = widget.mapTo(screen, widget.rect().topRight()).x()
            assert right <= room, widget.accessibleName() or getattr(widget, "text", str)()


def test_hint_problem_and_duty_are_spoken_with_the_box(look, qtbot):
    screen = shown(look, qtbot, "mother")
    box = screen.body.questions["reference"].editor.stops()[0]
    assert box.accessibleName() == "Case reference"
    hint = "As in the case tracker: EP-2026-14. The same reference is the same woman, in every vault"
    assert box.accessibleDescription() == f"{hint}. Has to be answered"
    screen.submit()
    assert "Problem: Answer ‘Case reference’." in box.accessibleDescription() + "."


def test_the_parts_of_a_date_of_birth_say_which_they_are(look, qtbot):
    screen = shown(look, qtbot, "mother")
    names = [box.accessibleName() for box in screen.body.questions["date_of_birth"].editor.stops()]
    assert names == ["Date of birth: day", "Date of birth: month", "Date of birth: year"]


def test_radio_buttons_stand_in_a_group_with_the_question_s_name(look, qtbot):
    screen = shown(look, qtbot, "practitioner_survey")
    groups = [
        node.text(QAccessible.Text.Name)
        for node in nodes(QAccessible.queryAccessibleInterface(screen))
        if node.role() == QAccessible.Role.Grouping
    ]
    wanted = [f.label for f in forms.ALL["practitioner_survey"].fields if isinstance(f, kinds.YesNo)]
    assert set(wanted) <= set(groups)


def test_the_problems_are_spoken_when_they_appear_and_have_the_keyboard(look, qtbot):
    screen = shown(look, qtbot, "contact")
    screen.submit()
    said = screen.summary.accessibleName()
    assert said.startswith("There is a problem. Answer ‘When’")
    assert screen.summary.hasFocus()
    assert tab_way(screen, 4)[1:4] == screen.summary.links


def test_word_for_word_texts_are_marked(look, qtbot):
    screen = shown(look, qtbot, "triage")
    marks = list(screen.body.questions["own_words"].findChildren(QLabel))
    assert "word for word" in [mark.text() for mark in marks]
    assert "word for word" not in [mark.text() for mark in screen.body.questions["date"].findChildren(QLabel)]
