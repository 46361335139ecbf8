"""A very full case file is opened without the window standing still: its page comes first, and then what is in it."""

import pytest
from at_bench import MOMENT
from PySide6.QtWidgets import QLabel, QWidget

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.reading import FULL
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.live import DELETED
from tac_desktop.errors import UnknownRecord
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.workbench import Workbench


def contact(case_file: str, number: int) -> Change:
    told = {"at": f"2025-03-{number % 28 + 1:02}T09:00", "kind": "phone", "summary": f"Call {number}"}
    return Change(
        record_id=f"call-{number}", form="contact", version=forms.ALL["contact"].version, stream=case_file,
        values=to_journal(forms.ALL["contact"], told), known_on="2026-03-12",
    )  # fmt: skip


@pytest.fixture
def case_file(bench) -> str:
    """A case file that is as full as one can be that is still read at once."""
    answers = {"reference": "TAC-00231", "name": "Puce Anchor", "prison": "EP"}
    made = save_answers(bench.store, bench.person, forms.ALL["mother"], answers=answers, now=MOMENT)
    bench.store.save([contact(made, number) for number in range(FULL)], author=bench.person.id, now=MOMENT)
    return made


@pytest.fixture
def full(bench, case_file) -> str:
    bench.store.save([contact(case_file, FULL)], author=bench.person.id, now=MOMENT)
    return case_file


def opened(bench: Workbench, case_file: str, qtbot) -> CaseScreen:
    made = CaseScreen(CaseDesk(bench.means(), case_file))
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    return made


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def lines_of(screen: CaseScreen) -> list[LineButton]:
    return [line for line in screen.findChildren(LineButton) if line.isVisible()]


def test_what_is_soon_read_is_there_at_once(bench, case_file, qtbot):
    assert "Puce Anchor" in words_on(opened(bench, case_file, qtbot).header)


def test_the_page_of_a_full_case_file_comes_before_what_is_in_it(bench, full, qtbot):
    screen = opened(bench, full, qtbot)
    assert "Puce Anchor" not in words_on(screen)
    qtbot.waitUntil(lambda: "Puce Anchor" in words_on(screen.header))
    assert screen.place() == "overview"
    assert screen.sections.buttons["contact"].accessibleDescription().endswith(f"{FULL + 1} records")
    qtbot.waitUntil(lambda: "Call " in " ".join(line.accessibleDescription() for line in lines_of(screen)))


def test_what_is_asked_for_before_it_was_read_is_there_and_stays(bench, full, qtbot):
    screen = opened(bench, full, qtbot)
    screen.return_to(f"contact|call-{FULL}")
    assert screen.desk.index().place(f"call-{FULL}") is not None
    assert len(screen.desk.all_records()["contact"]) == FULL + 1
    place = screen.place()
    qtbot.waitUntil(lambda: "Puce Anchor" in words_on(screen.header))
    assert screen.place() == place
    assert screen.open_form() is not None


def test_a_case_file_that_is_not_there_is_told_before_its_page_is_made(bench):
    with pytest.raises(UnknownRecord):
        CaseScreen(CaseDesk(bench.means(), "00000000-0000-8000-8000-000000000000"))


def test_a_case_file_that_goes_while_its_page_comes_is_left(bench, full, qtbot):
    screen = opened(bench, full, qtbot)
    gone = Change(
        record_id=full, form="mother", version=1, stream=full, op="del", known_on="2026-03-12",
        values={DELETED: {"reason": "Twice", "seen": [entry.cid for entry in bench.store.history(full)]}},
    )  # fmt: skip
    with qtbot.waitSignal(screen.closed):
        bench.store.save([gone], author=bench.person.id, now=MOMENT)
    assert bench.messages.shown[-1].text == UnknownRecord.text
