"""Entries from elsewhere: what is taken in, what is refused, and that a refusal changes nothing."""

import hashlib
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tac_desktop.casework.journal import Change, Entry, Sem, b64, commitment, encode_sem, json_bytes
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AttachmentDamaged, DamagedEntries, MissingEntries, NewerEntries, TwoHistories
from tac_desktop.storage import Counts, attachments
from tests.storage.conftest import NOW

CASE = case_file_id("EP-1")
FOREIGN = bytes(range(16))


@pytest.fixture
def other(make_desk):
    return make_desk()


def all_entries(desk):
    exchange = desk.store.exchange
    return [
        entry for reach in exchange.reaches()
        for entry in exchange.entries(reach.incarnation, {reach.stream: (0, reach.sseq)})
    ]  # fmt: skip


def deliver(desk, entries, **more):
    with desk.store.importing(NOW, **more) as intake:
        intake.apply(entries)
    return intake.counts


def an_entry(sseq=1, record="k9", stream=CASE, values=None, supersedes=None, incarnation=FOREIGN, **sem):
    values = {"name": "Fern Sparrow"} if values is None else values
    payload = json_bytes(list(values.values()))
    meaning = Sem(**{
        "form": "child", "record_id": record, "stream": stream, "op": "set", "fields": tuple(values),
        "supersedes": supersedes or {}, "author": "p", "hlc": sseq << 16, "version": 1,
        "commitment": b64(commitment(bytes(16), payload)), "known_on": "2026-01-01", **sem,
    })  # fmt: skip
    return Entry(incarnation, sseq, sseq, encode_sem(meaning), bytes(16), payload)


def test_a_case_file_arrives_whole_and_a_second_time_changes_nothing(desk, other):
    desk.mother(name="Ochre Kettle")
    for number in range(30):
        desk.write("contact", f"c{number}", "EP-1", at=f"2026-0{number % 9 + 1}-01T10:00", summary="Blue teapot")
    desk.write("contact", "c3", "EP-1", minutes=45)
    entries = all_entries(desk)
    assert deliver(other, entries) == Counts(new=31, changed=0, conflicting=0, known=0)
    assert other.store.records("contact") == desk.store.records("contact")
    assert other.store.caseload_page(other.store.caseload_ids()) == desk.store.caseload_page(desk.store.caseload_ids())
    assert len(other.store.search("teapot")) == 30
    before = other.derived()
    assert deliver(other, entries) == Counts(new=0, changed=0, conflicting=0, known=33)
    assert other.derived() == before
    assert all_entries(other) == entries
    assert not [finding for step in other.store.upkeep.check() for finding in step.findings]


def test_a_dry_run_tells_the_same_and_changes_nothing(desk, other):
    desk.mother()
    assert deliver(other, all_entries(desk), dry_run=True).new == 1
    assert all_entries(other) == []
    assert other.store.record(CASE) is None
    assert deliver(other, all_entries(desk)).new == 1


def test_two_who_answer_differently_leave_a_conflict_that_a_save_decides_everywhere(desk, other):
    desk.mother()
    deliver(other, all_entries(desk))
    desk.write("mother", "", "EP-1", location="B2")
    other.write("mother", "", "EP-1", location="C4")
    assert deliver(other, all_entries(desk)).conflicting == 1
    deliver(desk, all_entries(other))
    assert desk.store.record(CASE) == other.store.record(CASE)
    assert desk.store.record(CASE).conflicts == ("location",)
    (conflict,) = desk.store.contradictions.found(CASE)
    assert {answer.value for answer in conflict.answers} == {"B2", "C4"}
    assert conflict.answers[0].value == desk.store.record(CASE).text("location")
    desk.write("mother", "", "EP-1", location=conflict.answers[0].value)
    deliver(other, all_entries(desk))
    assert desk.store.contradictions.found() == other.store.contradictions.found() == []


def test_the_same_answer_given_twice_is_no_conflict(desk, other):
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    other.write("child", "k1", "EP-1", name="Fern Sparrow")
    assert deliver(desk, all_entries(other)).conflicting == 0
    assert desk.store.contradictions.found() == []


def test_two_who_tick_different_boxes_do_not_contradict_each_other(desk, other):
    desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", with_whom=("mother",))
    deliver(other, all_entries(desk))
    desk.write("contact", "c1", "EP-1", with_whom=("mother", "child"))
    other.write("contact", "c1", "EP-1", with_whom=("mother", "solicitor"))
    deliver(desk, all_entries(other))
    assert desk.store.record("c1").answers["with_whom"] == ("child", "mother", "solicitor")
    assert desk.store.contradictions.found() == []


