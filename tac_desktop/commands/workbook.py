"""`tac-desktop workbook`: take in a case tracker, and write one."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tac_desktop.casework import forms
from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console
from tac_desktop.commands.opening import add_file, add_json, add_vault, opened
from tac_desktop.errors import WrongCells

if TYPE_CHECKING:
    from tac_desktop.actions.workbook import ImportReport

_MOST_LINES: Final = 40
"""A list longer than this is cut for people; JSON has all of it."""


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("workbook", help="import or export a case-tracker workbook (.xlsx)")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    taken = verbs.add_parser("import", help="take in a workbook, all of it or nothing")
    add_vault(taken)
    taken.add_argument("file", type=Path, metavar="FILE.xlsx")
    taken.add_argument("--prison", default="", help="only this prison's mothers and what hangs on them (code or label)")
    taken.add_argument("--dry-run", action="store_true", help="report only, change nothing")
    add_json(taken)
    taken.set_defaults(run=import_)
    written = verbs.add_parser("export", help="write all that the case tracker holds")
    add_vault(written)
    add_file(written, ".xlsx")
    written.add_argument(
        "--for-evaluation", action="store_true", help="only women who have consented to take part in the evaluation"
    )
    add_json(written)
    written.set_defaults(run=export)


def import_(arguments: Namespace, console: Console) -> int:
    """Take in a workbook."""
    from tac_desktop.actions.workbook import import_workbook

    with opened(arguments, console) as (vault, store):
        report = import_workbook(
            vault, store, arguments.file, now=datetime.now().astimezone(), prison=arguments.prison,
            dry_run=arguments.dry_run,
        )  # fmt: skip
    console.tell(_document(report, dry_run=arguments.dry_run), told(report, dry_run=arguments.dry_run))
    if report.wrong:
        raise WrongCells
    return 0


def export(arguments: Namespace, console: Console) -> int:
    """Write a workbook."""
    from tac_desktop.actions.workbook import export_workbook

    with opened(arguments, console) as (vault, store):
        mothers = export_workbook(
            vault, store, arguments.to, now=datetime.now().astimezone(), for_evaluation=arguments.for_evaluation
        )
    console.tell(
        {"file": str(arguments.to), "mothers": mothers}, (f"{counted(mothers, 'mother')} written to {arguments.to}.",)
    )
    return 0


def _document(report: "ImportReport", *, dry_run: bool) -> dict[str, object]:
    document: dict[str, object] = asdict(report)
    return document | {
        "dry_run": dry_run,
        "unknown_columns": [{"sheet": sheet, "column": column} for sheet, column in report.unknown_columns],
        "new_labels": [{"list": name, "label": label} for name, label in report.new_labels],
    }


def told(report: "ImportReport", *, dry_run: bool) -> Iterator[str]:
    """Yield what an import did, or would do, line by line."""
    if report.wrong:
        yield f"{counted(len(report.wrong), 'wrong cell')}:"
        yield from _cut([
            f"  {c.sheet}, row {c.row}, {c.column or 'sheet'}: found ‘{c.found}’; expected: {c.expected}"
            for c in report.wrong
        ])  # fmt: skip
    elif not report.new and not report.changed:
        yield f"{counted(report.rows, 'row')} read. All of it is known already: nothing was changed."
    else:
        done = "would be " if dry_run else ""
        known = counted(report.known, "record is", "records are")
        yield f"{counted(report.rows, 'row')} read. {known} known already."
        yield from _counted(f"{done}added", report.new)
        yield from _counted(f"{done}changed", report.changed)
    yield from _remarks(report)


def _counted(done: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        parts = (f"{forms.ALL[name].several} {count}" for name, count in counts.items())
        yield f"{counted(sum(counts.values()), 'record')} {done}: {', '.join(parts)}."


def _remarks(report: "ImportReport") -> Iterator[str]:
    if report.other_prisons:
        left = counted(report.other_prisons, "row is of another prison and was", "rows are of another prison and were")
        yield f"{left} left alone."
    if report.restricted:
        left = counted(report.restricted, "row of a restricted case file was", "rows of restricted case files were")
        yield f"{left} left alone."
    if report.left_out:
        yield f"Left out: {', '.join(report.left_out)}."
    if report.only_read:
        yield f"Only to be read, nothing was taken in: {', '.join(report.only_read)}."
    if report.unknown_sheets:
        yield f"Unknown sheets, left alone: {', '.join(report.unknown_sheets)}."
    for sheet, column in report.unknown_columns:
        yield f"Unknown column, left alone: {column} ({sheet})."
    for name, label in report.new_labels:
        yield f"New in the list ‘{name}’: {label}."
    yield from _cut([
        f"Check {d.reference}: ‘{d.column}’ (row {d.row}) disagrees with {d.other}, from which tables count."
        for d in report.disagreements
    ])  # fmt: skip
    yield from _cut([
        f"Look at {one.reference} ({one.sheet}, row {one.row}): {one.sentence}" for one in report.unlikely
    ])  # fmt: skip
    yield from _cut([
        f"In the vault, but not in the workbook: {g.reference} ({g.sheet}{', ' + g.day if g.day else ''}). It was kept."
        for g in report.gone
    ])  # fmt: skip


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"... and {len(lines) - _MOST_LINES} more (--json has all)."
