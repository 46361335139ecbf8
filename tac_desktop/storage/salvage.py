"""Makes a new vault of what can still be read of a damaged one: same keys, entries verbatim, all else made anew.

The damaged vault is only read. Each page is read by itself (sealed_pages, b_trees); which entries and attachments are
whole is told by their own hashes, so that nothing is taken for true that is not.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tac_desktop.errors import TacError, VaultDamaged
from tac_desktop.storage import rebuild, schema
from tac_desktop.storage.binding import Connection, open_database, transaction
from tac_desktop.storage.bundle_notes import mark_for_exchange
from tac_desktop.storage.durable import trouble_of
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.key_file import DATA_KEY_BYTES, KeyFile, write_keys
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.losses import Gap, Losses, note_losses
from tac_desktop.storage.new_folder import make_folder, sweep
from tac_desktop.storage.people import ROLES_LOST, put_meta
from tac_desktop.storage.readable_rows import ReadableRows, shapes_of
from tac_desktop.storage.salvaged_attachments import write_attachments
from tac_desktop.storage.salvaged_drafts import write_drafts
from tac_desktop.storage.salvaged_journal import LostPlaces, Record, SalvagedJournal
from tac_desktop.storage.sealed_pages import SealedPages, salt_of
from tac_desktop.storage.vault import BACKUPS, DATA, KEYS

FreshKeys = Callable[[], tuple[bytes, bytes]]
"""Makes keys of its own for a vault whose own are lost: the vault's id, and its secret keys."""
MADE_ANEW: Final = frozenset({
    "head", "pending", "same_edge", "joined", "joined_case", "postponed", "caseload", "due_list", "audit_event",
    "_sqlite_migrations",
})  # fmt: skip
"""Tables that are made of the journal; what was put off is shown again."""
_OF_THE_JOURNAL = frozenset({"journal", "content", "entity", "field", "redacted", "replica", "stream", "sv"})
_OF_ATTACHMENTS = frozenset({"blob", "blob_chunk", "piece"})
_NOTES_MADE_ANEW = ("forms", "lost")
_COPY = "salvaging.db"
_MOST_BACKUPS = 5
"""So many of the latest backups are asked for the salt of the database's seals."""


@dataclass(frozen=True, kw_only=True)
class Salvaged:
    """What was brought into the new vault, and what was lost."""

    entries: int
    """How many entries were brought over."""
    lost: tuple[LostPlaces, ...]
    losses: Losses
    """The same, by names that hold in every vault; and the attachments."""
    attachments: int
    pages: int
    damaged: int
    """How many of the pages could not be read."""
    cut_off: int
    """How many pages more there once were, behind the end of the file."""
    lost_pages: Mapping[str, int]
    """Of how many of them it is known to which table they belonged."""
    is_sealed: bool
    """Whether the seals of the pages could be checked: else entries and attachments were proved by their hashes alone,
    and notes and people were taken as they stood."""
    unowned: bool
    """Whether the vault's own keys were lost and made anew: others have to accept its card again."""
    people: tuple[str, ...]
    """Initials of those of whom only the key slot was left: name and role have to be written down again."""
    drafts: bool
    """Whether all that was typed and not saved was brought over."""
    references: Mapping[str, str]
    """Case references by case file, as far as the damaged database still told them."""

    @property
    def records(self) -> frozenset[Record]:
        """The records of which something was lost, as far as that can be told."""
        return frozenset(record for one in self.lost for record in one.records)


def salvage(
    source: Path, key: bytes | bytearray, keys: KeyFile, to: Path, *, fresh_keys: FreshKeys
) -> Generator[tuple[int, int], None, Salvaged]:
    """Make a new vault of what can be read of a damaged one, whose folder the caller holds; yield (done, total).

    Args:
        source: the damaged vault's folder; nothing in it is changed.
        key: its data key.
        keys: its key file, which the new vault gets.
        to: a new or empty folder.
        fresh_keys: makes keys for the vault where its own are lost.

    Raises:
        FolderNotEmpty: `to` is not empty.
        VaultDamaged: not even the number of its pages can be read.
        DiskFull, CannotWrite, Stopped: nothing is left behind, nor when the generator is closed.
    """
    made = make_folder(to)
    try:
        salvaged = yield from _salvaged(source, key, keys, to, fresh_keys)
        (to / BACKUPS).mkdir()
        write_keys(to / KEYS, keys)  # last: a folder without keys.json is no vault
    except BaseException as error:
        sweep(to, remove_folder=made)
        if isinstance(error, OSError):
            raise trouble_of(error) from None
        raise
    return salvaged