def test_a_replacement_that_arrives_before_what_it_replaces_holds(desk):
    first = an_entry()
    later = an_entry(values={"name": "Fern Magpie"}, supersedes={b64(first.cid): ("name",)}, incarnation=bytes(16))
    deliver(desk, [later])
    deliver(desk, [first])
    assert desk.store.record("k9").text("name") == "Fern Magpie"
    assert desk.store.contradictions.found() == []
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


@pytest.mark.parametrize("attack", [{"record": "k8"}, {"stream": case_file_id("EP-2")}, {"form": "order"}])
def test_nobody_replaces_an_answer_of_another_record_stream_or_form(desk, attack):
    victim = an_entry()
    attack = an_entry(values={"name": "Gone"}, supersedes={b64(victim.cid): ("name",)}, incarnation=bytes(16), **attack)
    for entries in ([attack], [victim]):
        deliver(desk, entries)
    assert desk.store.records("child", CASE)[-1].text("name") == "Fern Sparrow"


REFUSED = [
    ([an_entry(2)], MissingEntries),
    ([an_entry(1), an_entry(3)], MissingEntries),
    ([an_entry(1), an_entry(1, values={"name": "Other"})], TwoHistories),
    ([replace(an_entry(), payload=b'["Other"]')], DamagedEntries),
    ([replace(an_entry(), salt=b"x" * 15)], DamagedEntries),
    ([replace(an_entry(), salt=b"x" * 16)], DamagedEntries),
    ([replace(an_entry(), sem=an_entry().sem.replace(b"[1,", b"[2,", 1))], NewerEntries),
    ([an_entry(op="forward")], NewerEntries),
    ([an_entry(op="drop table")], DamagedEntries),
    ([replace(an_entry(), sem=b"[1]")], DamagedEntries),
    ([replace(an_entry(), sem=b"\xff")], DamagedEntries),
    ([replace(an_entry(), sem=b"[" * 60_000)], DamagedEntries),
    ([an_entry(values={"name": 1.5})], DamagedEntries),
    ([an_entry(values={"name": 2**60})], DamagedEntries),
    ([an_entry(known_on="2026-1-1")], DamagedEntries),
    ([an_entry(hlc=2**63)], DamagedEntries),
    ([an_entry(version=0)], DamagedEntries),
    ([an_entry(version=1_000_001)], DamagedEntries),
    ([an_entry(values={})], DamagedEntries),
    ([an_entry(author="p" * 101)], DamagedEntries),
    ([an_entry(supersedes={"A" * 43: ()})], DamagedEntries),
    ([an_entry(form="x'; DROP TABLE journal; --")], DamagedEntries),
    ([an_entry(supersedes={"short": ("name",)})], DamagedEntries),
    ([an_entry(supersedes={"A" * 43: ("dob",)})], DamagedEntries),
    ([replace(an_entry(), sseq=0)], DamagedEntries),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "trouble"), REFUSED)
