import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.journal import Change, decode_sem
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import FutureDay
from tac_desktop.storage import Store
from tac_desktop.storage.binding import IntegrityError
from tests.storage.conftest import NOW, WORKER


def test_a_saved_record_is_read_back_as_it_was_answered(desk):
    case = desk.mother(ethnicity=NotKnown("She did not say"), known_as_child=Declined(), already_known_to_pact=False)
    desk.write(
        "contact", "c1", "EP-1", at="2026-11-12T14:05", kind="visit", with_whom=("mother", "child"), reached=True,
        minutes=30, summary="They read together.",
    )  # fmt: skip
    mother, contact = desk.store.record(case), desk.store.record("c1")
    assert mother.answers["ethnicity"] == NotKnown("She did not say")
    assert mother.answers["known_as_child"] == Declined()
    assert mother.answers["already_known_to_pact"] is False
    assert "language" not in mother.answers
    assert contact.answers["with_whom"] == ("child", "mother")
    assert (contact.answers["reached"], contact.answers["minutes"]) == (True, 30)
    assert (contact.case_file, contact.stream, contact.known_on) == (case, case, "2026-11-20")
    assert desk.store.records("contact", case) == [contact]


def test_what_was_saved_is_there_after_closing_and_opening(desk):
    case = desk.mother()
    desk.store.close()
    desk.store = Store(desk.vault)
    assert desk.store.record(case).text("name") == "Ochre Kettle"


def test_only_what_changed_is_written_and_nothing_new_makes_no_entry(desk):
    case = desk.mother(location="B2")
    assert desk.write("mother", case, "EP-1", name="Ochre Kettle", location="B2") == []
    (entry,) = desk.write("mother", case, "EP-1", name="Ochre Kettle", location="C4")
    assert decode_sem(entry.sem).fields == ("location",)
    first, second = desk.store.history(case)
    assert second.sem.supersedes == {first.cid: ("location",)}
    assert second.values == {"location": "C4"}


def test_an_answer_can_be_taken_back_and_a_box_unticked(desk):
    desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05", with_whom=("mother", "child"), minutes=5)
    change = Change(
        record_id="c1", form="contact", version=1, stream=case_file_id("EP-1"), known_on="2026-11-20",
        values={"with_whom/child": False, "minutes": None},
    )  # fmt: skip
    desk.store.save([change], author=WORKER.id, now=NOW)
    assert desk.store.record("c1").answers == {"at": "2026-11-12T14:05", "with_whom": ("mother",)}
    assert desk.store.save([change], author=WORKER.id, now=NOW) == []


def test_a_long_assessment_is_saved_in_rows_that_a_bundle_can_hold(desk):
    dimensions = [field.name for field in forms.ALL["assessment"].fields if field.name.endswith("_seen")]
    answers = dict.fromkeys(dimensions, "She reads to them every evening. " * 3000)
    entries = desk.write("assessment", "a1", "EP-1", title="Autumn", **answers)
    assert len(entries) > 1
    assert max(len(entry.payload) for entry in entries) < 1 << 20
    assert desk.store.record("a1").answers == {"title": "Autumn", **answers}


def test_several_records_are_saved_together_or_not_at_all(desk):
    good = desk.change("contact", "c1", "EP-1", at="2026-11-12T14:05")
    late = desk.change("contact", "c2", "EP-1", "2026-11-21", at="2026-11-12T14:05")
    with pytest.raises(FutureDay):
        desk.store.save([good, late], author=WORKER.id, now=NOW)
    assert desk.store.record("c1") is None
    assert len(desk.store.save([good, desk.change("contact", "c2", "EP-1", at="2026-11-12")], author="p", now=NOW)) == 2


