"""What is told of the work of withdrawn members that lies here beyond its end."""

from tac_desktop.actions.beyond import Beyond, LateEntry
from tac_desktop.commands.beyond import told_beyond, words_beyond

LATE = LateEntry(
    case_file="s", reference="Z-001", name="Puce Anchor", record_id="r", form="Contact",
    at="2026-11-21T09:30:00.000+00:00",
)  # fmt: skip


def test_each_entry_is_told_with_its_case_and_when_it_was_written():
    found = Beyond(device=b"d", name="Slate Kettle", entries=(LATE,), held_by=("Moss Lamp",))
    assert told_beyond(found)["entries"][0]["case"] == "Z-001"
    assert list(words_beyond(found))[1:] == [
        "Slate Kettle: 1 entry here beyond the end that counts, in Z-001. Look at them: nobody takes them in now.",
        "  2026-11-21 09:30  Z-001  Contact",
        "Slate Kettle: more of it than counts is also at Moss Lamp.",
    ]
