"""What the law wants erased: no byte of it stays, that it was written stays, in whatever order it is heard."""

import dataclasses
import json

import pytest

from tac_desktop.casework.journal import Change, b64, commitment, json_bytes
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import DamagedEntries, MissingEntries
from tests.storage.conftest import NOW, WORKER
from tests.storage.test_intake import FOREIGN, all_entries, an_entry, deliver

CASE = case_file_id("EP-1")


@pytest.fixture
def other(make_desk):
    return make_desk()


def redact(desk, entries, record="r1"):
    values = {"basis": "Data Protection Act 2018, section 100"} | {f"cid/{b64(entry.cid)}": True for entry in entries}
    change = Change(
        record_id=record, form="redaction", version=1, stream=CASE, values=values, known_on="2026-11-20", op="redact"
    )
    return desk.store.save([change], author=WORKER.id, now=NOW)


def findings(desk):
    return [finding for step in desk.store.upkeep.check() for finding in step.findings]


def holds(desk, word):
    """Say whether a word stands anywhere in the database, index and free pages included."""
    connection = desk.store._ledger.connection
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRT%'")
    for (table,) in tables.fetchall():
        for row in connection.execute(f"SELECT * FROM {table}"):
            for cell in row:
                raw = cell.encode() if isinstance(cell, str) else cell
                if isinstance(raw, bytes) and word.encode() in raw.lower():
                    return table
    return ""


def test_no_word_of_what_was_erased_stays_and_the_journal_is_sound(desk):
    desk.mother()
    (wrong,) = desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="About zanzibar and its sultan")
    desk.write("contact", "c1", "EP-1", minutes=45)
    assert holds(desk, "zanzibar")
    redact(desk, [wrong])
    assert holds(desk, "zanzibar") == ""
    assert desk.store.search("zanzibar") == []
    assert desk.store.record("c1").answers == {"minutes": 45}
    assert desk.store.history("c1")[0].values is None
    assert desk.store.history("c1")[0].sem.fields == ("at", "summary")
    assert findings(desk) == []
    before = desk.derived()
    assert list(desk.store.upkeep.rebuild())
    assert desk.derived() == before
    assert findings(desk) == []


def test_an_erased_answer_does_not_bring_back_the_one_that_it_had_replaced(desk):
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    desk.write("child", "k1", "EP-1", needs="A night light")
    (second,) = desk.write("child", "k1", "EP-1", name="Zanzibar")
    redact(desk, [second])
    assert desk.store.record("k1").answers == {"needs": "A night light"}


def test_a_record_of_which_everything_was_erased_is_not_shown_any_more(desk, other):
    desk.mother(name="Zanzibar Kettle")
    (child,) = desk.write("child", "k1", "EP-1", name="Zanzibar")
    redact(desk, [child])
    assert desk.store.record("k1") is None
    assert desk.store.records("child") == desk.store.records("child", known_on="2026-11-20") == []
    (mother,) = [entry for entry in all_entries(desk) if b'"mother"' in entry.sem]
    redact(desk, [mother], record="r2")
    assert list(desk.store.caseload_ids()) == []
    assert (desk.store.disposal.emptied(), desk.store.disposal.wants_sweeping) == ({CASE}, True)
    desk.store.disposal.sweep()
    assert not desk.store.disposal.wants_sweeping
    deliver(other, all_entries(desk))
    for one in (desk, other):
        assert findings(one) == []
        before = one.derived()
        assert list(one.store.upkeep.rebuild())
        assert one.derived() == before
    assert other.store.record("k1") is None
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    assert desk.store.record("k1").text("name") == "Fern Sparrow"
    assert desk.store.disposal.emptied() == frozenset()


def test_it_does_not_matter_whether_the_entry_or_its_erasing_arrives_first(desk, make_desk):
    (wrong,) = desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="zanzibar")
    desk.write("contact", "c1", "EP-1", minutes=45)
    one, two, three = make_desk(), make_desk(), make_desk()
    whole = all_entries(desk)
    deliver(one, whole)
    (erasing,) = [entry for entry in redact(one, [wrong]) if b"redact" in entry.sem]
    deliver(two, [erasing])
    assert findings(two) == []
    deliver(two, whole)
    bare = [entry for entry in all_entries(one) if b"terminal" not in entry.sem]
    assert [entry.is_erased for entry in bare].count(True) == 1
    deliver(three, bare)
    deliver(desk, [erasing])
    for desk_ in (desk, one, two, three):
        assert desk_.store.record("c1").answers == {"minutes": 45}
        assert holds(desk_, "zanzibar") == ""
        assert findings(desk_) == []
        before = desk_.derived()
        assert list(desk_.store.upkeep.rebuild())
        assert desk_.derived() == before


