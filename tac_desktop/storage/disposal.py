"""What has to go when a case file is disposed of, and that nothing of what was erased stays in the database file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tac_desktop.casework.live import text_id
from tac_desktop.casework.mailbox import FORM as MESSAGE
from tac_desktop.casework.same_woman import streams_of
from tac_desktop.storage import attachments, joined_cases, sameness
from tac_desktop.storage.binding import transaction, troubles
from tac_desktop.storage.erasing import TO_SWEEP
from tac_desktop.storage.form_tables import TABLES, FormTable
from tac_desktop.storage.ledger import Ledger, chunks

_NOT_REDACT = "sem ->> 4 <> 'redact'"
"""What erases cannot be erased itself."""

_LOGGED = f"""
SELECT m._eid FROM form_{MESSAGE} m WHERE m.logged_on IS NOT NULL AND m.about IS NULL AND EXISTS (
  SELECT 1 FROM form_contact c JOIN journal ON journal.eid = c._eid JOIN content USING (j) WHERE c._case_file = ?
  AND m.received IN (SELECT value FROM json_each(payload)) AND m.from_whom IN (SELECT value FROM json_each(payload)))
"""
"""The messages that went into a case file while it was restricted, and do not say into which: what the contact said
when it was logged tells it, however it was corrected later."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is written down of one case file, wherever in the vault it lies."""

    entries: Mapping[str, tuple[str, ...]]
    """By stream the ids of the entries that say something."""
    records: int
    """How many records these entries are about."""
    files: tuple[str, ...]
    """The SHA-256 of the attachments that no other entry names."""

    @property
    def count(self) -> int:
        """How many entries these are."""
        return sum(map(len, self.entries.values()))


class Disposal:
    """Reads what is to be erased, over a store's connection, and writes the file anew after it was; see `Store`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def contents(self, case_file: str) -> Contents:
        """Return what is written down of a case file: in its own stream, and where the mother is named.

        Of one under which others are read, since all are of one woman, also what is written down in those.
        """
        with self._ledger.reading():
            rows = list(self._rows(case_file))
        entries: dict[str, dict[str, None]] = {}
        for _, cid, _, stream, _ in rows:
            entries.setdefault(stream, {})[text_id(cid)] = None
        numbers = {j for j, *_ in rows}
        named = {name for *_, payload in rows for name in attachments.named_in(payload)}
        return Contents(
            entries={stream: tuple(cids) for stream, cids in entries.items()}, records=len({row[2] for row in rows}),
            files=tuple(sorted(named - self._named_by_others(numbers) if named else named)),
        )  # fmt: skip

    def emptied(self) -> frozenset[str]:
        """Return the case files in which entries were erased and nothing is written any more: they were disposed of."""
        erased = "SELECT DISTINCT s FROM redacted JOIN stream USING (s) WHERE kind = 'case'"
        with self._ledger.reading() as connection:
            found = [s for (s,) in connection.execute(erased)]
            return frozenset(self._ledger.stream_id(s) for s in found if not self._speaks(s))

    @property
    def wants_sweeping(self) -> bool:
        """Whether something was erased since the database file was last written anew."""
        with self._ledger.reading() as connection:
            sql = "SELECT EXISTS (SELECT 1 FROM meta WHERE name = ?)"
            return bool(connection.execute(sql, (TO_SWEEP,)).fetchone()[0])

    def sweep(self) -> None:
        """Write the database file anew, so that no free page keeps what was erased; safe at every instant.

        Raises:
            DiskFull, CannotWrite, VaultBusy, VaultDamaged, Stopped: it is still to be done.
        """
        with troubles():
            self._ledger.connection.execute("VACUUM")
        with transaction(self._ledger.connection) as connection:
            connection.execute("DELETE FROM meta WHERE name = ?", (TO_SWEEP,))

    def _speaks(self, s: int) -> bool:
        # by the histories of the stream: there is no index over its entries alone
        sql = (
            "SELECT EXISTS (SELECT 1 FROM sv CROSS JOIN journal USING (r, s) JOIN content USING (j)"
            f" WHERE sv.s = ? AND {_NOT_REDACT})"
        )
        return bool(self._ledger.connection.execute(sql, (s,)).fetchone()[0])

    def _rows(self, case_file: str) -> Iterator[tuple[int, bytes, int, str, str]]:
        """Yield row, id, record, stream and payload of each entry that says something of a case file."""
        cells = "j, cid, journal.eid, sid, payload"
        yield from self._ledger.connection.execute(
            f"SELECT {cells} FROM stream CROSS JOIN sv USING (s) CROSS JOIN journal USING (r, s) JOIN content USING (j)"
            f" WHERE sid IN (SELECT value FROM json_each(?)) AND {_NOT_REDACT} ORDER BY j",
            (json.dumps(streams_of(case_file, joined_cases.known(self._ledger))),),
        ).fetchall()
        for some in chunks(self._elsewhere(case_file)):
            yield from self._ledger.connection.execute(
                f"SELECT {cells} FROM journal JOIN content USING (j) JOIN stream USING (s)"
                f" WHERE journal.eid IN (SELECT value FROM json_each(?)) AND {_NOT_REDACT} ORDER BY j",
                (json.dumps(some),),
            ).fetchall()

    def _elsewhere(self, case_file: str) -> set[int]:
        """Return the records elsewhere that name a case file's mother, with those that are shown as one with them."""
        found: set[int] = set()
        for table in TABLES.values():
            if table.form.keeping != "case":
                sql = f"SELECT _eid FROM {table.name} WHERE _case_file = ?"
                rows = self._ledger.connection.execute(sql, (case_file,)).fetchall()
                eids = {eid for (eid,) in rows} | self._named_before(table, case_file)
                found.update(other for eid in eids for other in sameness.shown_with(self._ledger, eid))
        return found

    def _named_before(self, table: FormTable, case_file: str) -> set[int]:
        """Return the records of a form that named her and name nobody now: a message that went into her case file."""
        if not table.mothers:
            return set()
        nobody = " AND ".join(f'"{field}" IS NULL' for field in table.mothers)
        sql = (
            f"SELECT DISTINCT _eid FROM {table.name} JOIN journal ON journal.eid = _eid JOIN content USING (j)"
            f" WHERE {nobody} AND instr(payload, ?)"
        )
        hers = streams_of(case_file, joined_cases.known(self._ledger))
        found = {eid for one in hers for (eid,) in self._ledger.connection.execute(sql, (one,))}
        if table.form.name == MESSAGE:
            found |= {eid for (eid,) in self._ledger.connection.execute(_LOGGED, (case_file,))}
        return found

    def _named_by_others(self, numbers: set[int]) -> set[str]:
        sql = "SELECT j, payload FROM content WHERE instr(payload, '{')"
        rows = self._ledger.connection.execute(sql)
        return {name for j, payload in rows if j not in numbers for name in attachments.named_in(payload)}
