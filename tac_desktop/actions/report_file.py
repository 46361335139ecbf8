"""Saving a counted evaluation report as a workbook or a PDF."""

import hashlib
from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.permissions import Deed

if TYPE_CHECKING:
    from tac_desktop.casework.evaluation.report import EvaluationReport
    from tac_desktop.storage.store import Store


@permitted(Deed.COUNT_EVALUATION)
def save_report(
    store: "Store", report: "EvaluationReport", path: Path, *, now: datetime
) -> Generator[tuple[int, int], None, None]:
    """Write a report to a file, whole or not at all, and note it; yields (done, total).

    Args:
        store: The store of the open vault.
        report: The counted report.
        path: Where: the ending says whether it becomes a workbook (.xlsx) or a PDF (any other).
        now: The time, with its zone; its day is printed as the day of issue.

    Raises:
        NotPermitted: the person's role counts nothing.
        DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file

    yield 0, 1
    if path.suffix.lower() == ".xlsx":
        from tac_desktop.export.evaluation_xlsx import evaluation_workbook

        content = evaluation_workbook(report)
    else:
        from tac_desktop.export.evaluation_pdf import evaluation_document
        from tac_desktop.export.pdf import draw

        content = (yield from draw(evaluation_document(report, now.date().isoformat()))).content
    facts: Facts = {"as_of": report["as_of"], "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    with whole_file(path) as file:
        file.write(content)
        note_event(store, store.vault.person, Event.REPORT_SAVED, now=now, facts=facts)
