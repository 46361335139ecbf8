"""A case file that is read again after a save is what it would be if all of it were read."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tac_desktop.actions import reading, sample
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.removing import removal, remove
from tac_desktop.actions.undoing import undo_last_save
from tac_desktop.casework import forms, same_woman
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.sameness import SAME
from tac_desktop.errors import ConflictChanged, NothingToUndo, UnknownRecord, WrittenSince
from tac_desktop.storage.store import Store

CASE = case_file_id(sample.REFERENCE)
NOW = datetime.fromisoformat("2026-11-20T10:00:00+00:00")


@pytest.fixture
def read(worker):
    """Read it once, and return what reads it again."""
    sample.load_story(worker.store, worker.vault.person, NOW)
    before = reading.case_records_again(worker.store, worker.vault.person, CASE, {}, 0)

    def again():
        nonlocal before
        before = reading.case_records_again(worker.store, worker.vault.person, CASE, *before)
        return before[0]

    return again


def whole(worker):
    return reading.case_records(worker.store, worker.vault.person, CASE)


def test_what_was_not_written_stays_and_what_was_is_read(worker, read):
    first = read()
    made = save_answers(
        worker.store, worker.vault.person, forms.ALL["contact"], now=NOW, case_file=CASE,
        answers={"at": "2026-11-19T10:00", "kind": "phone", "summary": "She asked when the next visit is."},
    )  # fmt: skip
    then = read()
    assert then == whole(worker)
    assert then["hearing"] is first["hearing"]
    assert made in [one.id for one in then["contact"]]
    assert made not in [one.id for one in first["contact"]]


def test_what_was_removed_is_there_no_more(worker, read):
    gone = read()["hearing"][0]
    remove(worker.store, worker.vault.person, gone.id, "Twice", now=NOW)
    assert gone.id not in [one.id for one in read()["hearing"]]
    assert read() == whole(worker)


def test_what_somebody_else_writes_over_another_connection_is_read(worker, read):
    read()
    other = Store(worker.vault)
    save_answers(
        other, worker.vault.person, forms.ALL["goal"], now=NOW, case_file=CASE, answers={"goal": "A visit each month"}
    )
    other.close()
    assert [one.text("goal") for one in read()["goal"]].count("A visit each month") == 1
    assert read() == whole(worker)


def test_a_case_file_that_is_gone_is_told(worker, read):
    read()
    with pytest.raises(UnknownRecord):
        reading.case_records_again(worker.store, worker.vault.person, case_file_id("EP-NONE"), {}, 1)


ONE, OTHER = case_file_id("EP-1"), case_file_id("EP-2")
FILES = st.sampled_from([ONE, OTHER])
PLACES = st.tuples(FILES, st.sampled_from(["k1", "k2", "k3"]))
SAVES = st.one_of(
    st.tuples(st.just("contact"), PLACES, st.sampled_from([None, "2026-03-01T10:00", "2026-03-02T10:00", NotKnown()])),
    st.tuples(st.just("baseline"), FILES, st.sampled_from(["2026-01-05", "2026-02-05"])),
    st.tuples(st.just("survey"), FILES, st.sampled_from(["s1", "s2"])),
    st.tuples(st.just("remove"), st.sampled_from(["contact", "baseline", "mother"]), st.integers(0, 5)),
    st.tuples(st.just("bring back"), st.sampled_from(["contact", "baseline", "mother"]), FILES),
    st.tuples(st.just("undo"), st.none(), st.none()),
)
JOINS = st.one_of(
    st.tuples(st.just("one woman"), st.sampled_from([(ONE, OTHER), (OTHER, ONE)]), st.booleans()),
    st.tuples(st.just("one contact"), FILES, st.booleans()),
)


def written(stream: str, form: str, record_id: str, values: dict[str, JsonValue]) -> Change:
    return Change(
        record_id=record_id, form=form, version=forms.ALL[form].version, stream=stream, values=values,
        known_on="2026-11-20",
    )  # fmt: skip


def change_of(store: Store, kind: str, what, how) -> Change | None:
    match kind:
        case "contact":
            at = {"not_known": ""} if how == NotKnown() else how
            return written(what[0], "contact", f"{what[1]}-{what[0][:4]}", {"at": at, "summary": f"At {how}"})
        case "baseline":
            return written(what, "baseline", f"b-{what[:4]}", {"first_meeting": how})
        case "survey":  # kept elsewhere: it may be said to be about another woman
            return written(store.restricted_stream, "mothers_survey_t2", how, {"mother": what, "date": "2026-03-01"})
        case "remove":
            there = store.records(what)
            return removal(store, there[how % len(there)], "Twice", NOW) if there else None
        case "bring back":
            there = store.records(what, how, removed=True)
            return written(there[0].stream, what, there[0].id, {DELETED: None}) if there else None
        case "one woman":
            said = {"first": what[1], "reference": "EP", "reason": "Same face.", "since": "2026-11-20"}
            over = "2026-11-20" if how else None
            return written(what[0], "same_woman", same_woman.record_id(*what), {**said, "until": over})
        case "undo":
            return None
        case _:
            return written(what, "contact", f"k1-{what[:4]}", {f"{SAME}k2-{what[:4]}": how})


def whole_or_none(read, *given):
    try:
        return read(*given)
    except UnknownRecord:
        return None


def several(of):
    return st.lists(st.lists(of, min_size=1, max_size=3), min_size=1, max_size=8)


WITH_ONE_VAULT = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip


@WITH_ONE_VAULT
@given(saves=several(SAVES))
def test_after_any_saves_what_is_read_again_is_what_is_read_anew(manager, saves):
    read_after_each(manager.store, manager.person, saves)
    latest, written = manager.store.again.written(1)
    assert latest > 1
    assert written, "not all of it was read anew"


@WITH_ONE_VAULT
@given(saves=several(SAVES | JOINS))
def test_what_was_joined_or_parted_is_read_again_as_it_is_read_anew(manager, saves):
    read_after_each(manager.store, manager.person, saves)


def test_two_case_files_that_are_one_woman_s_from_now_on_or_no_more_are_read_anew(manager):
    contacts = [("contact", (case_file, "k1"), "2026-03-01T10:00") for case_file in (ONE, OTHER)]
    joined, parted = (("one woman", (OTHER, ONE), over) for over in (False, True))
    saves = [contacts, [joined], [parted], [joined], [("remove", "mother", 0)], [("bring back", "mother", ONE)]]
    read_after_each(manager.store, manager.person, saves)


def read_after_each(store, person, saves):
    for number, case_file in enumerate((ONE, OTHER)):
        mother = {"reference": f"EP-{number}", "name": "Ochre", DELETED: None}
        store.save([written(case_file, "mother", case_file, mother)], author=person.id, now=NOW)
    read = {one: reading.case_records_again(store, person, one, {}, 0) for one in (ONE, OTHER)}
    for at_once in saves:
        if at_once[0][0] == "undo":
            with suppress(NothingToUndo, WrittenSince, ConflictChanged):  # it may be refused
                undo_last_save(store, person, now=NOW)
        wanted = [change for one in at_once if (change := change_of(store, *one)) is not None]
        store.save(wanted, author=person.id, now=NOW)
        for case_file, before in read.items():
            again = whole_or_none(reading.case_records_again, store, person, case_file, *before)
            assert (again and again[0]) == whole_or_none(reading.case_records, store, person, case_file)
            read[case_file] = again or before
