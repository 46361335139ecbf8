"""What a withdrawn member brought in beyond her end, as the registrar sees it and looks at it."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from seen import nameless

from tac_desktop.actions.beyond import Beyond, LateEntry
from tac_desktop.actions.service import Member, Service
from tac_desktop.ui.beyond_dialog import BeyondDialog
from tac_desktop.ui.exchange_service import ServicePart

GONE = Member(
    name="Slate Kettle", role="worker", sites=("EP",), signing_key=b"k" * 32, recipient="age1", person="p",
    seal_key=b"s" * 32, may=("sync",), status="lost", since="2026-11-21", until=(),
)  # fmt: skip
LATE = LateEntry(
    case_file="s", reference="Z-001", name="Puce Anchor", record_id="r", form="Contact",
    at="2026-11-21T09:30:00.000+00:00",
)  # fmt: skip


@pytest.fixture
def part(kit, qtbot):
    shown = ServicePart(kit, may_found=True)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def service(*members):
    return Service(name="Zed", code="A-B", id=b"i" * 32, roster_version=2, issued="2026-11-21", members=members)


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_entries_beyond_the_end_are_told_beside_the_member_and_listed_one_by_one(part, qtbot):
    late = Beyond(device=GONE.device_id, name=GONE.name, entries=(LATE, LATE), held_by=("Moss Lamp",))
    part.show_service(service(GONE), b"own", [late])
    assert "2 entries lie here beyond the end that counts: Z-001. More of it than counts is at Moss Lamp." in texts(
        part
    )
    (look,) = [one for one in part.findChildren(QPushButton) if one.text() == "Look at these entries"]
    look.click()
    (dialog,) = part.window().findChildren(BeyondDialog)
    assert texts(dialog).count("Z-001 Puce Anchor · Contact · 21 Nov 2026") == 2
    assert nameless(dialog) == []
    dialog.accept()


def test_of_a_member_whose_work_all_counts_nothing_is_told(part):
    part.show_service(service(GONE), b"own", [])
    assert "beyond" not in texts(part)
    assert not [one for one in part.findChildren(QPushButton) if "Look" in one.text()]
