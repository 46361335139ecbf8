"""What the audit notes, and that nobody takes anything out of it unnoticed."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from tac_desktop.actions import vaults
from tac_desktop.actions.audit import note_event, note_locked, note_unlocked, note_view
from tac_desktop.actions.keeping import check_vault
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import b64, change_id, commitment, decode_sem, encode_sem, stream_chain
from tac_desktop.casework.people import Person
from tac_desktop.errors import WrongPassphrase
from tac_desktop.storage.audit_index import AuditFilter
from tac_desktop.storage.binding import Connection, transaction
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.losses import Gap, Losses, note_losses
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE

ALL = AuditFilter()
SECOND = "umber kettle over the river"
OTHER_PAST = (
    "The history of this vault is not the one that was there when this entry was written: entries before it were"
    " removed, altered, put in or moved."
)
CASE = "24be35a8-0471-895b-a9b8-ff6f239cd8f2"


@dataclass
class House:
    """A vault of two people, closed, with what its folder is."""

    folder: Path

    def enter(self, name: str, passphrase: str, now: datetime, *events: Event) -> None:
        vault = vaults.unlock_as(self.folder, name, passphrase)
        store = Store(vault)
        note_unlocked(vault, store, now=now)
        for event in events:
            note_event(store, vault.person, event, now=now, facts={"case_file": CASE})
        note_locked(vault, store, now=now)
        store.close()
        vault.close()

    def alter(self, change: Callable[[Connection], None]) -> None:
        """Do what somebody with the data key and a SQL tool can do."""
        vault = vaults.unlock_as(self.folder, "Slate Kettle", PASSPHRASE)
        connection = vault.connect()
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (trigger,) in rows:
            connection.execute(f"DROP TRIGGER {trigger}")
        with transaction(connection):
            change(connection)
        connection.close()
        vault.close()

    def findings(self) -> list[str]:
        vault = vaults.unlock_as(self.folder, "Slate Kettle", PASSPHRASE)
        store = Store(vault)
        run_to_end(store.upkeep.rebuild())  # whoever alters the journal can have the list of it made anew
        found = run_to_end(check_vault(store))
        store.close()
        vault.close()
        return [finding.what for finding in found]


@pytest.fixture(scope="module")
def made_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in which two people took turns: Slate, Umber, Slate."""
    folder = tmp_path_factory.mktemp("audit") / "vault"
    vault, _ = vaults.create(
        folder, name="Slate Kettle", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.add_person(Person(id="umber", name="Umber Clock", role="manager"), SECOND, CHEAPEST)
    vault.close()
    house = House(folder)
    house.enter("Slate Kettle", PASSPHRASE, NOW, Event.CASE_READ, Event.WORKBOOK_EXPORTED, Event.CASE_READ)
    house.enter("Umber Clock", SECOND, NOW + timedelta(hours=1), Event.CASE_READ)
    house.enter("Slate Kettle", PASSPHRASE, NOW + timedelta(hours=2), Event.CASE_READ)
    return folder


@pytest.fixture
def house(made_house: Path, tmp_path: Path) -> House:
    shutil.copytree(made_house, tmp_path / "vault")
    return House(tmp_path / "vault")


def events(store: Store, wanted: AuditFilter = ALL) -> list[str]:
    return [one.event for one in store.audit.page(store.audit.numbers(wanted))][::-1]


def test_a_vault_whose_people_unlocked_and_locked_it_is_whole(house):
    assert house.findings() == []


# --- what somebody with the data key does to it: each entry of the journal by its number, the newest last ---


@dataclass
class Row:
    j: int
    r: int
    s: int
    sseq: int
    seq: int
    event: str


def audit_rows(connection: Connection) -> list[Row]:
    sql = "SELECT j.j, j.r, j.s, j.sseq, j.seq, a.event FROM journal j JOIN audit_event a ON a.j = j.j ORDER BY j.j"
    return [Row(*row) for row in connection.execute(sql)]


def exported(connection: Connection) -> Row:
    return next(row for row in audit_rows(connection) if row.event == "workbook_exported")


def take_out(connection: Connection, row: Row) -> None:
    connection.execute("DELETE FROM content WHERE j = ?", (row.j,))
    connection.execute("DELETE FROM head WHERE j = ?", (row.j,))
    connection.execute("DELETE FROM journal WHERE j = ?", (row.j,))


def close_the_gap(connection: Connection, row: Row) -> None:
    """Number everything after it anew and reckon the stream's chain anew, so that the stream looks whole."""
    later = "SELECT j FROM journal WHERE r = ? AND s = ? AND sseq > ? ORDER BY sseq"
    for (j,) in connection.execute(later, (row.r, row.s, row.sseq)).fetchall():
        connection.execute("UPDATE journal SET sseq = sseq - 1 WHERE j = ?", (j,))
    later = "SELECT j FROM journal WHERE r = ? AND seq > ? ORDER BY seq"
    for (j,) in connection.execute(later, (row.r, row.seq)).fetchall():
        connection.execute("UPDATE journal SET seq = seq - 1 WHERE j = ?", (j,))
    reckon_chain(connection, row.r, row.s)


def reckon_chain(connection: Connection, r: int, s: int) -> None:
    chain, last = b"", 0
    sql = "SELECT sseq, cid FROM journal WHERE r = ? AND s = ? ORDER BY sseq"
    for sseq, cid in connection.execute(sql, (r, s)).fetchall():
        chain, last = stream_chain(chain, cid, sseq), sseq
    connection.execute("UPDATE sv SET sseq = ?, chain = ? WHERE r = ? AND s = ?", (last, chain, r, s))


def rewrite(connection: Connection, row: Row, values: dict[str, object]) -> None:
    """Have an entry say something else, with a new commitment and a new id, and reckon the stream's chain anew."""
    text, salt, payload = connection.execute(
        "SELECT sem, salt, payload FROM journal JOIN content USING (j) WHERE j = ?", (row.j,)
    ).fetchone()
    sem = decode_sem(text.encode())
    told = dict(zip(sem.fields, json.loads(payload), strict=True)) | values
    new = json.dumps(list(told.values())).encode()
    bound = encode_sem(type(sem)(**{**vars(sem), "commitment": b64(commitment(salt, new))}))
    connection.execute("UPDATE content SET payload = ? WHERE j = ?", (new.decode(), row.j))
    connection.execute("UPDATE journal SET sem = ?, cid = ? WHERE j = ?", (bound.decode(), change_id(bound), row.j))
    reckon_chain(connection, row.r, row.s)


def put_in(connection: Connection, row: Row) -> None:
    """Put a copy of an entry, with an id of its own, at the end of its session."""
    text, salt, payload = connection.execute(
        "SELECT sem, salt, payload FROM journal JOIN content USING (j) WHERE j = ?", (row.j,)
    ).fetchone()
    sem = decode_sem(text.encode())
    later = encode_sem(type(sem)(**{**vars(sem), "hlc": sem.hlc + 1})).decode()
    j, sseq, seq = connection.execute(
        "SELECT (SELECT max(j) FROM journal), max(sseq), max(seq) FROM journal WHERE r = ?", (row.r,)
    ).fetchone()
    connection.execute(
        "INSERT INTO journal SELECT ?, r, s, ?, ?, ?, eid, hlc + 1, known_on, version, ? FROM journal WHERE j = ?",
        (j + 1, sseq + 1, seq + 1, change_id(later.encode()), later, row.j),
    )
    connection.execute("INSERT INTO content VALUES (?, ?, ?)", (j + 1, salt, payload))
    reckon_chain(connection, row.r, row.s)


def swap(connection: Connection, row: Row) -> None:
    """Let an entry change places with the next one."""
    other = next(one for one in audit_rows(connection) if one.j > row.j)
    for number, place in ((row.j, (-1, -1)), (other.j, (row.sseq, row.seq)), (row.j, (other.sseq, other.seq))):
        connection.execute("UPDATE journal SET sseq = ?, seq = ? WHERE j = ?", (*place, number))
    reckon_chain(connection, row.r, row.s)


def removed_bluntly(connection: Connection) -> None:
    take_out(connection, exported(connection))


def removed_with_care(connection: Connection) -> None:
    row = exported(connection)
    take_out(connection, row)
    close_the_gap(connection, row)


def altered_bluntly(connection: Connection) -> None:
    sql = "UPDATE content SET payload = replace(payload, 'exported', 'imported') WHERE j = ?"
    connection.execute(sql, (exported(connection).j,))


def altered_with_care(connection: Connection) -> None:
    rewrite(connection, exported(connection), {"event": "case_read"})


def inserted(connection: Connection) -> None:
    put_in(connection, exported(connection))


def reordered(connection: Connection) -> None:
    swap(connection, exported(connection))


def session_cut_short(connection: Connection) -> None:
    """Take the last entries of the first session away: the export and what followed it."""
    first = exported(connection)
    for row in audit_rows(connection):
        if row.r == first.r and row.j >= first.j:
            take_out(connection, row)
    reckon_chain(connection, first.r, first.s)


def session_taken_out(connection: Connection) -> None:
    """Take Umber's whole session away, and let the one after it follow the one before."""
    r = next(row.r for row in audit_rows(connection) if row.r != exported(connection).r)
    for sql in (
        "DELETE FROM content WHERE j IN (SELECT j FROM journal WHERE r = ?)",
        "DELETE FROM head WHERE j IN (SELECT j FROM journal WHERE r = ?)",
        "DELETE FROM journal WHERE r = ?", "DELETE FROM sv WHERE r = ?", "DELETE FROM origin WHERE r = ?",
        "DELETE FROM replica WHERE r = ?",
    ):  # fmt: skip
        connection.execute(sql, (r,))


@pytest.mark.parametrize(
    "change",
    [removed_bluntly, removed_with_care, altered_bluntly, altered_with_care, inserted, reordered, session_cut_short,
     session_taken_out],
)  # fmt: skip
def test_whatever_is_done_to_the_audit_between_two_sessions_is_found_by_a_check(house, change):
    house.alter(change)
    assert house.findings()


def test_what_was_cut_off_the_very_end_bluntly_is_found(house):
    house.alter(lambda connection: take_out(connection, audit_rows(connection)[-1]))
    assert house.findings() == ["A history does not end where it should: entries were lost or altered."]


def reckon_sessions(connection: Connection) -> None:
    """Have every session say anew where the one before ended: all that is no signature fits again."""
    from tac_desktop.storage.chains import end_of_device

    own = connection.execute("SELECT r FROM replica WHERE own ORDER BY r").fetchall()
    for (before,), (r,) in pairwise(own):
        j = connection.execute("SELECT j FROM journal WHERE r = ? AND seq = 1", (r,)).fetchone()[0]
        seq, chain = end_of_device(connection, before)
        row = next(Row(*found, "") for found in connection.execute(
            "SELECT j, r, s, sseq, seq FROM journal WHERE j = ?", (j,)))  # fmt: skip
        rewrite(connection, row, {"parent_seq": seq, "parent_chain": b64(chain)})


def test_who_reckons_every_hash_anew_still_breaks_what_others_have_sealed(house):
    def altered(connection: Connection) -> None:
        altered_with_care(connection)
        reckon_sessions(connection)

    house.alter(altered)
    assert set(house.findings()) == {OTHER_PAST}


def test_a_seal_that_somebody_else_made_in_her_name_is_found(house):
    def altered(connection: Connection) -> None:
        seals = [row for row in audit_rows(connection) if row.event == "locked"]
        signature = "A" * 86
        rewrite(connection, seals[-1], {"signature": signature})

    house.alter(altered)
    assert house.findings() == [
        "The seal under the history of this vault is not that of the person whose name it bears."
    ]


def test_a_vault_that_was_cut_back_with_care_to_an_earlier_end_is_not_told_by_itself(house):
    """What SECURITY.md and docs/formats/journal.md do not promise, said here so that it is known when it changes."""

    def cut(connection: Connection) -> None:
        last = audit_rows(connection)[-1].r
        rows = [row for row in audit_rows(connection) if row.r == last]
        for row in rows[1:]:
            take_out(connection, row)
        reckon_chain(connection, last, rows[0].s)

    house.alter(cut)
    assert house.findings() == []


def test_what_is_known_to_be_lost_is_told_as_lost_and_not_as_damage(house):
    def lose(connection: Connection) -> None:
        row, chain = exported(connection), b""
        rid, sid = connection.execute(
            "SELECT rid, sid FROM replica, stream WHERE r = ? AND s = ?", (row.r, row.s)
        ).fetchone()
        note_losses(connection, Losses(gaps=(Gap(incarnation=rid, stream=sid, first=row.sseq, last=row.sseq),)))
        sql = "SELECT sseq, cid FROM journal WHERE r = ? AND s = ? AND sseq < ? ORDER BY sseq"
        for sseq, cid in connection.execute(sql, (row.r, row.s, row.sseq)).fetchall():
            chain = stream_chain(chain, cid, sseq)
        held = (row.sseq - 1, chain, row.r, row.s)
        connection.execute("UPDATE sv SET sseq = ?, chain = ? WHERE r = ? AND s = ?", held)
        take_out(connection, row)

    house.alter(lose)
    house.enter("Umber Clock", SECOND, NOW + timedelta(hours=5), Event.CASE_READ)
    assert [words.partition(",")[0] for words in house.findings()] == ["1 entry was lost before the vault was salvaged"]


# --- what is noted ---


def test_a_failed_unlock_is_noted_at_its_own_time_and_once(tmp_path):
    folder = tmp_path / "vault"
    vaults.create(folder, name="Slate Kettle", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST)[
        0
    ].close()
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            vaults.unlock_as(folder, "", "wrong")
    attempts = (folder / "attempts.json").read_bytes()
    vault = vaults.unlock_as(folder, "", PASSPHRASE)
    store = Store(vault)
    for _ in range(2):
        (folder / "attempts.json").write_bytes(attempts)  # a power cut between the audit and the file
        note_unlocked(vault, store, now=datetime.now(timezone(timedelta(hours=1))))
    assert events(store) == ["unlock_failed", "unlock_failed", "unlocked", "unlocked"]
    first = store.audit.page(store.audit.numbers(AuditFilter(events=(Event.UNLOCK_FAILED,))))[-1]
    assert first.author == "program"
    assert first.at.endswith("+01:00")
    assert datetime.fromisoformat(first.at) == datetime.fromisoformat(json.loads(attempts)["failed"][0])
    assert not (folder / "attempts.json").exists()
    store.close()
    vault.close()


def test_a_case_that_is_looked_at_again_within_ten_minutes_is_noted_once(worker):
    for minutes in (0, 3, 9, 11, 12):
        note_view(worker.store, worker.person, CASE, now=NOW + timedelta(minutes=minutes))
    note_view(worker.store, worker.person, CASE.replace("2", "3"), now=NOW + timedelta(minutes=12))
    assert events(worker.store) == ["case_read"] * 3


def test_a_clock_that_was_set_back_hides_no_view(worker):
    for moment in (NOW, NOW - timedelta(hours=5)):
        note_view(worker.store, worker.person, CASE, now=moment)
    assert events(worker.store) == ["case_read"] * 2


# --- the list ---


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with five events, of two people on three days; what it is changed to is changed back."""
    vault, _ = vaults.create(
        tmp_path_factory.mktemp("listed") / "vault", name="Slate Kettle", role="worker", prison="EP",
        passphrase=PASSPHRASE, profile=CHEAPEST,
    )  # fmt: skip
    store, own, other = Store(vault), vault.person, Person(id="umber", name="Umber Clock", role="worker")
    for hours, person, event in (
        (0, own, Event.CASE_READ), (1, other, Event.CASE_READ), (2, own, Event.BUNDLE_WRITTEN),
        (26, own, Event.CASE_READ), (50, other, Event.BACKED_UP),
    ):  # fmt: skip
        facts = {"case_file": CASE} if event == Event.CASE_READ and person is own else None
        note_event(store, person, event, now=NOW + timedelta(hours=hours), facts=facts)
    yield store
    store.close()
    vault.close()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), ["case_read", "case_read", "bundle_written", "case_read", "backed_up"]),
        (AuditFilter(authors=("umber",)), ["case_read", "backed_up"]),
        (AuditFilter(events=Event.of("exchange")), ["bundle_written"]),
        (AuditFilter(case_file=CASE), ["case_read", "case_read"]),
        (AuditFilter(first="2026-11-22"), ["case_read", "backed_up"]),
        (AuditFilter(last="2026-11-21"), ["case_read", "case_read", "bundle_written"]),
        (AuditFilter(first="2026-11-22", last="2026-11-22", authors=("umber",)), []),
    ],
)
def test_the_list_is_filtered_by_person_event_case_and_days(listed, wanted, found):
    assert events(listed, wanted) == found


def test_the_list_is_the_same_after_it_was_made_anew(listed):
    before = listed.audit.page(listed.audit.numbers(ALL))
    run_to_end(listed.upkeep.rebuild())
    assert listed.audit.page(listed.audit.numbers(ALL)) == before


def test_a_list_that_shows_something_else_than_the_journal_is_found_and_mended(listed):
    listed._ledger.connection.execute("UPDATE audit_event SET author = 'umber' WHERE day = '2026-11-22'")
    found = run_to_end(check_vault(listed))
    assert [finding.what for finding in found] == [
        "The list of the audit shows something else than the entry. Rebuilding mends this."
    ]
    run_to_end(listed.upkeep.rebuild())
    assert run_to_end(check_vault(listed)) == ()


def test_those_who_did_anything_are_named_once(listed):
    assert listed.audit.authors() == sorted(["umber", listed.vault.person.id])


def test_a_note_that_follows_another_one_of_its_record_is_the_same_event(worker):
    for number in (4, 5):
        note_event(
            worker.store, worker.person, Event.BUNDLE_MISSING, now=NOW.astimezone(UTC), facts={"number": number},
            record_id="24be35a8-0471-895b-a9b8-ff6f239cd8f3",
        )  # fmt: skip
    assert events(worker.store) == ["bundle_missing"] * 2
    run_to_end(worker.store.upkeep.rebuild())
    assert events(worker.store) == ["bundle_missing"] * 2
