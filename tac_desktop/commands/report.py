"""`tac-desktop report`: the tables of the evaluation."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tac_desktop.casework.evaluation.contested import MARK, contested_in_words
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.wording import counted
from tac_desktop.commands.console import Console, table
from tac_desktop.commands.opening import add_file, add_json, add_vault, opened

if TYPE_CHECKING:
    from tac_desktop.casework.evaluation.report import EvaluationReport


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Add the group to the command line."""
    group: ArgumentParser = commands.add_parser("report", help="count the tables of the evaluation")
    kinds = group.add_subparsers(dest="kind", required=True, metavar="KIND")
    parser = kinds.add_parser(
        "evaluation",
        help="every table and statement of the evaluation, for inside",
        description="Counts every table and statement of the evaluation, plain, for inside. "
        "Release under disclosure control (--release) does not exist yet in this version.",
    )
    add_vault(parser)
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="as known on this day (YYYY-MM-DD)")
    parser.add_argument("--prison", default="", help="only this prison (code or label)")
    add_file(parser, ".xlsx", ".pdf", required=False)
    add_json(parser)
    parser.set_defaults(run=evaluation)


def _day(text: str) -> str:
    today = datetime.now().astimezone().date().isoformat()
    if not is_day(text):
        message = f"‘{text}’ is no date from 1900 on; write it as 2022-05-31"
    elif text > today:
        message = f"‘{text}’ lies in the future, and nothing can be known from there; choose today or an earlier day"
    else:
        return text
    raise ArgumentTypeError(message)


def evaluation(arguments: Namespace, console: Console) -> int:
    """Count the report, and write it where a file was named."""
    from tac_desktop.actions.evaluation import evaluation_report
    from tac_desktop.actions.report_file import save_report

    now = datetime.now().astimezone()
    with opened(arguments, console) as (vault, store):
        as_of = arguments.as_of or now.date().isoformat()
        report = evaluation_report(store, vault.person, as_of, arguments.prison, now=now)
        if arguments.to:
            console.follow(save_report(store, report, arguments.to, now=now), "Writing")
    if arguments.to and not console.json:
        console.say(f"{counted(len(report['tables']), 'table')}, as of {report['as_of']}, written to {arguments.to}.")
        return 0
    console.tell({**report}, _in_words(report))
    return 0


def _in_words(report: "EvaluationReport") -> Iterator[str]:
    yield f"As of {report['as_of']}"
    if told := contested_in_words(report["contradictions"]):
        yield told
    for each in report["tables"]:
        keys = [column["key"] for column in each["columns"]]
        headings = [_heading(column) for column in each["columns"]]
        rows = [[row["label"], *(_cell(row["cells"].get(key)) for key in keys)] for row in each["rows"]]
        yield from ("", f"{each['id']}  {each['title']}", *table(["", *headings], rows))


def _heading(column: Mapping[str, Any]) -> str:
    mark = MARK if column.get("contested") else ""
    return column["label"] if column["base"] is None else f"{column['label']} (base {column['base']}{mark})"


def _cell(cell: Mapping[str, Any] | None) -> str:
    if not cell or cell.get("n") is None:
        return ""
    words = f"{cell['n']}" if cell.get("pct") is None else f"{cell['n']} ({cell['pct']} %)"
    return f"{words} {MARK}" if cell.get("contested") else words
