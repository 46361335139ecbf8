"""Who only reads is not invited to write: so it is with a case file on an earlier day."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_screen import CaseScreen

CASE = case_file_id("TAC-00003")
BORN = {"name": "Teal Anchor", "date_of_birth": "2019-03-27"}


@pytest.mark.parametrize(
    ("section", "invitation"),
    [("contact", "Ctrl+N logs one from anywhere"), ("allowed", "Insert writes another")],
)
def test_an_earlier_day_invites_nobody_to_write(opened, qtbot, section, invitation):
    work = opened.window.work
    now = datetime.fromisoformat("2026-03-01T09:00").astimezone()
    save_answers(work.bench.store, work.bench.person, forms.ALL["child"], answers=BORN, now=now, case_file=CASE)

    def told(day: str) -> str:
        work.cases.open_case(CASE, section, day)
        page = opened.window.frame.page(opened.window.frame.current())
        assert isinstance(page, CaseScreen)
        qtbot.waitUntil(lambda: any(label.isVisible() for label in page.findChildren(QLabel)))
        return "\n".join(label.text() for label in page.findChildren(QLabel))

    assert invitation in told("")
    assert invitation not in told("2026-03-02")
