"""Saving a counted evaluation report as a workbook or a PDF."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tac_desktop.casework.evaluation.report import EvaluationReport


def save_report(report: "EvaluationReport", path: Path, today: str) -> Generator[tuple[int, int], None, None]:
    """Write a report to a file, whole or not at all; yields (done, total).

    Args:
        report: The counted report.
        path: Where: the ending says whether it becomes a workbook (.xlsx) or a PDF (any other).
        today: Today's ISO date, printed as the day of issue.

    Raises:
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

        content = (yield from draw(evaluation_document(report, today))).content
    with whole_file(path) as file:
        file.write(content)