def _salvaged(
    source: Path, key: bytes | bytearray, keys: KeyFile, to: Path, fresh_keys: FreshKeys
) -> Generator[tuple[int, int], None, Salvaged]:
    connection = open_database(to / DATA, key, create=True)
    try:
        schema.bring_up_to_date(connection)
        pages = SealedPages(_at_rest(source, key, to), key, _salts(source))
        try:
            rows = ReadableRows(pages, shapes_of(connection))
            for done, total in rows.look_through():
                yield done, 3 * total
            salvaged = _Salvage(rows, connection, keys)
            told = yield from salvaged.write(fresh_keys, pages)
        finally:
            pages.close()
        ledger = Ledger(connection)
        rebuild.make_tables(ledger, rebuild.outdated_tables(ledger))
        for done, total in rebuild.rebuild(ledger):
            yield 2 * total + done, 3 * max(total, 1)
        drafts = write_drafts(source, to, connection)
    finally:
        connection.close()
        for name in (_COPY, _COPY + "-journal"):
            (to / name).unlink(missing_ok=True)
    return told(drafts)


def _at_rest(source: Path, key: bytes | bytearray, to: Path) -> Path:
    """Return a file with the pages as of the last transaction; a copy, where a journal has to be played back first."""
    journal = source / (DATA + "-journal")
    if not (source / DATA).exists():
        raise VaultDamaged
    if not journal.exists() or not journal.stat().st_size:
        return source / DATA
    shutil.copyfile(source / DATA, to / _COPY)
    shutil.copyfile(journal, to / (_COPY + "-journal"))
    with suppress(TacError):  # played back at the first look, whether page 1 is damaged or not
        open_database(to / _COPY, key).close()
    return to / _COPY


def _salts(source: Path) -> list[bytes]:
    """Return the salts of the latest backups."""
    copies = sorted((source / BACKUPS).glob(f"*/{DATA}"), key=lambda path: path.parent.name, reverse=True)
    return [salt for path in copies[:_MOST_BACKUPS] if (salt := salt_of(path))]


