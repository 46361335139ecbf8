"""The store: everything that is written down in a vault, and the only place that writes entries."""

from array import array
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from tac_desktop.casework.audit import FORM as AUDIT
from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.journal import Change, Entry
from tac_desktop.casework.record import Record
from tac_desktop.casework.restriction import Restriction
from tac_desktop.casework.streams import restricted_stream
from tac_desktop.storage import attachments, caseload_table, own_keys, reading, rebuild, sameness, searching
from tac_desktop.storage.across_cases import AcrossCases
from tac_desktop.storage.append import Appender
from tac_desktop.storage.audit_index import AuditIndex
from tac_desktop.storage.awaited import Awaited
from tac_desktop.storage.being_saved import Shown
from tac_desktop.storage.brought_back import BroughtBack
from tac_desktop.storage.caseload_table import CaseloadFilter, CaseloadOrder
from tac_desktop.storage.contradictions import Contradictions
from tac_desktop.storage.directory_table import DirectoryTable
from tac_desktop.storage.disposal import Disposal
from tac_desktop.storage.exchange import Exchange
from tac_desktop.storage.intake import Intake
from tac_desktop.storage.joined_cases import JoinedCases
from tac_desktop.storage.ledger import Ledger, quick_imports
from tac_desktop.storage.read_again import ReadAgain
from tac_desktop.storage.reading import PastEntry
from tac_desktop.storage.restricted_cases import RestrictedCases
from tac_desktop.storage.searching import Hit
from tac_desktop.storage.trust_documents import TrustDocuments
from tac_desktop.storage.upkeep import Upkeep
from tac_desktop.storage.vault import Vault
from tac_desktop.storage.worklists import Worklists

_ALL = CaseloadFilter()


class _DryRun(Exception):
    """Takes everything back."""


