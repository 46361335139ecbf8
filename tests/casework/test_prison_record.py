"""What is copied into the prison's own system: that there was contact, and no word of what was said."""

from tac_desktop.casework.prison_record import for_prison_record

CONTACT = {
    "at": "2026-03-12T14:05", "kind": "phone_call", "with_whom": ("childrens_sw",), "who": "Slate Ledger",
    "summary": "Teal may be moved.", "children": ("teal",),
}  # fmt: skip


def test_staff_read_when_of_which_kind_and_with_whom_by_profession_and_nothing_else():
    told = for_prison_record(CONTACT)
    assert "14:05" in told
    assert "Children's Social Worker" in told
    assert not any(word in told for word in ("Slate", "Ledger", "Teal", "moved"))


def test_the_note_for_staff_stands_in_the_place_of_the_other_note():
    told = for_prison_record(CONTACT | {"staff_note": " She may be low tonight. "})
    assert told.endswith(". She may be low tonight.")
    assert "Teal" not in told