class _Salvage:
    """Writes what can be read into the database of the new vault."""

    def __init__(self, rows: ReadableRows, connection: Connection, keys: KeyFile) -> None:
        self._rows = rows
        self._connection = connection
        self._keys = keys
        self._journal = SalvagedJournal(rows)

    def write(
        self, fresh_keys: FreshKeys, pages: SealedPages
    ) -> Generator[tuple[int, int], None, Callable[[bool], Salvaged]]:
        """Write all but what is made of the journal; return what tells of it, once it is known how the drafts are."""
        connection, journal = self._connection, self._journal
        connection.execute("PRAGMA foreign_keys=OFF")  # rows come in the order in which they lie in the file
        with transaction(connection):
            yield from (_second_third(0) for _ in journal.look_through())
            self._write_numbers()
            yield from (_second_third(done / max(total, 1)) for done, total in journal.write(connection))
            attachments = write_attachments(self._rows, connection, journal.attachments)
            held_back = journal.write_ends(connection, attachments)
            self._copy_the_rest()
            unowned, people = self._complete(fresh_keys)
            losses = Losses(gaps=tuple(self._gaps()), attachments=attachments, held_back=held_back)
            if losses != Losses():
                note_losses(connection, losses)
            mark_for_exchange(connection)
            self._drop_the_unfounded(unowned=unowned)
            whole = connection.execute("SELECT count(*) FROM blob").fetchone()[0] - len(attachments)
        connection.execute("PRAGMA foreign_keys=ON")
        rows, references, cut_off = self._rows, self._references(), pages.cut_off
        return lambda drafts: Salvaged(
            entries=journal.kept, lost=tuple(journal.lost), losses=losses, attachments=whole, pages=pages.count,
            damaged=len(rows.damaged), cut_off=cut_off, lost_pages=rows.lost_pages(), is_sealed=pages.is_sealed,
            unowned=unowned, people=people, drafts=drafts, references=references,
        )  # fmt: skip

    def _write_numbers(self) -> None:
        connection, journal = self._connection, self._journal
        origins = {row[0]: row for row in self._rows.rows("origin")}
        own = {row[0]: row[2] for row in self._rows.rows("replica")}
        for r, rid in journal.incarnations.items():
            is_own = own.get(r, int(r in origins and origins[r][2] == b""))
            connection.execute("INSERT OR IGNORE INTO replica VALUES (?, ?, ?)", (r, rid, is_own))
        for s, sid in journal.streams.items():
            connection.execute("INSERT OR IGNORE INTO stream VALUES (?, ?, ?)", (s, sid, journal.kinds.get(s, "case")))

    def _copy_the_rest(self) -> None:
        """Copy every other table that is not made of the journal, row by row as it stands."""
        known = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        search = {name for name in known if name.startswith(("name_index", "note_index", "sqlite_"))}
        apart = MADE_ANEW | _OF_THE_JOURNAL | _OF_ATTACHMENTS | search | {table.name for table in TABLES.values()}
        for name in sorted(known - apart):
            columns = [column.name for column in self._rows.shape(name).columns]
            of_whom = columns.index("r") if "r" in columns else None
            for row in self._rows.rows(name):
                if of_whom is None or row[of_whom] in self._journal.incarnations:
                    given, places = ", ".join(columns[: len(row)]), ", ".join("?" * len(row))
                    self._connection.execute(f"INSERT OR IGNORE INTO {name} ({given}) VALUES ({places})", row)
        marks = ", ".join("?" * len(_NOTES_MADE_ANEW))
        self._connection.execute(f"DELETE FROM meta WHERE name IN ({marks})", _NOTES_MADE_ANEW)

    def _complete(self, fresh_keys: FreshKeys) -> tuple[bool, tuple[str, ...]]:
        """Make anew what no vault can be without; say whether its own keys are new, and whose names are lost."""
        notes = {name for (name,) in self._connection.execute("SELECT name FROM meta")}
        put_meta(self._connection, "vault_id", self._keys.vault_id)
        unowned = not {"device_id", "identity"} <= notes
        if "drafts_key" not in notes:
            put_meta(self._connection, "drafts_key", os.urandom(DATA_KEY_BYTES))
        if unowned:
            device_id, identity = fresh_keys()
            put_meta(self._connection, "device_id", device_id)
            put_meta(self._connection, "identity", identity)
        known = {person for (person,) in self._connection.execute("SELECT id FROM person")}
        nameless = [slot for slot in self._keys.slots if slot.person and slot.person not in known]
        if nameless:
            put_meta(self._connection, ROLES_LOST, 1)
        for slot in nameless:
            cells = slot.person, slot.label, len(known)
            self._connection.execute(
                "INSERT INTO person (id, name, role, prison, place) VALUES (?, ?, 'engagement_worker', '', ?)", cells
            )
        return unowned, tuple(slot.label for slot in nameless)

    def _gaps(self) -> Iterator[Gap]:
        for one in self._journal.lost:
            r, s = one.history
            stream = self._journal.streams.get(s, "")
            yield Gap(incarnation=self._journal.incarnations[r], stream=stream, first=one.first, last=one.last)

    def _drop_the_unfounded(self, *, unowned: bool) -> None:
        """Drop the signatures of ends that are lost; what was written under lost keys is not the vault's own any more.

        Nobody can sign it, so it is filed once more under the new keys (`Store.file_again`).
        """
        self._connection.execute(
            "DELETE FROM signed_head WHERE sseq > coalesce("
            "(SELECT sseq FROM sv WHERE (sv.r, sv.s) = (signed_head.r, signed_head.s)), 0)"
        )
        if unowned:
            self._connection.execute("UPDATE replica SET own = 0")
            self._connection.execute("DELETE FROM signed_head WHERE r IN (SELECT r FROM origin WHERE key = x'')")

    def _references(self) -> dict[str, str]:
        return {str(row[1]): str(row[2]) for row in self._rows.rows("caseload")}


def _second_third(part: float) -> tuple[int, int]:
    return 1000 + int(1000 * part), 3000
