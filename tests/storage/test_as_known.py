"""As known on a day: the answers whose known_on, and the records whose own date, is not after it."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.journal import from_journal
from tac_desktop.casework.record import case_file_id
from tests.answers_by_definition import live_answers
from tests.storage.conftest import NOW

FIELDS = ["name", "sex", "needs"]
NUMBERS = itertools.count()
DAYS = [f"2026-0{month}-15" for month in range(1, 7)]


def names(desk, day):
    return [record.text("name") for record in desk.store.records("mother", known_on=day)]


def test_an_answer_counts_from_the_day_on_which_it_was_known(desk):
    case = desk.mother()
    desk.store.save([desk.change("child", "k1", "EP-1", "2026-03-01", name="Fern Sparrow")], author="p", now=NOW)
    desk.store.save([desk.change("child", "k1", "EP-1", "2026-05-01", name="Fern Magpie")], author="p", now=NOW)
    then = [desk.store.records("child", case, day) for day in ("2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01")]
    assert [[record.text("name") for record in records] for records in then] == [
        [], ["Fern Sparrow"], ["Fern Sparrow"], ["Fern Magpie"],
    ]  # fmt: skip


def test_a_correction_that_holds_from_an_earlier_day_replaces_from_that_day(desk):
    desk.write("child", "k1", "EP-1", "2026-05-01", name="Fern Sparrow")
    desk.write("child", "k1", "EP-1", "2026-03-01", name="Fern Magpie")
    for day in ("2026-03-01", "2026-06-01"):
        assert desk.store.records("child", known_on=day)[0].text("name") == "Fern Magpie"


def test_a_record_whose_own_date_lies_later_was_not_known_yet(desk):
    desk.write("contact", "c1", "EP-1", "2026-01-01", at="2026-02-10T10:00")
    assert desk.store.records("contact", known_on="2026-02-09") == []
    assert len(desk.store.records("contact", known_on="2026-02-10")) == 1


def test_a_record_whose_own_date_nobody_knows_was_known(desk):
    desk.write("custody", "u1", "EP-1", "2026-01-01", from_date=NotKnown(), note="Teapot")
    assert len(desk.store.records("custody", known_on="2026-02-09")) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    writes=st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(FIELDS), st.integers(0, 9)), min_size=1),
    day=st.sampled_from(DAYS),
)
def test_what_was_known_is_the_fold_of_the_entries_known_by_then(desk, writes, day):
    number = next(NUMBERS)
    record_id, case = f"k{number}", f"EP-{number}"
    entries = [
        entry
        for known_on, field, value in writes
        for entry in desk.write("child", record_id, case, known_on, **{field: f"value {value}"})
    ]
    then = [entry for entry in entries if f'"{day}"' >= entry.sem.decode().rsplit(",", 1)[1][:-1]]
    expected = from_journal({field: live[0].value for field, live in live_answers(then).items()})
    found = desk.store.records("child", case_file_id(case), day)
    assert [dict(record.answers) for record in found] == ([expected] if expected else [])
