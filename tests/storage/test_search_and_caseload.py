import pytest

from tac_desktop.storage import CaseloadFilter
from tests.storage.conftest import NOW


def found(desk, typed, **more):
    return [hit.record.id for hit in desk.store.search(typed, **more)]


def test_names_are_found_by_the_beginnings_of_words_and_come_before_notes(desk):
    case = desk.mother(name="Llinos O’Kettle")
    desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05", summary="Kettle descaled.")
    desk.write("contact", "c2", "EP-1", at="2026-11-12T14:05", summary="The kettles boiled.")
    assert found(desk, "kett lli") == [case]
    assert found(desk, "kettle") == [case, "c1"]
    hit = desk.store.search("descaled")[0]
    assert (hit.by_name, hit.mother, hit.excerpt) == (False, "Llinos O’Kettle", "Kettle descaled.")


def test_accents_and_capitals_do_not_matter(desk):
    case = desk.mother(name="Siân Brân")
    assert found(desk, "SIAN bra") == [case]


def test_notes_come_newest_first_and_no_more_than_asked_for(desk):
    for month in (3, 9, 1, 7):
        desk.write("contact", f"c{month}", "EP-1", at=f"2026-0{month}-01T10:00", summary="Blue teapot")
    assert found(desk, "teapot", limit=3) == ["c9", "c7", "c3"]


def test_changed_and_moved_notes_are_found_as_they_are_now(desk):
    desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="Blue teapot")
    desk.write("contact", "c2", "EP-1", at="2026-02-01T10:00", summary="Green teapot")
    desk.write("contact", "c1", "EP-1", at="2026-01-01T10:00", summary="Red teapot")
    assert found(desk, "blue") == []
    assert found(desk, "teapot") == ["c2", "c1"]


COMMANDS = ["", "  ", '"', "*", "NEAR(", "name_index MATCH", "a AND OR", "'; DROP TABLE", "\x00", "日本"]


@pytest.mark.parametrize("typed", COMMANDS)
def test_whatever_is_typed_is_words_and_no_command(desk, typed):
    desk.mother()
    assert desk.store.search(typed) == []


def test_forms_that_a_role_may_not_read_are_left_out(desk):
    case = desk.mother(name="Teal Ladder")
    desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", who="Teal Bolt")
    assert found(desk, "teal", forms=["contact"]) == ["c1"]
    assert set(found(desk, "teal")) == {case, "c1"}


def rows(desk, *arguments):
    return [row.reference for row in desk.store.caseload_page(desk.store.caseload_ids(*arguments))]


def test_the_caseload_is_ordered_by_what_is_due_first(desk):
    for reference, referred in (("EP-1", "2026-05-01"), ("EP-2", "2026-03-01"), ("EP-3", "")):
        desk.mother(reference, name=f"Name {reference}")
        if referred:
            desk.write("referral", f"r{reference}", reference, date=referred)
    assert rows(desk) == ["EP-2", "EP-1", "EP-3"]
    assert rows(desk, CaseloadFilter(due_by="2026-04-15")) == ["EP-2"]
    assert rows(desk, CaseloadFilter(statuses=("open",))) == []
    assert rows(desk, CaseloadFilter(prisons=("eastwood_park",)), "reference") == ["EP-1", "EP-2", "EP-3"]


def test_the_caseload_follows_every_save(desk):
    case = desk.mother()
    desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05")
    desk.write("contact", "c2", "EP-1", at="2026-11-02T14:05", follow_up_by="2026-11-30")
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    desk.write("episode", "e1", "EP-1", opened="2026-10-01")
    (row,) = desk.store.caseload_page(desk.store.caseload_ids())
    assert (row.case_file, row.last_contact, row.children, row.status) == (case, "2026-11-12", 1, "open")
    assert (row.next_due, row.next_task) == ("2026-11-30", "contact")
    desk.write("contact", "c1", "EP-1", at="2026-11-01T14:05")
    assert desk.store.caseload_page(desk.store.caseload_ids())[0].last_contact == "2026-11-02"
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_a_mother_in_a_stream_that_is_not_hers_is_in_no_caseload(desk):
    change = desk.change("mother", "somebody-else", "EP-1", reference="EP-9", name="Fake Lantern")
    desk.store.save([change], author="p", now=NOW)
    assert list(desk.store.caseload_ids()) == []