def test_a_failed_save_leaves_no_trace_and_the_next_one_works(desk):
    desk.mother()
    before = desk.derived()
    whole = desk.change("contact", "c1", "EP-1", at="2026-11-12T14:05")
    broken = desk.change("contact", "c2", "EP-1", minutes=2**70)
    with pytest.raises(OverflowError):
        desk.store.save([whole, broken], author=WORKER.id, now=NOW)
    assert desk.derived() == before
    assert len(desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05")) == 1
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_a_failed_first_save_leaves_no_session_behind(desk):
    with pytest.raises(OverflowError):
        desk.write("contact", "c2", "EP-1", minutes=2**70)
    desk.mother()
    assert [entry.sem.op for entry in desk.store.entries(desk.store.terminal_stream)] == ["session"]


def test_the_first_entry_of_a_session_tells_which_session_came_before(desk):
    desk.mother()
    desk.store.close()
    desk.vault.incarnation.rid = None  # as a new start of the program
    desk.store = Store(desk.vault)
    desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05")
    first, second = desk.store.entries(desk.store.terminal_stream)
    assert first.values["parent"] == ""
    assert second.values["parent_seq"] == 2
    assert second.incarnation != first.incarnation
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_a_second_store_of_the_vault_goes_on_where_the_first_one_is(desk):
    desk.mother()
    second = Store(desk.vault)
    second.save([desk.change("contact", "c1", "EP-1", at="2026-11-12T14:05")], author="p", now=NOW)
    desk.write("contact", "c2", "EP-1", at="2026-11-12T14:05")
    second.save([desk.change("contact", "c3", "EP-1", at="2026-11-12T14:05")], author="p", now=NOW)
    second.close()
    assert {record.id for record in desk.store.records("contact")} == {"c1", "c2", "c3"}
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


@pytest.mark.parametrize("statement", [
    "UPDATE journal SET sem = ''", "DELETE FROM journal", "UPDATE content SET payload = '[]'", "DELETE FROM content",
    "UPDATE entity SET uuid = 'x'", "DELETE FROM entity", "UPDATE stream SET sid = 'x'", "DELETE FROM field",
])  # fmt: skip
def test_the_journal_refuses_to_be_changed(desk, statement):
    desk.mother()
    with pytest.raises(IntegrityError, match=r"appended to|redact"):
        desk.store._ledger.connection.execute(statement)


def test_a_value_of_another_kind_is_kept_in_the_journal_and_not_shown(desk):
    stream = case_file_id("EP-1")
    odd = Change(
        record_id="c1", form="contact", version=9, stream=stream, known_on="2026-11-20",
        values={"minutes": "half an hour", "at": "soon", "invented_later": "x", "summary": "It rained."},
    )  # fmt: skip
    desk.store.save([odd], author="p", now=NOW)
    assert desk.store.record("c1").answers == {"summary": "It rained."}
    assert desk.store.history("c1")[0].values["invented_later"] == "x"


def test_a_form_of_a_newer_program_is_kept_although_nothing_shows_it(desk):
    change = Change(record_id="n1", form="hologram", version=1, stream=case_file_id("EP-1"), known_on="2026-11-20",
                    values={"colour": "teal"})  # fmt: skip
    desk.store.save([change], author="p", now=NOW)
    assert desk.store.record("n1") is None
    assert desk.store.history("n1")[0].values == {"colour": "teal"}


def test_a_deleted_record_is_gone_until_somebody_who_did_not_know_edits_it(desk):
    desk.write("contact", "c1", "EP-1", at="2026-11-12T14:05", summary="Ladder")
    seen = [entry.cid for entry in desk.store.history("c1")]
    gone = Change(
        record_id="c1", form="contact", version=1, stream=case_file_id("EP-1"), known_on="2026-11-20", op="del",
        values={"_del": {"reason": "entered twice", "seen": seen}},
    )  # fmt: skip
    desk.store.save([gone], author="p", now=NOW)
    assert desk.store.record("c1") is None
    assert desk.store.records("contact") == []
    assert desk.store.search("ladder") == []
    desk.write("contact", "c1", "EP-1", minutes=5)
    assert desk.store.record("c1").text("summary") == "Ladder"


def test_a_restricted_record_belongs_to_the_case_file_of_the_mother_it_names(desk):
    case = desk.mother()
    change = Change(
        record_id="s1", form="mothers_survey_t2", version=1, stream=desk.store.restricted_stream,
        known_on="2026-11-20", values={"mother": case, "date": "2026-10-01"},
    )  # fmt: skip
    desk.store.save([change], author="p", now=NOW)
    assert desk.store.record("s1").case_file == case
    assert desk.store.exchange.streams()[desk.store.restricted_stream] == "restricted"


def test_every_form_has_a_table_with_a_column_for_each_question(desk):
    for form in forms.ALL.values():
        rows = desk.store._ledger.connection.execute(f"PRAGMA table_info(form_{form.name})").fetchall()
        assert {row[1] for row in rows} >= set(form.by_name)