class Store:
    """What is written down in a vault, over one connection of the calling thread.

    A second store of the same vault may be opened in another thread. Every method raises what
    `storage.binding.troubles` names: VaultDamaged, DiskFull, VaultBusy, Stopped, CannotWrite; then nothing was changed.
    """

    def __init__(self, vault: Vault, *, cache_kib: int = 8000) -> None:
        """Open a connection to an unlocked vault; the tables of changed forms are made anew."""
        self._vault = vault
        self._ledger = Ledger(vault.connect(cache_kib=cache_kib))
        self._restricted = RestrictedCases(self._ledger)
        self.last_written: Sequence[Entry] = ()
        """What the last save through this store wrote: it can be undone."""
        try:
            with self._ledger.reading() as connection:
                self._home = own_keys.home_id(connection, vault.device_id)
                self._appender = Appender(self._ledger, vault, self._home)
                outdated = rebuild.outdated_tables(self._ledger)
            if outdated:
                rebuild.make_tables(self._ledger, outdated)
        except BaseException:
            self.close()
            raise

    @property
    def vault(self) -> Vault:
        """The vault that it is the store of."""
        return self._vault

    @property
    def terminal_stream(self) -> str:
        """The stream of this vault's sessions and access audit."""
        return self._appender.terminal_stream

    @property
    def restricted_stream(self) -> str:
        """The stream of what is the manager's alone, in this vault."""
        return restricted_stream(self._home)

    def close(self) -> None:
        """Close the connection; from the thread that made the store."""
        self._ledger.connection.close()

    def interrupt(self) -> None:
        """Stop what the store is doing, from any thread; it raises Stopped. Close it after its thread has ended."""
        self._ledger.connection.interrupt()

    # --- writing ---

    def save(self, changes: Sequence[Change], *, author: str, now: datetime, shown: Shown | None = None) -> list[Entry]:
        """Write changes of one or several records, all or none; they are durable when this returns.

        Args:
            changes: the wanted values. Only those that do not stand already are written; each replaces all live values
                of its field, so that a conflict is decided by saving.
            author, now: the id of the person at work, and the time, with its zone.
            shown: where a person decided between answers: the ids of their entries, by record and journal field.

        Returns:
            The entries that were written; none if everything stood already.

        Raises:
            FutureDay: a change is known from a later day than today.
            ConflictChanged: other answers are live by now than those that were shown.
        """
        with self._ledger.writing():
            written = self._appender.append(changes, author=author, now=now, shown=shown)
        if written and changes[0].form != AUDIT:
            self.last_written = written
        return written

    def file_again(self, *, author: str, now: datetime) -> int:
        """File own entries once more that a salvaged vault could not pass on (see `Appender`); return how many."""
        with self._ledger.writing():
            return self._appender.file_again(author=author, now=now)

    # --- reading ---

    def record(self, record_id: str, form: str = "", case_file: str = "") -> Record | None:
        """Return the record with this id as it is now; None if there is none, or it was deleted.

        Args:
            record_id: its id, which somebody hostile may have used for another record, too.
            form: of this form only.
            case_file: of this case file only, if its form is kept in case files.
        """
        with self._ledger.reading():
            return reading.record(self._ledger, record_id, form, case_file)

    def records(
        self, form: str, case_file: str | None = None, known_on: str | None = None, *, removed: bool = False,
        ahead: bool = False,
    ) -> list[Record]:  # fmt: skip
        """Return the records of a form, the oldest own date first.

        Args:
            form: the form's name.
            case_file: only those of this case file.
            known_on: as they were known on this day (ISO): records whose own date is not after it, answers whose
                known_on is not after it.
            removed: those that were deleted, in place of the others; as they are now.
            ahead: with a day, also records whose own date lies after it: what was known then to be coming.
        """
        with self._ledger.reading():
            return reading.records(self._ledger, form, case_file, known_on, removed=removed, ahead=ahead)

    def has_joined_records(self) -> bool:
        """Say whether any two records were ever said to be one: mostly none, and then nothing needs looking up."""
        with self._ledger.reading():
            return sameness.is_spoken_of(self._ledger)

    def history(self, record_id: str, form: str = "", case_file: str = "") -> list[PastEntry]:
        """Return all entries of a record, the oldest first by the clocks under which they were written.

        Args:
            record_id, form, case_file: as in `record`.
        """
        with self._ledger.reading():
            return reading.history(self._ledger, record_id, form, case_file)

    def caseload_ids(self, wanted: CaseloadFilter = _ALL, order: CaseloadOrder = "due") -> "array[int]":
        """Return the numbers of the caseload's rows, in order; fetch the rows a page at a time."""
        with self._ledger.reading():
            return caseload_table.ids(self._ledger.connection, wanted, order)

    def caseload_page(self, numbers: Iterable[int]) -> list[CaseloadRow]:
        """Return the rows with these numbers, in their order; one that is gone meanwhile is left out."""
        with self._ledger.reading():
            return caseload_table.page(self._ledger.connection, numbers)

    def search(self, typed: str, limit: int = 50, forms: Collection[str] | None = None) -> list[Hit]:
        """Return records that hold all the words typed, by name first, then in notes; the newest first, unranked.

        In names the beginnings of words are looked for, in notes whole words.

        Args:
            typed: what was typed.
            limit: at most so many.
            forms: only records of these forms, for what a role may read.
        """
        with self._ledger.reading():
            return searching.search(self._ledger, typed, limit, forms)

    def restrictions(self) -> Mapping[str, Restriction]:
        """Return the restrictions in force by case file; who may open which is asked in actions/restriction.py."""
        with self._ledger.reading():
            return self._restricted.known()

    def entries(self, stream: str, forms: Collection[str] = ()) -> list[PastEntry]:
        """Return all entries of one stream, or those of some forms, the oldest first: the access audit, for one."""
        with self._ledger.reading():
            return reading.entries(self._ledger, stream, forms)

    def entries_of(self, form: str) -> list[PastEntry]:
        """Return all entries of the records of one form, the oldest first: all hand-overs, for one."""
        with self._ledger.reading():
            return reading.entries_of(self._ledger, form)

    # --- attachments ---

    def attach(self, chunks: Iterable[bytes]) -> str:
        """Keep a file; return its SHA-256, which an answer names. Durable when this returns."""
        with self._ledger.writing() as connection:
            return attachments.put(connection, chunks)[0]

    def attachment(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of an attachment in pieces; AttachmentDamaged if they are missing or wrong."""
        return attachments.read(self._ledger.connection, sha256)

    def attachment_size(self, sha256: str) -> int | None:
        """Return the size of an attachment in bytes; None if it is not here."""
        with self._ledger.reading() as connection:
            return attachments.size_of(connection, sha256)

    @property
    def exchange(self) -> Exchange:
        """What leaves for others and what is known about them."""
        return Exchange(self._ledger, self._vault.device_id)

    @property
    def trust_documents(self) -> TrustDocuments:
        """What is kept about the trust between vaults."""
        return TrustDocuments(self._ledger)

    @property
    def joined_cases(self) -> JoinedCases:
        """Which case files are read under another one, since both are of one woman."""
        return JoinedCases(self._ledger)

    @property
    def directory(self) -> DirectoryTable:
        """The professionals and agencies that the offices know."""
        return DirectoryTable(self._ledger)

    @property
    def across(self) -> AcrossCases:
        """What concerns many case files at once."""
        return AcrossCases(self._ledger)

    @property
    def audit(self) -> AuditIndex:
        """What was done with the vault's contents."""
        return AuditIndex(self._ledger)

    @property
    def again(self) -> ReadAgain:
        """What was written since something was read."""
        return ReadAgain(self._ledger)

    @property
    def contradictions(self) -> Contradictions:
        """What several people have answered differently."""
        return Contradictions(self._ledger)

    @property
    def worklists(self) -> Worklists:
        """What is due, and which questions are answered, over all case files."""
        return Worklists(self._ledger)

    @property
    def awaited(self) -> Awaited:
        """What waits for an answer, in all case files."""
        return Awaited(self._ledger)

    @property
    def device_id(self) -> bytes:
        """The id of this vault among others (32 bytes)."""
        return self._vault.device_id

    @contextmanager
    def importing(self, now: datetime, *, dry_run: bool = False) -> Generator[Intake]:
        """Take in entries from elsewhere: kept when the block ends well, else (or for a dry run) nothing is changed."""
        with suppress(_DryRun), quick_imports(self._ledger), self._ledger.writing():
            intake = Intake(self._ledger, int(now.timestamp() * 1000))
            yield intake
            _ = intake.counts
            if dry_run:
                raise _DryRun

    # --- looking after it ---

    @property
    def brought_back(self) -> BroughtBack:
        """What the vault knows of its having been brought back from a backup."""
        return BroughtBack(self._ledger)

    @property
    def disposal(self) -> Disposal:
        """What has to go when a case file is disposed of."""
        return Disposal(self._ledger)

    @property
    def upkeep(self) -> Upkeep:
        """What looks after the vault as a whole."""
        return Upkeep(self._ledger, self._vault)