def test_what_is_refused_changes_nothing(desk, entries, trouble):
    desk.mother()
    before, rows = desk.derived(), all_entries(desk)
    with pytest.raises(trouble):
        deliver(desk, [an_entry(1, incarnation=b"i" * 16), *entries])
    assert (desk.derived(), all_entries(desk)) == (before, rows)
    assert len(desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00")) == 1


def test_an_entry_at_a_place_that_another_one_holds_is_a_second_history(desk):
    deliver(desk, [an_entry(1), an_entry(2, record="k8")])
    with pytest.raises(TwoHistories):
        deliver(desk, [an_entry(1), an_entry(2, record="k7")])


def test_an_error_of_the_caller_takes_everything_back(desk):
    def one_and_then_trouble():
        yield an_entry()
        raise KeyError

    with pytest.raises(KeyError), desk.store.importing(NOW) as intake:
        intake.apply(one_and_then_trouble())
    assert all_entries(desk) == []


def test_a_clock_far_ahead_is_not_followed(desk):
    tomorrow = int((NOW + timedelta(hours=20)).timestamp() * 1000) << 16
    deliver(desk, [an_entry(hlc=tomorrow), an_entry(2, record="k8", hlc=tomorrow << 2)])
    desk.mother()
    assert tomorrow < desk.store.history(CASE)[0].sem.hlc < tomorrow + (1 << 20)


def test_an_attachment_in_pieces_is_there_when_the_last_piece_has_come_in_whatever_bundle(desk, other):
    content = random.Random(5).randbytes(attachments.PIECE + 300_000)
    sha256 = desk.store.attach([content])
    pieces = desk.store.exchange.pieces(sha256)
    assert [piece.size for piece in pieces] == [attachments.PIECE, 300_000]
    for number, whole in ((1, []), (0, [sha256])):
        assert other.store.attachment_size(sha256) is None
        assert not [finding for step in other.store.upkeep.check() for finding in step.findings]
        with other.store.importing(NOW) as intake:
            intake.expect(sha256, len(content), [piece.sha256 for piece in pieces])
            assert intake.take_piece(pieces[number].sha256, desk.store.exchange.piece(sha256, number)) == whole
            assert intake.take_piece(pieces[number].sha256, desk.store.exchange.piece(sha256, number)) == []
    assert b"".join(other.store.attachment(sha256)) == content
    assert other.store.exchange.pieces(sha256) == pieces
    assert not [finding for step in other.store.upkeep.check() for finding in step.findings]


def test_a_file_that_a_person_attaches_is_whole_even_if_pieces_of_it_had_come(desk, other):
    content = bytes(attachments.PIECE) + b"x"
    sha256 = desk.store.attach([content])
    with other.store.importing(NOW) as intake:
        intake.expect(sha256, len(content), [piece.sha256 for piece in desk.store.exchange.pieces(sha256)])
        intake.take_piece(desk.store.exchange.pieces(sha256)[1].sha256, [b"x"])
    assert other.store.attach([content]) == sha256
    assert b"".join(other.store.attachment(sha256)) == content
    assert other.store.attach([b""]) == hashlib.sha256().hexdigest()


def lying_pieces(content, sha256, names):
    return [
        (sha256, len(content) + attachments.PIECE, names, content),  # too few pieces for the size
        (sha256, len(content) + 1, names, content),  # another size than it has
        (sha256, len(content), names, content[:-1]),  # another content than its name
        ("00" * 32, len(content), names, content),  # pieces of something else
    ]


@pytest.mark.parametrize("lie", range(4))
def test_pieces_that_do_not_make_what_they_are_said_to_make_change_nothing(desk, lie):
    content = b"a picture of a kite"
    name = hashlib.sha256(content).hexdigest()
    told, size, names, came = lying_pieces(content, name, [name])[lie]

    def take_in():
        with desk.store.importing(NOW) as intake:
            intake.expect(told, size, names)
            intake.take_piece(names[0], [came])

    with pytest.raises(AttachmentDamaged):
        take_in()
    assert desk.store._ledger.connection.execute("SELECT count(*) FROM blob").fetchone() == (0,)


@pytest.mark.parametrize("lie", range(4))
def test_what_was_told_untruly_of_an_attachment_keeps_out_nothing_that_comes_later(desk, other, lie):
    content = random.Random(7).randbytes(attachments.PIECE + 1000)
    sha256 = desk.store.attach([content])
    names = [piece.sha256 for piece in desk.store.exchange.pieces(sha256)]
    told, size, pieces = [
        (sha256, len(content), [names[0], "11" * 32]),  # other pieces
        (sha256, len(content) + 1, names),  # another size
        ("22" * 32, 2 * attachments.PIECE, [names[1], "11" * 32]),  # a piece of another attachment has not this size
        ("22" * 32, len(content), names),  # these pieces make something else
    ][lie]
    with other.store.importing(NOW) as intake:
        intake.expect(told, size, pieces)
    with other.store.importing(NOW) as intake:
        intake.expect(sha256, len(content), names)
        for number, name in enumerate(names):
            intake.take_piece(name, desk.store.exchange.piece(sha256, number))
    assert b"".join(other.store.attachment(sha256)) == content
    assert other.store.attachment_size("22" * 32) is None
    with pytest.raises(AttachmentDamaged), other.store.importing(NOW) as intake:
        intake.expect(sha256, len(content), [names[0], "11" * 32])


def test_the_attachments_that_entries_name_are_known(desk):
    sha256 = desk.store.attach([b"a picture"])
    desk.write("photo", "p1", "EP-1", image=sha256, caption="A kite")
    reach = next(reach for reach in desk.store.exchange.reaches() if reach.stream == CASE)
    assert desk.store.exchange.attachments(reach.incarnation, {CASE: (0, reach.sseq)}) == {sha256}
    assert desk.store.exchange.attachments(reach.incarnation, {CASE: (reach.sseq, reach.sseq)}) == set()


def test_the_chain_can_be_told_at_any_place(desk):
    desk.mother()
    for number in range(3):
        desk.write("contact", f"c{number}", "EP-1", at="2026-03-01T10:00")
    reach = next(reach for reach in desk.store.exchange.reaches() if reach.stream == CASE)
    assert desk.store.exchange.chain_at(reach.incarnation, CASE, reach.sseq) == reach.chain
    assert desk.store.exchange.chain_at(reach.incarnation, CASE, 2) != reach.chain
    assert desk.store.exchange.chain_at(reach.incarnation, CASE, 0) == b""


def test_a_change_of_a_newer_program_is_passed_on_as_it_came(desk, other, make_desk):
    change = Change(record_id="n1", form="hologram", version=7, stream=CASE, known_on="2026-01-01", values={"x": "y"})
    desk.store.save([change], author="p", now=NOW)
    deliver(other, all_entries(desk))
    third = make_desk()
    deliver(third, all_entries(other))
    assert third.store.history("n1")[0].values == {"x": "y"}
