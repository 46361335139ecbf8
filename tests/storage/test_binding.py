"""Nothing can be written in clear, by whatever way, and every trouble has its own class."""

import subprocess
import sys
import threading

import pytest

from tac_desktop.errors import DiskFull, Stopped, VaultBusy, VaultDamaged
from tac_desktop.storage import Drafts, Store, backup
from tac_desktop.storage.binding import IntegrityError, open_database, transaction, troubles
from tests.storage.conftest import NOW

KEY = bytes(range(32))
MARKER = "Vermilion Zeppelin"


@pytest.fixture
def connection(tmp_path):
    made = open_database(tmp_path / "x.db", KEY, create=True)
    made.execute("CREATE TABLE t (x PRIMARY KEY)")
    yield made
    made.close()


def test_sqlite_utils_works_over_the_encrypted_connection_and_can_open_no_file_in_clear(tmp_path):
    script = (
        "import sys; import tac_desktop.storage.binding as binding; assert 'sqlite_utils' not in sys.modules\n"
        "import sqlite_utils\n"
        "for how in ({'filename_or_conn': sys.argv[1]}, {'memory': True}):\n"
        "    try: sqlite_utils.Database(**how)\n"
        "    except RuntimeError: continue\n"
        "    raise SystemExit('a database in clear was opened')"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path / "clear.db"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (tmp_path / "clear.db").exists()


def test_the_settled_pragmas_hold(connection):
    wanted = {
        "journal_mode": "truncate", "synchronous": 2, "temp_store": 2, "foreign_keys": 1, "trusted_schema": 0,
        "cell_size_check": 1, "secure_delete": 1, "cipher_status": "1",
    }  # fmt: skip
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_a_mistake_of_ours(tmp_path, key):
    with pytest.raises(ValueError, match="32 bytes"):
        open_database(tmp_path / "x.db", key, create=True)
    assert not (tmp_path / "x.db").exists()


def test_another_key_opens_nothing(connection, tmp_path):
    with pytest.raises(VaultDamaged):
        open_database(tmp_path / "x.db", bytes(32))


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(VaultDamaged):
        open_database(tmp_path / "none.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_running_out_of_memory_while_reading_counts_as_damage():
    with pytest.raises(VaultDamaged), troubles():
        raise MemoryError


def test_a_mistake_of_ours_stays_what_it_is(connection):
    connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(IntegrityError), transaction(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    assert not connection.in_transaction


def test_a_full_disk_is_told_and_takes_everything_back(connection):
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull), transaction(connection):
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_a_database_that_another_holds_is_busy(connection, tmp_path):
    connection.execute("BEGIN IMMEDIATE")
    other = open_database(tmp_path / "x.db", KEY)
    other.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(VaultBusy), transaction(other):
        pass
    other.close()
    connection.execute("ROLLBACK")


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_interrupting_stops_what_runs_and_the_store_goes_on(desk):
    desk.mother()
    threading.Timer(0.1, desk.store.interrupt).start()
    with pytest.raises(Stopped), desk.store._ledger.reading() as connection:
        connection.execute(ENDLESS).fetchone()
    assert len(desk.store.caseload_ids()) == 1


def test_no_file_of_a_vault_holds_a_word_in_clear(desk, tmp_path):
    desk.mother(name=MARKER)
    for number in range(50):
        desk.write("contact", f"c{number}", "EP-1", at="2026-03-01T10:00", summary=f"{MARKER} " * 300)
    drafts = Drafts(desk.vault)
    from tests.storage.test_drafts import draft

    drafts.write("p", draft(json=MARKER * 100))
    drafts.close()
    desk.store.attach([MARKER.encode() * 5000])
    list(desk.store.upkeep.rebuild())
    second = Store(desk.vault)
    second.save([desk.change("contact", "c1", "EP-1", who=MARKER)], author=MARKER, now=NOW)
    second.close()
    list(backup(desk.vault, tmp_path / "stick", "b"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 7
    for path in files:
        raw = path.read_bytes()
        assert MARKER.encode() not in raw
        assert b"Zeppelin" not in raw
        assert b"zeppelin" not in raw


def test_a_copy_for_which_there_is_no_room_is_told_as_a_full_disk(tmp_path):
    key = bytes(range(32))
    source = open_database(tmp_path / "source.db", key, create=True)
    source.execute("CREATE TABLE a (b BLOB)")
    source.execute("INSERT INTO a VALUES (zeroblob(400000))")
    copy = open_database(tmp_path / "copy.db", key, create=True)
    copy.execute("PRAGMA max_page_count=20")
    with pytest.raises(DiskFull), troubles():
        source.backup(copy, pages=10)
    for connection in (source, copy):
        connection.close()
