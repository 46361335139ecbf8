"""Exporting the audit as a workbook or a PDF: with the end of the vault's chain, and sealed by who exports it."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tac_desktop.actions import audit_reading
from tac_desktop.actions.audit import note_event
from tac_desktop.actions.audit_reading import EVERYTHING, NOBODY, AuditEntry, Wanted
from tac_desktop.actions.audit_words import Names
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import GROUPS, PROGRAM, Event, Facts
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.errors import AuditTooLong, NoSealKey

if TYPE_CHECKING:
    from tac_desktop.export.audit_report import AuditReport, AuditRow
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

MOST: Final = {"pdf": 10_000, "xlsx": 100_000}
"""So many events one file takes: a paper of 300 pages, a workbook that opens in a moment."""
_PAGE: Final = 500


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What was written."""

    entries: int
    sealed: bool
    """Whether it bears a seal: not where somebody came in by the recovery code."""


@permitted(Deed.READ_AUDIT)
def export_audit(
    vault: "Vault", store: "Store", path: Path, wanted: Wanted = EVERYTHING, *, now: datetime
) -> Generator[tuple[int, int], None, Exported]:
    """Write the events that are wanted into a file, whole or not at all, and note it; yields (done, total).

    Args:
        vault: The open vault; its person is at work.
        store: The store of the vault.
        path: Where: the ending says whether it becomes a workbook (.xlsx) or a PDF (any other).
        wanted: The filter.
        now: The time, with its zone.

    Raises:
        NotPermitted: the person may not read the audit, or asks for a case file without reading cases.
        AuditTooLong: one file does not take so many events.
        DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file

    kind = "xlsx" if path.suffix.lower() == ".xlsx" else "pdf"
    numbers = audit_reading.numbers(store, wanted)[::-1]
    if len(numbers) > MOST[kind]:
        raise AuditTooLong(len(numbers), MOST[kind])
    rows = yield from _rows(store, numbers, whole=kind == "xlsx")
    report = _report(vault, store, wanted, rows, now)
    signature = _signature(vault, report)
    content = yield from _drawn(report, signature, kind)
    facts: Facts = {"entries": len(rows), "sha256": hashlib.sha256(content).hexdigest(), "end": report.end}
    with whole_file(path) as file:
        file.write(content)
        note_event(store, vault.person, Event.AUDIT_EXPORTED, now=now, facts=facts)
    return Exported(entries=len(rows), sealed=bool(signature))


def _rows(store: "Store", numbers: Sequence[int], *, whole: bool) -> Generator[tuple[int, int], None, "list[AuditRow]"]:
    rows: list[AuditRow] = []
    for start in range(0, len(numbers), _PAGE):
        yield start, len(numbers)
        rows += map(_row, audit_reading.page(store, numbers[start : start + _PAGE], whole=whole))
    return rows


def _row(entry: AuditEntry) -> "AuditRow":
    from tac_desktop.export.audit_report import AuditRow

    return AuditRow(entry.at, entry.who, entry.group, entry.what, entry.case, entry.details, entry.entry)


def _report(vault: "Vault", store: "Store", wanted: Wanted, rows: "Sequence[AuditRow]", now: datetime) -> "AuditReport":
    from tac_desktop.export.audit_report import AuditReport
    from tac_desktop.export.sshsig import fingerprint

    return AuditReport(
        vault=fingerprint(vault.device_id), person=vault.person.id, name=vault.person.name, rows=rows,
        at=now.isoformat(timespec="seconds"), asked=asked_in_words(store, wanted), end=store.audit.end(),
    )  # fmt: skip


def asked_in_words(store: "Store", wanted: Wanted) -> dict[str, str]:
    """Return by what a list of events is filtered, each with its words; nothing where it is not."""
    who = NOBODY if wanted.person == PROGRAM else Names(store).person(wanted.person) if wanted.person else ""
    words = {
        "of": who, "what": GROUPS[wanted.group] if wanted.group else "", "case file": wanted.case,
        "from": day_in_words(wanted.first), "until": day_in_words(wanted.last),
    }  # fmt: skip
    return {name: told for name, told in words.items() if told}


def _signature(vault: "Vault", report: "AuditReport") -> str:
    from tac_desktop.export.audit_report import sealed

    try:
        return sealed(report, vault.seal_seed())
    except NoSealKey:
        return ""


def _drawn(report: "AuditReport", signature: str, kind: str) -> Generator[tuple[int, int], None, bytes]:
    if kind == "xlsx":
        from tac_desktop.export.audit_xlsx import audit_workbook

        return audit_workbook(report, signature)
    from tac_desktop.export.audit_pdf import audit_document
    from tac_desktop.export.pdf import draw

    return (yield from draw(audit_document(report, signature))).content
