"""A change that lies at two places in the journal is one change, and counts the same in whatever order they came."""

from itertools import permutations

import pytest

from tac_desktop.casework.record import case_file_id
from tests.storage.test_intake import an_entry, deliver

SMALL, BETWEEN, GREAT = (bytes([first]) * 16 for first in (1, 5, 9))


def copies(record):
    """Return one change at two places, and another one of the same moment whose incarnation lies between the two."""
    said = {"record": record, "hlc": 9 << 16}
    return [
        an_entry(incarnation=SMALL, stream=case_file_id(record), values={"name": "Fern Sparrow"}, **said),
        an_entry(incarnation=GREAT, stream=case_file_id(record), values={"name": "Fern Sparrow"}, **said),
        an_entry(incarnation=BETWEEN, stream=case_file_id(record), values={"name": "Fern Magpie"}, **said),
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_whichever_place_came_first_all_vaults_show_the_same_of_two_answers(desk, at_once):
    orders = [*permutations(range(3))]
    for number, order in enumerate(orders):
        entries = copies(f"r{number}")
        for batch in [[entries[at] for at in order]] if at_once else [[entries[at]] for at in order]:
            deliver(desk, batch)
    shown = [desk.store.record(f"r{number}").text("name") for number in range(len(orders))]
    assert shown == ["Fern Magpie"] * len(orders), "the copy counts as of the smaller of its two incarnations"
    assert {c.answers[0].incarnation for c in desk.store.contradictions.found()} == {BETWEEN}
    assert [one.text("name") for one in desk.store.records("child", known_on="2026-06-01")] == shown
    before = desk.derived()
    for _ in desk.store.upkeep.rebuild():
        pass
    assert desk.derived() == before
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]
