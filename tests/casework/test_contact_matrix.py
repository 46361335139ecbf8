"""All that is allowed at one look: every kind of contact stands in it once, and each cell says what holds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.contact_channels import CHANNELS
from tac_desktop.casework.contact_matrix import kinds_in_words, matrix, to_confirm
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.permitted_contact import permission_on
from tac_desktop.casework.record import Record

TODAY = "2026-11-22"


def a_record(form: str, number: int = 1, **answers: Any) -> Record:
    """Return a record with these answers."""
    return Record(id=f"{form}-{number}", form=form, version=1, case_file="c", stream="c", answers=answers)


MAUVE, TEAL = (a_record("child", n, name=f"{name} Anchor") for n, name in enumerate(("Mauve", "Teal")))
_DECISIONS = st.lists(
    st.fixed_dictionaries({
        "children": st.sampled_from([(MAUVE.id,), (TEAL.id,), (MAUVE.id, TEAL.id)]),
        "level": st.sampled_from([code.code for code in code_list("contact_permission_level").codes]),
        "channels": st.one_of(st.just(()), st.sets(st.sampled_from(CHANNELS), min_size=1, max_size=5).map(tuple)),
        "source": st.sampled_from(["public_protection", "court_order", "carer_decision"]),
        "status": st.sampled_from(["decided", "asked"]),
    }),
    max_size=4,
).map(lambda found: [a_record("contact_permission", n, **answers) for n, answers in enumerate(found)])  # fmt: skip


@given(_DECISIONS, st.booleans())
def test_every_kind_stands_in_one_row_whose_cells_say_what_holds(decisions: list[Record], every_kind: bool) -> None:
    found = matrix((MAUVE, TEAL), by_form(decisions), TODAY)
    rows = [row for row in found.rows(every_kind=every_kind) if row.cells]
    assert sorted(channel for row in rows for channel in row.cells[0].channels) == sorted(CHANNELS)
    for row in rows:
        assert [cell.child for cell in row.cells] == [MAUVE.id, TEAL.id]
        for cell in row.cells:
            assert {permission_on(decisions, cell.child, channel, TODAY) for channel in cell.channels} == {
                cell.permission
            }
            assert bool(cell.record_id) is any(
                cell.child in one.answers["children"] and cell.record_id == one.id for one in decisions
            )


def test_a_group_of_which_the_same_holds_is_one_row_named_by_its_heading() -> None:
    whole = a_record("contact_permission", children=(MAUVE.id,), level="not_allowed", source="court_order")
    rows = matrix((MAUVE,), by_form([whole]), TODAY).rows()
    assert [row.words for row in rows] == [
        "Written: every kind", "Calls: every kind", "Visits: every kind", "Staying together: every kind",
        "Contact between siblings",
    ]  # fmt: skip
    assert kinds_in_words(("phone", "video")) == "Phone calls, Video calls"


def test_what_was_asked_for_stands_beside_what_holds_and_allows_nothing() -> None:
    asked = a_record(
        "contact_permission", children=(MAUVE.id,), level="allowed", channels=("video",), source="la_decision",
        status="asked",
    )  # fmt: skip
    cell = matrix((MAUVE,), by_form([asked]), TODAY).cells["video", MAUVE.id]
    assert cell.lines() == ("Nothing said", "Asked for, not decided")
    assert cell.record_id == asked.id


def test_one_can_stand_by_a_decision_until_its_last_day() -> None:
    decision = a_record("contact_permission", children=(MAUVE.id,), level="allowed", until=TODAY)
    assert to_confirm([decision], [MAUVE.id], TODAY) == [decision]
    assert to_confirm([decision], [MAUVE.id], "2026-11-23") == []
    assert to_confirm([decision], [TEAL.id], TODAY) == []
    asked = a_record("contact_permission", 2, children=(MAUVE.id,), level="allowed", status="asked")
    assert to_confirm([decision, asked], [MAUVE.id], TODAY) == [decision]
