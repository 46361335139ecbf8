"""Taking in a case tracker: the sample against openpyxl reading the same cells, and larger ones against n log n."""

import itertools
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from benchmarks.measure import Comparison, computing, growth, seconds, timed_in_turns
from benchmarks.vaults import a_store, a_vault
from tac_desktop.actions.sample import WORKBOOK, sample_folder
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework.sheets import CASE_REFERENCE

SAMPLE = sample_folder() / WORKBOOK
Measure = Callable[[Callable[[], object]], float]
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def run(quick: bool) -> list[Comparison]:
    """Compare imports into empty vaults."""
    comparison = Comparison("import the sample workbook", "import_workbook", "openpyxl reading the same cells")
    timed_in_turns(comparison, _import(SAMPLE), _reading(SAMPLE), 3 if quick else 9)
    few = 50 if quick else 400
    times: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        for mothers in (few, 4 * few):
            file = write_tracker(Path(place) / f"{mothers}.xlsx", mothers)
            times.append((mothers, statistics.median(_import(file, computing)() for _ in range(3))))
    return [comparison, growth("import a workbook, mothers", *times)]


def _import(file: Path, measure: Measure = seconds) -> Callable[[], float]:
    """Return the import into a new vault; only the import itself is measured."""

    def ours() -> float:
        with a_vault() as (vault, _), a_store(vault) as store:
            took = measure(lambda: reports.append(import_workbook(vault, store, file, now=NOW)))
        if not reports.pop().imported:
            raise RuntimeError("the workbook was not taken in")
        return took

    reports = []
    return ours


def _reading(file: Path) -> Callable[[], float]:
    def peer() -> None:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        for sheet in book.worksheets:
            for cells in sheet.iter_rows():
                [cell.value for cell in cells]
        book.close()

    return lambda: seconds(peer)


def write_tracker(path: Path, mothers: int) -> Path:
    """Write a case tracker of so many mothers: those of the sample again and again, under references of their own."""
    sample = openpyxl.load_workbook(SAMPLE, read_only=True)
    larger = openpyxl.Workbook(write_only=True)
    for sheet in sample.worksheets:
        heading, *rows = sheet.iter_rows(values_only=True)
        copy = larger.create_sheet(sheet.title)
        copy.append(heading)
        if heading[0] == CASE_REFERENCE:
            for row in _repeated(rows, mothers):
                copy.append(row)
        else:
            for row in rows:
                copy.append(row)
    larger.save(path)
    sample.close()
    return path


def _repeated(rows: list[tuple[object, ...]], mothers: int) -> list[tuple[object, ...]]:
    """Return the rows of one sheet for so many mothers; the n-th is told as the sample's mother n is."""
    references = _references()
    by_reference = {key: list(group) for key, group in itertools.groupby(sorted(rows, key=_first), key=_first)}
    return [
        (f"BM-{number:05d}", *row[1:])
        for number in range(mothers)
        for row in by_reference.get(references[number % len(references)], ())
    ]


def _first(row: tuple[object, ...]) -> str:
    return str(row[0])


def _references() -> list[str]:
    book = openpyxl.load_workbook(SAMPLE, read_only=True)
    found = [str(row[0]) for row in book["Mothers"].iter_rows(min_row=2, max_col=1, values_only=True) if row[0]]
    book.close()
    return found
