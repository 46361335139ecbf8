"""How much a vault holds: what a person compares when she holds a backup against the vault itself."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tac_desktop.storage.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much there is, the access audit left out: it grows by merely looking."""

    entries: int
    case_files: int
    attachments: int
    last_day: str
    """The day of the last entry, by the clock of whoever wrote it (ISO, UTC); '' where there is none."""


def extent_of(ledger: Ledger) -> Extent:
    """Return how much the journal holds."""
    histories = "SELECT coalesce(sum(sseq), 0), max(hlc) FROM sv JOIN stream USING (s) WHERE kind <> 'terminal'"
    with ledger.reading() as connection:
        entries, last = connection.execute(histories).fetchone()
        case_files = connection.execute("SELECT count(*) FROM stream WHERE kind = 'case'").fetchone()[0]
        attachments = connection.execute("SELECT count(*) FROM blob").fetchone()[0]
    day = datetime.fromtimestamp((last >> 16) / 1000, UTC).date().isoformat() if last else ""
    return Extent(entries=entries, case_files=case_files, attachments=attachments, last_day=day)
