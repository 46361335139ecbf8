"""The tables of a vault and the numbered, named steps that make and change them. A released step is never edited.

Each step runs in one transaction together with the note that it ran and the new `user_version`; a file with a higher
number was used by a newer program and is refused.
"""

from collections.abc import Callable
from typing import Any, cast

from tac_desktop.errors import NewerVault, VaultDamaged
from tac_desktop.storage.binding import Connection, sqlite_utils_database, troubles

APPLICATION_ID = 0x54614344
"""'TaCD', in the header of every vault's database."""
DRAFTS_ID = 0x54614364
"""'TaCd', in the header of every drafts database."""

_REFUSALS = "".join(
    f"""
CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the {table} is only appended to'); END;"""
    for table in ("journal", "origin", "entity", "stream", "field")
    for verb in ("UPDATE", "DELETE")
)

JOURNAL = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE replica (r INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE, own INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE stream (s INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL) STRICT;
CREATE TABLE sv (
  r INTEGER NOT NULL REFERENCES replica, s INTEGER NOT NULL REFERENCES stream, sseq INTEGER NOT NULL,
  chain BLOB NOT NULL, hlc INTEGER NOT NULL, PRIMARY KEY (r, s)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity (
  eid INTEGER PRIMARY KEY, uuid TEXT NOT NULL, s INTEGER NOT NULL REFERENCES stream, form TEXT NOT NULL,
  UNIQUE (uuid, s, form)
) STRICT;
CREATE TABLE field (fid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE journal (
  j INTEGER PRIMARY KEY, r INTEGER NOT NULL REFERENCES replica, s INTEGER NOT NULL REFERENCES stream,
  sseq INTEGER NOT NULL, seq INTEGER NOT NULL, cid BLOB NOT NULL, eid INTEGER NOT NULL REFERENCES entity,
  hlc INTEGER NOT NULL, known_on TEXT NOT NULL, version INTEGER NOT NULL, sem TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_position ON journal (r, s, sseq);
CREATE INDEX journal_entity ON journal (eid, cid);
CREATE TABLE content (j INTEGER PRIMARY KEY REFERENCES journal, salt BLOB NOT NULL, payload TEXT NOT NULL) STRICT;
CREATE TABLE redacted (cid BLOB PRIMARY KEY, j INTEGER NOT NULL REFERENCES journal) STRICT, WITHOUT ROWID;
CREATE TRIGGER content_refuses_update BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END;
CREATE TRIGGER content_goes_with_redact_only BEFORE DELETE ON content
WHEN NOT EXISTS (SELECT 1 FROM redacted JOIN journal USING (cid) WHERE journal.j = OLD.j)
BEGIN SELECT RAISE(ABORT, 'content is deleted by a redact entry only'); END;
CREATE TABLE origin (r INTEGER PRIMARY KEY REFERENCES replica, nonce BLOB NOT NULL, key BLOB NOT NULL) STRICT;
CREATE TABLE signed_head (
  r INTEGER NOT NULL REFERENCES replica, s INTEGER NOT NULL REFERENCES stream, sseq INTEGER NOT NULL,
  signature BLOB NOT NULL, PRIMARY KEY (r, s)
) STRICT, WITHOUT ROWID;
CREATE TABLE head (
  eid INTEGER NOT NULL, fid INTEGER NOT NULL, j INTEGER NOT NULL, pos INTEGER NOT NULL, PRIMARY KEY (eid, fid, j)
) STRICT, WITHOUT ROWID;
CREATE TABLE pending (
  eid INTEGER NOT NULL, fid INTEGER NOT NULL, cid BLOB NOT NULL, PRIMARY KEY (eid, fid, cid)
) STRICT, WITHOUT ROWID;
{_REFUSALS}
"""

ATTACHMENTS = """
CREATE TABLE blob (b INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, size INTEGER NOT NULL) STRICT;
CREATE TABLE blob_chunk (b INTEGER NOT NULL REFERENCES blob, n INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX blob_chunk_place ON blob_chunk (b, n);
"""

PEOPLE_AND_PEERS = """
CREATE TABLE person (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, prison TEXT NOT NULL, place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE card (
  device BLOB PRIMARY KEY, card BLOB NOT NULL, role TEXT NOT NULL, accepted_by TEXT NOT NULL, accepted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE peer_has (
  peer BLOB NOT NULL, r INTEGER NOT NULL REFERENCES replica, s INTEGER NOT NULL REFERENCES stream,
  sseq INTEGER NOT NULL, PRIMARY KEY (peer, r, s)
) STRICT, WITHOUT ROWID;
CREATE TABLE bundle (
  id TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('in', 'out')), peer BLOB NOT NULL,
  number INTEGER NOT NULL, at TEXT NOT NULL, sha256 TEXT NOT NULL, acknowledged INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (direction, id, peer)
) STRICT, WITHOUT ROWID;
CREATE TABLE sent (
  bundle TEXT NOT NULL, r INTEGER NOT NULL REFERENCES replica, s INTEGER NOT NULL REFERENCES stream,
  sseq INTEGER NOT NULL, PRIMARY KEY (bundle, r, s)
) STRICT, WITHOUT ROWID;
"""

SEARCH_AND_CASELOAD = """
CREATE VIRTUAL TABLE name_index USING fts5 (
  words, content='', contentless_delete=1, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE note_index USING fts5 (
  words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE caseload (
  eid INTEGER PRIMARY KEY, case_file TEXT NOT NULL UNIQUE, reference TEXT NOT NULL, name TEXT NOT NULL,
  prison_number TEXT NOT NULL, prison TEXT NOT NULL, status TEXT NOT NULL, children INTEGER NOT NULL, next_due TEXT,
  next_task TEXT NOT NULL, last_contact TEXT NOT NULL
) STRICT;
CREATE INDEX caseload_by_due ON caseload (next_due, name, status, prison);
CREATE INDEX caseload_by_name ON caseload (name, reference, status, prison, next_due);
CREATE INDEX caseload_by_contact ON caseload (last_contact, name, status, prison, next_due);
"""

EXCHANGE = """
ALTER TABLE origin ADD COLUMN parent BLOB NOT NULL DEFAULT x'';
ALTER TABLE origin ADD COLUMN signature BLOB NOT NULL DEFAULT x'';
DROP TRIGGER origin_refuses_update;
CREATE TRIGGER origin_is_signed_once BEFORE UPDATE ON origin
WHEN OLD.signature <> x'' OR (NEW.r, NEW.nonce, NEW.key, NEW.parent) IS NOT (OLD.r, OLD.nonce, OLD.key, OLD.parent)
BEGIN SELECT RAISE(ABORT, 'the origin is only appended to'); END;
ALTER TABLE bundle ADD COLUMN kind TEXT NOT NULL DEFAULT 'sync';
ALTER TABLE bundle ADD COLUMN set_id TEXT NOT NULL DEFAULT '';
ALTER TABLE bundle ADD COLUMN volume INTEGER NOT NULL DEFAULT 1;
ALTER TABLE bundle ADD COLUMN volumes INTEGER NOT NULL DEFAULT 1;
ALTER TABLE bundle ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bundle ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bundle ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
CREATE TABLE piece (
  b INTEGER NOT NULL REFERENCES blob, n INTEGER NOT NULL, sha256 BLOB NOT NULL, here INTEGER NOT NULL,
  PRIMARY KEY (b, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX piece_to_come ON piece (sha256) WHERE NOT here;
CREATE TABLE trust_document (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE seal_key (person TEXT PRIMARY KEY, public BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE postponed (
  eid INTEGER NOT NULL, fid INTEGER NOT NULL, until TEXT NOT NULL, cids TEXT NOT NULL, PRIMARY KEY (eid, fid)
) STRICT, WITHOUT ROWID;
CREATE TABLE same_edge (eid INTEGER NOT NULL, other TEXT NOT NULL, PRIMARY KEY (eid, other)) STRICT, WITHOUT ROWID;
CREATE INDEX same_edge_back ON same_edge (other);
CREATE TABLE joined (eid INTEGER PRIMARY KEY, uuid TEXT NOT NULL, s INTEGER NOT NULL, shown TEXT NOT NULL) STRICT;
CREATE INDEX joined_id ON joined (uuid);
CREATE INDEX joined_shown ON joined (s, shown);
CREATE INDEX entity_form ON entity (form);
DROP TRIGGER content_goes_with_redact_only;
DROP TABLE redacted;
CREATE TABLE redacted (
  s INTEGER NOT NULL REFERENCES stream, cid BLOB NOT NULL, j INTEGER NOT NULL REFERENCES journal, PRIMARY KEY (s, cid)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER content_goes_with_redact_only BEFORE DELETE ON content
WHEN NOT EXISTS (SELECT 1 FROM redacted JOIN journal USING (s, cid) WHERE journal.j = OLD.j)
BEGIN SELECT RAISE(ABORT, 'content is deleted by a redact entry only'); END;
"""

PEOPLE_AND_KEYS = """
ALTER TABLE person ADD COLUMN left_on TEXT NOT NULL DEFAULT '';
CREATE TABLE key_link (number INTEGER PRIMARY KEY, link BLOB NOT NULL) STRICT;
CREATE TABLE recovery_note (
  id INTEGER PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL, by_what TEXT NOT NULL
) STRICT;
"""

ONE_WOMAN = """
CREATE TABLE joined_case (stream TEXT PRIMARY KEY, case_file TEXT NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE joined ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
UPDATE joined SET owner = (
  SELECT o.eid FROM entity e JOIN entity o ON (o.uuid, o.s, o.form) = (joined.shown, e.s, e.form)
  WHERE e.eid = joined.eid);
CREATE INDEX joined_owner ON joined (owner);
DROP INDEX joined_shown;
CREATE INDEX joined_stream ON joined (s);
"""

DUE_LISTS = """
CREATE TABLE due_list (
  number INTEGER PRIMARY KEY, eid INTEGER NOT NULL, by_day TEXT NOT NULL, task TEXT NOT NULL, form TEXT NOT NULL,
  record_id TEXT NOT NULL
) STRICT;
CREATE INDEX due_list_case ON due_list (eid);
CREATE INDEX due_list_day ON due_list (by_day, task);
"""

DRAFTS = """
CREATE TABLE draft (
  person TEXT NOT NULL, case_file TEXT NOT NULL, form TEXT NOT NULL, record TEXT NOT NULL, at TEXT NOT NULL,
  json TEXT NOT NULL, PRIMARY KEY (person, case_file, form, record)
) STRICT, WITHOUT ROWID;
"""

STEPS: tuple[tuple[str, str], ...] = (
    ("journal", JOURNAL),
    ("attachments", ATTACHMENTS),
    ("people_and_peers", PEOPLE_AND_PEERS),
    ("search_and_caseload", SEARCH_AND_CASELOAD),
    ("exchange", EXCHANGE),
    ("people_and_keys", PEOPLE_AND_KEYS),
    ("one_woman", ONE_WOMAN),
    ("due_lists", DUE_LISTS),
)
DRAFT_STEPS: tuple[tuple[str, str], ...] = (("drafts", DRAFTS),)


def is_behind(connection: Connection) -> bool:
    """Say whether this is a vault of an older program, whose tables have to be changed."""
    with troubles():
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    return 0 < found < len(STEPS)


def bring_up_to_date(connection: Connection, *, drafts: bool = False) -> bool:
    """Make or change the tables until they are those of this program; say whether anything had to be done.

    Raises:
        NewerVault: a newer program has changed them already.
        VaultDamaged: this is not a database of ours.
    """
    steps, application = (DRAFT_STEPS, DRAFTS_ID) if drafts else (STEPS, APPLICATION_ID)
    with troubles():
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        stamp = connection.execute("PRAGMA application_id").fetchone()[0]
    if stamp != application and (stamp or found):
        raise VaultDamaged
    if found > len(steps):
        raise NewerVault
    if found < len(steps):
        _apply(connection, steps, application)
    return found < len(steps)


def _apply(connection: Connection, steps: tuple[tuple[str, str], ...], application: int) -> None:
    from sqlite_utils import Migrations

    migrations = Migrations("vault")
    for number, (name, tables) in enumerate(steps, start=1):
        _add_step(migrations, name, _step(tables, number, application))
    with troubles():
        migrations.apply(sqlite_utils_database(connection))


def _add_step(migrations: Any, name: str, step: Callable[[Any], None]) -> None:  # noqa: ANN401 - sqlite_utils' class
    migrations(name=name)(step)


def _step(tables: str, number: int, application: int) -> Callable[[Any], None]:
    def step(database: Any) -> None:  # noqa: ANN401 - sqlite_utils' Database
        connection = cast("Connection", database.conn)
        for statement in _statements(tables):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id={application}")
        connection.execute(f"PRAGMA user_version={number}")

    return step


def _statements(tables: str) -> list[str]:
    """Split at the semicolons that end a line: `executescript` would commit behind the migration's back."""
    found, current = list[str](), ""
    for line in tables.strip().splitlines():
        current += line + "\n"
        in_trigger = "CREATE TRIGGER" in current and "END;" not in line
        if line.rstrip().endswith(";") and not in_trigger:
            found.append(current)
            current = ""
    return found
