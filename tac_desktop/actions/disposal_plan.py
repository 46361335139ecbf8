"""What disposing of a case file would do: what goes, what stands in the way, and where else it lies."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.cards import whom_we_trust
from tac_desktop.actions.drafts import drafts_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.retention import retention_now
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.retention import Retention
from tac_desktop.errors import (
    NoRetentionClass,
    NotDueYet,
    NothingToDispose,
    RetentionUnsettled,
    TacError,
    UnderLegalHold,
)

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Shelf
    from tac_desktop.storage.backup_shelf import Backup
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What disposing of a case file would erase, what holds it, and where else it lies."""

    case_file: str
    reference: str
    with_it: tuple[tuple[str, str], ...]
    """Id and reference of each case file that is read under it, since both are of one woman: they go with it."""
    name: str
    """The mother's; '' where only what came after an earlier disposal is here."""
    retention: Retention
    is_rest: bool
    """Whether it was disposed of before: what is here now has come since from colleagues who had not heard of it."""
    entries: int
    records: int
    files: int
    drafts: int
    colleagues: tuple[str, ...]
    """The names of those at whose vaults parts of it are known to lie; the next bundle to each erases them."""
    backups: "Sequence[Backup]"
    """The backups from before, which still hold it, as far as this computer can see them."""
    place_is_missing: bool
    """Whether the place that was chosen for backups is not connected: what lies there is not among them."""
    obstacle: TacError | None
    """Why it is not disposed of as it stands; None where nothing holds it."""

    @property
    def only_not_due(self) -> bool:
        """Whether nothing stands in the way but its day, which a person may decide not to wait for."""
        return isinstance(self.obstacle, NotDueYet)


@permitted(Deed.DISPOSE)
def plan_disposal(vault: "Vault", store: "Store", case_file: str, *, now: datetime) -> Plan:
    """Return what disposing of a case file would do; nothing is changed.

    Raises:
        NothingToDispose: nothing is written down in it here.
    """
    case_file = store.joined_cases.read_under(case_file)
    contents, mother = store.disposal.contents(case_file), store.record(case_file, "mother", case_file)
    before = _before(store, case_file)
    if not contents.count or (mother is None and before is None):
        raise NothingToDispose
    retention = retention_now(store, case_file, today=now.date().isoformat())
    reference = mother.text("reference") if mother else before.text("reference") if before else ""
    shelf = _shelf(vault, now)
    with closing(drafts_of(vault)) as drafts:
        typed = sum(map(drafts.count_of_case, store.joined_cases.streams_of(case_file)))
    return Plan(
        case_file=case_file, reference=reference, with_it=tuple(_read_under(store, case_file)),
        name=mother.text("name") if mother else "", retention=retention,
        is_rest=mother is None, entries=contents.count, records=contents.records, files=len(contents.files),
        drafts=typed, colleagues=_colleagues(vault, store, case_file), backups=shelf.backups,
        place_is_missing=shelf.is_missing,
        obstacle=None if mother is None else _obstacle(retention),
    )  # fmt: skip


@permitted(Deed.DISPOSE)
def came_after(store: "Store") -> list[str]:
    """Return the case files of which something has come since they were disposed of, from who had not heard of it."""
    gone = {record.text("disposed_case") for record in store.records("disposal")}
    return sorted(
        case_file for case_file in gone
        if store.record(case_file, "mother", case_file) is None and store.disposal.contents(case_file).count
    )  # fmt: skip


def _obstacle(retention: Retention) -> TacError | None:
    match retention.state:
        case "contradicting":
            return RetentionUnsettled()
        case "held":
            return UnderLegalHold()
        case "without_class":
            return NoRetentionClass()
        case "due":
            return None
        case _:
            return NotDueYet()


def _read_under(store: "Store", case_file: str) -> Iterator[tuple[str, str]]:
    for other in store.joined_cases.streams_of(case_file)[1:]:
        if mother := store.record(other, "mother", other):
            yield other, mother.text("reference")


def _before(store: "Store", case_file: str) -> Record | None:
    """Return the record of the last disposal of a case file, None if there was none."""
    found = [record for record in store.records("disposal") if record.text("disposed_case") == case_file]
    return found[-1] if found else None


def _colleagues(vault: "Vault", store: "Store", case_file: str) -> tuple[str, ...]:
    streams = store.joined_cases.streams_of(case_file)
    return tuple(sorted(
        one.card.name for device, one in whom_we_trust(vault, store).items()
        if device != vault.device_id and one.status == "active"
        and any(stream in streams for _, stream in store.exchange.peer_has(device))
    ))  # fmt: skip


def _shelf(vault: "Vault", now: datetime) -> "Shelf":
    from tac_desktop.actions.backup_schedule import shelf

    return shelf(vault, now=now)