def test_an_entry_without_what_it_said_is_refused_unless_something_says_why(desk, other):
    (entry,) = desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    bare = dataclasses.replace(entry, salt=b"", payload=b"")
    with pytest.raises(MissingEntries):
        deliver(other, [bare])
    assert all_entries(other) == []
    with pytest.raises(DamagedEntries):
        deliver(other, [dataclasses.replace(entry, salt=b"")])
    with pytest.raises(DamagedEntries):
        deliver(other, [dataclasses.replace(entry, payload=b"")])


def test_erasing_reaches_no_further_than_its_own_case_file(desk):
    (entry,) = desk.write("child", "k1", "EP-2", name="Fern Sparrow")
    redact(desk, [entry])
    assert desk.store.record("k1").text("name") == "Fern Sparrow"
    assert findings(desk) == []


def test_an_attachment_goes_with_the_last_entry_that_names_it(desk):
    sha256 = desk.store.attach([b"a picture of zanzibar"])
    (first,) = desk.write("photo", "p1", "EP-1", image=sha256, caption="A kite")
    (second,) = desk.write("photo", "p2", "EP-1", image=sha256, caption="A kite")
    redact(desk, [first])
    assert desk.store.attachment_size(sha256)
    redact(desk, [second], record="r2")
    assert desk.store.attachment_size(sha256) is None
    assert holds(desk, "zanzibar") == ""
    assert findings(desk) == []


def test_what_names_no_entry_erases_nothing(desk):
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    change = Change(
        record_id="r1", form="redaction", version=1, stream=CASE, op="redact", known_on="2026-11-20",
        values={"cid/short": True, "cid/" + "§" * 43: True, "basis": "none"},
    )  # fmt: skip
    desk.store.save([change], author=WORKER.id, now=NOW)
    assert desk.store.record("k1").text("name") == "Fern Sparrow"
    assert findings(desk) == []


@pytest.mark.parametrize("statement", [
    "DELETE FROM content WHERE j = 2",
    "INSERT INTO redacted SELECT s, cid, j FROM journal WHERE j = 2",
    "DELETE FROM redacted",
    "INSERT INTO content SELECT j, zeroblob(16), '[]' FROM journal LEFT JOIN content USING (j) WHERE salt IS NULL",
])  # fmt: skip
def test_what_was_erased_behind_the_program_is_found(desk, statement):
    desk.mother()
    (wrong,) = desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    redact(desk, [wrong])
    connection = desk.store._ledger.connection
    connection.execute("DROP TRIGGER content_goes_with_redact_only")
    assert connection.execute(statement).rowcount > 0
    assert "entries" in {finding.part for finding in findings(desk)}


def escaped(entry):
    """Return an entry whose payload says the same with escapes, as a foreign writer may."""
    told = entry.payload.replace(b"blob", b"\\u0062lob")
    sha256 = told.split(b'"')[3]
    told = told.replace(sha256, b"".join(b"\\u%04x" % byte for byte in sha256))
    sem = json.loads(entry.sem)
    sem[10] = b64(commitment(entry.salt, told))
    return dataclasses.replace(entry, payload=told, sem=json_bytes(sem))


def test_an_attachment_that_is_named_with_escapes_is_named(desk):
    sha256 = desk.store.attach([b"a picture of zanzibar"])
    (plain,) = desk.write("photo", "p1", "EP-1", image=sha256)
    values = {"image": {"blob": sha256}}
    first, second = (escaped(an_entry(n, record=f"p{n + 1}", values=values, form="photo")) for n in (1, 2))
    deliver(desk, [first])
    assert b"blob" not in first.payload
    assert desk.store.exchange.attachments(FOREIGN, {CASE: (0, 1)}) == {sha256}, "so it travels with the entry"
    redact(desk, [plain])
    assert desk.store.attachment_size(sha256), "somebody names it still"
    deliver(desk, [second])
    redact(desk, [first], record="r2")
    redact(desk, [second], record="r3")
    assert desk.store.attachment_size(sha256) is None
    assert holds(desk, "zanzibar") == ""
